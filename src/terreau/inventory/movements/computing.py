"""Year against year: from the inventories of two days to their movements, counted (d'une année à l'autre)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from terreau.inventory.decisions import NONE, Decisions
from terreau.inventory.movements.flows import both_table, moves_table
from terreau.inventory.movements.lifespans import lifespans_at_exit
from terreau.inventory.movements.matching import match_sides
from terreau.inventory.movements.records import (
    ENTRIES,
    EXITS,
    LEAVINGS,
    ComparedSource,
    ExitCount,
    Flow,
    Movements,
    StatusChange,
    WholeEntity,
)
from terreau.inventory.movements.sides import Side, both_sides
from terreau.inventory.movements.sources import Pair, Taken, pair_sources
from terreau.kernel.errors import TerreauError
from terreau.kernel.underway import step
from terreau.tables.engine import literal

if TYPE_CHECKING:
    from terreau.tables.engine import Engine

UNSEEN_DAYS = 90
WHOLE_FROM = 5
"""An entity that appears or vanishes whole is told from this number of devices."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The counts, and the table of the movements in the engine (see ``flows.moves_table``)."""

    movements: Movements
    moves: str


def movements(con: Engine, before: Sequence[Any], after: Sequence[Any], *, at_before: date, at_after: date,
              decisions: Decisions = NONE) -> Movements:  # fmt: skip
    """Purchases, exits, lifespans at exit and changes between the inventories of two days.

    before, after: paths of files or snapshots, ``Taken`` or anything with a path and a name (see ``pair_sources``)
    Raises inventory.nothing_to_compare, inventory.comparison_backwards.
    """
    return compare(con, before, after, at_before=at_before, at_after=at_after, decisions=decisions).movements


def compare(con: Engine, before: Sequence[Any], after: Sequence[Any], *, at_before: date, at_after: date,
            decisions: Decisions = NONE) -> Comparison:  # fmt: skip
    """The same, with the table of the movements one by one, to write them out."""
    if at_before >= at_after:
        raise TerreauError("inventory.comparison_backwards", before=at_before, after=at_after)
    pairs = pair_sources(before, after)
    days = [(_day(one.before, at_before), _day(one.after, at_after)) for one in pairs]
    first, second = both_sides(con, pairs, decisions, at_before, at_after)
    step("movements")
    both = both_table(con, first, second, match_sides(con, first.devices, second.devices), days)
    moves = moves_table(con, both)
    told = Movements(
        at_before=at_before, at_after=at_after, sources=_sources(con, pairs, days, moves), flows=_flows(con, moves),
        exits=_exits(con, moves, _in(EXITS)), lifespans=lifespans_at_exit(con, moves), changes=_changes(con, both),
        entities=_entities(con, both), retired_before=_retired_before(con, both, moves),
        apart=_apart(first, second), told=_told(con, moves, both, at_after),
    )  # fmt: skip
    if told.balance_gap:
        raise AssertionError(f"movements do not balance by {told.balance_gap}")
    return Comparison(told, moves)


def _day(taken: Sequence[Taken], default: date) -> date:
    return max((one.at for one in taken if one.at), default=default)


def _in(words: Sequence[str]) -> str:
    return f"kind IN ({', '.join(map(literal, words))})"


def _sources(con: Engine, pairs: Sequence[Pair], days: Sequence[tuple[date, date]],
             moves: str) -> tuple[ComparedSource, ...]:  # fmt: skip
    held = {
        (kind, src): float(quantity)
        for kind, src, quantity in con.execute(f"""SELECT kind, src, sum(quantity) FROM {moves}
            WHERE kind IN ('before', 'after') GROUP BY ALL""").fetchall()
    }
    return tuple(
        ComparedSource(
            name=one.name, sides=one.sides, before_on=since if one.before else None,
            after_on=until if one.after else None,
            before=held.get(("before", place), 0), after=held.get(("after", place), 0),
        )
        for place, (one, (since, until)) in enumerate(zip(pairs, days, strict=True))
    )  # fmt: skip


def _flows(con: Engine, moves: str) -> tuple[Flow, ...]:
    rows = con.execute(f"""SELECT kind, category, sum(quantity) FROM {moves}
        WHERE {_in(("before", "after", *ENTRIES, *LEAVINGS))} GROUP BY ALL ORDER BY ALL""").fetchall()
    return tuple(Flow(kind, category, float(quantity)) for kind, category, quantity in rows)


def _exits(con: Engine, moves: str, where: str) -> tuple[ExitCount, ...]:
    rows = con.execute(f"""SELECT category, destination, age, leased, sum(quantity) FROM {moves}
        WHERE {where} GROUP BY ALL ORDER BY ALL""").fetchall()
    return tuple(
        ExitCount(category, destination, age, leased, float(quantity))
        for category, destination, age, leased, quantity in rows
    )


def _changes(con: Engine, both: str) -> tuple[StatusChange, ...]:
    rows = con.execute(f"""SELECT b_status, a_status, sum(least(b_quantity, a_quantity)) AS q FROM {both}
        WHERE b_status <> a_status AND b_state <> 'personal' AND a_state <> 'personal'
        GROUP BY ALL ORDER BY q DESC, 1, 2""").fetchall()
    return tuple(StatusChange(before, after, float(quantity)) for before, after, quantity in rows)


def _entities(con: Engine, both: str) -> tuple[WholeEntity, ...]:
    """Entities that appeared or vanished whole: none of their devices is found on the other side."""
    found = []
    for side, other in (("before", "after"), ("after", "before")):
        mine, its = side[0], other[0]
        rows = con.execute(f"""
            SELECT {mine}_entity, sum({mine}_quantity) AS q FROM {both}
            WHERE {mine}_state = 'present' AND {mine}_entity IS NOT NULL
            GROUP BY 1 HAVING q >= {WHOLE_FROM} AND count({its}_state) = 0
               AND {mine}_entity NOT IN (SELECT {its}_entity FROM {both} WHERE {its}_entity IS NOT NULL)
            ORDER BY q DESC, 1""").fetchall()
        found += [WholeEntity(name, side, float(quantity)) for name, quantity in rows]
    return tuple(found)


def _retired_before(con: Engine, both: str, moves: str) -> tuple[ExitCount, ...]:
    """Devices retired, destination unknown, on the first day: what became of them ("gone": no longer listed)."""
    where = "b_status NOT IN ('sold', 'donated', 'recycled', 'lost')"
    listed = _exits(con, moves, f"kind = 'still_out' AND {where}")
    dropped = con.execute(f"""SELECT category, leased, sum(b_quantity) FROM {both}
        WHERE b_state = 'out' AND a_state IS NULL AND {where} GROUP BY ALL ORDER BY ALL""").fetchall()
    return (
        *listed,
        *(ExitCount(category, "gone", "unknown", leased, float(count)) for category, leased, count in dropped),
    )


def _apart(first: Side, second: Side) -> dict[str, float]:
    sides = (("before", first), ("after", second))
    return {f"{name}.{fate}": count for name, side in sides for fate, count in sorted(side.apart.items())}


def _told(con: Engine, moves: str, both: str, at: date) -> dict[str, float]:
    day = f"DATE '{at.isoformat()}'"
    row = (
        con.execute(f"""
        SELECT sum(quantity) FILTER (kind = 'kept'),
               sum(quantity) FILTER (kind = 'purchased' AND year_only),
               sum(quantity) FILTER (kind = 'still_out'),
               sum(quantity) FILTER (kind = 'still_out' AND destination <> 'retired' AND b_status <> a_status),
               sum(quantity) FILTER (kind = 'seen_out'),
               sum(quantity) FILTER (kind = 'after' AND entered_on <= {day}),
               sum(quantity * datediff('day', entered_on, {day})) FILTER (kind = 'after' AND entered_on <= {day}),
               sum(quantity) FILTER (kind = 'after' AND seen_on IS NOT NULL),
               sum(quantity) FILTER (kind = 'after' AND seen_on < {day} - INTERVAL {UNSEEN_DAYS} DAY),
               sum(quantity) FILTER (kind = 'kept' AND category_changed)
        FROM {moves}""").fetchone()
        or (0,) * 10
    )
    names = ("kept", "year_only", "still_out", "learned", "seen_out", "aged", "age_days", "seen", "unseen",
             "categorised_again")  # fmt: skip
    return {name: float(value or 0) for name, value in zip(names, row, strict=True)}
