"""What a commitment may name: indicators and their units, themes, and the values already known of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import Any

from django.utils.translation import gettext as _

from terreau.app.language import language
from terreau.app.tasks.needing import NotMadeYet, only_kept
from terreau.indicators.definition import THEMES, Indicator
from terreau.indicators.series import Series
from terreau.indicators.units import UNITS
from terreau.indicators.values import Value
from terreau.indicators.words import THEMES as THEME_WORDS
from terreau.kernel.errors import TerreauError
from terreau.kernel.term import figure
from terreau.plan.aims import Aim, Seen
from terreau.publishing.numbers import MISSING, NBSP, NNBSP

ROOM_OF = {"fleet": "inventory", "footprint": "footprint", "diagnosis": "diagnosis", "training": "training"}
"""The room whose door measures, by the first word of a meter."""


def definitions(organisation: Any) -> Mapping[str, Indicator]:
    """Every indicator the organisation may name, by key: the catalogue and its own."""
    from terreau.app.indicators import door as board

    return board.definitions(organisation)


def named(one: Indicator) -> str:
    """An indicator as a form writes it: its key, then its name."""
    return f"{one.short} {one.name.in_(language())}"


def units(organisation: Any) -> dict[str, str]:
    """Unit of each indicator that may be named, by key."""
    return {key: one.unit for key, one in definitions(organisation).items()}


def themes() -> list[tuple[str, str]]:
    """Keys and names of the themes, in the language of the page."""
    return [(key, theme_name(key)) for key in THEMES]


def theme_name(key: str) -> str:
    """How a theme is called; its key when nobody named it."""
    words = THEME_WORDS.get(key)
    return words.in_(language()) if words else key


def unit_name(unit: str) -> str:
    """The symbol of a unit beside a figure, '' for a plain count."""
    known = UNITS.get(unit)
    return known.symbol.in_(language()) if known else unit


def unit_words(unit: str) -> str:
    """A unit in full: « pour cent », « années »."""
    known = UNITS.get(unit)
    return known.name.in_(language()) if known else unit


def told(value: float | None, unit: str) -> str:
    """A value with its unit, every digit of it kept."""
    if value is None:
        return MISSING[language()]
    name, gap = unit_name(unit), NBSP
    if name == "%":
        gap = "" if language() == "en" else NNBSP
    return f"{figure(value, language())}{gap}{name}" if name else figure(value, language())


def measured(value: float, unit: str) -> str:
    """What was measured with its unit, four digits of it: a target alone is said as it was promised."""
    return told(rounded(value), unit)


def rounded(value: float) -> float:
    """Four digits of a measure, or its whole part when it has more."""
    return float(f"{value:.4g}") if abs(value) < 1000 else round(value)


def series(organisation: Any, keys: Iterable[str]) -> dict[str, Series]:
    """The values in time of these indicators, by key, in one query."""
    from terreau.app.indicators import door as board

    asked = sorted(set(keys))
    return board.series_for(organisation, asked) if asked else {}


def seen(aim: Aim, held: Series | None) -> tuple[Seen, ...]:
    """The values of an indicator as they tell of an aim: those measured as its baseline was compare, the others do not.

    A value told again with the method of the baseline is the one that counts.
    """
    if held is None or not held.points:
        return ()
    like = _as_the_baseline(aim, held)
    found = []
    for point in held.points:
        same = point.told_as(like)
        one = same or point.used
        if one.value is not None and one.unit == aim.unit:
            found.append(Seen(on=point.on, value=one.value, low=one.low, high=one.high, comparable=same is not None))
    return tuple(found)


def _as_the_baseline(aim: Aim, held: Series) -> Value:
    """The value that the baseline was, or the one nearest to its day when it was told by hand."""
    if aim.baseline is None:
        return held.points[-1].used
    day, value = aim.baseline.on, aim.baseline.value
    point = min(held.points, key=lambda one: (abs((one.on - day).days), one.on))
    told = (point.original, *point.recomputed)
    return next((one for one in told if one.value == value), point.original)


def last_value(organisation: Any, key: str, on: date) -> Last | None:
    """The last value kept of an indicator on a day, else what its meter says when it is ready; None when nobody knows."""
    held = series(organisation, [key]).get(key)
    point = held.latest(on) if held else None
    if point is not None and point.used.value is not None:
        said = _("mesuré par Terreau") if point.used.origin == "meter" else point.used.method
        return Last(value=point.used.value, on=point.on, method=said[:160])
    return _measured(organisation, key, on)


def _measured(organisation: Any, key: str, on: date) -> Last | None:
    """What the meter of an indicator says today; nothing long is begun for it."""
    from terreau.indicators.meters import measured_for

    one = definitions(organisation).get(key)
    room = ROOM_OF.get(one.meter.key.partition(".")[0]) if one is not None and one.meter else None
    if one is None or room is None:
        return None
    try:
        with only_kept():
            found = measured_for(one, import_module(f"terreau.app.{room}.door").measures(organisation))
    except (NotMadeYet, TerreauError):
        return None
    if found is None or found.value is None:
        return None
    return Last(value=round(found.value, 4), on=min(found.period.end, on), method=_("mesuré par Terreau"))


def indicator_url(organisation: Any, key: str) -> str:
    """The page of an indicator."""
    from terreau.app.indicators import door as board

    return board.url_of(organisation, key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Last:
    """A value that may be where a promise starts from."""

    value: float
    on: date
    method: str = ""
