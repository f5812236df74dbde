"""Which sources can be compared: those present on both sides, recognised by their name (sources comparées).

A source present on one side only is said and not compared: a new source is not a wave of purchases.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from terreau.inventory.reconciliation.sources import NamedSource
from terreau.kernel.errors import TerreauError
from terreau.kernel.text import normal

_DATE = re.compile(
    r"(?<!\d)(?:19|20)\d{2}(?:[-_. ]?\d{2}){0,2}(?!\d)|(?<!\d)\d{2}[-_. ]\d{2}[-_. ](?:19|20)\d{2}(?!\d)"
)

_SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods", ".parquet")


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """One inventory: a file or a snapshot, the name of its source, the day it speaks of (None: that of its side)."""

    path: Path
    name: str = ""
    at: date | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """One source with the inventories of each side; a side may be empty."""

    name: str
    before: tuple[Taken, ...] = ()
    after: tuple[Taken, ...] = ()

    @property
    def sides(self) -> str:
        """both, before or after."""
        return "both" if self.before and self.after else "before" if self.before else "after"


@dataclass(frozen=True, slots=True)
class _Named:
    """A source under way: its name as written and the inventories found so far."""

    name: str
    sides: dict[str, list[Taken]] = field(default_factory=lambda: {"before": [], "after": []})


def pair_sources(before: Sequence[Any], after: Sequence[Any]) -> tuple[Pair, ...]:
    """The sources of both sides, compared ones first, then by name.

    before, after: paths, or anything with ``path`` and ``name`` (``Taken``, ``NamedFile``, ``NamedSource``); a source is recognised by its
    name, a file by its name without the date ("glpi-2025.csv" and "glpi-2026.csv" are one source). One lone inventory
    on each side is compared whatever the names. Raises inventory.nothing_to_compare when no source is on both sides.
    """
    sides = {"before": [_taken(one) for one in before], "after": [_taken(one) for one in after]}
    lone = all(len(side) == 1 for side in sides.values())
    found: dict[str, _Named] = {}
    for side in ("after", "before"):
        for one in sides[side]:
            found.setdefault("" if lone else source_key(one.name), _Named(one.name)).sides[side].append(one)
    pairs = [Pair(one.name, tuple(one.sides["before"]), tuple(one.sides["after"])) for one in found.values()]
    if not any(one.sides == "both" for one in pairs):
        names = {side: ", ".join(one.name for one in taken) for side, taken in sides.items()}
        raise TerreauError("inventory.nothing_to_compare", **names)
    return tuple(sorted(pairs, key=lambda one: (one.sides != "both", one.name)))


def _taken(one: Any) -> Taken:
    if isinstance(one, Taken):
        return one if one.name else replace(one, name=one.path.name)
    if hasattr(one, "path"):
        return Taken(path=Path(one.path), name=one.name)
    return Taken(path=Path(one), name=Path(one).name)


def source_key(name: str) -> str:
    """What two names of one source share: no date, no suffix ("glpi_2025-09.csv" and "GLPI 2026.xlsx")."""
    stem = Path(name).stem if Path(name).suffix.lower() in _SUFFIXES else name
    return " ".join(re.split(r"[\W_]+", normal(_DATE.sub(" ", stem)))).strip() or name


def as_input(one: Taken, source: str) -> NamedSource:
    """What the engine reads, under the name of its source."""
    return NamedSource(path=one.path, name=source)
