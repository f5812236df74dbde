"""What evidence may support, as the rooms that have subjects name it: each registers its namer at start-up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a piece may support, as its own room names it."""

    key: str
    label: str
    url: str
    facets: tuple[tuple[str, str], ...]  # (facet key, its words in the language of the moment)
    closed: bool = False  # nothing is tied to it or taken from it any more


Namer = Callable[[Any, Any, str], Subject | None]  # (organisation, user, key)
_NAMERS: dict[str, Namer] = {}


def subjects(prefix: str, namer: Namer) -> None:
    """A room says how to name its subjects, whose keys start with ``prefix:`` (in its apps.py, at start-up)."""
    _NAMERS[prefix] = namer


def subject_of(organisation: Any, user: Any, key: str) -> Subject | None:
    """The subject of this key, when this person may answer there; None otherwise."""
    namer = _NAMERS.get(key.partition(":")[0])
    return namer(organisation, user, key) if namer else None
