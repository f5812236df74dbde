"""Jamf Pro: the export of an advanced search of computers or mobile devices (commas only, English headings).

The order date is the purchase; the end of the lease or of the warranty is not an exit, and enrolling is not entering.
"""

from collections.abc import Iterable, Sequence

from terreau.inventory import sheetkinds
from terreau.inventory.headers import HeaderReading

KEY = "jamf"
LABEL = {"fr": "Export Jamf Pro", "en": "Jamf Pro export"}


def recognises(understood: HeaderReading, headers: Sequence[str]) -> float:
    """The share of the headings that are those of Jamf; else 0."""
    return understood.share if understood.profile == KEY else 0.0


def kind(name: str, headers: Sequence[str], types: Iterable[str]) -> str:
    """'' : the model says what each device is."""
    return ""


def type_word(kind: str, word: str | None) -> str | None:
    """The type as written, when a column gives one."""
    return sheetkinds.type_word(kind, word)


def cell(expression: str) -> str:
    """SQL of one cleaned cell: nothing but blanks to undo."""
    return f"nullif(trim({expression}), '')"
