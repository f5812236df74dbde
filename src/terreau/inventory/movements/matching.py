"""The same device on both days (rapprochement de deux dates): by serial or IMEI over all sources, else in its source.

In this order, each device being taken once: serial or IMEI; own mark in the same source (a serial corrected meanwhile is
the same device when the model is); name in the same source, unless serials or marks differ; and for the lines nothing
identifies, what they say (kind, entity, site), devices of one date of entry first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from terreau.inventory.keys import fresh

if TYPE_CHECKING:
    from terreau.tables.engine import Engine

_ONE_NUMBER = "NOT (b.numbered AND a.numbered)"
_UNNAMED = "AND NOT numbered AND sid IS NULL AND name IS NULL"
STAGES = (
    (("k", "part"), "TRUE", ""),
    (("src", "sid", "part"), f"({_ONE_NUMBER} OR b.what = a.what)", ""),
    (("src", "name", "part"), f"({_ONE_NUMBER} AND (b.sid IS NULL OR a.sid IS NULL))", ""),
    (("src", "span", "part"), "TRUE", ""),
    (("src", "lot", "part"), "b.entered_on IS NULL OR a.entered_on IS NULL", _UNNAMED),
)
"""Columns that must be equal, the condition on the pair, and which lines may be tried."""


def match_sides(con: Engine, before: str, after: str) -> str:
    """Create the table (b, a) of the rids of one device on each side; returns its name."""
    pairs = fresh("same_device")
    con.execute(f"CREATE TEMP TABLE {pairs} (b BIGINT, a BIGINT)")
    for columns, condition, which in STAGES:
        same = " AND ".join(f"b.{column} = a.{column}" for column in (*columns, "place"))
        sides = {side: _ranked(relation, side, pairs, columns, which)
                 for side, relation in (("b", before), ("a", after))}  # fmt: skip
        con.execute(f"""INSERT INTO {pairs} SELECT b.rid, a.rid FROM {sides["b"]} b JOIN {sides["a"]} a
            ON {same} WHERE ({condition})""")
    return pairs


def _ranked(relation: str, side: str, pairs: str, columns: tuple[str, ...], which: str) -> str:
    """The lines not yet taken, numbered among those alike so that none is taken twice."""
    key = columns[-2]
    return f"""(SELECT *, row_number() OVER (PARTITION BY {", ".join(columns)} ORDER BY state, status, quantity, rid)
        AS place FROM {relation} WHERE {key} IS NOT NULL {which}
        AND rid NOT IN (SELECT {side} FROM {pairs}))"""
