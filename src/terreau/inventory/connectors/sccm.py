"""SCCM / Configuration Manager: reports and queries, known by the names of its views (``Netbios_Name0``, ``Model0``), by
those of the cells of its built-in reports (``Details_Table0_SerialNumber``), or by words that it alone writes ("Resource
Domain OR Workgroup", "SMS Site Code", "Last Hardware Scan") among everyday ones.

The chassis is a number of the SMBIOS list (9 and 10: portable). A Lenovo model is a machine type whose usual name stands
in ``Version0``. Records of guests and of machines gone stay in the base: only the model tells the first.
"""

from collections.abc import Iterable, Sequence

from terreau.inventory.headers import HeaderReading
from terreau.kernel.text import normal

KEY = "sccm"
LABEL = {"fr": "Export SCCM / Configuration Manager", "en": "SCCM / Configuration Manager export"}

_CHASSIS = {
    "3": "ordinateur fixe", "4": "ordinateur fixe", "5": "ordinateur fixe", "6": "ordinateur fixe",
    "7": "ordinateur fixe", "8": "ordinateur portable", "9": "ordinateur portable", "10": "ordinateur portable",
    "11": "tablette", "13": "tout-en-un", "14": "ordinateur portable", "15": "ordinateur fixe", "16": "ordinateur fixe",
    "17": "serveur", "23": "serveur", "28": "serveur lame", "30": "tablette", "31": "ordinateur portable",
    "32": "ordinateur portable", "34": "mini pc", "35": "mini pc", "36": "mini pc",
}  # fmt: skip
"""Numbers of the chassis types of the SMBIOS standard that name one kind of device; 1 and 2 mean other, unknown."""

_NOTHING = ("no asset tag", "no asset information", "no asset")
"""What makers write in the memory of a device that nobody numbered."""


def recognises(understood: HeaderReading, headers: Sequence[str]) -> float:
    """The share of the headings that are those of SCCM; else 0."""
    return understood.share if understood.profile == KEY else 0.0


def kind(name: str, headers: Sequence[str], types: Iterable[str]) -> str:
    """'' : the chassis, else the model, tells."""
    return ""


def type_word(kind: str, word: str | None) -> str | None:
    """The kind of device behind a chassis number (``10`` or ``{10}``); a word ("Low Profile Desktop") stays as written."""
    bare = normal(word or "").strip("{} ")
    return _CHASSIS.get(bare, word)


def cell(expression: str) -> str:
    """SQL of one cleaned cell: an asset tag that says there is none is empty."""
    nothing = ", ".join(f"'{word}'" for word in _NOTHING)
    return f"CASE WHEN lower(trim({expression})) NOT IN ({nothing}) THEN nullif(trim({expression}), '') END"
