"""The audit under way at the fictitious Valmont: frozen, asked for, being examined, with what was found."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from terreau.app.audits import acting, freezing
from terreau.app.audits.models import Audit, State
from terreau.app.diagnosis.models import Answer, Assessment

GIVEN = ("title", "body", "auditor", "level")
FOUND = ("facet", "gravity", "text")


def seed(owner: Any, assessment: Assessment, told: Mapping[str, Any], number: UUID, frozen: UUID) -> None:
    """Freeze the assessment, ask for the audit, open its examination, judge and find; both bear the numbers given."""
    today = timezone.localdate()
    start, end = (today + timedelta(days=days) for days in told["days"])
    given = {name: told[name] for name in GIVEN} | {
        "id": number,
        "assessment": assessment.pk,
        "window_from": start,
        "window_until": end,
    }
    freezing.freeze(assessment.organisation, owner, assessment.pk, told["note"], frozen)
    audit = acting.prepare(assessment.organisation, owner, given)
    acting.request(audit, owner, 1, told["note"])
    acting.move(audit, owner, State.EXAMINING)
    audit = Audit.objects.get(pk=number)
    ours = {one.criterion: one.facets for one in Answer.objects.filter(assessment=assessment)}
    for short, facet, verdict, reason in told["verdicts"]:
        key = f"{assessment.referential}:{short}"
        acting.judge(audit, owner, key, facet, verdict, reason, ours.get(key, {}).get(facet, {}).get("verdict"))
    for one in told["finding"]:
        facts = {name: one[name] for name in FOUND} | {"criterion": f"{assessment.referential}:{one['criterion']}"}
        found = acting.find(audit, owner, facts)
        if "answer" in one:
            acting.answer(
                found, owner, text=one["answer"], action=one["action"], due=today + timedelta(days=one["due"])
            )
