"""Whether a device came new or with a first life behind it (état à l'achat): neuf, reconditionné, occasion, réemploi."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from terreau.inventory.vocabulary import rows
from terreau.kernel.text import normal

NEW, SECOND_HAND = "new", "second_hand"
_SAYS_NEW = re.compile(r"\b(neufs?|neuves?|new)\b")
_SAYS_SECOND_HAND = re.compile(r"recondition|occasion|second(e main|[ -]?hand)|refurb|reemploi|\bused\b")


@dataclass(frozen=True, slots=True)
class ConditionRead:
    """What a cell says: new or second_hand; None when it says nothing of it, with a code when unreadable."""

    condition: str | None
    code: str | None = None


def read(values: Iterable[str], header: str = "") -> dict[str, ConditionRead]:
    """Read the distinct values of a column of its own; its heading gives their meaning to "oui" and "non"."""
    asked = _asked(normal(header))
    return {value: _one(normal(value), asked) for value in values}


def told(value: str) -> str | None:
    """The condition that the words of another column also say ("achat reconditionné" says whose it is, and this)."""
    return _words().get(normal(value))


def _asked(header: str) -> str | None:
    """What "yes" means under this heading; None when it names both, or neither ("Neuf/reconditionné")."""
    new, second = bool(_SAYS_NEW.search(header)), bool(_SAYS_SECOND_HAND.search(header))
    return None if new == second else NEW if new else SECOND_HAND


def _one(word: str, asked: str | None) -> ConditionRead:
    if known := _words().get(word):
        return ConditionRead(known)
    elsewhere = _said_of_ownership().get(word)
    if elsewhere in ("yes", "no"):
        other = NEW if asked == SECOND_HAND else SECOND_HAND
        found = asked if elsewhere == "yes" else other
        return ConditionRead(found) if asked else ConditionRead(None, "inventory.condition_unknown")
    return ConditionRead(None, None if elsewhere else "inventory.condition_unknown")  # "location" says something else


@cache
def _words() -> dict[str, str]:
    return {normal(row["word"]): row["condition"] for row in rows("conditions")}


@cache
def _said_of_ownership() -> dict[str, str]:
    return {normal(row["word"]): row["ownership"] for row in rows("ownership")}
