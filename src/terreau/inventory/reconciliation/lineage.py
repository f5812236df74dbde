"""Where a device comes from (lignage): every row of every file, and which source each value was taken from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from terreau.inventory.reconciliation.seen import Seen

if TYPE_CHECKING:
    from terreau.tables.engine import Engine

SHOWN = ("name", "source_id", "serial", "imei", "model", "category", "status", "entity", "site", "quantity",
         "last_seen_on", "retired_on", "ownership", "condition_at_purchase")  # fmt: skip

HEADINGS = {
    "fr": ("Appareil", "Source", "Outil", "Fichier", "Feuille", "Ligne", "Compte", "Nom", "Numéro de série", "Sort"),
    "en": ("Device", "Source", "Tool", "File", "Sheet", "Line", "Counts", "Name", "Serial number", "Fate"),
}
_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """One row of one file: where it stands, what it says (column -> text as read), whether it is the one that counts.

    fate: what becomes of it ("merged" for a row that repeats the one that counts, "virtual" for a virtual machine)
    """

    source: str
    kind: str
    file: str
    sheet: str
    line: int
    counts: bool
    fate: str
    said: dict[str, str]

    def as_json(self, language: str = "fr") -> dict[str, object]:
        """Plain values."""
        return {name: getattr(self, name) for name in self.__slots__}


def lineage(con: Engine, seen: Seen, devices: Sequence[int]) -> dict[int, tuple[SourceRow, ...]]:
    """The rows of each device by its number, the one that counts first; a device of one row has one.

    seen: ``Reconciliation.seen``, in the engine that made it. A row that counts is shown as it was read: the values
    chosen for the device are those of the lists. A virtual machine is asked by its number too: its one row is told.
    """
    found: dict[int, tuple[SourceRow, ...]] = dict.fromkeys(devices, ())
    for relation in (_devices(seen), _guests(seen)):
        if left := [number for number, rows in found.items() if not rows]:
            for number, row in _told(con, relation, left):
                found[number] += (row,)
    return found


def lineage_rows(con: Engine, seen: Seen) -> Iterator[tuple[str, ...]]:
    """Every row of every source as text (headings: ``HEADINGS``), device after device; ask ``con`` nothing else meanwhile.

    Virtual machines are no devices: their rows count for none, and their fate says so.
    """
    told = "device, source, kind, file, sheet, line, place, counts, name, serial, imei, fate, input"
    con.execute(f"""SELECT device::VARCHAR, source, kind, file, sheet, line::VARCHAR, counts::INT::VARCHAR,
            coalesce(name, ''), coalesce(serial, imei, ''), fate
        FROM (SELECT {told} FROM {_devices(seen)} UNION ALL SELECT {told} FROM {_guests(seen)})
        ORDER BY device, place, input, line""")
    while rows := con.fetchmany(_AT_ONCE):
        yield from rows


def _devices(seen: Seen) -> str:
    """SQL: the rows of the devices, each with its fate and whether it counts."""
    return f"""(SELECT r.*, r.place = 0 AND d.device IS NOT NULL AS counts, CASE WHEN r.place > 0 THEN 'merged' ELSE coalesce(d.fate, 'virtual') END
        AS fate FROM {seen.rows} r LEFT JOIN (SELECT device, fate FROM {seen.devices}) d ON d.device = r.device)"""


def _guests(seen: Seen) -> str:
    """SQL: the rows of the virtual machines, likewise."""
    return f"(SELECT *, FALSE AS counts, 'virtual' AS fate FROM {seen.guests})"


def _told(con: Engine, relation: str, devices: Sequence[int]) -> Iterator[tuple[int, SourceRow]]:
    said = ", ".join(f"{column}::VARCHAR" for column in SHOWN)
    for number, source, kind, file, sheet, line, counts, fate, *values in con.execute(f"""
        SELECT device, source, kind, file, sheet, line, counts, fate, {said} FROM {relation}
        WHERE device IN (SELECT unnest($1)) ORDER BY device, place, input, line""", [list(devices)]).fetchall():  # fmt: skip
        told = {column: value for column, value in zip(SHOWN, values, strict=True) if value is not None}
        yield (
            number,
            SourceRow(source=source, kind=kind, file=file, sheet=sheet, line=line, counts=counts, fate=fate, said=told),
        )
