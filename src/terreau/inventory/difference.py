"""What changed between two snapshots of one source (différence): new, gone and changed devices.

A device is recognised by its serial, else by its own mark, else by its name. Lines that nothing identifies, or that
share their mark, are compared as a number of identical lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from terreau.inventory.device import SNAPSHOT_COLUMNS
from terreau.inventory.keptlines import kept_lines
from terreau.inventory.keys import fresh, junk_serials, keyed

if TYPE_CHECKING:
    from terreau.tables.engine import Engine

COMPARED = ("status", "quantity", "entity", "site", "country", "type_word", "manufacturer", "model", "bought_on",
            "in_service_on", "retired_on", "ownership", "kwh_per_year", "datacentre")  # fmt: skip
"""A device is *changed* when one of these is. The date last seen, of course, moves every time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One column of one device before and after."""

    name: str
    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Lines new, gone, changed and unchanged [count], changes per column [count], and a few examples of each."""

    new: int
    gone: int
    changed: int
    same: int
    by_column: dict[str, int]
    new_names: tuple[str, ...]
    gone_names: tuple[str, ...]
    changes: tuple[Change, ...]

    def as_json(self) -> dict[str, object]:
        """Plain values, for a page or a manifest."""
        return {
            "new": self.new, "gone": self.gone, "changed": self.changed, "same": self.same,
            "by_column": self.by_column, "new_names": list(self.new_names), "gone_names": list(self.gone_names),
            "changes": [{"name": one.name, "column": one.column, "before": one.before, "after": one.after}
                        for one in self.changes],
        }  # fmt: skip


def difference(con: Engine, before: Path | str, after: Path | str, *, examples: int = 20) -> Difference:
    """Compare two snapshots (paths) or relations of snapshot lines (names)."""
    pairs = fresh("pairs")
    con.execute(f"CREATE TEMP TABLE {pairs} AS {_pairs_sql(con, _relation(con, before), _relation(con, after))}")
    new, gone, changed, same = con.execute(f"""
        SELECT count(*) FILTER (WHERE b_key IS NULL), count(*) FILTER (WHERE a_key IS NULL),
               count(*) FILTER (WHERE a_key IS NOT NULL AND b_key IS NOT NULL AND changed),
               count(*) FILTER (WHERE a_key IS NOT NULL AND b_key IS NOT NULL AND NOT changed) FROM {pairs}
    """).fetchone() or (0, 0, 0, 0)
    moved = {
        column: (con.execute(f"""SELECT count(*) FROM {pairs} WHERE a_key IS NOT NULL AND b_key IS NOT NULL
                 AND a_{column} IS DISTINCT FROM b_{column}""").fetchone() or (0,))[0]
        for column in COMPARED
    }  # fmt: skip
    return Difference(
        new=new, gone=gone, changed=changed, same=same,
        by_column={column: count for column, count in moved.items() if count},
        new_names=_names(con, pairs, "a", "b_key IS NULL", examples),
        gone_names=_names(con, pairs, "b", "a_key IS NULL", examples),
        changes=_examples(con, pairs, moved, examples),
    )  # fmt: skip


def _relation(con: Engine, snapshot: Path | str) -> str:
    return kept_lines(con, snapshot) if isinstance(snapshot, Path) else snapshot


def _pairs_sql(con: Engine, before: str, after: str) -> str:
    """Lines of both sides, paired by key, then by content among the lines of one key."""
    columns = ", ".join(SNAPSHOT_COLUMNS)
    both = f"(SELECT {columns} FROM {before} UNION ALL SELECT {columns} FROM {after})"
    junk = junk_serials(con, both, sheet="file || sheet")
    sides = {}
    for side, relation in (("b", before), ("a", after)):
        told = ", ".join(f"{column} AS {side}_{column}" for column in COMPARED)
        text = ", ".join(f"coalesce({column}::VARCHAR, '')" for column in COMPARED)
        sides[side] = f"""
            SELECT coalesce(line_key, 'text:' || content) AS {side}_key, {told},
                   coalesce(name, source_id, serial, model, type_word) AS {side}_label,
                   row_number() OVER (PARTITION BY coalesce(line_key, 'text:' || content) ORDER BY content)
                   AS {side}_place
            FROM (SELECT *, md5(concat_ws('|', {text})) AS content FROM {keyed(relation, junk)})"""
    differs = " OR ".join(f"a_{column} IS DISTINCT FROM b_{column}" for column in COMPARED)
    return f"""SELECT *, ({differs}) AS changed FROM ({sides["b"]}) b
        FULL JOIN ({sides["a"]}) a ON a.a_key = b.b_key AND a.a_place = b.b_place"""


def _names(con: Engine, pairs: str, side: str, where: str, most: int) -> tuple[str, ...]:
    rows = con.execute(f"""SELECT {side}_label FROM {pairs} WHERE {where} AND {side}_label IS NOT NULL
        ORDER BY 1 LIMIT {most}""").fetchall()
    return tuple(row[0] for row in rows)


def _examples(con: Engine, pairs: str, moved: dict[str, int], most: int) -> tuple[Change, ...]:
    found = []
    for column, count in moved.items():
        if count:
            rows = con.execute(f"""
                SELECT coalesce(a_label, b_label, ''), coalesce(b_{column}::VARCHAR, ''),
                       coalesce(a_{column}::VARCHAR, '')
                FROM {pairs} WHERE a_key IS NOT NULL AND b_key IS NOT NULL
                AND a_{column} IS DISTINCT FROM b_{column} ORDER BY 1, 2, 3 LIMIT {most}""").fetchall()
            found += [Change(name=name, column=column, before=before, after=after) for name, before, after in rows]
    return tuple(found[:most])
