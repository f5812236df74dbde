"""The devices of a fleet and who knows each (qui connaît quoi): the two tables every list of a reconciliation reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from terreau.inventory.fates import SettledLines
from terreau.inventory.keys import fresh, junk_serials, keyed, line_key
from terreau.inventory.reconciliation.clusters import ROW_ID
from terreau.inventory.reconciliation.sources import AGENT, INVENTORY, SEES, ranked
from terreau.tables.engine import literal

if TYPE_CHECKING:
    from terreau.inventory.decisions import Decisions
    from terreau.tables.engine import Engine

UNSEEN_DAYS = 90
"""A device that no tool saw for longer than this is asked about [day]."""

COVERED_SHARE, COVERED_LEAST = 0.25, 3
"""A category is covered by the tools that see devices when they know this share of those the inventory counts, and at
least so many devices [count]: servers that Intune never manages are not "never seen"."""

_KEPT = ("name", "source_id", "serial", "imei", "model", "entity", "site", "quantity", "last_seen_on", "status",
         "retired_on", "ownership", "condition_at_purchase")  # fmt: skip

_CHOSEN = ("manufacturer", "country", "bought_on", "in_service_on")
"""Columns the table of devices also has, to say what was chosen where sources disagree."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Two tables, the sources, and the guests.

    rows: every row but guests, as read: device, row_id, place (0 for the row that counts), input, source, kind, file,
      sheet, line, maker, category, serial_key, line_key, mark, name, … ; told: table (source, kind, family)
    devices: one row per device with the values chosen: device, label, category, fate, line_key, source, mark, listed (an
      inventory has it), numbered (a serial or an IMEI identifies it), sees (a tool saw it), known_by [count of sources], …
    guests: view of the virtual machines as read, with the columns of ``rows`` that a lineage tells; they are no devices,
      and nothing is computed of them until it is read
    """

    rows: str
    devices: str
    told: str
    guests: str


def seen(con: Engine, settled: SettledLines, decisions: Decisions) -> Seen:
    """Lay the two tables of the settled lines of several sources."""
    rows, alone = fresh("seen_rows"), fresh("alone")
    columns = ", ".join(("input", "source", "kind", "file", "sheet", "line", "maker", "category", *_KEPT, *_CHOSEN))
    members = f"AND {ROW_ID} NOT IN (SELECT row_id FROM {settled.rows})" if settled.rows else ""
    con.execute(f"""CREATE TEMP TABLE {alone} AS SELECT {ROW_ID} AS row_id, device, 0 AS place, {columns}
        FROM {settled.relation} WHERE fate <> 'virtual' {members}""")
    both = f"SELECT * FROM {keyed(alone, junk_serials(con, alone))}"
    if settled.rows:  # the numbers of these were already looked at
        both += f""" UNION ALL SELECT *, {line_key()} AS line_key FROM (
            SELECT row_id, device, place - 1, {columns}, coalesce(serial_token, imei_token) AS serial_key
            FROM {settled.rows})"""
    told = ranked(con, con.execute(f"SELECT DISTINCT source, kind FROM ({both}) ORDER BY ALL").fetchall(),
                  decisions.sources)  # fmt: skip
    con.execute(f"""CREATE TEMP TABLE {rows} AS
        WITH named AS ({both}),
        often AS (SELECT source, line_key FROM named WHERE line_key IS NOT NULL GROUP BY ALL HAVING count(*) > 1)
        SELECT k.*, t.family, CASE WHEN o.source IS NOT NULL THEN coalesce(source_id, name) END AS mark
        FROM named k JOIN {told} t ON t.source = k.source AND t.kind = k.kind
        LEFT JOIN often o ON o.source = k.source AND o.line_key = k.line_key""")
    con.execute(f"DROP TABLE {alone}")
    guests = fresh("guests")
    con.execute(f"""CREATE TEMP VIEW {guests} AS SELECT {ROW_ID} AS row_id, device, 0 AS place, {columns}
        FROM {settled.relation} WHERE fate = 'virtual' {members}""")
    return Seen(rows, _devices(con, settled, rows, told), told, guests)


def _devices(con: Engine, settled: SettledLines, rows: str, told: str) -> str:
    name = fresh("seen_devices")
    families = {row[0] for row in con.execute(f"SELECT DISTINCT family FROM {told}").fetchall()}
    register = INVENTORY if INVENTORY in families else AGENT  # what an agent sees is the only list some have
    tools = ", ".join(literal(family) for family in SEES if family != register)
    chosen = ", ".join(f"c.{column}" for column in (*_KEPT, *_CHOSEN))
    con.execute(f"""CREATE TEMP TABLE {name} AS
        WITH known AS (
            SELECT device, count(*) AS known_by, bool_or(listed) AS listed, bool_or(sees) AS sees,
                   bool_or(numbered) AS numbered
            FROM (SELECT device, source, bool_or(family = {literal(register)}) AS listed,
                   bool_or(family IN ({tools or "''"})) AS sees,
                  count(serial_key) > 0 AS numbered FROM {rows} GROUP BY device, source) GROUP BY device)
        SELECT c.device, {chosen}, coalesce(c.name, c.source_id, c.serial) AS label, c.category, c.fate, o.source,
               o.line_key, o.mark, k.numbered, k.known_by, k.listed, k.sees
        FROM {settled.relation} c JOIN known k ON k.device = c.device JOIN {rows} o ON o.row_id = c.device
        WHERE c.fate NOT IN ('merged', 'virtual')""")
    return name


def covered(con: Engine, devices: str) -> tuple[str, ...]:
    """Categories that the tools which see devices cover, in alphabetical order."""
    rows = con.execute(f"""SELECT category FROM {devices} WHERE listed AND fate = 'counted' AND category IS NOT NULL
        GROUP BY category HAVING count(*) FILTER (sees) >= greatest({COVERED_LEAST}, {COVERED_SHARE} * count(*))
        ORDER BY 1""").fetchall()
    return tuple(row[0] for row in rows)


def unseen_sql(at: date, categories: tuple[str, ...]) -> str:
    """SQL: a device d in service, in the inventory, last seen too long ago, or never by the tools that cover it.

    Without a number of its own a device cannot be recognised, and a lot (several devices on one line) cannot be seen one
    by one: neither is "never seen".
    """
    day = literal((at - timedelta(days=UNSEEN_DAYS)).isoformat())
    never = f"(d.last_seen_on IS NULL AND NOT d.sees AND d.numbered AND d.category IN ({', '.join(map(literal, categories))}))"
    return f"""d.listed AND d.fate = 'counted' AND d.quantity = 1
        AND (d.last_seen_on < DATE {day} OR {never if categories else "FALSE"})"""
