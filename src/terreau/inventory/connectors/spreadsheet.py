"""Any spreadsheet or hand-made list, by the usual headings in French and English (tableur)."""

from collections.abc import Iterable, Sequence

from terreau.inventory import sheetkinds
from terreau.inventory.headers import HeaderReading

KEY = "spreadsheet"
LABEL = {"fr": "Tableau quelconque", "en": "Any spreadsheet"}


def recognises(understood: HeaderReading, headers: Sequence[str]) -> float:
    """A low score whatever the headings: a tool's own connector comes first."""
    return 0.1


def kind(name: str, headers: Sequence[str], types: Iterable[str]) -> str:
    """What the sheet holds, by its name or headings only: a hand-made list mixes laptops and phones freely."""
    return sheetkinds.kind_of(name, headers, ())


def type_word(kind: str, word: str | None) -> str | None:
    """The type word completed by the sheet it stands in ("portable" on a sheet of mobiles is a phone)."""
    return sheetkinds.type_word(kind, word)


def cell(expression: str) -> str:
    """SQL of one cleaned cell: nothing to undo in a spreadsheet."""
    return f"nullif(trim({expression}), '')"
