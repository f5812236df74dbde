"""The target of a criterion and the hypotheses of the trajectory: set by editors, remembered with who and when."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from terreau.app import onscreen
from terreau.app.accounts import access
from terreau.app.language import language
from terreau.app.plan import levers_words
from terreau.app.plan import trajectory_acting as acting
from terreau.app.plan import trajectory_asking as asking
from terreau.app.plan import trajectory_reading as reading
from terreau.app.plan import trajectory_showing as curves
from terreau.app.plan.forms_trajectory import HypothesesForm, TargetForm
from terreau.app.plan.models_scenarios import TrajectoryHypotheses, TrajectoryTarget
from terreau.app.plan.trajectory_headline import asked
from terreau.kernel.errors import TerreauError
from terreau.publishing import numbers

Rule = TrajectoryTarget.Rule


@require_http_methods(["GET", "POST"])
def target(request: HttpRequest, slug: str) -> HttpResponse:
    """« Où voulons-nous être ? »"""
    organisation = access.organisation_editable_by(request.user, slug)
    criterion = levers_words.asked(request.GET.get("critere"))
    back = f"{reverse('plan:trajectory', args=[slug])}?critere={criterion.key}"
    told, _taken = asked(organisation, criterion.key)
    if told is None or not told["known"]:
        return redirect(back)
    now = told["plans"][0]["every"][criterion.key]["amortised"]["reference"][0][1]
    last, met = asking.last_said(organisation, criterion.key), False
    row, scale = asking.standing(last), numbers.scale((now,), criterion.unit, language())
    form = TargetForm(request.POST if request.method == "POST" else None, today=now, at=reading.day(told["at"]), scale=scale,
                      standing=last is not None, initial=_written(row, scale))  # fmt: skip
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            acting.set_target(organisation, request.user, criterion.key, given["row"], run=told["run"], why=given["why"],
                              seen=onscreen.of(form.data))  # fmt: skip
        except TerreauError as refused:
            form.add_error(None, str(refused.words(language())))
            last, met = asking.last_said(organisation, criterion.key), True
        else:
            messages.success(request, _("Cible enregistrée ; les précédentes restent dans l’historique."))
            return redirect(back)
    seen = onscreen.again(form, last, told=met)
    shown = {"form": form, "seen": seen, "criterion": levers_words.short(criterion.key), "back": back, "aim": curves.aim(last),
             "now": numbers.quantity(now, criterion.unit, language()), "on": reading.day(told["at"])}  # fmt: skip
    return render(request, "plan/trajectory_target.html", shown)


@require_http_methods(["GET", "POST"])
def hypotheses(request: HttpRequest, slug: str) -> HttpResponse:
    """« Que supposons-nous des années à venir ? »"""
    organisation = access.organisation_editable_by(request.user, slug)
    told, _taken = asked(organisation, levers_words.FIRST[0])
    if told is None:
        return redirect("plan:trajectory", slug)
    held = asking.hypotheses(organisation)
    stands: list[tuple[str, str]] = []
    given = request.POST if request.method == "POST" else None
    form = HypothesesForm(given, categories=told["categories"], initial=_assumed(held))
    if request.method == "POST" and form.is_valid():
        kept = {name: form.cleaned_data[name] for name in ("years", "growth", "backlog", "why")}
        try:
            acting.hold(organisation, request.user, **kept, seen=onscreen.of(form.data))
        except TerreauError as refused:
            form.add_error(None, str(refused.words(language())))
            held = asking.hypotheses(organisation)
            stands = onscreen.stands(form, _assumed(held))
        else:
            messages.success(request, _("Hypothèses enregistrées : la trajectoire est recalculée avec elles."))
            return redirect("plan:trajectory", slug)
    seen = onscreen.again(form, held, told=bool(stands))
    shown = {"form": form, "held": held if held.pk else None, "seen": seen, "stands": stands}
    return render(request, "plan/trajectory_hypotheses.html", shown)


def _assumed(held: TrajectoryHypotheses) -> dict[str, Any]:
    """Hypotheses as their form writes them."""
    told = {"years": held.years, "backlog": held.backlog, "growth_all": held.growth.get("*")}
    return told | {f"growth_{key}": value for key, value in held.growth.items() if key != "*"}


def _written(row: TrajectoryTarget | None, scale: numbers.Scale) -> dict[str, Any]:
    """A target as its form writes it."""
    if row is None:
        return {"rule": Rule.SHARE}
    amount = scale.of(row.amount) if row.rule == Rule.VALUE else row.amount * 100
    return {"rule": row.rule, "amount": round(amount, 6), "year": row.year, "baseline": round(scale.of(row.baseline_value), 3),
            "baseline_on": row.baseline_on}  # fmt: skip
