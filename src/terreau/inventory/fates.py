"""What becomes of each line (sort des lignes): virtual, merged, personal, retired, stock or counted.

Each line takes the first that fits, in that order, so that nothing is counted twice and nothing is lost. The dated exit
of a device decides before its status: one retired during the period counts until that day.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from terreau.inventory.classes import classes, same_class
from terreau.inventory.decisions import Decisions
from terreau.inventory.device import GONE, SHELVED
from terreau.inventory.duplicates import merged_lines
from terreau.inventory.keys import fresh, junk_serials, keyed
from terreau.inventory.lookup import lookup
from terreau.kernel.period import Period
from terreau.tables.engine import literal

if TYPE_CHECKING:
    from terreau.tables.engine import Engine


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledLines:
    """Lines with what the run decides of them.

    relation: ``input``, the columns of a snapshot (quantity settled by hand), category, size_class, size_known,
      class_level, is_virtual, maker, model_key, entered_on, left_on, standing (the fate were the line alone) and fate
    devices: the same, and one row more for what else a bundle holds ("UC + écran"), whose class_level is "bundle"
    merged: the repeated lines and the line kept for each (see duplicates.merged_lines)
    """

    relation: str
    merged: str
    devices: str


def settle_fates(con: Engine, lines: str, *, period: Period, decisions: Decisions) -> SettledLines:
    """Decide what each of ``lines`` is and becomes (a relation with ``input`` and the columns of a snapshot)."""
    kinds = classes(con, lines, decisions)
    standing = fresh("standing")
    con.execute(f"CREATE TEMP VIEW {standing} AS {_standing_sql(con, lines, kinds, period, decisions)}")
    merged = merged_lines(con, standing)
    dressed = fresh("dressed")
    con.execute(f"""
        CREATE TEMP VIEW {dressed} AS
        SELECT s.*, CASE WHEN s.is_virtual THEN 'virtual' WHEN m.line IS NOT NULL THEN 'merged'
                         ELSE s.standing END AS fate
        FROM {standing} s LEFT JOIN {merged} m ON m.input = s.input AND m.line = s.line
    """)
    return SettledLines(relation=dressed, merged=merged, devices=_devices(con, dressed, kinds))


def _devices(con: Engine, dressed: str, kinds: str) -> str:
    """The lines and, for each bundle, a row for its other devices: same dates, same fate, its own category."""
    bundles = (con.execute(f"SELECT count(also_category) FROM {kinds}").fetchone() or (0,))[0]
    if not bundles:
        return dressed
    name = fresh("devices")
    con.execute(f"""
        CREATE TEMP VIEW {name} AS
        SELECT * FROM {dressed} UNION ALL
        SELECT * REPLACE (also_category AS category, also_size AS size_class, also_known AS size_known,
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
    launch = f"make_date(coalesce({kind}.first_year, 1), 1, 1)"
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
               k.category, k.size_class, k.size_known, k.class_level, k.is_virtual, k.maker, k.model_key,
               k.also_category, k.also_size, k.also_known, k.also_count,
               {entered} AS entered_on, l.retired_on AS left_on, {standing_sql("l", period)} AS standing
        FROM {source} LEFT JOIN {kinds} k ON {same_class("l", "k")} {settled}
    """
