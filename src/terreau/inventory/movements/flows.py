"""What became of each device between two days, as rows (mouvements): the only place where a movement is decided.

Each pair of sides falls in one case, and the cases balance exactly: before + entries - leavings = after.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from terreau.inventory.keys import fresh
from terreau.inventory.lookup import lookup
from terreau.inventory.movements.sides import Side

if TYPE_CHECKING:
    from terreau.tables.engine import Engine

OVER_TEN = 10
"""The decree leaves out equipment of more than ten years on the day it is retired [year]."""


def both_table(con: Engine, before: Side, after: Side, pairs: str, days: Sequence[tuple[date, date]]) -> str:
    """Create the table of every device of either side, both states side by side; returns its name.

    days: per source, the day of each inventory
    Columns: b_* and a_* (state, status, quantity), category, entry_low, entry_high (first and last day the entry may have been),
    left_on, since, until (days of its source), b_elsewhere, a_elsewhere (known of a source that is not compared), label,
    entity, leased, file, line, entered_on, entry_precision, src, seen_on, category_changed.
    """
    periods = lookup(con, fresh("source_days"), {
        "place": ("BIGINT", list(range(len(days)))),
        "since": ("DATE", [since for since, _ in days]), "until": ("DATE", [until for _, until in days]),
    })  # fmt: skip
    name = fresh("both_sides")
    con.execute(f"CREATE TEMP TABLE {name} AS {_both_sql(before, after, pairs, periods)}")
    return name


def _both_sql(before: Side, after: Side, pairs: str, periods: str) -> str:
    entered = "coalesce(a.entered_on, b.entered_on)"
    precision = "CASE WHEN a.entered_on IS NOT NULL THEN a.entry_precision ELSE b.entry_precision END"
    return f"""
        WITH met AS (
            SELECT b, a FROM {pairs}
            UNION ALL SELECT rid, NULL FROM {before.devices} WHERE rid NOT IN (SELECT b FROM {pairs})
            UNION ALL SELECT NULL, rid FROM {after.devices} WHERE rid NOT IN (SELECT a FROM {pairs})),
        told AS (
            SELECT b.state AS b_state, a.state AS a_state, b.status AS b_status, a.status AS a_status,
                   b.quantity AS b_quantity, a.quantity AS a_quantity,
                   coalesce(a.category, b.category, '') AS category,
                   coalesce(a.category <> b.category, FALSE) AS category_changed,
                   {entered} AS entered_on, {precision} AS entry_precision, coalesce(a.left_on, b.left_on) AS left_on,
                   coalesce(a.label, b.label) AS label, coalesce(a.entity, b.entity) AS entity,
                   b.entity AS b_entity, a.entity AS a_entity, coalesce(a.leased, b.leased) AS leased,
                   coalesce(a.src, b.src) AS src, coalesce(a.file, b.file) AS file, coalesce(a.line, b.line) AS line,
                   a.seen_on, a.k IS NOT NULL AND a.k IN (SELECT k FROM {before.elsewhere}) AS b_elsewhere,
                   b.k IS NOT NULL AND b.k IN (SELECT k FROM {after.elsewhere}) AS a_elsewhere
            FROM met LEFT JOIN {before.devices} b ON b.rid = met.b LEFT JOIN {after.devices} a ON a.rid = met.a)
        SELECT told.*, since, until,
               CASE entry_precision WHEN 'year' THEN date_trunc('year', entered_on)::DATE
                   WHEN 'month' THEN date_trunc('month', entered_on)::DATE ELSE entered_on END AS entry_low,
               CASE entry_precision WHEN 'year' THEN make_date(year(entered_on), 12, 31)
                   WHEN 'month' THEN last_day(entered_on) ELSE entered_on END AS entry_high
        FROM told JOIN {periods} p ON p.place = told.src"""


_MAY_BE_BOUGHT = "entry_high > since AND entry_low <= until"
_BOUGHT = f"""CASE WHEN b_state = 'ordered' THEN 'purchased' WHEN b_elsewhere THEN 'moved_in'
    WHEN {_MAY_BE_BOUGHT} THEN 'purchased' WHEN entry_high <= since THEN 'discovered_older'
    ELSE 'discovered_undated' END"""
_TOLD = "CASE WHEN a_status IN ('donated', 'sold', 'recycled', 'lost') THEN a_status ELSE 'retired' END"
_PASSED = f"b_state IS NULL AND a_state = 'out' AND {_MAY_BE_BOUGHT} AND left_on > since AND left_on <= until"
_LEAST = "least(b_quantity, a_quantity)"
_PRESENT = "b_state = 'present' AND a_state = 'present'"

CASES = (
    ("b_state = 'present'", "'before'", "''", "b_quantity"),
    ("a_state = 'present'", "'after'", "''", "a_quantity"),
    (_PRESENT, "'kept'", "''", _LEAST),
    (f"{_PRESENT} AND a_quantity > b_quantity", "'added_to_lot'", "''", "a_quantity - b_quantity"),
    (f"{_PRESENT} AND a_quantity < b_quantity", "'taken_from_lot'", "'taken_from_lot'", "b_quantity - a_quantity"),
    # a lot whose exit is told for fewer devices than it held: the others left without a word
    ("b_state = 'present' AND a_state = 'out'", "'exit'", _TOLD, _LEAST),
    ("b_state = 'present' AND a_state = 'out' AND a_quantity < b_quantity", "'taken_from_lot'", "'taken_from_lot'",
     "b_quantity - a_quantity"),
    ("b_state = 'present' AND a_state IN ('personal', 'ordered')", "'set_apart'", "''", "b_quantity"),
    ("b_state = 'present' AND a_state IS NULL AND a_elsewhere", "'moved_out'", "''", "b_quantity"),
    ("b_state = 'present' AND a_state IS NULL AND NOT a_elsewhere", "'gone'", "'gone'", "b_quantity"),
    ("a_state = 'present' AND b_state = 'out'", "'returned'", "''", "a_quantity"),
    ("a_state = 'present' AND b_state = 'personal'", "'joined'", "''", "a_quantity"),
    ("a_state = 'present' AND (b_state IS NULL OR b_state = 'ordered')", _BOUGHT, "''", "a_quantity"),
    (_PASSED, "'purchased'", "''", "a_quantity"),
    (_PASSED, "'exit'", _TOLD, "a_quantity"),
    (f"b_state IS DISTINCT FROM 'present' AND b_state IS DISTINCT FROM 'out' AND a_state = 'out' AND NOT ({_PASSED})",
     "'seen_out'", "''", "a_quantity"),
    ("b_state = 'out' AND a_state = 'out'", "'still_out'", _TOLD, _LEAST),
)  # fmt: skip
"""Condition on a row of ``both_table``, kind of movement, destination, devices [count]."""


def moves_table(con: Engine, both: str) -> str:
    """Create the table of movements, one row per case met; returns its name.

    Columns: kind, destination, quantity, age (under, over, unknown: ten years on the day of exit), years (real lifespan when both
    dates are known), year_only, and those of ``both_table``.
    """
    name = fresh("moves")
    cases = " UNION ALL ".join(
        f"SELECT {kind} AS kind, {destination} AS destination, CAST({quantity} AS DECIMAL(18,6)) AS quantity, *"
        f" FROM {both} WHERE {condition}"
        for condition, kind, destination, quantity in (_certain(case) for case in CASES)
    )
    con.execute(f"""CREATE TEMP TABLE {name} AS
        SELECT *, {age_at_exit()} AS age,
               CASE WHEN kind = 'exit' AND entered_on < left_on THEN datediff('day', entered_on, left_on) END AS days_kept,
               entry_precision IN ('year', 'month') AS year_only
        FROM ({cases})""")
    return name


def _certain(case: tuple[str, str, str, str]) -> tuple[str, str, str, str]:
    """A condition that is neither true nor false (a date is missing) does not hold."""
    return (case[0].replace(_PASSED, f"coalesce({_PASSED}, FALSE)"), *case[1:])


def age_at_exit() -> str:
    """SQL: under, over or unknown ten years on the day of exit, whatever day the dates allow."""
    first = "coalesce(left_on, CAST(since + INTERVAL 1 DAY AS DATE))"
    last = "coalesce(left_on, until)"
    ten = f"INTERVAL {OVER_TEN} YEAR"
    return f"""CASE WHEN {last} <= entry_low + {ten} THEN 'under' WHEN {first} > entry_high + {ten} THEN 'over'
        ELSE 'unknown' END"""
