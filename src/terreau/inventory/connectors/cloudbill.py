"""The bill of a cloud (AWS, Azure, Google, or FOCUS): recognised, and not counted as devices (facture d'hébergement)."""

from collections.abc import Iterable, Sequence
from functools import cache

from terreau.inventory.headers import HeaderReading
from terreau.inventory.vocabulary import rows
from terreau.kernel.text import normal

KEY = "cloudbill"
LABEL = {"fr": "Facture d'un nuage", "en": "Cloud bill"}

_ENOUGH = 3
"""Headings that only such a bill has: fewer may stand in an inventory [count]."""


def recognises(understood: HeaderReading, headers: Sequence[str]) -> float:
    """1 when at least three headings are those of a cloud bill; else 0."""
    return 1.0 if len(_signature() & {_bare(header) for header in headers}) >= _ENOUGH else 0.0


def kind(name: str, headers: Sequence[str], types: Iterable[str]) -> str:
    """'' : a bill holds no device."""
    return ""


def type_word(kind: str, word: str | None) -> str | None:
    """Never asked."""
    return word


def cell(expression: str) -> str:
    """Never asked."""
    return expression


def declines(understood: HeaderReading, headers: Sequence[str]) -> str:
    """The code that says why a bill is not counted."""
    return "inventory.cloud_bill"


def _bare(header: str) -> str:
    """``lineItem/UsageAmount``, ``line_item_usage_amount`` and ``Line item usage amount`` are one heading."""
    return "".join(letter for letter in normal(header) if letter.isalnum())


@cache
def _signature() -> frozenset[str]:
    return frozenset(_bare(row["header"]) for row in rows("headers") if row["profile"].startswith("cloud-"))
