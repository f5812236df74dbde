"""What becomes of each line (sort des lignes): virtual, merged, personal, retired, stock or counted.

Each line takes the first that fits, in that order, so that nothing is counted twice and nothing is lost. The dated exit
of a device decides before its status: one retired during the period counts until that day.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from terreau.inventory.classes import classes, same_class
from terreau.inventory.decisions import Decisions
from terreau.inventory.device import GONE, SHELVED, SNAPSHOT_COLUMNS
from terreau.inventory.duplicates import merged_rows, nothing_merged
from terreau.inventory.keys import bearing, fresh, junk_serials, keyed, repeated_serials
from terreau.inventory.lookup import lookup
from terreau.inventory.reconciliation.choosing import choose, rank_rows, said_columns
from terreau.inventory.reconciliation.clusters import ROW_ID, clusters
from terreau.inventory.reconciliation.owners import owned_rows, with_owners
from terreau.kernel.period import Period
from terreau.kernel.underway import step
from terreau.tables.engine import literal

if TYPE_CHECKING:
    from terreau.tables.engine import Engine


LAID_AT_MOST = 50_000
"""Lines up to which everything is laid in tables: for few lines, planning a nested question costs more than the answer;
for many, what nobody asks is never computed [count]."""

OFTEN_AT_LEAST = 20_000
"""Numbers written more than once from which many lines are laid too: each is then read a dozen times [count]."""

FIRST_LINES = 5_000
"""Lines of each sheet among which a column that speaks most often speaks already [count]."""

CHOSEN_FROM = 1 << 32
"""Number of the first class of the lines chosen among several: the classes of lines as read come below [count]."""

_ALSO_NO = "(-1 - class_no)"
"""SQL: number of the class of what else a bundle holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledLines:
    """Lines with what the run decides of them.

    relation: ``input``, ``source``, ``kind``, the columns of a snapshot (those chosen among its rows for a device that
      has several, quantity settled by hand), category, size_class, size_known, class_level, is_virtual, maker,
      model_key, entered_on, left_on, device (number of the row that counts), standing (the fate were the line alone), fate
    devices: the same, and one row more for what else a bundle holds ("UC + écran"), whose class_level is "bundle"
    merged: the repeated lines and the line kept for each (see duplicates.merged_rows)
    rows: every row of the devices that have several, as read (see reconciliation.choosing.rank_rows); '' without any
    shared: numbers that several devices bear (see reconciliation.clusters); '' without any
    classes: SQL of what each class_no of ``devices`` stands for (class_no, category, size_class, model_key)
    junk: numbers that join nothing (see keys.junk_serials); '' when no number is written twice
    owned: rows whose owner a person said (see reconciliation.owners.owned_rows); '' without any
    """

    relation: str
    merged: str
    devices: str
    classes: str
    rows: str = ""
    shared: str = ""
    junk: str = ""
    owned: str = ""


def settle_fates(con: Engine, lines: str, *, period: Period, decisions: Decisions, asked: str = "", numbers: str = "",
                 again: bool = False) -> SettledLines:  # fmt: skip
    """Decide what each of ``lines`` is and becomes (a relation with ``input`` and the columns of a snapshot).

    Lines that do not say their ``source`` and ``kind`` have their file for source, and no kind.
    asked: SQL of what they say of themselves, when known (see ``classes.already_asked``) ; numbers: SQL of their serials
    and IMEI, of rejected lines too, when known without asking them ; again: every line will be read again by who asks,
    so many are laid too, before anything is asked of them
    """
    step("settle")
    lines, few = _with_source(con, lines, f"({numbers})" if numbers else lines)
    laid = bool(few)
    kinds = classes(con, lines, decisions, asked=asked)
    standing = _laid(con, "standing", _standing_sql(con, lines, kinds, period, decisions), laid)
    step("join")
    narrow, said = "", None
    if again and not laid:
        standing, narrow, said = _narrow(con, lines, standing)
    written = f"({numbers})" if numbers and not laid else ""
    repeated = repeated_serials(con, written or (standing if narrow else lines))
    if written and _count(con, repeated):  # by lines that may be rejected, which say nothing of the others
        repeated = repeated_serials(con, bearing(lines, repeated))
    if not (laid or narrow) and _count(con, repeated) > OFTEN_AT_LEAST:
        standing, narrow, said = _narrow(con, lines, standing)
    found = clusters(con, standing, decisions, repeated=repeated)
    owned = owned_rows(con, standing, decisions)
    alone = f"""SELECT *, {ROW_ID} AS device, CASE WHEN is_virtual THEN 'virtual' ELSE standing END AS fate
        FROM {with_owners(standing, owned, standing_sql("l", period))}"""  # fmt: skip
    _drop(con, few, laid)
    if found is None:
        dressed = _laid(con, "dressed", alone, laid)
        _drop(con, standing, laid)
        return SettledLines(relation=dressed, merged=nothing_merged(con),
                            devices=_devices(con, dressed, kinds), classes=_numbered(kinds), owned=owned)  # fmt: skip
    step("choose")
    said = said or said_columns(con, standing)
    rows = rank_rows(con, standing, found, decisions, said)
    if narrow:
        _thin(con, narrow, found.members)
    else:
        alone += f" WHERE {ROW_ID} NOT IN (SELECT row_id FROM {found.members})"
    kept = choose(con, rows, said, owned)
    joined = classes(con, kept, decisions, first=CHOSEN_FROM)
    settled = replace(decisions, quantities={})  # the rows chosen from have theirs
    counting = _laid(con, "counting", _standing_sql(con, kept, joined, period, settled), True)
    columns = ", ".join(row[0] for row in con.execute(f"DESCRIBE {standing}").fetchall())
    dressed = _laid(con, "dressed", f"""
        {alone}
        UNION ALL SELECT {columns}, row_id, CASE WHEN is_virtual THEN 'virtual' ELSE standing END FROM {counting}
        UNION ALL SELECT {columns}, device, 'merged' FROM {rows} WHERE place > 1""", laid)  # fmt: skip
    _drop(con, standing, laid)
    return SettledLines(relation=dressed, merged=merged_rows(con, rows), rows=rows, shared=found.shared,
                        junk=found.junk, devices=_devices(con, dressed, kinds, joined),
                        classes=_numbered(kinds, joined), owned=owned)  # fmt: skip


def _numbered(*kinds: str) -> str:
    """SQL: the words behind each ``class_no`` of ``SettledLines.devices``."""
    words = "SELECT class_no, category, size_class, model_key FROM"
    also = f"SELECT {_ALSO_NO} AS class_no, also_category, also_size, '' FROM"
    return (
        "("
        + " UNION ALL ".join(f"{words} {one} UNION ALL {also} {one} WHERE also_category IS NOT NULL" for one in kinds)
        + ")"
    )


def _narrow(con: Engine, lines: str, standing: str) -> tuple[str, str, frozenset[str]]:
    """The standing lines with all their columns, the table under them of those of which some line says something, and these."""
    silent = _silent(con, lines)
    but = f"EXCLUDE ({', '.join(silent)})" if silent else ""
    told = _laid(con, "narrow", f"SELECT * {but} FROM {standing}", True)
    empty = {column: f"CAST(NULL AS {SNAPSHOT_COLUMNS[column]})" for column in silent}
    columns = ", ".join(f"{empty.get(row[0], row[0])} AS {row[0]}"
                        for row in con.execute(f"DESCRIBE {standing}").fetchall())  # fmt: skip
    said = frozenset(SNAPSHOT_COLUMNS) - frozenset(silent)
    return _laid(con, "standing", f"SELECT {columns} FROM {told}", False), told, said


def _silent(con: Engine, lines: str) -> list[str]:
    """The columns of which no line says anything: most speak in the first lines, the others are looked at to the end."""
    left = [column for column in SNAPSHOT_COLUMNS if column != "quantity"]
    for among in (f"WHERE line <= {FIRST_LINES}", ""):
        asked = ", ".join(f"coalesce(bool_or({column} IS NOT NULL), FALSE)" for column in left)
        told = con.execute(f"SELECT {asked} FROM {lines} {among}").fetchone() or () if left else ()
        left = [column for column, speaks in zip(left, told, strict=True) if not speaks]
    return left


def _thin(con: Engine, narrow: str, members: str) -> None:
    """Leave in ``narrow`` the lines that are a device alone: the others are in the table of ranked rows."""
    rest = _laid(con, "rest", f"SELECT * FROM {narrow} WHERE {ROW_ID} NOT IN (SELECT row_id FROM {members})", True)
    con.execute(f"DROP TABLE {narrow}")
    con.execute(f"CREATE TEMP VIEW {narrow} AS SELECT * FROM {rest}")


def _count(con: Engine, relation: str) -> int:
    return (con.execute(f"SELECT count(*) FROM {relation}").fetchone() or (0,))[0]


def _laid(con: Engine, base: str, sql: str, laid: bool) -> str:
    """A table when ``laid``, else a view; returns its name."""
    name = fresh(base)
    con.execute(f"CREATE TEMP {'TABLE' if laid else 'VIEW'} {name} AS {sql}")
    return name


def _drop(con: Engine, name: str, laid: bool) -> None:
    """Forget a table nothing reads any more: a wide one holds a megabyte however few its lines."""
    if laid:
        con.execute(f"DROP TABLE {name}")


def _with_source(con: Engine, lines: str, counted: str) -> tuple[str, str]:
    """The lines with their source and kind; the table they are laid in, once for all, when they are few enough.

    counted: a relation of as many or more, quicker to count
    """
    known = {row[0] for row in con.execute(f"DESCRIBE SELECT * FROM {lines}").fetchall()}
    past = con.execute(f"SELECT 1 FROM {counted} LIMIT 1 OFFSET {LAID_AT_MOST}").fetchone()
    first = lines if past else _laid(con, "laid", f"SELECT * FROM {lines}", True)
    said = "source, kind" if {"source", "kind"} <= known else "file AS source, '' AS kind"
    return f"(SELECT input, {said}, {', '.join(SNAPSHOT_COLUMNS)} FROM {first})", "" if past else first


def _devices(con: Engine, dressed: str, *kinds: str) -> str:
    """The lines and, for each bundle, a row for its other devices: same dates, same fate, its own category."""
    bundles = ((con.execute(f"SELECT count(also_category) FROM {one}").fetchone() or (0,))[0] for one in kinds)
    if not any(bundles):
        return dressed
    name = fresh("devices")
    con.execute(f"""
        CREATE TEMP VIEW {name} AS
        SELECT * FROM {dressed} UNION ALL
        SELECT * REPLACE ({_ALSO_NO} AS class_no, also_category AS category, also_size AS size_class, also_known AS size_known,
                          'bundle' AS class_level, '' AS maker, '' AS model_key,
                          CAST(quantity * also_count AS DECIMAL(18,6)) AS quantity,
                          CAST(NULL AS DECIMAL(18,6)) AS kwh_per_year)
        FROM {dressed} WHERE also_category IS NOT NULL AND NOT coalesce(is_virtual, FALSE)
    """)
    return name


def standing_sql(line: str, period: Period) -> str:
    """SQL: the fate of a line that is neither virtual nor merged."""
    gone = ", ".join(map(literal, GONE))
    shelved = ", ".join(map(literal, SHELVED))
    start = f"DATE '{period.start.isoformat()}'"
    return f"""CASE WHEN {line}.ownership = 'personal' THEN 'personal'
        WHEN {line}.retired_on < {start} THEN 'retired'
        WHEN {line}.retired_on IS NULL AND {line}.status IN ({gone}) THEN 'retired'
        WHEN {line}.status IN ({shelved}) THEN 'stock' ELSE 'counted' END"""


def entered_sql(line: str, kind: str) -> str:
    """SQL: the day a device entered, in service else bought; a day before the model existed is unknown."""
    launch = f"{kind}.since"
    return f"""CASE WHEN {line}.in_service_on >= {launch} THEN {line}.in_service_on
        WHEN {line}.bought_on >= {launch} THEN {line}.bought_on END"""


def _standing_sql(con: Engine, lines: str, kinds: str, period: Period, decisions: Decisions) -> str:
    quantity, source, settled, said = "l.quantity", f"{lines} l", "", ""
    if decisions.quantities:
        settled_quantities = lookup(
            con,
            fresh("settled_quantities"),
            {
                "line_key": ("VARCHAR", list(decisions.quantities)),
                "devices": ("DECIMAL(18,6)", list(decisions.quantities.values())),
            },
        )
        source = f"{keyed(lines, junk_serials(con, lines))} l"
        settled = f"LEFT JOIN {settled_quantities} q ON q.line_key = l.line_key"
        quantity, said = "coalesce(q.devices, l.quantity)", "EXCLUDE (serial_key, line_key)"
    entered = entered_sql("l", "k")
    return f"""
        SELECT l.* {said} REPLACE ({quantity} AS quantity),
               k.category, k.size_class, k.size_known, k.class_level, k.is_virtual, k.maker, k.model_key, k.class_no,
               k.also_category, k.also_size, k.also_known, k.also_count,
               {entered} AS entered_on, l.retired_on AS left_on, {standing_sql("l", period)} AS standing
        FROM {source} LEFT JOIN {kinds} k ON {same_class("l", "k")} {settled}
    """
