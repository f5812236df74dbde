"""Where lines come from (sources): a name a person knows, a kind of tool, and what each kind is good at.

``vocabulary/sources.csv`` is the whole policy: per kind of tool, its family and its rank per group of fields, the
smallest first. Sources that a decision puts in order come before all others, whatever their kind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from terreau.inventory.keys import fresh
from terreau.inventory.lookup import lookup
from terreau.inventory.vocabulary import rows

if TYPE_CHECKING:
    from terreau.tables.engine import Engine

GROUPS = ("status", "dates", "model", "place", "use")
"""Groups of fields that a source is trusted for as a whole (see ``choosing``)."""

INVENTORY, AGENT, MANAGER, HYPERVISOR = "inventory", "agent", "manager", "hypervisor"
SEES = (AGENT, MANAGER, HYPERVISOR)
"""Families of tools that see the devices themselves, day after day."""

UNLISTED = 1000
"""Rank added to sources that no decision orders."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedSource:
    """A file or snapshot and the source it is the last of: ``name`` as declared, ``kind`` '' lets the file say it."""

    path: Path
    name: str
    kind: str = ""


def family_of(kind: str) -> str:
    """inventory, agent, manager or hypervisor; an unknown kind is an inventory (a list somebody keeps)."""
    return _policy().get(kind, _policy()["spreadsheet"])["family"]


def rank_of(kind: str, group: str) -> int:
    """How far a kind of source stands in the order of ``group`` (1 speaks first)."""
    return int(_policy().get(kind, _policy()["spreadsheet"])[group])


def ranked(con: Engine, told: Sequence[tuple[str, str]], order: Sequence[str]) -> str:
    """Create the table of sources ``(source, kind, family, rank_…)`` of distinct (name, kind) pairs; returns its name.

    order: names of sources that a decision puts first, in that order
    """
    place = {name: number for number, name in enumerate(order)}
    ranks: dict[str, tuple[str, Sequence[object]]] = {
        f"rank_{group}": ("INTEGER", [place.get(name, UNLISTED + rank_of(kind, group)) for name, kind in told])
        for group in GROUPS
    }
    return lookup(con, fresh("sources"), {
        "source": ("VARCHAR", [name for name, _ in told]), "kind": ("VARCHAR", [kind for _, kind in told]),
        "family": ("VARCHAR", [family_of(kind) for _, kind in told]), **ranks,
    })  # fmt: skip


@cache
def _policy() -> dict[str, dict[str, str]]:
    return {row["kind"]: row for row in rows("sources")}
