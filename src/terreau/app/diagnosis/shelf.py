"""The assessments of an organisation in a list, the referentials to choose from, what is proposed not to apply."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from terreau.app.diagnosis import overview, recording
from terreau.app.diagnosis.editions import edition_of, said
from terreau.app.diagnosis.entering import TOLD
from terreau.app.diagnosis.models import Answer, Assessment
from terreau.app.diagnosis.showing import address, crumbs
from terreau.kernel.errors import TerreauError

if TYPE_CHECKING:
    from terreau.referentials.edition import Edition, Head

DECIDED = 25
MODES = {
    "dmr": lambda: _("documents, moyens, résultats"),
    "single": lambda: _("un verdict par critère"),
    "reading": lambda: _("questions à se poser, sans score"),
}


def rows(assessments: Sequence[Assessment], *, auditor: bool = False) -> list[dict[str, Any]]:
    """Each assessment with answered k of n, floor to ceiling, next date; their answers are read in one query."""
    found = Answer.objects.filter(assessment__in=[one.pk for one in assessments]).select_related("owner")
    by: dict[Any, dict[str, Answer]] = {}
    for answer in found:
        if not auditor or answer.state in TOLD:
            by.setdefault(answer.assessment_id, {})[answer.criterion] = answer
    return [row(one, by.get(one.pk, {}), auditor=auditor) for one in assessments]


def row(assessment: Assessment, answers: Mapping[str, Answer], *, auditor: bool = False) -> dict[str, Any]:
    """One assessment of a list; in words when its referential can no longer be read."""
    told = {"assessment": assessment, "title": assessment.title, "url": address("assessment", assessment),
            "subject": overview.subject_shown(assessment), "due": next_due(assessment, answers)}  # fmt: skip
    try:
        edition = edition_of(assessment)
        score = recording.scored(assessment, answers, auditor=auditor)
    except TerreauError as refused:
        return told | {"refused": str(refused.words(overview.language()))}
    return told | {
        "referential": said(edition.title),
        "version": edition.version,
        "score": overview.score_box(score, edition),
    }


def next_due(assessment: Assessment, answers: Mapping[str, Answer]) -> dict[str, Any] | None:
    """The next date of this work: the earliest answer due, or the day it should be ready."""
    days = [one.due for one in answers.values() if one.due and one.awaited]
    days += [assessment.target_on] if assessment.target_on else []
    if not days or assessment.state != Assessment.State.OPEN:
        return None
    first: date = min(days)
    return {"day": first, "late": first < timezone.localdate()}


def head_shown(head: Head) -> dict[str, Any]:
    """A referential to choose."""
    return {"key": head.key, "title": said(head.title), "summary": said(head.summary), "authority": said(head.authority),
            "version": head.version, "mode": MODES[head.mode]() if head.mode in MODES else "", "link": head.link,
            "reformulation": head.reformulation, "service": "service" in head.concerns}  # fmt: skip


def applicability_page(assessment: Assessment, edition: Edition, answers: Mapping[str, Answer], most: int,
                       request: HttpRequest) -> dict[str, Any]:  # fmt: skip
    """Proposals not decided yet, the first ``most`` of them, and what was decided."""
    sent = request.POST
    waiting = overview.pending(assessment, edition, answers)
    asked = {one.key: one for one in edition.criteria}
    proposals = [
        {"short": one.short, "number": one.number, "question": said(one.question), "proposed": said(waiting[one.key]),
         "reason": sent.get(f"{one.short}-reason", said(waiting[one.key])), "said": sent.get(f"{one.short}-applies", ""),
         "revision": answers[one.key].revision if one.key in answers else 0}
        for one in edition.criteria if one.key in waiting
    ]  # fmt: skip
    decided = [
        {"number": asked[key].number, "question": said(asked[key].question), "url": address("criterion", assessment, asked[key].short),
         "applies": row.applicable, "reason": row.reason, "by": row.decided_by, "on": row.decided_on}
        for key, row in sorted(answers.items()) if row.applicable is not None and key in asked
    ]  # fmt: skip
    return {"assessment": assessment, "proposals": proposals[:most], "waiting": len(proposals), "crumbs": crumbs(assessment),
            "page": Paginator(decided, DECIDED).get_page(request.GET.get("page"))}  # fmt: skip
