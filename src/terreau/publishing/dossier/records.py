"""What a dossier is made of (colis): frozen records, nothing read from a clock, so that one freeze gives one set of bytes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from terreau.diagnosis.readiness import Readiness, readiness
from terreau.diagnosis.records import AssessmentRecord
from terreau.diagnosis.scoring import Score, score
from terreau.evidence.records import EvidenceRecord, LinkRecord
from terreau.kernel.errors import TerreauError
from terreau.publishing.dossier.words import say
from terreau.referentials.edition import Edition, Verdict

OPENED = {
    "public": frozenset({"public"}),
    "auditor": frozenset({"public", "auditor"}),
    "organisation": frozenset({"public", "auditor", "organisation"}),
}
"""Who receives the dossier -> the confidentialities it may hold; what the team keeps to itself never leaves."""

INSIDE = frozenset({"team", "organisation"})
"""What is not even named in public."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationFacts:
    """Who is assessed: name, name in addresses, people [count], and more lines (label, value) for the first page."""

    name: str
    slug: str = ""
    headcount: int | None = None
    more: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalHead:
    """The last entry of the journal when the snapshot was taken: number and digest."""

    number: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkCheck:
    """What a link of the evidence last answered: the day, the status (0: none) and the trouble in words."""

    checked_on: date | None = None
    status: int = 0
    trouble: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditorVerdictRecord:
    """What the auditor says of one facet, beside our own verdict, with the reason of the difference."""

    criterion: str
    facet: str
    verdict: str | None
    reason: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRecord:
    """A finding of the auditor (constat): gravity as the auditor names it, what was answered, state."""

    title: str
    text: str = ""
    gravity: str = ""
    criterion: str = ""
    answer: str = ""
    state: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkRecord:
    """A remark of the committee, with what was answered."""

    text: str
    by: str = ""
    criterion: str = ""
    answer: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRecord:
    """The decision: outcome in words, until when it holds."""

    outcome: str
    text: str = ""
    by: str = ""
    on: date | None = None
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class DossierPackage:
    """Everything a dossier says.

    record: the assessment, frozen; edition: the whole edition it is pinned to
    frozen_on: the day it was frozen, or (a draft) the day of its last change: never today's date
    freeze: identifier of the freeze, '' for a draft; frozen_sha256: what the freeze recorded for the record
    freeze_digest: what the freeze is called by, over the record and its edition ('' for a draft)
    own: our score; auditor: the score with the auditor's verdicts, None before; links: evidence key -> last check
    since: pieces withdrawn or closed since the freeze, as they stand today: evidence key -> record
    audience: who receives it, a key of OPENED; language: "fr" or "en"
    """

    record: AssessmentRecord
    edition: Edition
    organisation: OrganisationFacts
    frozen_on: date
    own: Score
    readiness: Readiness
    freeze: str = ""
    frozen_sha256: str = ""
    freeze_digest: str = ""
    journal: JournalHead | None = None
    auditor: Score | None = None
    links: dict[str, LinkCheck] = field(default_factory=dict)
    verdicts: tuple[AuditorVerdictRecord, ...] = ()
    findings: tuple[FindingRecord, ...] = ()
    remarks: tuple[RemarkRecord, ...] = ()
    decisions: tuple[DecisionRecord, ...] = ()
    since: Mapping[str, EvidenceRecord] = field(default_factory=dict)
    audience: str = "auditor"
    language: str = "fr"

    @property
    def draft(self) -> bool:
        """True when nothing was frozen: the dossier then says on every page that it is a draft."""
        return not self.freeze

    @cached_property
    def asked(self) -> Edition:
        """The edition as the variant of this assessment sees it."""
        return self.edition.for_variant(self.record.variant)

    def opened(self, evidence: EvidenceRecord) -> bool:
        """True when this audience might open it then and still may."""
        held = {evidence.confidentiality, self.since.get(evidence.key, evidence).confidentiality}
        return held <= OPENED[self.audience]

    def gone(self, evidence: EvidenceRecord) -> bool:
        """True when it was withdrawn, before the freeze or since."""
        return evidence.withdrawn or self.since.get(evidence.key, evidence).withdrawn

    @cached_property
    def told(self) -> AssessmentRecord:
        """The record as this audience reads it: of what is withheld, the title and the digest stay, nothing that was said of it.

        In public, not even the title of what the organisation keeps inside.
        """
        named = _named(self.record, self.since, self.audience, self.language).evidence
        shorn = {key: one if self.opened(one) else _shorn(one) for key, one in named.items()}
        answers = {key: replace(one, links=self._unsaid(one.links)) for key, one in self.record.answers.items()}
        off_grid = tuple(replace(one, links=self._unsaid(one.links)) for one in self.record.off_grid)
        return replace(self.record, evidence=shorn, answers=answers, off_grid=off_grid)

    def _unsaid(self, links: tuple[LinkRecord, ...]) -> tuple[LinkRecord, ...]:
        return tuple(
            replace(one, proves="", opinion_text="", locator="" if self.audience == "public" else one.locator)
            if one.evidence in self._closed
            else one
            for one in links
        )

    @cached_property
    def _closed(self) -> frozenset[str]:
        return frozenset(key for key, one in self.record.evidence.items() if not self.opened(one))

    def step(self, verdict: str | None) -> Verdict | None:
        """The step of the scale that a verdict names; None when nobody answered, or in words the edition does not have."""
        return next((one for one in self.edition.scale if one.key == verdict), None)

    def verdict_of(self, criterion: str, facet: str) -> AuditorVerdictRecord | None:
        """The auditor's last verdict on a facet."""
        found = [one for one in self.verdicts if (one.criterion, one.facet) == (criterion, facet)]
        return found[-1] if found else None


def packaged(record: AssessmentRecord, edition: Edition, organisation: OrganisationFacts, frozen_on: date, *,
             rule: str | None = None, audience: str = "auditor", language: str = "fr", frozen_sha256: str = "",
             since: Mapping[str, EvidenceRecord] | None = None, **more: object) -> DossierPackage:  # fmt: skip
    """The package of a record: its score by ``rule`` (the edition's first) and its readiness on the day it aims at.

    TerreauError publishing.freeze_altered when the record is not the one that was frozen, publishing.other_edition when the
    edition is not the pinned one, publishing.audience_unknown.
    """
    if audience not in OPENED:
        raise TerreauError("publishing.audience_unknown", audience=audience, known=", ".join(OPENED))
    if frozen_sha256 and frozen_sha256 != record.digest:
        raise TerreauError("publishing.freeze_altered", expected=frozen_sha256, found=record.digest)
    if record.edition_digest and record.edition_digest != edition.digest:
        raise TerreauError("publishing.other_edition", key=edition.key, version=edition.version)
    named = _named(record, since or {}, audience, language)  # what blocks is told by the titles of pieces
    made = {"own": score(record, edition, rule), "readiness": readiness(named, edition), **more}
    return DossierPackage(record=record, edition=edition, organisation=organisation, frozen_on=frozen_on, audience=audience,
                          language=language, since=since or {}, frozen_sha256=frozen_sha256, **made)  # type: ignore[arg-type]  # fmt: skip


def _named(
    record: AssessmentRecord, since: Mapping[str, EvidenceRecord], audience: str, language: str
) -> AssessmentRecord:
    """The record with the titles that this audience may read."""
    if audience != "public":
        return record
    title = say(language, "pièce gardée en interne", "piece kept inside")
    kept = {
        key: replace(one, title=title) if {one.confidentiality, since.get(key, one).confidentiality} & INSIDE else one
        for key, one in record.evidence.items()
    }
    return replace(record, evidence=kept)


def _shorn(one: EvidenceRecord) -> EvidenceRecord:
    return replace(one, url=None, name=None, owner="", figure=None, withdrawn_why="")
