"""What is expected next in the open assessments, and what holds them up: for home."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from terreau.app.diagnosis.models import Answer, Assessment, State
from terreau.app.diagnosis.showing import address


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One date to come: what is expected, of whom, where."""

    day: date
    what: str
    who: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldUp:
    """One thing that holds an assessment up, how grave ("bad", "warn"), and where to mend it."""

    what: str
    url: str
    state: str


def dates(organisation: Any, most: int = 3) -> tuple[Due, ...]:
    """The next dates, today included: answers expected, and the days assessments aim at."""
    today = timezone.localdate()
    waited = expected(organisation).filter(due__gte=today).order_by("due", "criterion")[:most]
    found = [Due(day=one.due, what=f"{_short(one)}, {one.assessment.title}",
                 who=one.owner_name, url=address("criterion", placed(one.assessment, organisation), _short(one)))
             for one in waited if one.due]  # fmt: skip
    aimed = (
        Assessment.objects.of(organisation)
        .filter(state=Assessment.State.OPEN, target_on__gte=today)
        .order_by("target_on")[:most]
    )
    found += [Due(day=one.target_on, what=_("%(title)s : prêt") % {"title": one.title}, who="",
                  url=address("readiness", placed(one, organisation))) for one in aimed if one.target_on]  # fmt: skip
    return tuple(sorted(found, key=lambda one: one.day)[:most])


def held_up(organisation: Any) -> tuple[HeldUp, ...]:
    """Answers late, answers to take up again, criteria set aside without a reason: one line each, all assessments together."""
    late = Q(due__lt=timezone.localdate(), reviewed_on=None) & ~Q(state=State.ACCEPTED) & ~Q(applicable=False)
    again, bare = Q(state=State.CHANGES_ASKED), Q(applicable=False, reason="")
    counted = _open(organisation).aggregate(
        **{name: Count("pk", filter=which) for name, which in (("late", late), ("again", again), ("bare", bare))},
        **{f"{name}_first": Min("pk", filter=which) for name, which in (("late", late), ("again", again), ("bare", bare))},
    )  # fmt: skip
    words = (
        ("late", "bad", lambda n: ngettext("%(n)s réponse en retard", "%(n)s réponses en retard", n)),
        ("again", "warn", lambda n: ngettext("%(n)s réponse à reprendre", "%(n)s réponses à reprendre", n)),
        ("bare", "warn", lambda n: ngettext("%(n)s critère écarté sans raison", "%(n)s critères écartés sans raison", n)),
    )  # fmt: skip
    firsts = Answer.objects.select_related("assessment").in_bulk(
        [counted[f"{name}_first"] for name, _state, _words in words if counted[name]]
    )
    found = []
    for name, state, said in words:
        if n := counted[name]:
            first = firsts[counted[f"{name}_first"]]
            place = placed(first.assessment, organisation)
            url = (
                address("reminders", place) if name == "late" and n > 1 else address("criterion", place, _short(first))
            )
            found.append(HeldUp(what=said(n) % {"n": n}, url=url, state=state))
    return tuple(found)


def _open(organisation: Any) -> Any:
    return Answer.objects.filter(
        assessment__organisation=organisation, assessment__state=Assessment.State.OPEN
    ).select_related("assessment", "owner")


def expected(organisation: Any) -> Any:
    """Answers still expected in the open assessments, as a query."""
    return _open(organisation).filter(reviewed_on=None).exclude(state=State.ACCEPTED).exclude(applicable=False)


def placed(assessment: Assessment, organisation: Any) -> Assessment:
    """The assessment, knowing its organisation without a query."""
    assessment.organisation = organisation
    return assessment


def _short(answer: Answer) -> str:
    return answer.criterion.rpartition(":")[2]
