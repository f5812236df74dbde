"""« Où nous mène le plan ? »: the curve as things go, with the commitments, and where it must go."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from terreau.app.accounts import access
from terreau.app.language import language
from terreau.app.plan import levers_reading, levers_words
from terreau.app.plan import trajectory_asking as asking
from terreau.app.plan import trajectory_reading as reading
from terreau.app.plan import trajectory_showing as curves
from terreau.app.plan.trajectory_exporting import trajectory_csv
from terreau.app.plan.trajectory_headline import asked
from terreau.factors.criteria import CRITERIA
from terreau.kernel.errors import TerreauError

Shown = dict[str, Any]


@require_GET
def trajectory(request: HttpRequest, slug: str) -> HttpResponse:
    """One criterion: both readings, the gap, each commitment, the doubt, everything held true."""
    organisation = access.organisation_examinable_by(request.user, slug)
    criterion = levers_words.asked(request.GET.get("critere"))
    shown = choices(criterion.key)
    try:
        told, taken = asked(organisation, criterion.key)
    except TerreauError as refused:
        return render(request, "plan/trajectory.html", shown | {"refused": refused.words(language())})
    if told is None:
        return render(request, "plan/trajectory.html", shown | {"empty": True})
    plan = told["plans"][0]
    held, row = asking.hypotheses(organisation), asking.target(organisation, criterion.key)
    shown |= {"told": told, "assumed": held, "former": curves.former(asking.history(organisation, criterion.key)), "target": row, "aim": curves.aim(row), "over": curves.over(row, told),
              "aside": curves.asides(taken, plan, at(told), _known(organisation), slug)}  # fmt: skip
    if told["known"]:
        shown |= _curves(organisation, told, plan, taken)
    return render(request, "plan/trajectory.html", shown)


@require_GET
def trajectory_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Every criterion, both readings, year by year, as CSV."""
    organisation = access.organisation_examinable_by(request.user, slug)
    told, _taken = asked(organisation, levers_words.FIRST[0])
    return trajectory_csv(told, f"trajectoire-{slug}.csv")


def at(told: Shown) -> Any:
    """The last day of the footprint."""
    return reading.day(told["at"])


def choices(criterion: str) -> Shown:
    """The criteria one may look at: the three first, then all the others."""
    keys = [
        *levers_words.FIRST,
        *(one.key for one in CRITERIA if one.key == criterion and criterion not in levers_words.FIRST),
    ]
    return {"criterion": levers_words.short(criterion), "criterion_key": criterion,
            "criteria": [(key, levers_words.short(key), key == criterion) for key in keys],
            "others": [(one.key, levers_words.short(one.key)) for one in CRITERIA if one.key not in keys]}  # fmt: skip


def _curves(organisation: Any, told: Shown, plan: Shown, taken: Any) -> Shown:
    known, slug, planned = _known(organisation), organisation.slug, bool(plan["effects"])
    words, look = curves.gap(told, plan)
    return {
        "lead_words": curves.lead(told, plan, planned=planned), "gap": words, "look": look, "planned": planned,
        "target_refused": ((plan["target"] or {}).get("refused") or {}).get(language()),
        "refusal": plan["refused"][language()] if plan["refused"] else None,
        "spread": curves.spread(told, plan, planned=planned), "bought": curves.bought(told, plan, planned=planned),
        "effects": curves.effects(told, plan, taken, known, slug), "doubts": curves.doubts(plan),
        "overlaps": curves.overlaps(plan, taken, known, told["criterion"]), "last": curves.marks(told)[-1], "period": curves.period(told),
        "held": [one[language()] for one in plan["hypotheses"]],
        "why": f"{reverse('empreinte:why', args=[slug])}?critere={told['criterion']}",
        "csv": reverse("plan:trajectory_csv", args=[slug]),
    }  # fmt: skip


def _known(organisation: Any) -> Shown:
    return {one.key: one for one in levers_reading.catalogue(organisation)}
