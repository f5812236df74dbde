"""Files arrive (arrivée): each sheet is understood, its lines are read, judged and gathered in the engine.

Nothing is written before ``keep``: a check leaves no trace.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from terreau.inventory.apart import tables_of
from terreau.inventory.choices import AS_UNDERSTOOD, Choices
from terreau.inventory.classes import already_asked
from terreau.inventory.device import SCHEMA_VERSION, SNAPSHOT_COLUMNS
from terreau.inventory.headers import known_header
from terreau.inventory.judged import Judged, judge
from terreau.inventory.keys import fresh
from terreau.inventory.lines import read_lines
from terreau.inventory.remarks import remarks_table
from terreau.inventory.rooms import IN_A_ROOM, rooms
from terreau.inventory.twins import twins
from terreau.inventory.understanding import SheetMeaning, complete, understand_sheet
from terreau.kernel.errors import TerreauError
from terreau.kernel.underway import step
from terreau.tables.findings import Finding
from terreau.tables.laid import set_down
from terreau.tables.limits import SHELL, Limits
from terreau.tables.reading import RawSheet, ReadingChoices, read_sheets
from terreau.tables.snapshot import SnapshotRecord, write_snapshot

if TYPE_CHECKING:
    from terreau.tables.engine import Engine

_ALWAYS = ("file", "sheet", "line", "doubtful", "quantity", "record")
"""Columns a snapshot has, whatever its lines say."""

_LIES_IN_MEMORY = 50_000
"""Up to so many lines, a table is quicker than a file [count]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedFile:
    """A file and the name a person knows it by (an upload lies under another name)."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivedSheet:
    """One sheet, as it was understood and read. ``input`` numbers it in the relations of the arrival.

    orders: column index -> order of day and month ; filled: column index -> cells filled down [count]
    fed: columns of a snapshot that may have something to say ; written: SQL of its lines as written (see ``lines.ReadLines``)
    """

    input: int
    raw: RawSheet
    meaning: SheetMeaning
    orders: dict[int, str] = field(default_factory=dict)
    filled: dict[int, int] = field(default_factory=dict)
    classes: str = ""
    written: str = ""
    fed: frozenset[str] = frozenset(SNAPSHOT_COLUMNS)

    @property
    def holds_devices(self) -> bool:
        """Its lines are devices: neither machine rooms nor a sheet nothing was understood of."""
        return bool(self.meaning.fields) and self.meaning.kind != IN_A_ROOM

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Remarks on the whole sheet."""
        filled = tuple(
            Finding(
                line=0,
                column=self.raw.headers[index],
                code="inventory.filled_down",
                facts={"column": self.raw.headers[index], "cells": cells},
            )
            for index, cells in sorted(self.filled.items())
        )
        told_by_line = {one.code for one in self.raw.unread}
        whole = (one for one in self.raw.findings if not (one.line and one.code in told_by_line))
        return (*whole, *self.meaning.findings, *filled)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What arrived, in the engine.

    lines: relation with input, the columns of a snapshot, rejected (NULL, "quantity", "silent"); devices only
    places: relation with input and the columns of a snapshot, one row per line that describes a machine room
    remarks: table of remarks (see inventory.remarks), filled when first asked for: a footprint never asks
    laid: the lines lie in the engine, no longer a question over the cells of the files (see ``laid_down``)
    """

    sheets: tuple[ArrivedSheet, ...]
    lines: str
    places: str
    table: str
    untold: list[Callable[[], None]] = field(default_factory=list)
    choices: Choices = AS_UNDERSTOOD
    laid: bool = False

    @property
    def remarks(self) -> str:
        """The table of remarks, every line looked at."""
        while self.untold:
            self.untold.pop()()
        return self.table

    @property
    def asked(self) -> str:
        """SQL: what the lines of devices say of themselves (see ``classes.already_asked``)."""
        return already_asked([sheet.classes for sheet in self.sheets if sheet.classes])

    @property
    def numbers(self) -> str:
        """SQL: serial and IMEI of every line of devices, those rejected too; '' without any."""
        return " UNION ALL ".join(f"SELECT serial, imei FROM {one.written}" for one in self.sheets if one.written)

    @property
    def kept(self) -> str:
        """SQL: the lines that count or may count, as a relation."""
        return f"(SELECT * FROM {self.lines} WHERE rejected IS NULL)"


def named(files: Sequence[Path | str | NamedFile]) -> tuple[NamedFile, ...]:
    """The files with their names: a path is known by its last part."""
    return tuple(
        one if isinstance(one, NamedFile) else NamedFile(path=Path(one), name=Path(one).name or str(one))
        for one in files
    )


def take_in(con: Engine, files: Sequence[Path | str | NamedFile], choices: Choices | None = None, *,
            at: date | None = None, limits: Limits = SHELL) -> Arrival:  # fmt: skip
    """Read ``files`` into ``con``; TerreauError when one of them cannot be read as a table.

    at: day of the figures; a device that enters both after it and after today is doubtful
    """
    horizon = max(at or date.min, date.today())
    chosen = choices or AS_UNDERSTOOD
    remarks = remarks_table(con)
    sheets: list[ArrivedSheet] = []
    judged: list[Judged] = []
    places: list[str] = []
    arrived = sorted(set(named(files)), key=lambda one: (one.name, one.path))  # a file named twice is read once
    same = twins(one.path for one in arrived)
    names = {one.path: one.name for one in arrived}
    for number, file in enumerate(arrived):
        step("read", number, len(arrived))
        for raw in _raw_sheets(con, file, chosen, limits):
            if file.path in same:
                raw = replace(raw, findings=(same_file(file.name, names[same[file.path]]), *raw.findings))
            sheet, found = _take_sheet(con, raw, len(sheets), chosen, remarks, horizon)
            sheets.append(sheet)
            if isinstance(found, Judged):
                judged.append(found)
            elif found:
                places.append(found)
    if not judged and not places:
        _refuse(sheets, [file.name for file in named(files)])
    return Arrival(
        sheets=tuple(sheets),
        lines=_gathered(con, [one.relation for one in judged], "rejected"),
        places=_gathered(con, places),
        table=remarks,
        untold=[one.tell for one in judged],
        choices=chosen,
    )


def same_file(name: str, first: str) -> Finding:
    """What is said of a file whose bytes are those of another."""
    return Finding(line=0, column="", code="inventory.same_file", facts={"name": name, "first": first})


def laid_down(con: Engine, arrival: Arrival) -> Arrival:
    """The same arrival, its lines judged once for all: worth it before many questions (a check asks twenty).

    A long file goes to a working file beside the engine rather than to its memory: a million lines take 40 MB there
    instead of 250, and the words of a column are compared once each.
    """
    if arrival.laid:
        return arrival
    name = fresh("laid")
    count = sum(
        (con.execute(f"SELECT count(*) FROM {sheet.raw.relation}").fetchone() or (0,))[0] for sheet in arrival.sheets
    )
    if count <= _LIES_IN_MEMORY:
        con.execute(f"CREATE TEMP TABLE {name} AS FROM {arrival.lines}")
    else:
        con.execute(f"CREATE TEMP VIEW {name} AS FROM {set_down(con, arrival.lines)}")
    return replace(arrival, lines=name, laid=True)


def keep(con: Engine, arrival: Arrival, folder: Path) -> SnapshotRecord:
    """Write the kept lines of ``arrival`` as an immutable snapshot in ``folder``; the same content changes nothing."""
    one_sheet = (
        len(arrival.sheets) == 1 and not (con.execute(f"SELECT count(*) FROM {arrival.places}").fetchone() or (0,))[0]
    )
    columns = ", ".join(_said(con, arrival))
    straight = f"SELECT {columns} FROM {arrival.kept}" if one_sheet else ""
    return write_snapshot(con, _snapshot_sql(arrival, columns), folder, _manifest(arrival), straight=straight)


def _raw_sheets(con: Engine, file: NamedFile, choices: Choices, limits: Limits) -> list[RawSheet]:
    reading = ReadingChoices(
        encoding=choices.encoding or None, separator=choices.separator or None, decimal=choices.decimal or None,
        header_line=choices.header_line or None,
    )  # fmt: skip
    found = read_sheets(con, file.path, name=file.name, known_header=known_header, choices=reading, limits=limits)
    sheets = [table for sheet in found for table in tables_of(con, sheet)]
    return [sheet for sheet in sheets if not {sheet.name, sheet.sheet} & set(choices.left_out) - {""}]


def _refuse(sheets: Sequence[ArrivedSheet], names: Sequence[str]) -> None:
    if sheets and (declined := next((one.meaning.declined for one in sheets if one.meaning.declined), "")):
        raise TerreauError(declined, name=", ".join(one.raw.name for one in sheets if one.meaning.declined))
    if sheets:
        headers = ", ".join(header for header in sheets[0].raw.headers[:8] if header)
        raise TerreauError("inventory.no_known_column", name=sheets[0].raw.name, headers=headers)
    raise TerreauError("inventory.nothing_to_read", names=", ".join(names))


def _take_sheet(con: Engine, raw: RawSheet, number: int, choices: Choices,
                remarks: str, horizon: date) -> tuple[ArrivedSheet, Judged | str | None]:  # fmt: skip
    meaning = understand_sheet(raw, choices)
    if not meaning.fields:
        return ArrivedSheet(input=number, raw=raw, meaning=meaning), None
    meaning = complete(con, raw, meaning, choices)
    read = read_lines(con, raw, meaning, choices, number, remarks)
    if meaning.kind == IN_A_ROOM:
        table, aside = rooms(con, read.relation, raw, number, remarks)
        raw = replace(raw, set_aside=tuple(sorted((*raw.set_aside, *aside), key=lambda one: one.line)))
        return ArrivedSheet(input=number, raw=raw, meaning=meaning, orders=read.orders), table
    fed = {name: meaning.of(name) for name in SNAPSHOT_COLUMNS}
    columns = {name: raw.headers[indexes[0]] for name, indexes in fed.items() if indexes}
    judged = judge(con, read, number, columns, remarks, horizon, few=raw.few)
    return ArrivedSheet(input=number, raw=raw, meaning=meaning, orders=read.orders, filled=read.filled,
                        classes=judged.classes, written=judged.written, fed=read.columns), judged  # fmt: skip


def _gathered(con: Engine, tables: Sequence[str], *more: str) -> str:
    name = fresh("lines")
    if tables:
        parts = " UNION ALL BY NAME ".join(f"SELECT * FROM {one}" for one in tables)
        con.execute(f"CREATE TEMP VIEW {name} AS {parts}")
    else:  # a file of machine rooms alone has no line of devices
        kinds = {"input": "INTEGER", **SNAPSHOT_COLUMNS, **dict.fromkeys(more, "VARCHAR")}
        con.execute(f"CREATE TEMP TABLE {name} ({', '.join(f'{column} {kind}' for column, kind in kinds.items())})")
    return name


def _said(con: Engine, arrival: Arrival) -> list[str]:
    """The columns of a snapshot of which some kept line says something, and those it always has.

    The others are left out of the file, and read back as empty: writing twenty empty columns took a quarter of the time.
    """
    fed = [name for name in SNAPSHOT_COLUMNS if name not in _ALWAYS and any(name in one.fed for one in arrival.sheets)]
    everything = ", ".join(fed)
    both = f"(SELECT {everything} FROM {arrival.kept} UNION ALL SELECT {everything} FROM {arrival.places})"
    if fed and all(one.raw.few for one in arrival.sheets):  # one question: planning it costs more than its answer
        told = con.execute(f"SELECT {', '.join(f'count({name}) > 0' for name in fed)} FROM {both}").fetchone() or ()
        said = {name for name, there in zip(fed, told, strict=True) if there}
    else:
        one_word = f"FROM {both} WHERE {{}} IS NOT NULL LIMIT 1"
        said = {name for name in fed if con.execute(f"SELECT 1 {one_word.format(name)}").fetchone()}
    return [name for name in SNAPSHOT_COLUMNS if name in said or name in _ALWAYS]


def _snapshot_sql(arrival: Arrival, columns: str) -> str:
    both = f"SELECT input, {columns} FROM {arrival.kept} UNION ALL SELECT input, {columns} FROM {arrival.places}"
    return f"SELECT {columns} FROM ({both}) ORDER BY input, line"


def _manifest(arrival: Arrival) -> dict[str, object]:
    return {
        "kind": "inventory",
        "schema": SCHEMA_VERSION,
        "choices": arrival.choices.as_json(),
        "sheets": [
            {
                "name": sheet.raw.name,
                "profile": sheet.meaning.shown_profile,
                "encoding": sheet.raw.encoding,
                "separator": sheet.raw.separator,
                "mapping": sheet.meaning.mapping(sheet.raw),
                "set_aside": len(sheet.raw.set_aside),
            }
            for sheet in arrival.sheets
        ],
    }
