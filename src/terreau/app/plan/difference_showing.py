"""A difference as the page tells it: a cascade, a table that adds up, a sentence for each cause, what must be known of it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext

from terreau.app.language import language
from terreau.app.plan import difference_reading as reading
from terreau.app.plan import levers_words
from terreau.app.plan.trajectory_showing import ended
from terreau.factors.criteria import criterion as criterion_of
from terreau.plan.words import PARTS, word
from terreau.publishing import chart, numbers
from terreau.publishing.table import Row, Table, columns

LEAST_TOLD = 0.02
"""Causes under this share of the greatest are not told in a sentence: the table has them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """before, after, moved: quantities in words; sentences: each cause that counts, the greatest first."""

    before: str
    after: str
    moved: str
    chart: chart.Chart
    table: Table
    sentences: tuple[str, ...]


def shown(gap: reading.Gap, criterion: str, heads: tuple[str, str]) -> Shown:
    """One criterion; heads: what the two sides are called ("30/09/2025", "Prévu"…)."""
    scale = numbers.scale((gap.before, gap.after), criterion_of(criterion).unit, language())
    parts = {name: scale.of(value) for name, value in gap.moved.items()}
    decimals = _decimals([*parts.values(), scale.of(gap.after - gap.before)])
    before, after = (round(scale.of(value), decimals) for value in (gap.before, gap.after))
    told = reading.rounded(parts, round(after - before, decimals), decimals)
    names = {name: word(PARTS, name, language()).capitalize() for name in reading.CAUSES}
    whole = round(after - before, decimals)
    steps = tuple(chart.Step(names[name], told[name], signed(told[name], decimals)) for name in reading.CAUSES)
    title = gettext("%(criterion)s, d’où vient l’écart") % {"criterion": levers_words.short(criterion)}
    drawn = chart.cascade(
        key="ecart", title=title, axis=gettext("Cause de l’écart"), head=gettext("Part de l’écart"), unit=scale.unit, steps=steps,
        whole=chart.Step(gettext("Écart"), whole, signed(whole, decimals)), language=language(),
    )  # fmt: skip
    return Shown(
        before=_quantity(before, decimals, scale.unit), after=_quantity(after, decimals, scale.unit),
        moved=f"{signed(whole, decimals)}{numbers.NBSP}{scale.unit}", chart=drawn,
        table=_table(gap, names, scale, decimals, (before, after), told, heads), sentences=_sentences(told, decimals, scale.unit),
    )  # fmt: skip


def lead(one: Shown, on: date, at: date, planned_by: str = "") -> str:
    """« De 41,7 t CO₂ éq. au 30/09/2025 à 39,2 t… »; planned_by: the name of the scenario it is held against."""
    told = {"before": one.before, "after": one.after, "gap": one.moved, "first": numbers.day(on, language()),
            "last": numbers.day(at, language()), "name": planned_by}  # fmt: skip
    if planned_by:
        return ended(
            gettext("« %(name)s » prévoyait %(before)s au %(last)s ; l’inventaire en donne %(after)s. Écart : %(gap)s.")
            % told
        )
    return ended(gettext("De %(before)s au %(first)s à %(after)s au %(last)s. Écart : %(gap)s.") % told)


def signed(value: float, decimals: int) -> str:
    """« +1,2 », « −8,0 », « 0 »."""
    if not round(value, decimals):
        return "0"
    text = numbers.decimal(abs(value), language(), decimals)
    return f"−{text}" if value < 0 else f"+{text}"


def remarks(told: Mapping[str, Any], criterion: str) -> list[dict[str, str]]:
    """What must be known to read this criterion."""
    return [one[language()] for one in told["remarks"] if one["criterion"] in ("", criterion)]


def sides(told: Mapping[str, Any], heads: tuple[str, str]) -> Table:
    """What each side is made of: devices in service, years of life, electricity."""
    before, after = told["sides"]
    rows = (
        Row(gettext("Appareils en service, en moyenne sur l’année"), tuple(numbers.count(one["present"], language()) for one in (before, after))),
        Row(gettext("Durée de vie moyenne d’un appareil, en années"), tuple(numbers.number(one["years"], language()) for one in (before, after))),
        Row(gettext("Électricité, salles comprises"), tuple(numbers.quantity(one["kwh"], "kWh", language()) for one in (before, after))),
    )  # fmt: skip
    caption = gettext("De quoi chaque côté est fait")
    return Table(
        caption=caption, axis=gettext("Grandeur"), heads=columns(*heads), rows=rows, stacked=True, quiet_caption=True
    )


def _table(gap: reading.Gap, names: Mapping[str, str], scale: numbers.Scale, decimals: int, ends: tuple[float, float],
           told: Mapping[str, float], heads: tuple[str, str]) -> Table:  # fmt: skip
    """Year on year: the parts. Against a plan: what was planned and what came beside, the difference of each line adding up."""
    caption = gettext("Chaque cause, en %(unit)s") % {"unit": scale.unit}
    if gap.planned is None:
        rows = [Row(heads[0], (numbers.decimal(ends[0], language(), decimals),))]
        rows += [Row(names[name], (signed(told[name], decimals),)) for name in reading.CAUSES]
        rows.append(Row(heads[1], (numbers.decimal(ends[1], language(), decimals),)))
        return Table(
            caption=caption, axis=gettext("Cause de l’écart"), heads=columns(gettext("Valeur")), rows=tuple(rows)
        )
    planned = {name: round(scale.of(value), decimals) for name, value in gap.planned.items()}
    rows = [
        Row(
            names[name],
            (
                signed(planned[name], decimals),
                signed(round(planned[name] + told[name], decimals), decimals),
                signed(told[name], decimals),
            ),
        )
        for name in reading.CAUSES
    ]
    whole = round(ends[1] - ends[0], decimals)
    rows.append(
        Row(
            gettext("Empreinte"),
            (*(numbers.decimal(one, language(), decimals) for one in ends), signed(whole, decimals)),
        )
    )
    return Table(
        caption=caption,
        axis=gettext("Cause de l’écart"),
        heads=columns(gettext("Prévu"), gettext("Constaté"), gettext("Écart")),
        rows=tuple(rows),
    )


def _sentences(told: Mapping[str, float], decimals: int, unit: str) -> tuple[str, ...]:
    words = {
        "volume": gettext("Le nombre d’appareils explique %(value)s."),
        "mix": gettext("La composition du parc explique %(value)s."),
        "lifespan": gettext("Les durées de vie expliquent %(value)s."),
        "electricity": gettext("L’électricité explique %(value)s."),
        "factors": gettext("Les facteurs d’impact expliquent %(value)s."),
        "method": gettext("La méthode explique %(value)s."),
    }
    greatest = max((abs(one) for one in told.values()), default=0.0)
    kept = [name for name, value in told.items() if value and abs(value) >= LEAST_TOLD * greatest]
    return tuple(
        ended(words[name] % {"value": f"{signed(told[name], decimals)}{numbers.NBSP}{unit}"})
        for name in sorted(kept, key=lambda one: -abs(told[one]))
    )


def _quantity(value: float, decimals: int, unit: str) -> str:
    return f"{numbers.decimal(value, language(), decimals)}{numbers.NBSP}{unit}"


def _decimals(values: list[float]) -> int:
    """Two digits for the greatest change, and never below the unit."""
    greatest = max((abs(one) for one in values), default=0.0)
    return min(max(1 - math.floor(math.log10(greatest)), 0), 6) if greatest > 0 else 1
