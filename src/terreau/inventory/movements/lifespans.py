"""Real lifespans of what left (durées de vie réelles): only where both dates are known, and the share is said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from terreau.inventory.movements.records import YEAR, LifespanAtExit

if TYPE_CHECKING:
    from terreau.tables.engine import Engine

Kept = tuple[int, float]
"""Days kept and devices kept that long."""


def lifespans_at_exit(con: Engine, moves: str) -> tuple[LifespanAtExit, ...]:
    """Lifespans of the exits of each category, then of all of them ('')."""
    rows = con.execute(f"""
        SELECT category, days_kept, year_only, sum(quantity) FROM {moves}
        WHERE kind IN ('exit', 'gone', 'taken_from_lot') GROUP BY ALL ORDER BY ALL""").fetchall()
    exits: dict[str, float] = defaultdict(float)
    roughly: dict[str, float] = defaultdict(float)
    kept: dict[str, list[Kept]] = defaultdict(list)
    for category, days, year_only, quantity in rows:
        for group in {f"={category}", ""}:
            exits[group] += float(quantity)
            if days is not None:
                kept[group].append((days, float(quantity)))
                roughly[group] += float(quantity) if year_only else 0
    groups = sorted(exits, key=lambda one: (one == "", -exits[one], one))
    return tuple(_told(group, exits[group], roughly[group], kept[group]) for group in groups)


def _told(group: str, exits: float, roughly: float, kept: Sequence[Kept]) -> LifespanAtExit:
    dated = sum(quantity for _, quantity in kept)
    category = group.removeprefix("=") if group else "*"
    if not dated:
        return LifespanAtExit(category=category, exits=exits, dated=0, year_only=0)
    return LifespanAtExit(
        category=category, exits=exits, dated=dated, year_only=roughly,
        mean=sum(days * quantity for days, quantity in kept) / dated / YEAR, median=median(kept) / YEAR,
        shortest=min(days for days, _ in kept) / YEAR, longest=max(days for days, _ in kept) / YEAR,
    )  # fmt: skip


def median(kept: Sequence[Kept]) -> float:
    """The weighted median of days: half of the devices were kept at most that long."""
    ordered = sorted(kept)
    half, seen = sum(quantity for _, quantity in ordered) / 2, 0.0
    for place, (days, quantity) in enumerate(ordered):
        seen += quantity
        if seen > half:
            return days
        if seen == half:
            return (days + ordered[place + 1][0]) / 2
    return ordered[-1][0]
