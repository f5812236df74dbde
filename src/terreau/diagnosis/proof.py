"""Each answer beside its evidence: what it claims, and how strongly each claim is carried on a given day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from terreau.diagnosis.records import AnswerRecord, AssessmentRecord
from terreau.diagnosis.scoring.counting import ASKED, ONE, UNREASONED, shares_of
from terreau.diagnosis.scoring.score import as_asked
from terreau.evidence.quality import disqualified, proven
from terreau.evidence.records import EvidenceRecord, LinkRecord
from terreau.kernel.period import Period
from terreau.referentials.edition import Criterion, Edition

WRITTEN = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfit:
    """An evidence that does not hold, the facets it was to carry, and why (codes of ``evidence.quality``)."""

    evidence: EvidenceRecord
    facets: tuple[str, ...]
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """One criterion, its answer and its evidence, seen on one day.

    asked: it applies; unreasoned: it is said not to, without a reason; told: every facet has its answer
    open: facets without an answer; claimed: facets worth something; full: those with their whole share
    strengths: claimed facet -> best evidence that carries it (0 said, 1 written, 2 measured), None for nothing
    touched: last day the answer was changed or reread
    """

    criterion: Criterion
    answer: AnswerRecord
    asked: bool
    unreasoned: bool
    told: bool
    open: tuple[str, ...]
    claimed: tuple[str, ...]
    full: tuple[str, ...]
    strengths: dict[str, int | None]
    unfit: tuple[Unfit, ...]

    @property
    def decided(self) -> bool:
        """True when the criterion is answered, or left out with its reason."""
        return self.told or not (self.asked or self.unreasoned)

    @property
    def carried(self) -> bool:
        """True when each claim rests on something written or measured."""
        return all(rank is not None and rank >= WRITTEN for rank in self.strengths.values())

    @property
    def bare(self) -> tuple[str, ...]:
        """Claimed facets that nothing carries."""
        return tuple(facet for facet, rank in self.strengths.items() if rank is None)

    @property
    def only_said(self) -> tuple[str, ...]:
        """Claimed facets that statements alone carry."""
        return tuple(facet for facet, rank in self.strengths.items() if rank == 0)

    @property
    def touched(self) -> date | None:
        """The last day somebody changed or reread the answer; None when nobody knows."""
        changed = self.answer.changed_on.date() if self.answer.changed_on else None
        return max((day for day in (changed, self.answer.reviewed_on) if day), default=None)

    @property
    def reread(self) -> bool:
        """True when a person reread it after (or on the day of) its last change."""
        return self.answer.reviewed_on is not None and self.answer.reviewed_on == self.touched

    def fresh(self, on: date) -> bool:
        """True when it was touched in the twelve months that end on ``on``."""
        return self.touched is not None and self.touched >= Period.twelve_months_ending(on).start


def sights(record: AssessmentRecord, edition: Edition, on: date) -> tuple[Sight, ...]:
    """Every criterion of the assessment's variant, in the order of the grid."""
    shares = shares_of(edition)
    codes = {key: disqualified(one, on=on, period=record.period) for key, one in record.evidence.items()}
    day = _Day(
        record=record,
        worth={key: share > 0 for key, share in shares.items()},
        whole={key: share == ONE for key, share in shares.items()},
        unfit={key: told for key, told in codes.items() if told},
        holding={key: record.evidence[key] for key, told in codes.items() if not told},
    )
    return tuple(_sight(one, day) for one in as_asked(record, edition).criteria)


def hits(record: AssessmentRecord) -> dict[str, tuple[str, ...]]:
    """Evidence key -> keys of the criteria that rely on it, in the order of the answers' keys."""
    found: dict[str, list[str]] = {}
    for key in sorted(record.answers):
        for evidence in dict.fromkeys(link.evidence for link in record.answers[key].links):
            found.setdefault(evidence, []).append(key)
    return {evidence: tuple(keys) for evidence, keys in found.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Day:
    """What is worked out once for all criteria: what verdicts are worth, which evidence holds, and why the others do not."""

    record: AssessmentRecord
    worth: dict[str, bool]
    whole: dict[str, bool]
    unfit: dict[str, tuple[str, ...]]
    holding: dict[str, EvidenceRecord]


def _sight(criterion: Criterion, day: _Day) -> Sight:
    answer = day.record.answer(criterion.key)
    state = ASKED if answer.applicable is not False else UNREASONED if answer.unjustified_not_applicable else ""
    facets = tuple(facet.key for facet in criterion.facets) if state == ASKED else ()
    verdicts = {facet: answer.verdict(facet) or "" for facet in facets}
    left = tuple(facet for facet, verdict in verdicts.items() if verdict not in day.worth)
    claimed = tuple(facet for facet, verdict in verdicts.items() if day.worth.get(verdict))
    told = not left if facets else bool(answer.text.strip())
    return Sight(
        criterion=criterion, answer=answer, asked=state == ASKED, unreasoned=state == UNREASONED, told=state == ASKED and told,
        open=left, claimed=claimed, full=tuple(facet for facet, verdict in verdicts.items() if day.whole.get(verdict)),
        strengths=_strengths(answer, claimed, day),
        unfit=tuple(_unfit(answer, claimed, day)),
    )  # fmt: skip


def _strengths(answer: AnswerRecord, claimed: tuple[str, ...], day: _Day) -> dict[str, int | None]:
    """Claimed facet -> best evidence that carries it; the links are gone through once, whatever the facets."""
    tied: dict[str, list[LinkRecord]] = {facet: [] for facet in claimed}
    for link in answer.links:
        if link.facet in tied:
            tied[link.facet].append(link)
    return {facet: proven(links, day.holding) for facet, links in tied.items()}


def _unfit(answer: AnswerRecord, claimed: tuple[str, ...], day: _Day) -> Iterable[Unfit]:
    relied: dict[str, dict[str, None]] = {}
    for link in answer.links:
        if link.evidence in day.unfit and link.facet in claimed:
            relied.setdefault(link.evidence, {})[link.facet] = None
    for key, facets in relied.items():
        yield Unfit(evidence=day.record.evidence[key], facets=tuple(facets), codes=day.unfit[key])
