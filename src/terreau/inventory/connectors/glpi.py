"""GLPI list exports, up to version 10 and from version 11, French and English (computers, monitors, phones).

Up to version 10 a cell that holds several values joins them with ``<br>`` or ``<hr>``, and an empty one
may be ``&nbsp;``. The columns are the user's own view, so nothing is read by position.
"""

from collections.abc import Iterable, Sequence

from terreau.inventory import sheetkinds
from terreau.inventory.headers import HeaderReading

KEY = "glpi"
LABEL = {"fr": "Export de liste GLPI", "en": "GLPI list export"}


def recognises(understood: HeaderReading, headers: Sequence[str]) -> float:
    """1 when the headings are those of GLPI, which the groups of its accounts sign; else 0."""
    return understood.share if understood.profile == KEY else 0.0


def kind(name: str, headers: Sequence[str], types: Iterable[str]) -> str:
    """What the list holds: computers, monitors, phones, or '' when nothing tells."""
    return sheetkinds.kind_of(name, headers, types)


def type_word(kind: str, word: str | None) -> str | None:
    """The type word completed by the list it stands in ("Portable" in a list of phones is a mobile phone)."""
    return sheetkinds.type_word(kind, word)


def cell(expression: str) -> str:
    """SQL of one cleaned cell: its first value, entities undone, NULL when blank."""
    first = f"regexp_replace({expression}, '(?i)<(br|hr) ?/?>.*$', '', 's')"
    undone = f"replace(replace({first}, '&nbsp;', ' '), '&amp;', '&')"
    dressed = f"contains({expression}, '<') OR contains({expression}, '&')"  # few cells are: the others stay cheap
    return f"nullif(trim(CASE WHEN {dressed} THEN {undone} ELSE {expression} END), '')"
