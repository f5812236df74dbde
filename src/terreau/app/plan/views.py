"""The plan: who does what, for when; what is late or missed first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from terreau.app.accounts import access
from terreau.app.accounts.models import Organisation
from terreau.app.plan import exporting, knowing, showing
from terreau.app.plan.standing_now import standings
from terreau.indicators.definition import THEMES
from terreau.plan.standing import Standing
from terreau.plan.totals import coverage, totals

ROWS = 15
FIRST = 6
NEXT = 4
ENDED = ("kept", "stopped", "missed_answered")


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
    organisation = access.organisation_examinable_by(request.user, slug)
    every, known = standings(organisation), knowing.definitions(organisation)
    return exporting.plan_csv(every, known, f"plan-{organisation.slug}.csv")
