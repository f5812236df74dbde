"""Scenarios as the pages show them: one tried, two or three side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, ngettext

from terreau.app.language import language
from terreau.app.plan import levers_words, scenario_form
from terreau.app.plan import trajectory_showing as curves
from terreau.app.plan.models_scenarios import Scenario
from terreau.factors.criteria import criterion as criterion_of
from terreau.kernel.interval import Interval
from terreau.publishing import chart, numbers

if TYPE_CHECKING:
    from terreau.levers import Lever

Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One scenario beside others: what it weighs at the end, what it spares, what is missing, what it holds true.

    own: its own « sans rien changer », '' when the chart draws the one of all
    """

    row: Scenario
    last: str
    less: str
    own: str
    gap: str
    look: str
    beside: str
    purchases: str
    levers: tuple[tuple[str, int], ...]
    held: str
    left: tuple[str, ...]


def together(told: Told, names: Sequence[str]) -> chart.Chart:
    """Each scenario and the target; nothing changed too, when it is the same curve for all: else each has its own."""
    criterion = criterion_of(told["criterion"])
    plans = [one["every"][told["criterion"]]["amortised"] for one in told["plans"]]
    series = []
    if same_reference(told):
        series.append(
            chart.Series(gettext("Sans rien changer"), tuple(Interval(*one) for one in plans[0]["reference"]))
        )
    series += [
        chart.Series(name, tuple(Interval(*one) for one in plan["plan"]))
        for name, plan in zip(names, plans, strict=True)
    ]
    aimed = (told["plans"][0]["target"] or {}).get("curve")
    if aimed:
        values = tuple(Interval(one["allowed"], one["allowed"], one["allowed"]) for one in aimed)
        series.append(chart.Series(gettext("Cible"), values, sure=True))
    title = gettext("%(criterion)s, scénario par scénario") % {"criterion": levers_words.short(criterion.key)}
    return chart.line(key="beside", title=title, axis=gettext("Année"), unit=criterion.unit, marks=curves.marks(told), series=series,
                      language=language(), period=gettext("par an"))  # fmt: skip


def same_reference(told: Told) -> bool:
    """True when doing nothing leads all the plans along the same curve: what they hold true differs in nothing that shows."""
    curve, *others = (one["every"][told["criterion"]]["amortised"]["reference"] for one in told["plans"])
    return all(one == curve for one in others)


def cards(told: Told, rows: Sequence[Scenario], known: Mapping[str, Lever]) -> list[Card]:
    """One card a scenario, in the order asked."""
    unit = criterion_of(told["criterion"]).unit
    found = []
    alike = same_reference(told)
    for rank, (row, plan) in enumerate(zip(rows, told["plans"], strict=True)):
        mine = plan["every"][told["criterion"]]["amortised"]
        words, look = curves.gap(told, plan)
        gain = plan["gain"]
        found.append(Card(
            row=row, last=curves.quantity(mine["plan"][-1], unit), less=spared(gain, unit), gap=words, look=look,
            own="" if alike else _own(mine["reference"][-1], unit),
            beside=_beside(told["between"][rank], unit, [one.name for one in rows]) if rank else "",
            purchases=bought(plan), levers=tuple(scenario_form.setting_words(row.levers, known)), held=held(row),
            left=left(plan, known),
        ))  # fmt: skip
    return found


def spared(gain: Told, unit: str) -> str:
    """« 5,9 t CO₂ éq. de moins (1,2 à 15) que sans rien changer »; what weighs more says so."""
    value = curves.quantity([gain["low"], gain["central"], gain["high"]], unit)
    if not gain["central"]:
        return gettext("rien ne change")
    if gain["central"] < 0:
        worse = curves.quantity([-gain["high"], -gain["central"], -gain["low"]], unit)
        return gettext("%(value)s de plus par an que sans rien changer") % {"value": worse}
    return gettext("%(value)s de moins par an que sans rien changer") % {"value": value}


def bought(plan: Told) -> str:
    """« 812 appareils achetés, au lieu de 1 215 »."""
    after, before = (sum(plan["bought"][side][1:]) for side in ("plan", "reference"))
    told = {"after": numbers.count(after, language()), "before": numbers.count(before, language())}
    return gettext("%(after)s appareils achetés, contre %(before)s sans rien changer") % told


def left(plan: Told, known: Mapping[str, Lever]) -> tuple[str, ...]:
    """Levers that could not be used, each with why; those that touch no device."""
    found = []
    for one in plan["left"]:
        words = one["refused"][language()] if one["refused"] else None
        why = f"{words['what']} {words['remedy']}" if words else gettext("gain non calculable sur un parc")
        found.append(f"{curves.lever_words(curves.text_of(one['key']), known)} : {why}")
    for key in plan["without_object"]:
        found.append(
            gettext("%(lever)s : aucun appareil concerné dans le parc")
            % {"lever": curves.lever_words(curves.text_of(key), known)}
        )
    return tuple(found)


def held(row: Scenario) -> str:
    """« 5 ans, +2 % d’appareils par an, rattrapage en 3 ans »."""
    told = [ngettext("%(n)s an", "%(n)s ans", row.years) % {"n": row.years}]
    percent, others = row.growth.get("*", 0.0), [key for key in row.growth if key != "*"]
    if percent:
        told.append(gettext("%(percent)s %% d’appareils par an") % {"percent": _signed(percent)})
    if others:
        n = len(others)
        words = ngettext("croissance propre à %(n)s catégorie", "croissances propres à %(n)s catégories", n)
        told.append(words % {"n": n})
    if not percent and not others:
        told.append(gettext("parc stable"))
    if row.backlog:
        # A French plural begins at two: « 1,5 an ».
        several = int(row.backlog) if language() == "fr" else 1 + (row.backlog != 1)
        words = ngettext("retards rattrapés en %(n)s an", "retards rattrapés en %(n)s ans", several)
        told.append(words % {"n": scenario_form.written(row.backlog)})
    return ", ".join(told)


def _own(last: Sequence[float], unit: str) -> str:
    """« Son « sans rien changer » : 47 t CO₂ éq. »"""
    value = numbers.quantity(last[1], unit, language())
    return gettext("Sans rien changer, avec ses propres hypothèses : %(value)s.") % {"value": value}


def _beside(between: Told | None, unit: str, names: Sequence[str]) -> str:
    """A scenario against the first drawn like it: surely less, surely more, or nobody can say."""
    if between is None:
        return gettext("Ne se compare pas point par point à « %(first)s » : leurs hypothèses diffèrent.") % {
            "first": names[0]
        }
    less = between["less"]
    told = {
        "first": names[between["with"]],
        "low": numbers.quantity(abs(less["low"]), unit, language()),
        "high": numbers.quantity(abs(less["high"]), unit, language()),
    }
    if less["low"] > 0:
        return gettext("Pèse %(low)s à %(high)s de moins que « %(first)s ».") % told
    if less["high"] < 0:
        return gettext("Pèse %(high)s à %(low)s de plus que « %(first)s ».") % told
    if less["low"] == less["high"] == 0:
        return gettext("Pèse autant que « %(first)s ».") % told
    return gettext("On ne peut pas le départager de « %(first)s » : de %(high)s de moins à %(low)s de plus.") % told


def _signed(value: float) -> str:
    text = scenario_form.written(abs(value))
    return f"−{text}" if value < 0 else f"+{text}"
