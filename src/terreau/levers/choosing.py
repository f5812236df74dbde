"""What a person types becomes a chosen lever: "LV01", "LV01=7", "life:monitor=8", "LV06=30 %" (choix d'un levier)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from terreau.kernel.errors import TerreauError
from terreau.levers.catalogue import lever
from terreau.levers.numbers import number, shown
from terreau.levers.reading import COUNTRY
from terreau.levers.records import COMPUTED, FAMILIES, Chosen, Lever

SET_YEARS, ADDED_YEARS = (1.0, 30.0), (0.1, 15.0)
"""Bounds of a lifespan said otherwise than the lever says it: years in all, or years more."""


def parse(text: str, more: Iterable[Lever] = ()) -> Chosen:
    """The lever and its setting; alone, the setting is the one proposed.

    For a lifespan, "+1" is years more; a plain number is years in all, except for a lever that adds years itself.
    TerreauError levers.unknown, value_unreadable, out_of_bounds (telling the bounds), country_unreadable, no_value.
    """
    key, sign, typed = text.partition("=")
    found = lever(key, more)
    typed = typed.strip()
    if not sign:
        return Chosen(lever=found, value=found.value)
    if found.kind != COMPUTED or found.family == "zone":
        return choose(found, typed)
    value = number(typed)
    if value is None:
        raise TerreauError(
            "levers.value_unreadable",
            key=found.key,
            value=typed,
            **_usual(found),
            **_bounds(found, found.low, found.high),
        )
    return choose(found, value, operator=_operator(found, typed))


def choose(found: Lever, value: float | str, *, operator: str | None = None) -> Chosen:
    """A computed lever with a number (or a country), checked; TerreauError levers.out_of_bounds, country_unreadable, no_value."""
    if found.kind != COMPUTED:
        raise TerreauError(
            "levers.no_value", key=found.key, value=value, title_fr=found.title.fr, title_en=found.title.en
        )
    if found.family == "zone":
        return Chosen(lever=found, value=_country(found, str(value)))
    operator = operator or found.operator
    low, high = (found.low, found.high) if operator == found.operator else _years(operator)
    if isinstance(value, str) or low is None or high is None or not low <= value <= high:
        told = {f"value_{lang}": value if isinstance(value, str) else shown(value, lang) for lang in ("fr", "en")}
        raise TerreauError(
            "levers.out_of_bounds", key=found.key, **told, **_bounds(found, low, high), **_percent(found, value)
        )
    return Chosen(lever=replace(found, operator=operator, low=low, high=high), value=value)


def _operator(found: Lever, typed: str) -> str:
    if found.family != "lifespan":
        return found.operator
    if typed.startswith("+"):
        return "add"
    return "set" if found.origin == "generic" else found.operator


def _years(operator: str) -> tuple[float, float]:
    return ADDED_YEARS if operator == "add" else SET_YEARS


def _country(found: Lever, typed: str) -> str:
    country = typed.upper()
    if not COUNTRY.fullmatch(country):
        raise TerreauError("levers.country_unreadable", key=found.key, value=typed)
    return country


def _usual(found: Lever) -> dict[str, object]:
    """The lever with its proposed setting, as it is typed; a share both ways."""
    plus = "+" if found.operator == "add" else ""
    told: dict[str, object] = {}
    for lang, either in (("fr", " ou "), ("en", " or ")):
        value = found.value if isinstance(found.value, int | float) else 0.0
        text = f"{found.key}={plus}{shown(value, lang)}"
        told[f"usual_{lang}"] = f"{text}{either}{found.key}={_as_percent(value, lang)}" if _is_share(found) else text
    return told


def _percent(found: Lever, value: float | str) -> dict[str, object]:
    """What "30" meant for a share: 0.3 or 30 %; '' when it cannot be a percentage."""
    if isinstance(value, str) or not _is_share(found) or not 2 <= value <= 100:
        return {"percent_fr": "", "percent_en": ""}
    return {
        f"percent_{lang}": f"{words} {shown(value / 100, lang)} {either} {_as_percent(value / 100, lang)}"
        for lang, words, either in (("fr", "\u00a0: écrivez", "ou"), ("en", ": write", "or"))
    }


def _is_share(found: Lever) -> bool:
    return FAMILIES.get(found.family, ("", None))[0] == "share"


def _as_percent(share: float, language: str) -> str:
    return f"{shown(100 * share, language)}{'%' if language == 'en' else ' %'}"


def _bounds(found: Lever, low: float | None, high: float | None) -> dict[str, object]:
    return {
        "unit_fr": found.unit.fr,
        "unit_en": found.unit.en,
        **{f"low_{language}": shown(low or 0.0, language) for language in ("fr", "en")},
        **{f"high_{language}": shown(high or 0.0, language) for language in ("fr", "en")},
    }
