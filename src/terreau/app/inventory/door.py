"""What the other rooms may ask this one: the files and decisions that make the fleet, and three figures for home."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from terreau.app.inventory import arrivals, deciding, leftovers, portraits, reconciling, years
from terreau.app.inventory.models import Snapshot
from terreau.app.reading_once import once
from terreau.inventory.decisions import Decisions
from terreau.kernel.meter import Measured
from terreau.kernel.period import Period

if TYPE_CHECKING:
    from terreau.inventory.reconciliation.sources import NamedSource


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetInputs:
    """Everything of this room that decides a footprint.

    snapshots: Parquet files, the last of each source; sources: the same with the name of each; last_import: date of the newest inventory;
    last_day: end of the twelve months counted (last_import, or today)
    """

    snapshots: tuple[Path, ...]
    sources: tuple[NamedSource, ...]
    decisions: Decisions
    last_import: date | None
    last_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """Figures for the home page: devices counted [count], share whose age is known [0 to 1], devices unsettled [count].

    unknown: devices that a tool sees and no inventory knows [count]; questions: pairs of devices to confirm [count]
    """

    counted: float
    age_known: float | None
    unsettled: float
    last_import: date | None
    sources: int
    unknown: float = 0
    questions: int = 0


@once
def fleet_inputs(organisation: Any) -> FleetInputs:
    """The snapshots and decisions of the organisation; no snapshot: nothing to weigh yet."""
    return _inputs(organisation, arrivals.current(organisation))


def fleet_inputs_on(organisation: Any, on: date | None, only: Collection[str] | None = None) -> FleetInputs:
    """The same with the inventories taken by a day (None: today's), and of some sources only. Decisions are today's."""
    return _inputs(
        organisation, [one for one in arrivals.current(organisation, on) if only is None or one.source.name in only]
    )


def inventory_days(organisation: Any) -> tuple[date, ...]:
    """The days an inventory was taken, the last first."""
    return arrivals.days(organisation)


def _inputs(organisation: Any, snapshots: Sequence[Snapshot]) -> FleetInputs:
    sources = tuple(arrivals.sources_of(snapshots))
    return FleetInputs(
        snapshots=tuple(one.path for one in sources),
        sources=sources,
        decisions=deciding.decisions_of(organisation),
        last_import=max((one.taken_on for one in snapshots), default=None),
        last_day=portraits.last_day(snapshots),
    )


def tidy() -> None:
    """Abandon the imports left aside too long, remove what killed processes left; asked by the server when it starts."""
    leftovers.tidy()


def headline(organisation: Any) -> Headline | None:
    """Three figures for home; None when nothing was imported yet."""
    snapshots = arrivals.current(organisation)
    if not snapshots:
        return None
    seen = portraits.of(organisation, snapshots)
    told = reconciling.quoted(organisation, snapshots)
    return Headline(
        counted=seen.counted, age_known=seen.age_known_share, unsettled=seen.unsettled,
        last_import=max(one.taken_on for one in snapshots), sources=len(snapshots),
        unknown=told["unknown_to_inventory"]["quantity"] if told else 0, questions=told["all_pairs"] if told else 0,
    )  # fmt: skip


def measures(organisation: Any) -> tuple[Measured, ...]:
    """Every meter of the fleet as it stands, then of its year (none before a source has two inventories), with their papers."""
    from terreau.inventory.movements.meters import measures as measured
    from terreau.inventory.standing_meters import Standing
    from terreau.inventory.standing_meters import measures as standing

    snapshots = arrivals.current(organisation)
    seen = portraits.of(organisation, snapshots)
    counts = [Standing(category=one.category, counted=one.counted, stock=one.stock, aged=one.age_known,
                       years=one.age_known * (one.mean_age or 0)) for one in seen.categories]  # fmt: skip
    people = None if organisation.headcount is None else float(organisation.headcount)
    now = standing(counts, people=people, period=Period.twelve_months_ending(seen.at), arrived=seen.arrived,
                   perimeter=sorted({one.source.name for one in snapshots}))  # fmt: skip
    found = years.years_of(organisation)
    moved = measured(years.of(organisation, found)) if found.several else ()
    told = {(one.meter, one.group) for one in now}
    return (*now, *(one for one in moved if (one.meter, one.group) not in told))
