"""What a commitment may name: indicators and their units, themes, and the values already known of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from terreau.app.language import language
from terreau.indicators.catalogue import indicators
from terreau.indicators.definition import THEMES, Indicator
from terreau.indicators.units import UNITS
from terreau.indicators.words import THEMES as THEME_WORDS
from terreau.kernel.term import figure
from terreau.plan.aims import Aim, Seen
from terreau.publishing.numbers import MISSING, NBSP


def definitions(organisation: Any) -> Mapping[str, Indicator]:
    """Every indicator the organisation may name, by key: the catalogue and its own."""
    return {one.key: one for one in indicators()}


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
    name = unit_name(unit)
    return f"{figure(value, language())}{NBSP}{name}" if name else figure(value, language())


def values(organisation: Any, aims: Iterable[Aim]) -> dict[str, tuple[Seen, ...]]:
    """Values seen of each indicator these aims name, by its key."""
    return {}


def last_value(organisation: Any, key: str, on: date) -> Last | None:
    """The last value known of an indicator on a day, with how it was measured."""
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Last:
    """A value that may be where a promise starts from."""

    value: float
    on: date
    method: str = ""


def indicator_url(organisation: Any, key: str) -> str:
    """The page of an indicator, '' when it has none."""
    return ""
