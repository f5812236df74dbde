"""Counts of a check (décomptes): lines read, lines kept, categories, ages, overlaps, five sample lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from terreau.inventory.device import FATES
from terreau.inventory.fates import SettledLines
from terreau.inventory.reconciliation.comparing import Compared, compare, disagrees
from terreau.tables.reading import RawSheet

if TYPE_CHECKING:
    from terreau.tables.engine import Engine

SAMPLE = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class LineCounts:
    """Data lines of one sheet [count]: ``read == accepted + doubtful + rejected``."""

    read: int
    accepted: int
    doubtful: int
    rejected: int

    def as_json(self) -> dict[str, int]:
        """The public shape."""
        return {"read": self.read, "accepted": self.accepted, "doubtful": self.doubtful, "rejected": self.rejected}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What became of the accepted and doubtful lines [count]; their sum is all of them."""

    counted: int = 0
    merged: int = 0
    virtual: int = 0
    stock: int = 0
    retired: int = 0
    personal: int = 0

    def as_json(self) -> dict[str, int]:
        """The public shape."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryCount:
    """Lines and devices of one category ('' when unknown) among the counted [count]."""

    category: str
    lines: int
    quantity: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """Devices found in two sheets [count], each counted once.

    by: how they were recognised (serial, imei, decision) ; disagreements: those of which the two sheets do not say the
    same thing [count]
    """

    first: str
    second: str
    devices: int
    by: str = "serial"
    disagreements: int = 0

    def as_json(self) -> dict[str, object]:
        """The public shape."""
        return {"files": [self.first, self.second], "by": self.by, "devices": self.devices,
                "disagreements": self.disagreements}  # fmt: skip


def line_counts(con: Engine, lines: str, input_number: int) -> LineCounts:
    """Read, accepted, doubtful and rejected lines of one sheet."""
    read, rejected, doubtful = con.execute(f"""
        SELECT count(*), count(rejected), count(*) FILTER (WHERE rejected IS NULL AND doubtful)
        FROM {lines} WHERE input = {input_number}""").fetchone() or (0, 0, 0)
    return LineCounts(read=read, accepted=read - rejected - doubtful, doubtful=doubtful, rejected=rejected)


def kept_counts(con: Engine, settled: SettledLines, input_number: int) -> Kept:
    """Lines of one sheet by fate."""
    rows = con.execute(f"""SELECT fate, count(*) FROM {settled.relation} WHERE input = {input_number}
        GROUP BY fate""").fetchall()
    return Kept(**{fate: count for fate, count in rows if fate in FATES})


def total_quantity(con: Engine, settled: SettledLines) -> Decimal:
    """Devices counted [count]."""
    row = con.execute(f"SELECT coalesce(sum(quantity), 0) FROM {settled.devices} WHERE fate = 'counted'").fetchone()
    return Decimal(row[0]) if row else Decimal(0)


def ages(con: Engine, settled: SettledLines) -> tuple[float | None, float | None]:
    """Shares of the counted quantity whose date of entry, then whose status, is known."""
    total, dated, said = con.execute(f"""
        SELECT sum(quantity), sum(quantity) FILTER (WHERE entered_on IS NOT NULL),
               sum(quantity) FILTER (WHERE status IS NOT NULL)
        FROM {settled.devices} WHERE fate = 'counted'""").fetchone() or (None, None, None)
    if not total:
        return None, None
    return float((dated or 0) / total), float((said or 0) / total)


def by_category(con: Engine, settled: SettledLines) -> tuple[CategoryCount, ...]:
    """Counted lines and devices per category, by falling quantity."""
    rows = con.execute(f"""SELECT coalesce(category, ''), count(*), sum(quantity) AS q FROM {settled.devices}
        WHERE fate = 'counted' GROUP BY category ORDER BY q DESC, 1""").fetchall()
    return tuple(CategoryCount(category=category, lines=lines, quantity=total) for category, lines, total in rows)


def overlaps(con: Engine, settled: SettledLines, names: Mapping[int, str], compared: Compared | None = None
             ) -> tuple[Overlap, ...]:  # fmt: skip
    """Pairs of sheets that hold the same devices, and by which key; names: of the sheet of each ``input``."""
    if not settled.rows:
        return ()
    seen = compared or compare(con, settled.rows)
    rows = con.execute(f"""SELECT one, other, found_by, count(*), count(*) FILTER (WHERE {disagrees()})
        FROM {seen.pairs} GROUP BY ALL ORDER BY one, other, found_by DESC""").fetchall()
    return tuple(
        Overlap(first=names[one], second=names[other], devices=devices, by=by, disagreements=differ)
        for one, other, by, devices, differ in rows
    )


def samples(con: Engine, raw: RawSheet, columns: Sequence[int]) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The first lines as written, only the given columns: headings, then rows."""
    if not columns:
        return (), ()
    cells = ", ".join(f"coalesce(c{index}, '')" for index in columns)
    rows = con.execute(f"SELECT {cells} FROM {raw.relation} ORDER BY line LIMIT {SAMPLE}").fetchall()
    return tuple(raw.headers[index] for index in columns), tuple(tuple(row) for row in rows)
