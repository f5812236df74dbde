"""A definition in YAML becomes a lever, or is refused with everything that is wrong in it."""

from __future__ import annotations

import re
from pathlib import Path

from terreau.levers.categories import categories
from terreau.levers.fields import Fields
from terreau.levers.records import (
    COMPUTED,
    DOMAINS,
    FAMILIES,
    KINDS,
    OPERATORS,
    REBOUNDS,
    STUDY_MEAN,
    TIERS,
    Gain,
    Lever,
)
from terreau.levers.second_hand import second_hand_ratio
from terreau.levers.sources import read_sources
from terreau.tables.yaml_reading import read_yaml

COUNTRY = re.compile(r"[A-Z]{3}")
KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")
OPERATORS_OF = {"lifespan": ("set", "add"), "count": ("multiply",), "kwh": ("multiply",)}
"""Operators each parameter takes; the others are set."""


def read_lever(path: Path, *, prefix: str = "", origin: str = "package") -> Lever:
    """The lever of one file; ``prefix`` makes its key private ("org:<uuid>/"). TerreauError levers.file_refused."""
    fields = Fields(read_yaml(path))
    made = _lever(fields, prefix, origin)
    _check_kind(fields, made)
    fields.done()
    fields.refuse_if_any(path.name)
    return made


def read_key(fields: Fields, prefix: str) -> str:
    """The key a definition gives itself, made private by ``prefix``."""
    key = fields.text("key", required=True)
    if key and not KEY.fullmatch(key):
        fields.say("key", "n’est pas une clé (lettres, chiffres, tirets)", "is not a key (letters, digits, hyphens)")
    return prefix + key


def _lever(fields: Fields, prefix: str, origin: str) -> Lever:
    return Lever(
        key=read_key(fields, prefix),
        title=fields.words("title", required=True),
        explanation=fields.words("explanation", required=True),
        tier=fields.text("tier", required=True, among=TIERS),
        domain=fields.text("domain", required=True, among=DOMAINS),
        kind=fields.text("kind", required=True, among=KINDS),
        effort=_whole(fields, "effort"),
        cost=fields.words("cost", required=True),
        rebound=fields.text("rebound", required=True, among=REBOUNDS),
        rebound_words=fields.words("rebound_words", required=True),
        parameter=fields.text("parameter") or None,
        operator=fields.text("operator", among=OPERATORS) or "set",
        from_=_setting(fields, "from"),
        value=_setting(fields, "value"),
        low=fields.number("low"),
        high=fields.number("high"),
        unit=fields.words("unit"),
        tradeoffs=fields.many_words("tradeoffs"),
        caution=fields.words("caution"),
        indicators=fields.texts("indicators"),
        worsens=fields.texts("worsens"),
        sources=read_sources(fields),
        published_gain=_gain(fields),
        origin=origin,
    )


def _whole(fields: Fields, name: str) -> int:
    """A whole number, 0 for anything else."""
    value = fields.number(name, required=True)
    return int(value) if value is not None and value.is_integer() else 0


def _setting(fields: Fields, name: str) -> float | str | None:
    """A number, or the three letters of a country."""
    value = fields.get(name)
    return value if isinstance(value, str) else fields.number(name)


def _gain(fields: Fields) -> Gain | None:
    inner = fields.inner("published_gain")
    if inner is None:
        return None
    made = Gain(
        value=inner.number("value", required=True) or 0.0,
        unit=inner.words("unit", required=True),
        basis=inner.words("basis", required=True),
    )
    inner.done()
    return made


def _check_kind(fields: Fields, lever: Lever) -> None:
    """What each kind promises: a computed lever can be computed, a published gain has its paper."""
    if lever.effort not in (1, 2, 3):
        fields.say("effort", "va de 1 à 3, sans décimale", "is 1, 2 or 3")
    if lever.published_gain and not lever.sources:
        fields.say("published_gain", "n’a pas de source", "has no source")
    if lever.kind == STUDY_MEAN and not lever.published_gain:
        fields.say("published_gain", "manque : une moyenne d’étude est un chiffre publié",
                   "is missing: a study mean is a published figure")  # fmt: skip
    if lever.kind == COMPUTED:
        _check_parameter(fields, lever)
    elif lever.parameter or lever.value is not None:
        fields.say("parameter", "n’a de sens que pour un levier calculé", "only makes sense for a computed lever")


def _check_parameter(fields: Fields, lever: Lever) -> None:
    if lever.family not in FAMILIES:
        known = ", ".join(FAMILIES)
        fields.say("parameter", f"n’est pas connu d’un moteur ({known})", f"is known to no engine ({known})")
        return
    if lever.operator not in OPERATORS_OF.get(lever.family, ("set",)):
        fields.say("operator", "ne convient pas à ce paramètre", "does not suit this parameter")
    if lever.family == "zone":
        if not isinstance(lever.value, str) or not COUNTRY.fullmatch(lever.value):
            fields.say("value", "n’est pas un pays en trois lettres", "is not a country in three letters")
    else:
        _check_bounds(fields, lever)
    _check_categories(fields, lever)


def _check_bounds(fields: Fields, lever: Lever) -> None:
    floor, ceiling = FAMILIES[lever.family][1] or (0.0, 0.0)
    value, low, high = lever.value, lever.low, lever.high
    if not isinstance(value, float) or low is None or high is None:
        fields.say("value", "veut aussi low et high, en nombres", "also needs low and high, as numbers")
    elif not floor <= low <= value <= high <= ceiling:
        fields.say("value", f"doit tenir entre low et high, eux-mêmes entre {floor:g} et {ceiling:g}",
                   f"must lie between low and high, themselves between {floor:g} and {ceiling:g}")  # fmt: skip


def _check_categories(fields: Fields, lever: Lever) -> None:
    named = [lever.category, lever.target_category] if lever.family == "replace" else [lever.category]
    if lever.family == "pue":
        named = []
    if lever.family == "zone" and lever.category == "*":
        named = []
    for one in named:
        if one not in categories():
            fields.say("parameter", f"nomme une catégorie inconnue : {one}", f"names an unknown category: {one}")
    if lever.family == "second_hand" and lever.category in categories() and second_hand_ratio(lever.category) is None:
        fields.say("parameter", "demande un rapport au neuf, absent de second_hand.toml",
                   "needs a ratio to new, not in second_hand.toml")  # fmt: skip
