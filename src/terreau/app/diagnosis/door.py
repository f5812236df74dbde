"""What the other rooms ask of this one: the records of assessments, a few words for home, and its meters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import F

from terreau.app.diagnosis import ahead, days, overview, parting, recording, shelf
from terreau.app.diagnosis.editions import edition_of
from terreau.app.diagnosis.models import Assessment
from terreau.app.diagnosis.showing import address
from terreau.kernel.errors import TerreauError

if TYPE_CHECKING:
    from terreau.diagnosis.records import AssessmentRecord
    from terreau.diagnosis.scoring import Score
    from terreau.kernel.meter import Measured
    from terreau.referentials.edition import Edition

dates, held_up, due = ahead.dates, ahead.held_up, days.due


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentHead:
    """One assessment, as read: enough to list and to name it."""

    pk: UUID
    title: str
    referential: str
    version: str
    subject: str
    service: int | None
    period: tuple[date, date]
    target_on: date | None
    open: bool
    url: str
    target_level: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One assessment in a few words for home: answered of applicable [count], bars or shares as text, the next date.

    score: what the bars partial shows; due: the next day and whether it is past; refused: words when it cannot be read
    """

    head: AssessmentHead
    answered: int = 0
    applicable: int = 0
    score: Any = None
    due: Any = None
    refused: str = ""


def assessments_of(organisation: Any, *, service: int | None = None) -> tuple[AssessmentHead, ...]:
    """Every assessment, open ones first; ``service``: only those of that service."""
    found = Assessment.objects.of(organisation).select_related("organisation")
    if service is not None:
        found = found.filter(service=service)
    return tuple(_head(one) for one in found)


def record_of(organisation: Any, assessment: UUID | str, *, auditor: bool = False) -> AssessmentRecord | None:
    """The whole assessment with its evidence; None when it is not this organisation's. ``auditor``: only what was submitted."""
    found = _row(organisation, assessment)
    return recording.record_of(found, auditor=auditor) if found else None


def edition_pinned(organisation: Any, assessment: UUID | str) -> Edition | None:
    """The edition an assessment is pinned to, as its variant sees it."""
    found = _row(organisation, assessment)
    return edition_of(found) if found else None


def score_shown(score: Score, edition: Edition) -> dict[str, Any]:
    """A score as pages show it: bars with their drawings, levels, the rule beside (for ``diagnostic/_bars.html``)."""
    return overview.score_box(score, edition)


def facet_name(key: str) -> str:
    """How a facet is called, in the language of the page."""
    return parting.facet_name(key)


def summary(organisation: Any, *, auditor: bool = False) -> tuple[Standing, ...]:
    """The open assessments, three at most, for home. ``auditor``: only what was submitted counts."""
    rows = list(
        Assessment.objects.of(organisation)
        .filter(state=Assessment.State.OPEN)
        .select_related("organisation", "inherits")
        .order_by(F("service").asc(nulls_first=True), "-made_on")[:3]
    )
    told = []
    for row in shelf.rows(rows, auditor=auditor):
        score = row.get("score") or {}
        told.append(Standing(head=_head(row["assessment"]), answered=score.get("answered", 0), applicable=score.get("applicable", 0),
                             score=score or None, due=row["due"], refused=row.get("refused", "")))  # fmt: skip
    return tuple(told)


def measures(organisation: Any) -> tuple[Measured, ...]:
    """Every meter of every open assessment, each with its papers; an assessment that cannot be read gives none."""
    from terreau.diagnosis.meters import measures as measured

    found: list[Measured] = []
    for one in (
        Assessment.objects.of(organisation)
        .filter(state=Assessment.State.OPEN)
        .select_related("organisation", "inherits")
    ):
        try:
            found += measured(recording.record_of(one), edition_of(one))
        except TerreauError:
            continue
    return tuple(found)


def _row(organisation: Any, assessment: UUID | str) -> Assessment | None:
    found = Assessment.objects.of(organisation).filter(pk=assessment).select_related("inherits").first()
    if found:
        found.organisation = organisation
    return found


def _head(one: Assessment) -> AssessmentHead:
    return AssessmentHead(
        pk=one.pk, title=one.title, referential=one.referential, version=one.version, subject=one.subject, service=one.service,
        period=(one.period_start, one.period_end), target_on=one.target_on, open=one.state == Assessment.State.OPEN,
        url=address("assessment", one), target_level=one.target_level,
    )  # fmt: skip
