"""Pairs of devices a person may join or part (questions): a name in common, or a number two makers share.

A name alone never joins two devices: two sources call one device alike, it bears no other serial, its site is the same
or not said; the question is asked. A name several devices of one source bear says nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from terreau.inventory.keys import fresh
from terreau.inventory.lookup import lookup
from terreau.inventory.reconciliation.handles import handle, matched
from terreau.inventory.reconciliation.kin import KIN, WEIGHTS, weight
from terreau.inventory.reconciliation.listing import listed
from terreau.inventory.reconciliation.records import ListedDevice, Pair
from terreau.inventory.reconciliation.seen import Seen

if TYPE_CHECKING:
    from terreau.inventory.decisions import Decisions
    from terreau.inventory.fates import SettledLines
    from terreau.tables.engine import Engine

MISTYPED = 2
"""Letters that may differ between two serials of one device typed by hand [count]."""

_NAME = "nullif(trim(strip_accents(lower(r.name))), '')"
_SITE = "nullif(trim(regexp_extract(strip_accents(lower(r.site)), '[^>]*$')), '')"


def pairs(con: Engine, seen: Seen, settled: SettledLines, decisions: Decisions) -> str:
    """Create the table (one, other, one_row, other_row, why, value, weight) of the pairs to ask about; returns its name.

    one < other are devices, one_row and other_row the rows that have this in common.
    """
    name = fresh("asked")
    parted = _parted(con, seen, decisions)
    same = f"SELECT * FROM ({_by_name(con, seen)})"
    if settled.shared:
        same += f" UNION ALL SELECT * FROM ({_by_number(seen, settled.shared)})"
    con.execute(f"""CREATE TEMP TABLE {name} AS
        SELECT p.* FROM ({same}) p ANTI JOIN {parted} d ON d.one = p.one AND d.other = p.other
        QUALIFY row_number() OVER (PARTITION BY p.one, p.other ORDER BY why DESC, one_row, other_row) = 1""")
    return name


def first_pairs(con: Engine, seen: Seen, asked: str, limit: int) -> tuple[Pair, ...]:
    """The heaviest pairs as records."""
    rows = con.execute(f"""SELECT p.one, p.other, p.why, p.value, p.weight, a.line_key, a.source, a.mark,
            b.line_key, b.source, b.mark
        FROM {asked} p JOIN {seen.rows} a ON a.row_id = p.one_row JOIN {seen.rows} b ON b.row_id = p.other_row
        ORDER BY p.weight DESC, p.why, p.one, p.other LIMIT {int(limit)}""").fetchall()
    numbers = ", ".join(str(number) for row in rows for number in row[:2]) or "NULL"
    known: dict[int, ListedDevice] = {one.device: one for one in listed(con, seen, f"SELECT unnest([{numbers}])")}
    return tuple(
        Pair(why=why, value=value, first=known[one], second=known[other], weight=float(heavy),
             keys=(handle(*(part or "" for part in said[:3])), handle(*(part or "" for part in said[3:]))))
        for one, other, why, value, heavy, *said in rows
    )  # fmt: skip


def _by_name(con: Engine, seen: Seen) -> str:
    near = sorted({(one, other) for family in KIN for one in family for other in family})
    kin = lookup(con, fresh("kin"), {"one": ("VARCHAR", [one for one, _ in near]),
                                     "other": ("VARCHAR", [other for _, other in near])})  # fmt: skip
    heavy = lookup(con, fresh("weights"), {"category": ("VARCHAR", list(WEIGHTS)),
                                           "weight": ("DOUBLE", list(map(float, WEIGHTS.values())))})  # fmt: skip
    usual = weight("", 1)
    named = f"""(SELECT r.device, r.row_id, r.source, {_NAME} AS called
            FROM {seen.rows} r JOIN {seen.devices} d ON d.device = r.device
            WHERE d.fate IN ('counted', 'stock') AND r.name IS NOT NULL)"""
    return f"""
        WITH named AS {named},
        several AS (SELECT * FROM named WHERE called IN (
            SELECT called FROM named GROUP BY called HAVING min(device) <> max(device))),
        own AS (SELECT source, called FROM several GROUP BY ALL HAVING min(device) = max(device)),
        few AS (SELECT called FROM several GROUP BY called HAVING count(DISTINCT device) <= 4),
        told AS (SELECT n.called, n.device, n.row_id, n.source, {_SITE} AS stands, r.name, r.serial_key, d.category, d.quantity
            FROM several n JOIN own USING (source, called) JOIN few USING (called)
            JOIN {seen.rows} r ON r.row_id = n.row_id JOIN {seen.devices} d ON d.device = n.device)
        SELECT least(a.device, b.device) AS one, greatest(a.device, b.device) AS other,
               CASE WHEN a.device < b.device THEN a.row_id ELSE b.row_id END AS one_row,
               CASE WHEN a.device < b.device THEN b.row_id ELSE a.row_id END AS other_row,
               CASE WHEN a.stands = b.stands THEN 'name_and_site' ELSE 'name' END AS why, a.name AS value,
               least(a.quantity * coalesce(wa.weight, {usual}), b.quantity * coalesce(wb.weight, {usual})) AS weight
        FROM told a JOIN told b ON a.called = b.called AND a.row_id < b.row_id AND a.source <> b.source
             AND a.device <> b.device
        LEFT JOIN {heavy} wa ON wa.category = a.category LEFT JOIN {heavy} wb ON wb.category = b.category
        WHERE (a.stands = b.stands OR a.stands IS NULL OR b.stands IS NULL)
          AND (a.serial_key IS NULL OR b.serial_key IS NULL
               OR damerau_levenshtein(a.serial_key, b.serial_key) <= {MISTYPED})
          AND (a.category IS NULL OR b.category IS NULL OR a.category = b.category
               OR (a.category, b.category) IN (SELECT (one, other) FROM {kin}))"""


def _by_number(seen: Seen, shared: str) -> str:
    """Two devices of two makers under one number; the first two of them when there are more."""
    return f"""
        SELECT a.device AS one, b.device AS other, a.row_id AS one_row, b.row_id AS other_row, 'other_maker' AS why,
               a.serial_key AS value, 10.0 AS weight
        FROM {seen.rows} a JOIN {seen.rows} b ON a.serial_key = b.serial_key AND a.device < b.device
        WHERE a.serial_key IN (SELECT token FROM {shared})
        QUALIFY row_number() OVER (PARTITION BY a.serial_key ORDER BY a.device, b.device) = 1"""


def _parted(con: Engine, seen: Seen, decisions: Decisions) -> str:
    """Table (one, other) of the devices a person already told apart."""
    rows = f"(SELECT * FROM {seen.rows})"
    named = matched(con, rows, {key for pair in decisions.apart for key in pair})
    told = sorted({(min(a, b), max(a, b)) for one, other in decisions.apart
                   for a in named.get(one, ()) for b in named.get(other, ())})  # fmt: skip
    table = lookup(
        con, fresh("parted_rows"), {"a": ("BIGINT", [a for a, _ in told]), "b": ("BIGINT", [b for _, b in told])}
    )
    return f"""(SELECT DISTINCT least(x.device, y.device) AS one, greatest(x.device, y.device) AS other
        FROM {table} t JOIN {seen.rows} x ON x.row_id = t.a JOIN {seen.rows} y ON y.row_id = t.b)"""
