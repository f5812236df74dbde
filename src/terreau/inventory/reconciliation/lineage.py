"""Where a device comes from (lignage): every row of every file, and which source each value was taken from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from terreau.inventory.reconciliation.seen import Seen

if TYPE_CHECKING:
    from terreau.tables.engine import Engine

SHOWN = ("name", "source_id", "serial", "imei", "model", "category", "status", "entity", "site", "quantity",
         "last_seen_on", "retired_on", "ownership")  # fmt: skip

HEADINGS = {
    "fr": ("Appareil", "Source", "Outil", "Fichier", "Feuille", "Ligne", "Compte", "Nom", "Numéro de série"),
    "en": ("Device", "Source", "Tool", "File", "Sheet", "Line", "Counts", "Name", "Serial number"),
}
_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """One row of one file: where it stands, what it says (column -> text as read), and whether it is the one that counts."""

    source: str
    kind: str
    file: str
    sheet: str
    line: int
    counts: bool
    said: dict[str, str]

    def as_json(self, language: str = "fr") -> dict[str, object]:
        """Plain values."""
        return {name: getattr(self, name) for name in self.__slots__}


def lineage(con: Engine, seen: Seen, devices: Sequence[int]) -> dict[int, tuple[SourceRow, ...]]:
    """The rows of each device by its number, the one that counts first; a device of one row has one.

    seen: ``Reconciliation.seen``, in the engine that made it. A row that counts is shown as it was read: the values
    chosen for the device are those of the lists.
    """
    said = ", ".join(f"{column}::VARCHAR" for column in SHOWN)
    found: dict[int, tuple[SourceRow, ...]] = dict.fromkeys(devices, ())
    for number, source, kind, file, sheet, line, place, *values in con.execute(f"""
        SELECT device, source, kind, file, sheet, line, place, {said} FROM {seen.rows}
        WHERE device IN (SELECT unnest($1)) ORDER BY device, place, input, line""", [list(devices)]).fetchall():  # fmt: skip
        told = {column: value for column, value in zip(SHOWN, values, strict=True) if value is not None}
        found[number] += (SourceRow(source=source, kind=kind, file=file, sheet=sheet, line=line, counts=place == 0,
                                    said=told),)  # fmt: skip
    return found


def lineage_rows(con: Engine, seen: Seen) -> Iterator[tuple[str, ...]]:
    """Every row of every source as text (headings: ``HEADINGS``), device after device; ask ``con`` nothing else meanwhile.

    Virtual machines are no devices: their rows are not here.
    """
    con.execute(f"""SELECT device::VARCHAR, source, kind, file, sheet, line::VARCHAR, (place = 0)::INT::VARCHAR,
        coalesce(name, ''), coalesce(serial, imei, '') FROM {seen.rows} ORDER BY device, place, input, line""")
    while rows := con.fetchmany(_AT_ONCE):
        yield from rows
