"""Microsoft Intune: the reports "Devices with inventory" and "All devices", or the same by Graph (listes d'appareils).

The day a device enrolled is not the day it was bought: a laptop set up again enrols again. It is dropped, and the age
stays unknown unless an inventory tells it. ``0001-01-01`` and ``9999-12-31`` mean never.
"""

from collections.abc import Iterable, Sequence

from terreau.inventory import sheetkinds
from terreau.inventory.headers import HeaderReading

KEY = "intune"
LABEL = {"fr": "Export Microsoft Intune", "en": "Microsoft Intune export"}


def recognises(understood: HeaderReading, headers: Sequence[str]) -> float:
    """The share of the headings that are those of Intune; else 0."""
    return understood.share if understood.profile == KEY else 0.0


def kind(name: str, headers: Sequence[str], types: Iterable[str]) -> str:
    """'' : one report mixes computers, phones and tablets."""
    return ""


def type_word(kind: str, word: str | None) -> str | None:
    """The category of the device as written, when there is one; the model tells the rest."""
    return sheetkinds.type_word(kind, word)


def cell(expression: str) -> str:
    """SQL of one cleaned cell: a number nobody has (``Unknown``, ``None``) is empty."""
    return (
        f"CASE WHEN lower(trim({expression})) NOT IN ('unknown', 'none', 'n/a') THEN nullif(trim({expression}), '') END"
    )
