"""Two yearly inventories of each source, compared once per state and kept (d'une année à l'autre)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from terreau import __version__
from terreau.app.inventory import arrivals, deciding
from terreau.app.inventory.models import Snapshot
from terreau.app.results import kept_file, kept_json
from terreau.app.tasks.door import digest_of
from terreau.inventory import vocabulary
from terreau.inventory.movements.records import Movements
from terreau.inventory.movements.sources import Taken
from terreau.kernel.underway import counted, step

if TYPE_CHECKING:
    from terreau.inventory.movements import Comparison
    from terreau.tables.engine import Engine

SHAPE = 1  # counts up when the movements say more, so that older ones are made again
KIND, MOVES = "inventory.years", "inventory.movements"  # the jobs that make them when a page asks
YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Years:
    """The inventories to compare: of each source its last, and of those that have one the earlier one nearest to a year.

    at_before, at_after: the last day of each side
    """

    before: tuple[Snapshot, ...]
    after: tuple[Snapshot, ...]

    @property
    def at_before(self) -> date:
        """The last day of the earlier inventories."""
        return max(one.taken_on for one in self.before)

    @property
    def at_after(self) -> date:
        """The last day of the later inventories."""
        return max(one.taken_on for one in self.after)

    @property
    def several(self) -> bool:
        """True when at least one source has two inventories."""
        return bool(self.before)


def years_of(organisation: Any) -> Years:
    """What can be compared today."""
    by_source: dict[Any, list[Snapshot]] = {}
    for one in Snapshot.objects.of(organisation).select_related("source").order_by("-taken_on", "-created_at"):
        by_source.setdefault(one.source_id, []).append(one)
    after = [taken[0] for taken in by_source.values()]
    before = [found for taken in by_source.values() if (found := _a_year_earlier(taken))]
    return Years(_sorted(before), _sorted(after))


def _a_year_earlier(taken: Sequence[Snapshot]) -> Snapshot | None:
    """Of the inventories before the last one, the nearest to a year earlier."""
    last = taken[0].taken_on
    earlier = [one for one in taken[1:] if one.taken_on < last]
    return min(earlier, key=lambda one: abs(last - YEAR - one.taken_on), default=None)


def _sorted(snapshots: Sequence[Snapshot]) -> tuple[Snapshot, ...]:
    return tuple(sorted(snapshots, key=lambda one: one.source.name))


def of(organisation: Any, years: Years) -> Movements:
    """The movements, read back when nothing that decides them changed."""

    def make() -> dict[str, Any]:
        with compared(organisation, years) as (_, comparison):
            return comparison.movements.as_json()

    name = f"years-{_digest(organisation, years)}"
    return Movements.from_json(kept_json(organisation, name, make, kind=KIND, inputs={}))


def moves_file(organisation: Any, years: Years) -> Path:
    """The CSV of every movement, made at the first asking, by a worker when a page asks."""
    name = f"mouvements-{_digest(organisation, years)}.csv"
    return kept_file(organisation, name, lambda path: _write_moves(path, organisation, years), kind=MOVES, inputs={})


def _digest(organisation: Any, years: Years) -> str:
    decisions = deciding.decisions_of(organisation)
    sides = [[(one.source.name, one.sha256, str(one.taken_on)) for one in side] for side in (years.before, years.after)]
    return digest_of([__version__, SHAPE, vocabulary.version(), decisions.digest, sides])


def _write_moves(path: Path, organisation: Any, years: Years) -> None:
    from terreau.inventory.movements import listing
    from terreau.tables.export import write_csv

    with path.open("w", encoding="utf-8-sig", newline="") as target, compared(organisation, years) as (con, comparison):
        moves = listing.move_rows(con, comparison.moves, comparison.movements)
        write_csv(counted(moves, "write"), listing.MOVE_COLUMNS, target)


@contextmanager
def compared(organisation: Any, years: Years) -> Iterator[tuple[Engine, Comparison]]:
    """The movements one by one, in an engine that lasts as long as they are read."""
    from terreau.inventory.movements import compare  # late: it needs the engine
    from terreau.tables.engine import engine

    step("verify")
    sides = [[Taken(path=arrivals.sound(one), name=one.source.name, at=one.taken_on) for one in side]
             for side in (years.before, years.after)]  # fmt: skip
    with engine() as con:
        yield con, compare(con, *sides, at_before=years.at_before, at_after=years.at_after,
                           decisions=deciding.decisions_of(organisation))  # fmt: skip
