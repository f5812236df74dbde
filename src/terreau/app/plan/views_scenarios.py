"""« Et si… ? »: scenarios tried by a form or from a preset, kept under a name, two or three side by side. No slider, no script."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from terreau.app.accounts import access
from terreau.app.language import language
from terreau.app.plan import levers_reading, levers_words, packs, scenario_form, scenarios_showing
from terreau.app.plan import trajectory_acting as acting
from terreau.app.plan import trajectory_asking as asking
from terreau.app.plan import trajectory_reading as reading
from terreau.app.plan import trajectory_showing as curves
from terreau.app.plan.models_scenarios import Scenario
from terreau.app.plan.standing_now import standings
from terreau.app.plan.trajectory_exporting import trajectory_csv
from terreau.app.plan.views_trajectory import choices
from terreau.factors.criteria import criterion as criterion_of
from terreau.kernel.errors import TerreauError
from terreau.kernel.text import visible

MOST_BESIDE = 3
TODAY = "plan"
Shown = dict[str, Any]


@require_GET
def scenarios(request: HttpRequest, slug: str) -> HttpResponse:
    """Those kept, and two or three of them side by side."""
    organisation = access.organisation_examinable_by(request.user, slug)
    criterion = levers_words.asked(request.GET.get("critere"))
    rows = list(Scenario.objects.filter(organisation=organisation).standing())
    known = _known(organisation)
    ready = reading.begun(organisation)
    chosen = _chosen(request, organisation, ready, rows)
    presets = [(key, name, words) for key, (name, words, _families, _effort) in scenario_form.PRESETS.items()]
    shown: Shown = choices(criterion.key) | {
        "rows": [(row, scenarios_showing.held(row), scenario_form.setting_words(row.levers, known), row in chosen) for row in rows],
        "chosen": chosen, "plan_too": TODAY in request.GET.getlist("cote"), "most": MOST_BESIDE, "presets": presets,
    }  # fmt: skip
    shown["empty"] = ready is None
    if ready is not None and chosen:
        told, refused = _beside(organisation, ready, criterion.key, chosen)
        shown |= {"refused": refused, "told": told}
        if told and told["known"]:
            shown |= {"chart": scenarios_showing.together(told, [row.name for row in chosen]), "cards": scenarios_showing.cards(told, chosen, known),
                      "apart": not scenarios_showing.same_reference(told), "last": curves.marks(told)[-1], "csv": f"{reverse('plan:scenarios_csv', args=[slug])}?{request.GET.urlencode()}"}  # fmt: skip
    return render(request, "plan/trajectory_scenarios.html", shown)


@require_GET
def scenarios_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Those chosen, every criterion, as CSV."""
    organisation = access.organisation_examinable_by(request.user, slug)
    rows = list(Scenario.objects.filter(organisation=organisation).standing())
    ready = reading.begun(organisation)
    chosen = _chosen(request, organisation, ready, rows)
    told = None
    if chosen and ready is not None:
        told, _refused = _beside(organisation, ready, levers_words.asked(request.GET.get("critere")).key, chosen)
    return trajectory_csv(told, f"scenarios-{slug}.csv", {str(row.pk): row.name for row in chosen})


@require_GET
def try_one(request: HttpRequest, slug: str) -> HttpResponse:
    """A form and its curve: from nothing, a preset, the plan of today or a scenario kept."""
    organisation = access.organisation_examinable_by(request.user, slug)
    criterion = levers_words.asked(request.GET.get("critere"))
    ready = reading.begun(organisation)
    if ready is None:
        return render(request, "plan/trajectory_try.html", {"empty": True})
    known, own = _known(organisation), packs.own_levers(organisation)
    try:
        tried = _tried(request, organisation, ready, known, own)
        aimed = asking.aimed(asking.target(organisation, criterion.key), ready.at)
        told = reading.of(organisation, ready, criterion.key, tried.years, [tried.asked], aimed)
    except TerreauError as refused:
        return render(request, "plan/trajectory_try.html", {"refused": refused.words(language())})
    offered, everything = scenario_form.offered(known.values(), _present(told)), bool(request.GET.get("tous"))
    lines = scenario_form.lines(tried, offered, ready.at, all_of_them=everything)
    shown = choices(criterion.key) | {
        "tried": tried, "lines": lines, "told": told, "more_levers": max(len(offered) - len(lines), 0), "everything": everything,
        "growth": scenario_form.written(tried.growth.get("*")), "backlog": scenario_form.written(tried.backlog), "name": request.GET.get("nom", "")[:120],
    }  # fmt: skip
    return render(request, "plan/trajectory_try.html", shown | _curve(told, known))


@require_POST
def keep(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep what was tried under a name."""
    organisation = access.organisation_contributable_by(request.user, slug)
    ready = reading.begun(organisation)
    if ready is None:
        return redirect("plan:scenarios", slug)
    name = " ".join(visible(request.POST.get("nom", "").replace("\0", " ")).split())[:120]
    known, own = _known(organisation), packs.own_levers(organisation)
    tried = scenario_form.read(request.POST, ready.at, known, own, asking.hypotheses(organisation))
    back = request.POST.copy()
    back.pop("csrfmiddlewaretoken", None)
    again = f"{reverse('plan:scenario_try', args=[slug])}?{back.urlencode()}"
    if tried.errors or not name:
        if not name:
            messages.error(request, _("Donnez un nom au scénario : c’est par lui qu’on le retrouve."))
        return redirect(again)
    told = reading.of(organisation, ready, levers_words.FIRST[0], tried.years, [tried.asked],
                      asking.aimed(asking.target(organisation, levers_words.FIRST[0]), ready.at))  # fmt: skip
    acting.keep(
        organisation,
        request.user,
        name,
        years=tried.years,
        growth=tried.growth,
        backlog=tried.backlog,
        levers=tried.levers(ready.at),
        told=told,
    )
    messages.success(request, _("Scénario gardé, avec ce qu’il promet aujourd’hui."))
    return redirect("plan:scenarios", slug)


@require_POST
def retire(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Put one away."""
    organisation = access.organisation_editable_by(request.user, slug)
    acting.retire(get_object_or_404(Scenario, organisation=organisation, pk=pk), request.user)
    messages.success(request, _("Scénario rangé ; le journal en garde la trace."))
    return redirect("plan:scenarios", slug)


def _tried(request: HttpRequest, organisation: Any, ready: Any, known: Any, own: Any) -> scenario_form.Tried:
    """What the address asks: a form filled in, a scenario kept, the plan, a preset; nothing is the plan."""
    held = asking.hypotheses(organisation)
    if request.GET.get("essai"):
        return scenario_form.read(request.GET, ready.at, known, own, held)
    if request.GET.get("scenario"):
        row = _of(organisation, request.GET["scenario"])
        return scenario_form.of_levers(scenario_form.kept(row, ready.at), ready.at, row, own)
    asked = request.GET.get("modele", "")
    if asked in scenario_form.PRESETS:
        told = reading.of(
            organisation,
            ready,
            levers_words.FIRST[0],
            held.years,
            [asking.Asked(name="tried", growth=held.growth, backlog=held.backlog)],
        )
        return scenario_form.of_levers(scenario_form.preset(asked, known.values(), _present(told)), ready.at, held, own)
    moves = asking.taken(standings(organisation), ready.at, held.years).moves if asked != "rien" else ()
    return scenario_form.of_levers([(one.text, one.start) for one in moves], ready.at, held, own)


def _curve(told: Shown, known: Any) -> Shown:
    plan = told["plans"][0]
    shown: Shown = {
        "refusal": plan["refused"][language()] if plan["refused"] else None,
    }
    if not told["known"]:
        return shown
    words, look = curves.gap(told, plan)
    planned = bool(plan["effects"])
    unit = criterion_of(told["criterion"]).unit
    effects = sorted(plan["effects"].items(), key=lambda pair: -pair[1]["spread"][-1])
    return shown | {
        "chart": curves.spread(told, plan, planned=planned, called=_("Ce scénario")), "gap": words, "look": look, "last": curves.marks(told)[-1],
        "lead_words": curves.lead(told, plan, planned=planned, tried=True), "spared": scenarios_showing.spared(plan["gain"], unit),
        "purchases": scenarios_showing.bought(plan), "left": scenarios_showing.left(plan, known),
        "effects": [(curves.lever_words(curves.text_of(key), known), curves.signed(-one["spread"][-1], unit)) for key, one in effects],
        "held": [one[language()] for one in plan["hypotheses"]],
    }  # fmt: skip


def _beside(organisation: Any, ready: Any, criterion: str, rows: list[Scenario]) -> tuple[Any, Any]:
    years = max(row.years for row in rows)
    aimed = asking.aimed(asking.target(organisation, criterion), ready.at)
    plans = [asking.within(asking.of_scenario(row, ready.at), years) for row in rows]
    try:
        return reading.of(organisation, ready, criterion, years, plans, aimed), None
    except TerreauError as refused:
        return None, refused.words(language())


def _chosen(request: HttpRequest, organisation: Any, ready: Any, rows: list[Scenario]) -> list[Scenario]:
    """Those asked, three at most; today's plan first."""
    asked = request.GET.getlist("cote")
    plan = [_plan(organisation, ready)] if TODAY in asked and ready is not None else []
    return [*plan, *(row for row in rows if str(row.pk) in asked)][:MOST_BESIDE]


def _plan(organisation: Any, ready: Any) -> Scenario:
    """The commitments of today as a scenario that nobody keeps."""
    held = asking.hypotheses(organisation)
    moves = asking.taken(standings(organisation), ready.at, held.years).moves
    levers = [{"text": one.text, "year": ready.at.year + one.start} for one in moves]
    return Scenario(pk=UUID(int=0), organisation=organisation, name=_("Le plan d’aujourd’hui"), years=held.years, growth=held.growth,
                    backlog=held.backlog, levers=levers, at=ready.at)  # fmt: skip


def _of(organisation: Any, text: str) -> Scenario:
    try:
        return get_object_or_404(Scenario, organisation=organisation, pk=UUID(text))
    except ValueError as wrong:
        raise Http404 from wrong


def _present(told: Shown) -> set[str]:
    return {one["key"] for one in told["categories"]}


def _known(organisation: Any) -> Shown:
    return {one.key: one for one in levers_reading.catalogue(organisation)}
