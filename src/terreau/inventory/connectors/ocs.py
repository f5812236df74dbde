"""OCS Inventory: the list of machines, French and English (headings bare, cells quoted, inner quotes not doubled).

Guests of a hypervisor stand among the machines: their model says so. The tag ``NA`` is the one nobody wrote.
"""

from collections.abc import Iterable, Sequence

from terreau.inventory import sheetkinds
from terreau.inventory.headers import HeaderReading

KEY = "ocs"
LABEL = {"fr": "Export OCS Inventory", "en": "OCS Inventory export"}


def recognises(understood: HeaderReading, headers: Sequence[str]) -> float:
    """The share of the headings that are those of OCS; else 0."""
    return understood.share if understood.profile == KEY else 0.0


def kind(name: str, headers: Sequence[str], types: Iterable[str]) -> str:
    """Computers: OCS lists machines that run its agent."""
    return sheetkinds.COMPUTERS


def type_word(kind: str, word: str | None) -> str | None:
    """The chassis as written, when the column was added."""
    return sheetkinds.type_word(kind, word)


def cell(expression: str) -> str:
    """SQL of one cleaned cell: ``NA`` is empty."""
    return f"CASE WHEN upper(trim({expression})) NOT IN ('NA', 'N/A') THEN nullif(trim({expression}), '') END"
