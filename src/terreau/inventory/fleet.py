"""The fleet at a date (parc): the last snapshot of each source, every line with what it is and what becomes of it.

This is the relation the footprint reads. Names and serials stay in the snapshots; here a device is one line with a
quantity, a category, two dates and a fate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from terreau.inventory.arrival import Arrival, NamedFile, take_in
from terreau.inventory.choices import Choices
from terreau.inventory.decisions import NONE, Decisions
from terreau.inventory.device import SNAPSHOT_COLUMNS
from terreau.inventory.fates import SettledLines, settle_fates
from terreau.inventory.keptlines import kept_lines
from terreau.inventory.keys import fresh
from terreau.inventory.reconciliation.placing import placed
from terreau.inventory.reconciliation.sources import NamedSource
from terreau.inventory.rooms import IN_A_ROOM
from terreau.kernel.period import Period
from terreau.kernel.underway import step
from terreau.tables.engine import literal
from terreau.tables.snapshot import is_snapshot, read_manifest

if TYPE_CHECKING:
    from terreau.tables.engine import Engine

MOST_SHEETS = 100_000
"""Sheets of one input that can be told apart by a number [count]."""

FLEET_COLUMNS = {
    "file": "CASE WHEN sheet = '' THEN file ELSE file || ' › ' || sheet END",
    "line": "line",
    "asset": "coalesce(source_id, name, serial)",
    "entity": "coalesce(entity, '')",
    "site": "site",
    "zone": "country",
    "category": "category",
    "size_class": "size_class",
    "size_known": "coalesce(size_known, FALSE)",
    "class_level": "coalesce(class_level, 'none')",
    "maker": "coalesce(maker, '')",
    "model_key": "coalesce(model_key, '')",
    "fate": "fate",
    "status": "coalesce(status, 'in_use')",
    "status_given": "status IS NOT NULL",
    "quantity": "quantity",
    "entered_on": "CASE WHEN entered_on <= left_on OR left_on IS NULL THEN entered_on END",
    "entry_precision": "CASE WHEN entered_on IS NULL OR entered_on > left_on THEN 'unknown' ELSE date_precision END",
    "left_on": "left_on",
    "own_kwh": "kwh_per_year",
    "in_datacentre": "datacentre IS NOT NULL",
    "own_pue": "pue",
    "room_zone": "room_country",
    "bought_on": "coalesce(bought_on, in_service_on)",
    "type_word": "type_word",
    "model": "model",
    "use_mode": "use_mode",
    "use_rate": "use_rate",
    "came_as": "coalesce(condition_at_purchase, CASE WHEN years_before > 0 THEN 'second_hand' WHEN years_before = 0 THEN 'new' END)",
    "years_before": "years_before",
    "years_here": "years_here",
    "years_after": "years_after",
    "doubtful": "doubtful",
    "device": "device",
    "source": "source",
    "class_no": "class_no",
}
"""Each column of the fleet and the SQL that gives it.

A date of entry that cannot be (before the model existed, after the exit) is unknown; a device without status is in use,
and ``status_given`` says so. ``room_zone`` is the country of its machine room; ``bought_on`` is the day as written, for
the rule set that reads it so. Rows of one ``device`` came from several lines: all but one are merged; ``source`` names
where the row came from; ``came_as`` is how it came, new or second_hand, NULL
when nothing says it: the word written wins over the years of use before. ``class_no`` is the number of its category,
size and model in ``<fleet>_classes``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """Lines of several inputs in the engine.

    lines: relation of devices: ``input`` (a number per sheet, the same whatever the order of inputs), ``source``,
      ``kind`` and the columns of a snapshot ; places: relation of the lines that describe a machine room, '' without any
    arrivals: the files read, in order, with what each was understood to be
    asked: SQL of what the lines say of themselves (see ``classes.already_asked``); '' when some come from a snapshot
    numbers: SQL of their serials and IMEI, at least (see ``Arrival.numbers``); '' as well
    """

    lines: str
    places: str = ""
    asked: str = ""
    numbers: str = ""
    arrivals: tuple[tuple[NamedSource, Arrival], ...] = ()


Input = Path | str | NamedFile | NamedSource


def fleet(con: Engine, inputs: Sequence[Input], *, period: Period, decisions: Decisions = NONE,
          choices: Choices | None = None) -> str:  # fmt: skip
    """Create the relation of the fleet and name it.

    inputs: snapshots or files of an inventory, in any order; one given twice is read once
    period: twelve months whose first day separates the retired from the others
    The relation has the columns of ``FLEET_COLUMNS``, one row per kept line, and one more (class_level "bundle") for the
    other devices of a line such as "UC + écran": quantity [count], own_kwh [kWh/year] for
    one device, entered_on and left_on days or NULL. Rows of one device share its ``device``; one of them is not "merged".
    """
    gathered = gather_all(con, inputs, choices)
    return fleet_of(con, gathered.lines, period=period, decisions=decisions, places=gathered.places,
                    asked=gathered.asked, numbers=gathered.numbers)  # fmt: skip


def fleet_of(con: Engine, lines: str, *, period: Period, decisions: Decisions = NONE, places: str = "",
             asked: str = "", numbers: str = "") -> str:  # fmt: skip
    """The fleet of lines already in the engine (``Arrival.kept``, or the relation ``gather`` names).

    places: relation of the lines that describe machine rooms (``Arrival.places``), when there are some
    asked, numbers: what the lines say of themselves, when known (see ``Gathered``)
    """
    settled = settle_fates(con, lines, period=period, decisions=decisions, asked=asked, numbers=numbers)
    return as_fleet(con, settled, places)


def as_fleet(con: Engine, settled: SettledLines, places: str = "") -> str:
    """The view of settled lines that other rooms read; beside it, ``<name>_classes`` (class_no, category, size_class,
    model_key): lines of one class_no have these words in common."""
    name = fresh("fleet")
    columns = ", ".join(f"{expression} AS {column}" for column, expression in FLEET_COLUMNS.items())
    con.execute(f"CREATE TEMP VIEW {name} AS SELECT {columns} FROM {placed(con, settled.devices, places)}")
    con.execute(f"CREATE TEMP VIEW {name}_classes AS FROM {settled.classes}")
    return name


def gather(con: Engine, inputs: Sequence[Input], choices: Choices | None = None) -> str:
    """The relation of devices of ``gather_all``."""
    return gather_all(con, inputs, choices).lines


def gather_all(con: Engine, inputs: Sequence[Input], choices: Choices | None = None, *,
               at: date | None = None) -> Gathered:  # fmt: skip
    """The kept lines of snapshots and files, devices and machine rooms apart.

    at: day of the figures, for what is doubtful in a file (see ``take_in``)
    """
    devices, places, arrivals = [], [], []
    ordered = in_order(inputs)
    for number, one in enumerate(ordered):
        step("read", number, len(ordered))
        if is_snapshot(one.path):
            both = _of_snapshot(con, one, number * MOST_SHEETS)
            devices.append(f"SELECT * FROM {both} WHERE record IS NULL")
            places.append(f"SELECT * FROM {both} WHERE record = '{IN_A_ROOM}'")
        else:
            file = NamedFile(path=one.path, name=one.name or one.path.name)
            arrival = take_in(con, [file], choices, at=at)
            arrivals.append((one, arrival))
            devices.append(f"SELECT {_columns(number * MOST_SHEETS)} FROM {sourced(arrival, kind=one.kind)}")
            places.append(f"SELECT {_columns(number * MOST_SHEETS)} FROM {sourced(arrival, arrival.places)}")
    name, rooms = fresh("gathered"), fresh("places")
    con.execute(f"CREATE TEMP VIEW {name} AS {' UNION ALL '.join(devices)}")
    con.execute(f"CREATE TEMP VIEW {rooms} AS {' UNION ALL '.join(places)}")
    whole = [arrival for _, arrival in arrivals] if len(arrivals) == len(ordered) else []
    asked = " UNION ALL ".join(one.asked for one in whole if one.asked)
    numbers = " UNION ALL ".join(one.numbers for one in whole if one.numbers)
    return Gathered(lines=name, places=rooms, arrivals=tuple(arrivals), asked=asked, numbers=numbers)


def in_order(inputs: Sequence[Input]) -> list[NamedSource]:
    """The inputs by name then by content or path, each once: what is numbered never depends on the order given."""
    known: dict[tuple[str, str], NamedSource] = {}
    for one in inputs:
        if isinstance(one, NamedSource):
            source = one
        elif isinstance(one, NamedFile):
            source = NamedSource(path=one.path, name=one.name)
        else:
            source = NamedSource(path=Path(one), name="" if is_snapshot(Path(one)) else Path(one).name)
        same = source.path.stem if is_snapshot(source.path) else str(source.path)
        known.setdefault((source.name, same), source)
    return [known[key] for key in sorted(known)]


def sourced(arrival: Arrival, relation: str = "", *, kind: str = "") -> str:
    """SQL: the lines of an arrival with their source (their file) and kind (``kind``, else the tool recognised)."""
    cases = " ".join(f"WHEN {sheet.input} THEN {literal(kind or sheet.meaning.shown_profile)}"
                     for sheet in arrival.sheets)  # fmt: skip
    return f"(SELECT *, file AS source, CASE input {cases} ELSE '' END AS kind FROM {relation or arrival.kept})"


def _columns(first: int) -> str:
    return f"{first} + input AS input, source, kind, {', '.join(SNAPSHOT_COLUMNS)}"


def _of_snapshot(con: Engine, one: NamedSource, first: int) -> str:
    """SQL: the rows of a snapshot, numbered by sheet, with their source and the kind its manifest says of each sheet."""
    sheets = [dict(sheet) for sheet in read_manifest(one.path).get("sheets", ())] or [{}]
    source = literal(one.name) if one.name else "file"
    named = "CASE WHEN sheet = '' THEN file ELSE file || ' › ' || sheet END"
    kinds = [one.kind or str(sheet.get("profile", "")) for sheet in sheets]
    place, kind = "0", literal(kinds[0])
    if len(sheets) > 1:
        names = [literal(str(sheet.get("name", ""))) for sheet in sheets]
        place = " ".join(f"WHEN {name} THEN {number}" for number, name in enumerate(names))
        place = f"CASE {named} {place} ELSE {len(sheets)} END"
        kind = " ".join(f"WHEN {name} THEN {literal(kind)}" for name, kind in zip(names, kinds, strict=True))
        kind = f"CASE {named} {kind} ELSE '' END"
    return f"""(SELECT {first} + {place} AS input, {source} AS source, {kind} AS kind, {", ".join(SNAPSHOT_COLUMNS)}
        FROM {kept_lines(con, one.path)})"""
