"""What moved between two dates (mouvements): counts only, nothing about one device, kept as JSON and read back.

Quantities are devices [count]; lifespans and ages are years of 365.25 days.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from terreau.kernel.period import Period

ENTRIES = ("purchased", "discovered_older", "discovered_undated", "added_to_lot", "returned", "joined", "moved_in")
"""Ways into the compared fleet; only the first is a purchase."""

LEAVINGS = ("exit", "gone", "taken_from_lot", "moved_out", "set_apart")
"""Ways out of it; the first three are exits, the two others are not."""

EXITS = LEAVINGS[:3]
KNOWN_DESTINATIONS = ("donated", "sold", "recycled", "lost")
UNKNOWN_DESTINATIONS = ("retired", "gone", "taken_from_lot")
DESTINATIONS = (*KNOWN_DESTINATIONS, *UNKNOWN_DESTINATIONS)
YEAR = 365.25


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedSource:
    """One source. ``sides``: both, before or after; only "both" is compared. Devices in the fleet on each day."""

    name: str
    sides: str
    before_on: date | None = None
    after_on: date | None = None
    before: float = 0
    after: float = 0


@dataclass(frozen=True, slots=True)
class Flow:
    """Devices of one category that moved one way. ``kind``: see ENTRIES, LEAVINGS, "before" and "after" (the fleet)."""

    kind: str
    category: str
    quantity: float


@dataclass(frozen=True, slots=True)
class ExitCount:
    """Exits of one category by destination; age: under, over or unknown (ten years on the day of exit)."""

    category: str
    destination: str
    age: str
    leased: bool
    quantity: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LifespanAtExit:
    """Real lifespan of the exits of one category ("*" for all, '' unknown): both dates known for ``dated`` of ``exits`` [count].

    year_only: those of ``dated`` whose entry is known to the year or the month only
    """

    category: str
    exits: float
    dated: float
    year_only: float
    mean: float | None = None
    median: float | None = None
    shortest: float | None = None
    longest: float | None = None


@dataclass(frozen=True, slots=True)
class StatusChange:
    """Devices found on both sides whose status changed."""

    before: str
    after: str
    quantity: float


@dataclass(frozen=True, slots=True)
class WholeEntity:
    """An entity all of whose devices appeared ("after") or vanished ("before"): more likely a change of perimeter."""

    name: str
    side: str
    quantity: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Movements:
    """Everything that moved between two days of the same sources.

    apart: "before.personal", "after.virtual"… lines left out on each side [count]
    told: other counts, see ``TOLD``
    """

    at_before: date
    at_after: date
    sources: tuple[ComparedSource, ...]
    flows: tuple[Flow, ...]
    exits: tuple[ExitCount, ...]
    lifespans: tuple[LifespanAtExit, ...]
    changes: tuple[StatusChange, ...]
    entities: tuple[WholeEntity, ...]
    retired_before: tuple[ExitCount, ...]
    apart: dict[str, float]
    told: dict[str, float]

    @property
    def period(self) -> Period:
        """The days during which things moved: the day after the first inventory to the day of the second."""
        return Period(date.fromordinal(self.at_before.toordinal() + 1), self.at_after)

    @property
    def compared(self) -> tuple[str, ...]:
        """Names of the compared sources."""
        return tuple(one.name for one in self.sources if one.sides == "both")

    def total(self, *kinds: str, category: str | None = None) -> float:
        """Devices that moved in these ways, in all or in one category [count]."""
        return sum(one.quantity for one in self.flows if one.kind in kinds and category in (None, one.category))

    @property
    def balance_gap(self) -> float:
        """before + entries - leavings - after: zero (to a millionth of a device), or our own fault."""
        return round(self.total("before", *ENTRIES) - self.total("after", *LEAVINGS), 6)

    @property
    def categories(self) -> tuple[str, ...]:
        """Categories by falling number of movements, then by size of the fleet."""
        found = {one.category for one in self.flows}
        return tuple(sorted(found, key=lambda one: (-self.total(*ENTRIES, *LEAVINGS, category=one),
                                                    -self.total("after", category=one), one)))  # fmt: skip

    def by_destination(self, *destinations: str) -> float:
        """Exits to these destinations [count]."""
        return sum(one.quantity for one in self.exits if one.destination in destinations)

    def as_json(self) -> dict[str, Any]:
        """Plain values; ``Movements.from_json`` reads them back."""
        told = asdict(self)
        told["at_before"], told["at_after"] = self.at_before.isoformat(), self.at_after.isoformat()
        for one in told["sources"]:
            for key in ("before_on", "after_on"):
                one[key] = one[key].isoformat() if one[key] else None
        return told

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Movements:
        """The movements kept as JSON."""
        kinds: dict[str, Any] = {
            "flows": Flow, "exits": ExitCount, "lifespans": LifespanAtExit, "changes": StatusChange,
            "entities": WholeEntity, "retired_before": ExitCount,
        }  # fmt: skip
        lists = {name: tuple(kind(**one) for one in data[name]) for name, kind in kinds.items()}
        sources = tuple(
            ComparedSource(**{**one, "before_on": _day(one["before_on"]), "after_on": _day(one["after_on"])})
            for one in data["sources"]
        )
        days = {name: date.fromisoformat(data[name]) for name in ("at_before", "at_after")}
        return cls(**{**data, **lists, **days, "sources": sources})


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


TOLD = {
    "kept": "devices present on both days",
    "year_only": "purchases dated to the year or the month only",
    "still_out": "devices already out on the first day and still listed",
    "learned": "of them, those whose destination became known",
    "seen_out": "devices listed for the first time when already out",
    "aged": "devices of the second day whose age is known",
    "age_days": "sum of their ages [day]",
    "seen": "devices of the second day whose date last seen is known",
    "unseen": "of them, those not seen for 90 days",
    "categorised_again": "devices whose category changed between the two days",
}
"""The keys of ``Movements.told``."""
