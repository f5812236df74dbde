"""Whose device it is: the organisation's, a person's own, or leased (propriété)."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from terreau.inventory.conditions import told
from terreau.inventory.vocabulary import rows
from terreau.kernel.text import normal

ORG, PERSONAL, LEASED = "org", "personal", "leased"


@dataclass(frozen=True, slots=True)
class OwnershipRead:
    """What a cell says: org, personal or leased; None when it says nothing, with a code when unreadable."""

    ownership: str | None
    code: str | None = None


def read(values: Iterable[str], header: str = "") -> dict[str, OwnershipRead]:
    """Read the distinct values of a column; its heading gives their meaning to "oui" and "non"."""
    asked = _asked(normal(header))
    return {value: _one(normal(value), asked) for value in values}


def _asked(header: str) -> str | None:
    """The ownership that "yes" means under this heading (BYOD: personal; Loueur, Leasing: leased)."""
    if any(word in header for word in ("byod", "perso")):
        return PERSONAL
    if any(word in header for word in ("loueur", "leas", "location", "loue")) and "achat" not in header:
        return LEASED
    return None


def _one(word: str, asked: str | None) -> OwnershipRead:
    meaning = _words().get(word)
    if meaning == "yes" and asked:
        return OwnershipRead(asked)
    if meaning == "no" and asked:
        return OwnershipRead(ORG)
    if meaning in (ORG, PERSONAL, LEASED):
        return OwnershipRead(meaning)
    if meaning is None and told(word):
        return OwnershipRead(ORG)  # "seconde main": bought, whatever the first life of the device
    if meaning is None and asked == LEASED and word not in ("?", "nc", "n/a", "inconnu"):
        return OwnershipRead(LEASED)  # a leasing column holds the name of the lessor
    return OwnershipRead(None, "inventory.ownership_unknown")


@cache
def _words() -> dict[str, str]:
    return {normal(row["word"]): row["ownership"] for row in rows("ownership")}
