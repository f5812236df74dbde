"""The plan: who does what, for when; what is late or missed first."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from terreau.app.accounts import access
from terreau.app.accounts.models import Organisation
from terreau.app.plan import knowing, showing
from terreau.app.plan.standing_now import standings
from terreau.indicators.definition import THEMES
from terreau.plan.commitments import AIMS
from terreau.plan.standing import Standing
from terreau.plan.totals import coverage, totals

ROWS = 15
FIRST = 6
NEXT = 4
ENDED = ("kept", "stopped", "missed_answered")
HEADINGS = (
    "statement", "theme", "status", "owner", "adopted_on", "start", "due_first", "due", "budget_eur", "person_days",
    "means_indicator", "means_baseline", "means_target", "result_indicator", "result_baseline", "result_target", "unit",
    "milestones", "missed", "reviews", "levers", "origin", "linked",
)  # fmt: skip


@require_GET
def home(request: HttpRequest, slug: str) -> HttpResponse:
    """« Qui fait quoi, pour quand ? »"""
    organisation = access.organisation_examinable_by(request.user, slug)
    today, every = timezone.localdate(), standings(organisation)
    held = [one.commitment for one in every]
    taken = [one for one in every if one.commitment.adopted_on is not None]
    urgent = sorted(
        (one for one in taken if one.status in showing.URGENT), key=lambda one: (one.status != "missed", one.due)
    )
    years = showing.years_of(taken, today)
    chosen = _chosen(request, taken)
    known = knowing.definitions(organisation) if urgent else {}
    page = Paginator(chosen, ROWS).get_page(request.GET.get("page"))
    covered, _criteria = coverage(held, THEMES, (), today)
    shown = {
        "page": page, "years": years, "total": len(taken), "counts": showing.counts(taken), "status": request.GET.get("statut", ""),
        "year": _year(request), "groups": showing.by_theme(showing.line(one, organisation, years) for one in page),
        "urgent": [showing.line(one, organisation, (), known) for one in urgent[:FIRST]], "more_urgent": max(len(urgent) - FIRST, 0),
        "more_urgent_in": urgent[FIRST].status if len(urgent) > FIRST else "",
        "drafts": [showing.line(one, organisation, ()) for one in every if one.commitment.adopted_on is None],
        "totals": showing.totals_told(totals(held, today), held),
        "covered": [(knowing.theme_name(one.key), len(one.commitments)) for one in covered if one.commitments],
        "ahead": _ahead(taken, organisation, today),
        "holes": [knowing.theme_name(one.key) for one in covered if not one.commitments], "today": today,
    }  # fmt: skip
    return render(request, "plan/home.html", shown)


def _ahead(taken: Iterable[Standing], organisation: Organisation, today: date) -> list[tuple[date, str, str]]:
    """The next milestones: their day, their title, the page of their commitment."""
    found = sorted(
        (step.due, step.milestone.title, one.commitment.key)
        for one in taken if one.status not in ENDED for step in one.steps if step.milestone.done_on is None and step.due >= today
    )  # fmt: skip
    return [(on, title, reverse("plan:commitment", args=[organisation.slug, key])) for on, title, key in found[:NEXT]]


def _chosen(request: HttpRequest, taken: Iterable[Standing]) -> list[Standing]:
    """Those of the status and of the year asked, by theme then by due day."""
    status, year = request.GET.get("statut", ""), _year(request)
    found = [one for one in taken if not status or one.status == status]
    if year:
        found = [one for one in found if one.commitment.start.year <= year <= one.due.year]
    place = {key: rank for rank, key in enumerate(THEMES)}
    return sorted(
        found, key=lambda one: (place.get(one.commitment.theme, len(place)), one.commitment.theme == "", one.due)
    )


def _year(request: HttpRequest) -> int:
    """The year asked, 0 for all."""
    told = request.GET.get("annee", "")
    return int(told) if told.isascii() and told.isdigit() and len(told) == 4 else 0


@require_GET
def plan_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """Every commitment, drafts too, to take away."""
    from terreau.tables.export import write_csv

    organisation = access.organisation_examinable_by(request.user, slug)
    target = io.StringIO()
    write_csv((list(_cells(one)) for one in standings(organisation)), HEADINGS, target)
    answer = HttpResponse("\ufeff" + target.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="plan-{organisation.slug}.csv"'
    return answer


def _cells(one: Standing) -> Iterator[Any]:
    told = one.commitment
    yield from (told.statement, told.theme, one.status, told.owner, _day(told.adopted_on), _day(told.start), _day(told.due),
                _day(one.due), _text(told.budget), _text(told.person_days))  # fmt: skip
    units = []
    for which in AIMS:
        aim = told.aim(which)
        yield from (
            (aim.indicator, aim.baseline.value if aim.baseline else "", _text(aim.target)) if aim else ("", "", "")
        )
        units.append(aim.unit if aim else "")
    yield " / ".join(filter(None, units))
    yield " ; ".join(f"{step.due.isoformat()} {step.milestone.title} ({step.state})" for step in one.steps)
    yield " ; ".join(sorted({_day(day) for day in (*one.missed, *(day for step in one.steps for day in step.missed))}))
    yield " ; ".join(f"{review.on.isoformat()} {review.decision} {review.comment}" for review in told.reviews)
    yield " ; ".join(told.levers)
    yield f"{told.origin.kind} {told.origin.reference}" if told.origin else ""
    yield " ; ".join(action.title for action in told.linked)


def _day(day: Any) -> str:
    return day.isoformat() if day else ""


def _text(value: Any) -> Any:
    return "" if value is None else str(value)
