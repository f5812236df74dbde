"""Lots that nothing names (lots sans nom): ten screens written on one line, then 6 + 4, or 6 in use and 4 sold.

The devices of a lot (what they are, where, entered when) are laid end to end on both days, those present first; each line is
cut where a line of the other day begins. The pieces that begin at one place are the same devices.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from terreau.inventory.keys import fresh

if TYPE_CHECKING:
    from terreau.tables.engine import Engine

_LAID = (
    "PARTITION BY src, part, lot, entered_on ORDER BY list_position(['present', 'ordered', 'personal', 'out'], state)"
)


def share_lots(con: Engine, before: str, after: str) -> None:
    """Cut the unnamed lines of the tables of both days (see ``sides``) alike, and say in ``span`` where each piece begins."""
    laid = {table: _laid(con, table) for table in (before, after)}
    begins = " UNION ".join(f"SELECT src, part, whole, low FROM {one}" for one in laid.values())
    for table, one in laid.items():
        pieces = fresh("pieces")
        con.execute(f"""CREATE TEMP TABLE {pieces} AS
            SELECT o.rid, b.low, least(o.high, coalesce(lead(b.low) OVER (PARTITION BY o.rid ORDER BY b.low), o.high)) AS high,
                   o.whole, b.low = o.low AS first
            FROM {one} o JOIN ({begins}) b ON b.src = o.src AND b.part = o.part AND b.whole = o.whole
                 AND b.low >= o.low AND b.low < o.high""")
        con.execute(f"""INSERT INTO {table}
            SELECT d.* REPLACE ((SELECT max(rid) FROM {table}) + row_number() OVER (ORDER BY p.rid, p.low) AS rid,
                                p.high - p.low AS quantity, p.whole || ' ' || p.low AS span)
            FROM {pieces} p JOIN {table} d ON d.rid = p.rid WHERE NOT p.first""")
        con.execute(f"""UPDATE {table} SET quantity = p.high - p.low, span = p.whole || ' ' || p.low
            FROM {pieces} p WHERE p.first AND p.rid = {table}.rid""")


def _laid(con: Engine, devices: str) -> str:
    """Table (rid, src, part, whole, low, high): the unnamed lines of one day, from which to which device of their lot."""
    name = fresh("laid_lots")
    con.execute(f"""CREATE TEMP TABLE {name} AS
        SELECT rid, src, part, lot || ' ' || coalesce(entered_on::VARCHAR, '') AS whole, high - quantity AS low, high
        FROM (SELECT *, sum(quantity) OVER ({_LAID}, status, rid) AS high FROM {devices}
              WHERE k IS NULL AND sid IS NULL AND name IS NULL AND NOT numbered)""")
    return name
