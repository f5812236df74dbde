"""« Qu’est-ce qui a changé, et pourquoi ? »: one year against another, what came against what a scenario promised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from terreau.app.accounts import access
from terreau.app.language import language
from terreau.app.plan import difference_reading as reading
from terreau.app.plan import difference_showing as showing
from terreau.app.plan import levers_words
from terreau.app.plan import trajectory_reading as trajectories
from terreau.app.plan.levers_exporting import csv_answer
from terreau.app.plan.models_scenarios import Scenario
from terreau.app.plan.views_trajectory import choices
from terreau.kernel.errors import TerreauError
from terreau.plan.words import PARTS, word
from terreau.publishing import numbers

HEADERS = {"fr": ("Critère", "Clé du critère", "Unité"), "en": ("Criterion", "Criterion key", "Unit")}
SIDES = {
    "year": {"fr": ("Avant", "Après"), "en": ("Before", "After")},
    "plan": {"fr": ("Prévu", "Constaté"), "en": ("Planned", "Found")},
}
PARTS_OF = {"fr": ("Prévu : {}", "Écart : {}"), "en": ("Planned: {}", "Gap: {}")}
"""Headings of what a plan promised of each cause, and of what came more or less than that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Against:
    """What today's footprint is held against: the inventory of a day, or a scenario kept."""

    key: str
    label: str
    on: date
    row: Scenario | None = None


@require_GET
def difference(request: HttpRequest, slug: str) -> HttpResponse:
    """One criterion, cause by cause."""
    organisation = access.organisation_examinable_by(request.user, slug)
    criterion = levers_words.asked(request.GET.get("critere"))
    shown = choices(criterion.key)
    try:
        at, every, chosen, told, pair = _asked(request, organisation)
    except TerreauError as refused:
        return render(request, "plan/trajectory_difference.html", shown | {"refused": refused.words(language())})
    if chosen is None or told is None:
        return render(request, "plan/trajectory_difference.html", shown | {"empty": True})
    gap = _gap(told, chosen, at, criterion.key)
    heads = (numbers.day(chosen.on, language()), numbers.day(at, language()))
    shown |= {
        "days": [one for one in every if one.row is None], "plans": [one for one in every if one.row is not None], "chosen": chosen,
        "remarks": showing.remarks(told, criterion.key), "sides": showing.sides(told, heads), "added": pair.added, "at": at,
        "one": showing.shown(gap, criterion.key, heads) if gap else None,
    }  # fmt: skip
    if shown["one"]:
        shown["lead_words"] = showing.lead(shown["one"], chosen.on, at, chosen.row.name if chosen.row else "")
    return render(request, "plan/trajectory_difference.html", shown)


@require_GET
def difference_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Every criterion, cause by cause, as CSV."""
    organisation = access.organisation_examinable_by(request.user, slug)
    at, _every, chosen, told, _pair = _asked(request, organisation)
    rows = []
    for key, one in (told["criteria"] if told else {}).items():
        gap = _gap(told, chosen, at, key)
        if gap is not None:
            parts = [*([gap.planned] if gap.planned else []), gap.moved]
            rows.append([levers_words.short(key), key, one["unit"], gap.before, gap.after, *(part[name] for part in parts for name in reading.CAUSES)])  # fmt: skip
    return csv_answer(_headings(planned=chosen is not None and chosen.row is not None), rows, f"ecart-{slug}.csv")


def _headings(*, planned: bool) -> tuple[str, ...]:
    """Those of one year against another, or of what came against what a scenario ``planned``."""
    lang = language()
    causes = [word(PARTS, name, lang) for name in reading.CAUSES]
    told = [form.format(cause) for form in PARTS_OF[lang] for cause in causes] if planned else [cause.capitalize() for cause in causes]  # fmt: skip
    return (*HEADERS[lang], *SIDES["plan" if planned else "year"][lang], *told)


def _asked(request: HttpRequest, organisation: Any) -> tuple[Any, list[Against], Against | None, Any, Any]:
    """The last day, what it may be held against, what was chosen, the difference and its two sides."""
    ready = trajectories.begun(organisation)
    if ready is None:
        return None, [], None, None, None
    days = reading.earlier_days(organisation)
    every = [Against(key=one.isoformat(), label=numbers.day(one, language()), on=one) for one in days]
    rows = Scenario.objects.filter(organisation=organisation, at__lt=ready.at).standing()
    every += [Against(key=str(row.pk), label=row.name, on=row.at, row=row) for row in rows]
    usual = reading.usual_day(days, ready.at)
    wanted = request.GET.get("avec") or (usual.isoformat() if usual else "")
    chosen = next((one for one in every if one.key == wanted), None)
    if chosen is None:
        return ready.at, every, None, None, None
    pair = reading.pair(organisation, chosen.on, chosen.row.parameters if chosen.row else None)
    told = reading.of(organisation, pair) if pair else None
    return ready.at, every, chosen, told, pair


def _gap(told: Any, chosen: Any, at: date, criterion: str) -> reading.Gap | None:
    if chosen.row is not None:
        return reading.against_plan(told, chosen.row, at, criterion)
    return reading.year_on_year(told, criterion)
