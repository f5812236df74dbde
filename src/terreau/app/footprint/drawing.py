"""The charts of the readings: by category, by entity, the ten heaviest; what is not drawn is said."""

from __future__ import annotations

import unicodedata
from typing import Any

from django.utils.translation import gettext, ngettext

from terreau.app.footprint import honesty, words
from terreau.app.footprint.reading import Pages, frame, interval
from terreau.app.footprint.results import READINGS, UNKNOWN, Result
from terreau.factors.criteria import Criterion
from terreau.publishing import chart, numbers

MOST = {"categories": 12, "entities": 12, "items": 10}
SPLIT = ("manufacturing", "distribution", "end_of_life")
PLACES = {"category": "categorie", "entity": "entite", "item": "type", "stage": "etape"}


def by_stage(result: Result, pages: Pages, criterion: Criterion) -> dict[str, Any]:
    """By category and life-cycle stage."""
    title = gettext("%(criterion)s, par catégorie et étape") % {"criterion": words.short(criterion.key)}
    drawn, notes = stacked(result, pages, criterion, "categories", "stages", title)
    return {**frame(result, pages, criterion, "home"), "chart": drawn, "notes": notes, "csv": pages.csv("stages")}


def by_entity(result: Result, pages: Pages, criterion: Criterion) -> dict[str, Any]:
    """By entity of the organisation and life-cycle stage."""
    title = gettext("%(criterion)s, par entité et étape") % {"criterion": words.short(criterion.key)}
    drawn, notes = stacked(result, pages, criterion, "entities", "entity-stages", title)
    return {
        **frame(result, pages, criterion, "entities"),
        "chart": drawn,
        "notes": notes,
        "csv": pages.csv("entity-stages"),
    }


def ten_heaviest(result: Result, pages: Pages, criterion: Criterion) -> dict[str, Any]:
    """The ten kinds of devices that weigh most."""
    ranked = honesty.ranked(result.coverage(criterion.key))
    heaviest, commonest = (
        gettext("%(criterion)s, les dix types d'équipements les plus lourds"),
        gettext("%(criterion)s, les dix types d'équipements les plus nombreux"),
    )
    title = (heaviest if ranked else commonest) % {"criterion": words.short(criterion.key)}
    drawn, notes = stacked(result, pages, criterion, "items", "item-stages", title)
    page = {**frame(result, pages, criterion, "heaviest"), "chart": drawn, "notes": notes, "csv": pages.csv("items")}
    return page if ranked else {**page, "heading": gettext("Les dix plus nombreux")}


def stacked(
    result: Result, pages: Pages, criterion: Criterion, totals: str, staged: str, title: str
) -> tuple[chart.Chart, tuple[str, ...]]:
    """The chart of a reading, and in sentences what its order is worth and what it does not show.

    Heaviest first; a criterion that is not ranked shows the most numerous, in alphabetical order.

    totals, staged: the readings that give the bars with their interval, and their parts by stage
    """
    axis = READINGS[totals][0]
    parts, stages = words.stages(), staged_values(result, staged, criterion.key, axis)
    used = [key for key in parts if any(key in known for known in stages.values())]
    known, lacking = result.coverage(criterion.key), incomplete(result, criterion.key)
    shown, others = in_order(result, result.impacts(totals, criterion.key), MOST[totals], axis, known)
    bars = [
        chart.Bar(
            label=name(result, axis, one[axis]),
            values=tuple(stages.get(one[axis], {}).get(stage) for stage in used),
            interval=interval(one),
            at_least=bool(lacking) if axis == "entity" else one[axis].partition("/")[0] in lacking,
            quantity=one["quantity"],
            elsewhere=elsewhere(used, stages.get(one[axis], {})),
            href=pages.to("why", **{PLACES[axis]: one[axis]}) if one[axis] else "",
        )
        for one in shown
    ]
    if axis == "category":
        nothing = (None,) * max(len(used), 1)
        absent = [key for key in lacking if key not in stages]
        bars += [chart.Bar(label=name(result, axis, key), values=nothing, quantity=lacking[key]) for key in absent]
    drawn = chart.stacked_bars(
        key=totals,
        title=title,
        axis=words.axes()[axis],
        unit=criterion.unit,
        parts=[parts[key] for key in used] or [parts["use"]],
        bars=bars[: MOST[totals] + 2],
        language=result.language,
        period=gettext("par an"),
        counted=gettext("Équipements"),
    )
    return drawn, (*honesty.ranking(known, result.language), *rest(result, criterion, others))


def in_order(
    result: Result, impacts: list[dict[str, Any]], most: int, axis: str, known: dict[str, Any]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What is drawn, and what is not: by weight, or by name among the most numerous when the order means nothing."""
    if honesty.ranked(known):
        whole = sorted(impacts, key=lambda one: -one["central"])
        return whole[:most], whole[most:]
    whole = sorted(impacts, key=lambda one: (-one["quantity"], one[axis]))
    return sorted(whole[:most], key=lambda one: spelt(name(result, axis, one[axis]))), whole[most:]


def spelt(words: str) -> str:
    """What the alphabetical order looks at: « Écran » stands among the E."""
    return "".join(one for one in unicodedata.normalize("NFKD", words.casefold()) if not unicodedata.combining(one))


def staged_values(result: Result, staged: str, criterion: str, axis: str) -> dict[str, dict[str, float]]:
    """For each word of ``axis``, the central value of each known stage."""
    found: dict[str, dict[str, float]] = {}
    for one in result.impacts(staged, criterion):
        found.setdefault(one[axis], {})[one["stage"]] = one["central"]
    return found


def elsewhere(used: list[str], known: dict[str, float]) -> tuple[int, ...]:
    """Places of the stages that a source does not tell apart: whole when it splits, split when it gives the whole."""
    inside = SPLIT if "embodied" in known else ("embodied",) if known.keys() & set(SPLIT) else ()
    return tuple(place for place, stage in enumerate(used) if stage in inside)


def name(result: Result, axis: str, key: str) -> str:
    """The words of one bar."""
    if axis == "entity" and not key:
        return gettext("Sans entité")
    return gettext("Catégorie inconnue") if key == UNKNOWN else result.labels.get(key, key)


def incomplete(result: Result, criterion: str) -> dict[str, float]:
    """Categories with something missing for the criterion, and how many devices [count]."""
    found: dict[str, float] = {}
    for one in result.contract["missing"]:
        if one["criterion"] == criterion:
            found[one["category"]] = max(found.get(one["category"], 0.0), one["quantity"])
    return found


def rest(result: Result, criterion: Criterion, others: list[dict[str, Any]]) -> tuple[str, ...]:
    """What is not drawn, counted and weighed."""
    if not others:
        return ()
    value = numbers.quantity(sum(one["central"] for one in others), criterion.unit, result.language)
    value = honesty.at_least(value, result.coverage(criterion.key))
    text = ngettext(
        "Et %(n)s autre, qui pèse %(value)s, dans le CSV.",
        "Et %(n)s autres, qui pèsent ensemble %(value)s, dans le CSV.",
        len(others),
    )
    return (text % {"n": len(others), "value": value},)
