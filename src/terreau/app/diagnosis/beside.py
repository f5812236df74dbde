"""What stands beside an answer: evidence, discussion, notes, history, the official words, what else a piece could answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from terreau.app.accounts import access
from terreau.app.accounts.models import Role
from terreau.app.diagnosis.editions import edition_of, language, said
from terreau.app.diagnosis.models import Answer, Assessment, Comment, TeamNote
from terreau.app.diagnosis.parting import facet_name
from terreau.app.diagnosis.recording import OFF_GRID, subject_of
from terreau.app.evidence import door as evidence
from terreau.app.referentials import door as referentials
from terreau.evidence import quality, words

if TYPE_CHECKING:
    from terreau.app.evidence.door import Pinned
    from terreau.evidence.records import EvidenceRecord, LinkRecord
    from terreau.referentials.edition import Criterion, Edition

LAST_CHANGES = 3
MOST_NEIGHBOURS = 6
NOBODY = UUID(int=0)


def evidence_of(user: Any, assessment: Assessment, criterion: str, role: str) -> tuple[Any, ...]:
    """The pieces tied to one answer that this role may open."""
    found = evidence.panel(
        assessment.organisation, subject_of(assessment, criterion), evidence.OPENS.get(role, frozenset())
    )
    cited = [one.evidence.key for one in found if one.evidence.figure]
    figures = evidence.pinned(assessment.organisation, cited) if cited else {}
    # One address asked for all: an answer may rest on a hundred pieces.
    page = reverse("evidence:piece", args=[assessment.organisation.slug, NOBODY])
    return tuple(
        _shown(one, assessment, page.replace(str(NOBODY), one.evidence.key), figures.get(one.evidence.key))
        for one in found
    )


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece under its facet; ``chips``: (tone, words), its strength, the reviewer's opinion, what weakens it on the day aimed at;
    ``url``: its page, '' for who has none; ``figure``: the run it is pinned to and today's figure, for a figure of Terreau."""

    evidence: EvidenceRecord
    record: LinkRecord
    chips: tuple[tuple[str, str], ...]
    url: str = ""
    figure: Pinned | None = None


def _shown(one: Any, assessment: Assessment, url: str = "", figure: Pinned | None = None) -> Piece:
    english = language() == "en"
    chips = [("ok" if one.record.strength == "proves" else "", words.STRENGTHS[one.record.strength][english])]
    if one.record.opinion != "none":
        tone = "ok" if one.record.opinion == "accepted" else "bad"
        chips.append((tone, words.OPINIONS[one.record.opinion][english]))
    period = (assessment.period_start, assessment.period_end)
    weak = quality.weaknesses(one.evidence, on=assessment.target_on or timezone.localdate(), period=period)
    chips += [("bad" if code in quality.DISQUALIFYING else "warn", words.WEAKNESSES[code][english]) for code in weak]
    return Piece(one.evidence, one.record, tuple(chips), url, figure)


def around_criterion(assessment: Assessment, edition: Edition, criterion: Criterion, answer: Answer, *,
                     auditor: bool) -> dict[str, Any]:  # fmt: skip
    """Discussion, team notes and history (never for an auditor), official words, neighbours, addresses."""
    told: dict[str, Any] = {
        "official": _official(assessment, criterion), "neighbours": _neighbours(assessment, criterion),
        "subject": subject_of(assessment, criterion.key), "evidence_at": evidence_at(assessment, criterion.key),
    }  # fmt: skip
    if auditor:
        return told | {"comments": [], "notes": [], "changes": []}
    return told | {
        "comments": list(Comment.objects.filter(assessment=assessment, criterion=criterion.key)),
        "notes": list(TeamNote.objects.filter(assessment=assessment, criterion=criterion.key)),
        "changes": list(answer.changes.all()[:LAST_CHANGES]) if answer.pk else [],
    }


def evidence_at(assessment: Assessment, criterion: str) -> dict[str, str]:
    """Where one more piece is added for this answer, and where one already there is chosen."""
    slug, asked = assessment.organisation.slug, urlencode({"pour": subject_of(assessment, criterion)})
    return {
        "new": f"{reverse('evidence:new', args=[slug])}?{asked}",
        "choose": f"{reverse('evidence:choose', args=[slug])}?{asked}",
    }


def tied_to(assessment: Assessment, criterion: str) -> tuple[Any, ...]:
    """Every piece tied to one answer, for its contributor: titles only are shown."""
    # Whoever came by a link reads no more than a reader: the team's own pieces stay with the team.
    opened = evidence.OPENS[Role.READER]
    found = evidence.panel(assessment.organisation, subject_of(assessment, criterion), opened)
    return tuple(_shown(one, assessment) for one in found)


def proofs_of(assessment: Assessment, criteria: list[str]) -> dict[str, int]:
    """How many pieces support each of these, in one query."""
    counted = evidence.counts(assessment.organisation, [subject_of(assessment, one) for one in criteria])
    return {one: counted.get(subject_of(assessment, one), 0) for one in criteria}


def receive(assessment: Assessment, criterion: str, facet: str, *, title: str, upload: Any, owner: str, effective_on: Any = None,
            actor: Any = None) -> None:  # fmt: skip
    """Keep a file sent with an answer, tied to it; ``actor`` is None for the bearer of a link.

    It is made for the auditor, as the form says: whoever is asked for a proof sends it to be examined."""
    described = {
        "title": title,
        "kind": "document",
        "owner": owner,
        "confidentiality": "auditor",
        "effective_on": effective_on,
    }
    evidence.receive(
        assessment.organisation, actor, described, subject=subject_of(assessment, criterion), facet=facet, upload=upload
    )


def subject_named(organisation: Any, user: Any, key: str) -> evidence.Subject | None:
    """How evidence names one of our subjects, for someone who may answer there; None otherwise."""
    found, criterion = _answer_of(organisation, key)
    if found is None or access.role_of(user, organisation) not in access.CONTRIBUTE:
        return None
    edition = edition_of(found)
    if criterion.startswith(f"{OFF_GRID}:"):
        return _practice_named(found, edition, key, criterion.removeprefix(f"{OFF_GRID}:"))
    try:
        asked = edition.criterion(criterion)
    except KeyError:
        return None
    if key != subject_of(found, asked.key):
        return None  # one way of writing it only: a piece tied to another would be seen nowhere
    return evidence.Subject(
        key=key, label=f"{asked.number} {said(asked.question)}", url=reverse("diagnosis:criterion", args=[organisation.slug, found.pk, asked.short]),
        facets=tuple((one.key, facet_name(one.key)) for one in asked.facets),
        closed=found.state != Assessment.State.OPEN,
    )  # fmt: skip


def _practice_named(assessment: Assessment, edition: Edition, key: str, practice: str) -> evidence.Subject | None:
    try:
        found = assessment.off_grid.filter(pk=UUID(practice)).first()
    except ValueError:
        return None
    if found is None or not edition.criteria or key != subject_of(assessment, f"{OFF_GRID}:{found.pk}"):
        return None
    facets = tuple((one.key, facet_name(one.key)) for one in edition.criteria[0].facets)
    url = reverse("diagnosis:off_grid", args=[assessment.organisation.slug, assessment.pk])
    return evidence.Subject(
        key=key, label=found.title, url=url, facets=facets, closed=assessment.state != Assessment.State.OPEN
    )


def _answer_of(organisation: Any, key: str) -> tuple[Assessment | None, str]:
    kept, _slash, criterion = key.removeprefix("answer:").partition("/")
    try:
        found = Assessment.objects.of(organisation).filter(pk=UUID(kept)).first()
    except ValueError:
        return None, criterion
    if found:
        found.organisation = organisation
    return found, criterion


def _official(assessment: Assessment, criterion: Criterion) -> Any:
    return referentials.official_entry(assessment.organisation, criterion.key) if criterion.reformulation else None


def _neighbours(assessment: Assessment, criterion: Criterion) -> list[dict[str, Any]]:
    """Criteria of other grids that the same evidence may answer: suggestions, to look at one by one.

    One that this organisation is answering leads to its answer; another, to what it is.
    """
    found = referentials.neighbours(assessment.organisation, criterion.key)[:MOST_NEIGHBOURS]
    if not found:
        return []
    begun = {one.referential: one.pk for one in Assessment.objects.of(assessment.organisation).order_by("made_on")}
    shown = []
    for one in found:
        key, _colon, short = one.key.rpartition(":")
        mine = (
            reverse("diagnosis:criterion", args=[assessment.organisation.slug, begun[key], short])
            if key in begun
            else ""
        )
        shown.append({"label": one.label, "url": mine or one.url, "confirmed": one.confirmed})
    return shown
