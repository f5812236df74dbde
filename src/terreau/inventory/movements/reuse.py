"""The legal reuse rate of retired equipment (taux de réemploi, décret 2023-266): counts, bounds, target.

What the inventory cannot tell widens the interval, in favour of nobody: the low bound takes every doubt against reuse, the
high bound every doubt for it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from terreau.inventory.movements.records import ExitCount

REUSED = ("donated", "sold")
EXCLUSIONS = ("lost", "leased", "out_of_scope", "over_ten")


@dataclass(slots=True)
class Part:
    """Exits that are surely concerned, or those that may not be, by destination [count]."""

    donated: float = 0
    sold: float = 0
    recycled: float = 0
    unknown: float = 0

    @property
    def total(self) -> float:
        """All of them."""
        return self.donated + self.sold + self.recycled + self.unknown


@dataclass(slots=True)
class ReuseCounts:
    """What the exits say of reuse.

    sure: concerned for certain; unsure: the age or the category leaves a doubt
    excluded: by reason (``EXCLUSIONS``), the first that fits; unsure_age, unsure_category: why a doubt is left
    """

    sure: Part = field(default_factory=Part)
    unsure: Part = field(default_factory=Part)
    excluded: dict[str, float] = field(default_factory=lambda: dict.fromkeys(EXCLUSIONS, 0.0))
    unsure_age: float = 0
    unsure_category: float = 0

    @property
    def reused(self) -> float:
        """Given or sold, by the statuses."""
        return self.sure.donated + self.sure.sold + self.unsure.donated + self.unsure.sold

    @property
    def retired(self) -> float:
        """Everything that is not excluded."""
        return self.sure.total + self.unsure.total

    @property
    def unknown(self) -> float:
        """Destination unknown."""
        return self.sure.unknown + self.unsure.unknown

    @property
    def sold(self) -> float:
        """Sold: reused only when the taker committed to it, which no status tells."""
        return self.sure.sold + self.unsure.sold

    def rate(self) -> tuple[float, float, float] | None:
        """Lowest, told and highest rate [0 to 1]; None when nothing was retired.

        lowest: sales do not count, unknown destinations are not reuse, every doubtful exit stays unless it was given
        told: given and sold, out of everything not excluded
        highest: unknown destinations are reuse, every doubtful exit stays unless it was recycled
        """
        if not self.retired:
            return None
        low = _ratio(self.sure.donated, self.retired - self.unsure.donated)
        best = self.retired - self.sure.recycled - self.unsure.recycled
        return low, self.reused / self.retired, _ratio(best, self.retired - self.unsure.recycled)


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def reuse_counts(exits: Iterable[ExitCount]) -> ReuseCounts:
    """Sort exits into concerned, doubtful and excluded."""
    told = ReuseCounts()
    for one in exits:
        reason = exclusion(one)
        if reason:
            told.excluded[reason] += one.quantity
            continue
        doubtful_kind = scope(one.category) == "unclear"
        part = told.unsure if doubtful_kind or one.age == "unknown" else told.sure
        name = one.destination if one.destination in ("donated", "sold", "recycled") else "unknown"
        setattr(part, name, getattr(part, name) + one.quantity)
        told.unsure_category += one.quantity if doubtful_kind else 0
        told.unsure_age += one.quantity if one.age == "unknown" and not doubtful_kind else 0
    return told


def exclusion(one: ExitCount) -> str:
    """Why an exit is out of the rate, '' when it is in."""
    if one.destination == "lost":
        return "lost"
    if one.leased:
        return "leased"
    if scope(one.category) == "out":
        return "out_of_scope"
    return "over_ten" if one.age == "over" else ""


def scope(category: str) -> str:
    """in, out or unclear: whether a category is concerned; a category nobody knows is unclear."""
    return _scopes().get(category, "unclear")


def target(year: int) -> float | None:
    """The share to reach that year [0 to 1]; None before the decree."""
    reached = [float(row["share"]) for row in _rows("reuse-targets") if int(row["from_year"]) <= year]
    return reached[-1] if reached else None


def verdict(low: float, high: float, wanted: float) -> str:
    """reached, missed, or undecided when the doubts span the target."""
    return "reached" if low >= wanted else "missed" if high < wanted else "undecided"


@cache
def _scopes() -> dict[str, str]:
    return {row["category"]: row["scope"] for row in _rows("reuse-scope")}


@cache
def _rows(table: str) -> tuple[dict[str, str], ...]:
    text = files("terreau.inventory.movements").joinpath(f"{table}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))
