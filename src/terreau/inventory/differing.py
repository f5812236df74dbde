"""What changed between two snapshots of one source (différence): new, gone and changed devices.

A device is recognised by its serial, else by its own mark, else by its name. Lines that nothing identifies, or that
share their mark, are compared as a number of identical lines. What a person said of two lines goes before all that.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from terreau.inventory.decided import decided_keys
from terreau.inventory.decisions import NONE, Decisions
from terreau.inventory.device import SNAPSHOT_COLUMNS
from terreau.inventory.keptlines import kept_lines
from terreau.inventory.keys import fresh, junk_serials, keyed
from terreau.tables.engine import literal

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


def difference(con: Engine, before: Path | str, after: Path | str, *, decisions: Decisions = NONE, source: str = "",
               examples: int = 20) -> Difference:  # fmt: skip
    """Compare two snapshots (paths) or relations of snapshot lines (names).

    decisions: of them, what was said of two lines (same, apart) ; source: the name decisions give these lines' source,
    their file when not said
    """
    pairs = fresh("pairs")
    both = _both(con, _relation(con, before), _relation(con, after), decisions, source)
    con.execute(f"CREATE TEMP TABLE {pairs} AS {_pairs_sql(both)}")
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


def _both(con: Engine, before: str, after: str, decisions: Decisions, source: str) -> str:
    """SQL: lines of both sides ('b' and 'a'), each with its content and the key it is paired by."""
    columns = ", ".join(SNAPSHOT_COLUMNS)
    lines = f"(SELECT {columns} FROM {before} UNION ALL SELECT {columns} FROM {after})"
    junk = junk_serials(con, lines, sheet="file || sheet")
    text = ", ".join(f"coalesce({column}::VARCHAR, '')" for column in COMPARED)
    both = " UNION ALL ".join(
        f"SELECT {columns}, line_key, '{side}' AS side, md5(concat_ws('|', {text})) AS content FROM {keyed(relation, junk)}"
        for side, relation in (("b", before), ("a", after))
    )
    told = "coalesce(line_key, 'text:' || content)"
    if not (decisions.same or decisions.apart):
        return f"(SELECT *, {told} AS told_key FROM ({both}))"
    laid, named = fresh("both"), literal(source) if source else "file"
    con.execute(
        f"CREATE TEMP TABLE {laid} AS SELECT *, {named} AS source, row_number() OVER () AS row_id FROM ({both})"
    )
    decided = decided_keys(con, laid, decisions)
    return f"(SELECT l.*, coalesce(d.decided, {told}) AS told_key FROM {laid} l LEFT JOIN {decided} d USING (row_id))"


def _pairs_sql(both: str) -> str:
    """Lines of both sides, paired by key, then by content among the lines of one key."""
    sides = {}
    for side in ("b", "a"):
        told = ", ".join(f"{column} AS {side}_{column}" for column in COMPARED)
        sides[side] = f"""
            SELECT told_key AS {side}_key, {told}, coalesce(name, source_id, serial, model, type_word) AS {side}_label,
                   row_number() OVER (PARTITION BY told_key ORDER BY content) AS {side}_place
            FROM {both} WHERE side = '{side}'"""
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
