"""Snipe-IT: the custom asset report in French and English, and the file its importer takes.

The planned end of life is not an exit, the last check-out not an entry, the creation of the record not a purchase.
A cell that would start a formula is written with an apostrophe in front.
"""

from collections.abc import Iterable, Sequence

from terreau.inventory import sheetkinds
from terreau.inventory.headers import HeaderReading

KEY = "snipeit"
LABEL = {"fr": "Export Snipe-IT", "en": "Snipe-IT export"}

_PROFILES = ("snipeit", "snipeit-importer")


def recognises(understood: HeaderReading, headers: Sequence[str]) -> float:
    """The share of the headings that are those of Snipe-IT; else 0."""
    return understood.share if understood.profile in _PROFILES else 0.0


def kind(name: str, headers: Sequence[str], types: Iterable[str]) -> str:
    """'' : one report mixes every category."""
    return ""


def type_word(kind: str, word: str | None) -> str | None:
    """The category as written ("Laptops")."""
    return sheetkinds.type_word(kind, word)


def cell(expression: str) -> str:
    """SQL of one cleaned cell: the apostrophe that guards a formula is removed, entities undone, blank is NULL."""
    bare = f"regexp_replace({expression}, '^''([=+@-])', '\\1')"
    undone = f"replace(replace(replace({bare}, '&amp;', '&'), '&quot;', '\"'), '&#039;', '''')"
    dressed = f"contains({expression}, '&') OR starts_with({expression}, '''')"
    return f"nullif(trim(CASE WHEN {dressed} THEN {undone} ELSE {expression} END), '')"
