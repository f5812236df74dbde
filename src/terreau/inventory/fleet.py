"""The fleet at a date (parc): the last snapshot of each source, every line with what it is and what becomes of it.

This is the relation the footprint reads. Names and serials stay in the snapshots; here a device is one line with a
quantity, a category, two dates and a fate.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from terreau.inventory.arrival import NamedFile, take_in
from terreau.inventory.choices import Choices
from terreau.inventory.decisions import NONE, Decisions
from terreau.inventory.device import SNAPSHOT_COLUMNS
from terreau.inventory.fates import settle_fates
from terreau.inventory.keptlines import kept_lines
from terreau.inventory.keys import fresh
from terreau.kernel.period import Period
from terreau.tables.snapshot import is_snapshot

if TYPE_CHECKING:
    from terreau.tables.engine import Engine

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
    "room_zone": "CAST(NULL AS VARCHAR)",
    "bought_on": "coalesce(bought_on, in_service_on)",
    "type_word": "type_word",
    "model": "model",
    "use_mode": "use_mode",
    "use_rate": "use_rate",
    "years_before": "years_before",
    "years_here": "years_here",
    "years_after": "years_after",
    "doubtful": "doubtful",
}
"""Each column of the fleet and the SQL that gives it.

A date of entry that cannot be (before the model existed, after the exit) is unknown; a device without status is in use,
and ``status_given`` says so. ``room_zone`` is the country of its machine room; ``bought_on`` is the day as written, for
the rule set that reads it so."""


def fleet(con: Engine, inputs: Sequence[Path | str | NamedFile], *, period: Period, decisions: Decisions = NONE,
          choices: Choices | None = None) -> str:  # fmt: skip
    """Create the relation of the fleet and name it.

    inputs: snapshots or files of an inventory, in any order
    period: twelve months whose first day separates the retired from the others
    The relation has the columns of ``FLEET_COLUMNS``, one row per kept line, and one more (class_level "bundle") for the
    other devices of a line such as "UC + écran": quantity [count], own_kwh [kWh/year] for
    one device, entered_on and left_on days or NULL.
    """
    return fleet_of(con, gather(con, inputs, choices), period=period, decisions=decisions)


def fleet_of(con: Engine, lines: str, *, period: Period, decisions: Decisions = NONE) -> str:
    """The fleet of lines already in the engine (``Arrival.kept``, or the relation ``gather`` names)."""
    return as_fleet(con, settle_fates(con, lines, period=period, decisions=decisions).devices)


def as_fleet(con: Engine, settled: str) -> str:
    """The view of settled lines that other rooms read."""
    name = fresh("fleet")
    columns = ", ".join(f"{expression} AS {column}" for column, expression in FLEET_COLUMNS.items())
    con.execute(f"CREATE TEMP VIEW {name} AS SELECT {columns} FROM {settled}")
    return name


def gather(con: Engine, inputs: Sequence[Path | str | NamedFile], choices: Choices | None = None) -> str:
    """One relation of the kept lines of snapshots and files, with ``input`` to tell them apart; returns its name."""
    columns = ", ".join(SNAPSHOT_COLUMNS)
    parts = []
    for number, one in enumerate(inputs):
        path = one.path if isinstance(one, NamedFile) else Path(one)
        if is_snapshot(path):
            parts.append(f"SELECT {number * 1000} AS input, {columns} FROM {kept_lines(con, path)}")
        else:
            arrival = take_in(con, [one], choices)
            parts.append(f"SELECT {number * 1000} + input AS input, {columns} FROM {arrival.kept}")
    name = fresh("gathered")
    con.execute(f"CREATE TEMP VIEW {name} AS {' UNION ALL '.join(parts)}")
    return name
