"""Files of G4IT and NumEcoEval, unchanged: physical equipment, datacentres, virtual equipment (modèles de fichiers).

Three encodings, comma or semicolon, four forms of date of which one writes the day first. Applications are not devices:
their file is named and left aside. A datacentre is a room: its PUE and its country go to the devices that name it.
"""

from collections.abc import Iterable, Sequence

from terreau.inventory.headers import HeaderReading
from terreau.inventory.rooms import IN_A_ROOM
from terreau.kernel.text import normal

KEY = "g4it"
LABEL = {"fr": "Fichiers G4IT / NumEcoEval", "en": "G4IT / NumEcoEval files"}
DATE_ORDER = "dmy"
"""`04/03/2022` is 4 March: the format says dd/MM/yyyy, even where no date of the column proves it."""

_PROFILES = ("g4it", "g4it-datacentre", "g4it-virtuel", "g4it-application", "g4it-autre")
_VIRTUAL = "virtual"
_DECLINED = {"g4it-application": "inventory.applications_declined", "g4it-autre": "inventory.numecoeval_declined"}


def recognises(understood: HeaderReading, headers: Sequence[str]) -> float:
    """The share of the headings that are those of one of the files; else 0."""
    return understood.share if understood.profile in _PROFILES else 0.0


def kind(name: str, headers: Sequence[str], types: Iterable[str]) -> str:
    """ "virtual" for a file of virtual equipment, "datacentre" for one of rooms, else ''."""
    said = {normal(header) for header in headers}
    if "nomequipementvirtuel" in said:
        return _VIRTUAL
    return IN_A_ROOM if {"pue", "localisation"} <= said and "nomequipementphysique" not in said else ""


def type_word(kind: str, word: str | None) -> str | None:
    """A guest whatever it computes or stores (``calcul``, ``stockage``); else the word as written."""
    return "machine virtuelle" if kind == _VIRTUAL else word


def cell(expression: str) -> str:
    """SQL of one cleaned cell: the apostrophe that guards a formula is removed, blank is NULL."""
    bare = f"regexp_replace({expression}, '^''([=+@-])', '\\1')"
    return f"nullif(trim(CASE WHEN starts_with({expression}, '''') THEN {bare} ELSE {expression} END), '')"


def declines(understood: HeaderReading, headers: Sequence[str]) -> str:
    """The code that says why the file is not counted, '' when it is."""
    return _DECLINED.get(understood.profile, "")
