"""Movements and papers as rows, to be written as CSV (listes)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from terreau.inventory.movements.records import ENTRIES, LEAVINGS, Movements
from terreau.kernel.meter import Measured, meter
from terreau.tables.engine import literal

if TYPE_CHECKING:
    from terreau.tables.engine import Engine

MOVE_COLUMNS = ("movement", "destination", "category", "device", "quantity", "entity", "entered_on", "entry_precision",
                "left_on", "years_kept", "age_at_exit", "source", "file", "line")  # fmt: skip
"""Columns of the list of movements; age_at_exit says on which side of ten years an exit stands."""

PAPER_COLUMNS = ("meter", "group", "role", "what", "value", "unit")
BALANCE_COLUMNS = ("category", "before", *ENTRIES, *LEAVINGS, "after")


def move_rows(con: Engine, moves: str, told: Movements) -> Iterator[Sequence[Any]]:
    """Every entry and every leaving, one by one, in the order of the files."""
    names = [literal(one.name) for one in told.sources]
    kinds = ", ".join(map(literal, (*ENTRIES, *LEAVINGS)))
    con.execute(f"""
        SELECT kind, nullif(destination, ''), nullif(category, ''), label, quantity::DOUBLE, entity, entered_on,
               entry_precision, CASE WHEN kind = 'exit' THEN left_on END, round(days_kept / 365.25, 2),
               CASE WHEN kind IN ('exit', 'gone', 'taken_from_lot') THEN age END,
               list_extract([{", ".join(names)}], src + 1), file, line
        FROM {moves} WHERE kind IN ({kinds})
        ORDER BY list_position([{kinds}], kind), src, file, line, label""")
    return iter(con.fetchone, None)


def paper_rows(measured: Iterable[Measured], language: str) -> Iterator[Sequence[Any]]:
    """Each measure (value, low, high), then its papers."""
    for one in measured:
        unit = meter(one.meter).unit
        for role, value in (("value", one.value), ("low", one.low), ("high", one.high)):
            yield (one.meter, one.group, role, meter(one.meter).label(language), value, unit)
        for row in one.papers:
            yield (one.meter, one.group, row.role, row.label(language), row.value, row.unit)


def balance_rows(told: Movements) -> Iterator[Sequence[Any]]:
    """The balance of each category: before, every way in, every way out, after."""
    for category in told.categories:
        yield (category, *(told.total(kind, category=category) for kind in BALANCE_COLUMNS[1:]))
