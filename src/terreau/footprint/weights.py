"""Weights: the inventory read once and summed per group of lines that share the same factors (poids).

Sums are sums of exact integers (micro-units × days), so the same fleet gives the same bits whatever
the number of threads, the order of lines or the way a line is split.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from terreau.footprint.rules import Rules
from terreau.kernel.errors import TerreauError
from terreau.kernel.period import Period
from terreau.tables.engine import Engine, literal, quoted

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

WORDS = ("entity", "site", "zone", "category", "size_class", "model_key")
FLAGS = ("size_known", "in_datacentre", "status_given", "dated", "own")
FATES = ("counted", "merged", "virtual", "stock", "retired", "personal")


@dataclass(frozen=True, slots=True, kw_only=True)
class Exits:
    """Devices that left, both dates known: one group per kind of device, age in months and in the period or not."""

    category: Ints
    size_class: Ints
    model_key: Ints
    size_known: Ints
    months: Ints
    in_period: Ints
    quantity: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """The small table from which every figure of a run is made.

    words: for each key, its values in order ('' for none); ``codes`` points into them, one entry per group.
    flags: 0 or 1 per group. months: age at the end of presence in months begun, -1 when unknown.
    quantity [device], quantity_days [device·day], energy_days [kWh·day, own consumption only].
    """

    period: Period
    words: dict[str, tuple[str, ...]]
    codes: dict[str, Ints]
    flags: dict[str, Ints]
    months: Ints
    lines: Ints
    quantity: Floats
    quantity_days: Floats
    energy_days: Floats
    exits: Exits
    fates: dict[str, dict[str, float]]
    models: frozenset[str]

    def __len__(self) -> int:
        return len(self.months)


def weigh(
    con: Engine, relation: str, *, period: Period, rules: Rules, models: Iterable[str] = (), site: bool = False
) -> Weights:
    """Weights of the counted lines of ``relation`` (columns of ``inventory.fleet``) over ``period``.

    models: the exact models that may matter; any other model is forgotten. site: keep the site as a key.
    """
    kept = frozenset(models)
    con.execute("CREATE OR REPLACE TEMP TABLE footprint_models (model_key VARCHAR)")
    if kept:
        con.execute("INSERT INTO footprint_models SELECT unnest(?)", [sorted(kept)])
    try:
        con.execute(_groups_sql(relation, period, rules, site))
        con.execute(_exits_sql(relation, period))
        fates = _fates(con, relation, period)
    except Exception as refusal:
        if "verflow" in str(refusal) or "out of range" in str(refusal).lower():
            raise TerreauError("footprint.too_large") from refusal
        raise
    words = {name: _words(con, name) for name in WORDS}
    rows = _fetch(con, "footprint_groups", (*FLAGS, "months"), ("lines", "quantity", "quantity_days", "energy_days"))
    left = _fetch(con, "footprint_exits", ("size_known", "months", "in_period"), ("quantity",))
    return Weights(
        period=period,
        words=words,
        codes={name: rows[name] for name in WORDS},
        flags={name: rows[name] for name in FLAGS},
        months=rows["months"],
        lines=rows["lines"].astype("int64"),
        quantity=rows["quantity"],
        quantity_days=rows["quantity_days"],
        energy_days=rows["energy_days"],
        exits=Exits(
            **{name: left[name] for name in ("category", "size_class", "model_key", "size_known", "months")},
            in_period=left["in_period"],
            quantity=left["quantity"],
        ),
        fates=fates,
        models=kept,
    )


def device_columns(period: Period) -> str:
    """SQL of what the period makes of one line: ``days`` in service, age in ``months``, whether it is ``dated``.

    The engine and the detail per line read the same words; an exit before the entry makes both dates unknown.
    """
    start, after = f"DATE '{period.start}'", f"(DATE '{period.end}' + 1)"
    sound = "(left_on IS NULL OR entered_on IS NULL OR left_on >= entered_on)"
    entry = f"CASE WHEN {sound} THEN entered_on END"
    leave = f"least(CASE WHEN {sound} THEN coalesce(left_on, {after}) ELSE {after} END, {after})"
    return f"""
        {entry} IS NOT NULL AS dated,
        greatest(0, {leave} - greatest(coalesce({entry}, {start}), {start})) AS days,
        {_months(entry, leave)} AS months"""


def _months(entry: str, leave: str) -> str:
    """Months begun between two days, the second not counted: 15 January to 16 February is 2."""
    return (
        f"coalesce((year({leave}) - year({entry})) * 12 + month({leave}) - month({entry})"
        f" + (day({leave}) > day({entry}))::INT, -1)"
    )


def counted(rules: Rules) -> str:
    """SQL: the lines that a rule set counts."""
    return "fate IN (" + ", ".join(literal(fate) for fate in rules.fates) + ")"


def _model() -> str:
    return "CASE WHEN model_key IN (SELECT model_key FROM footprint_models) THEN model_key ELSE '' END AS model_key"


def _groups_sql(relation: str, period: Period, rules: Rules, site: bool) -> str:
    keys = ", ".join((*WORDS, *FLAGS, "months"))
    return f"""
        CREATE OR REPLACE TEMP TABLE footprint_groups AS
        SELECT {keys}, count(*) AS lines, sum(micro) AS quantity, sum(micro * days) AS quantity_days,
               sum(CASE WHEN own THEN micro * micro_kwh * days ELSE 0::HUGEINT END) AS energy_days
        FROM (
            SELECT coalesce(entity, '') AS entity, {"coalesce(site, '')" if site else "''"} AS site,
                   coalesce(zone, '') AS zone, coalesce(category, '') AS category,
                   coalesce(size_class, '') AS size_class, coalesce(size_known, false) AS size_known, {_model()},
                   coalesce(in_datacentre, false) AS in_datacentre, coalesce(status_given, false) AS status_given,
                   own_kwh IS NOT NULL AS own, {device_columns(period)},
                   (quantity * 1000000)::HUGEINT AS micro, (own_kwh * 1000000)::HUGEINT AS micro_kwh
            FROM {quoted(relation)} WHERE {counted(rules)}
        ) WHERE days > 0 GROUP BY ALL"""


def _exits_sql(relation: str, period: Period) -> str:
    return f"""
        CREATE OR REPLACE TEMP TABLE footprint_exits AS
        SELECT coalesce(category, '') AS category, coalesce(size_class, '') AS size_class,
               coalesce(size_known, false) AS size_known, {_model()}, {_months("entered_on", "left_on")} AS months,
               left_on >= DATE '{period.start}' AS in_period, sum((quantity * 1000000)::HUGEINT) AS quantity
        FROM {quoted(relation)}
        WHERE fate IN ('retired', 'counted') AND left_on > entered_on AND left_on <= DATE '{period.end}'
        GROUP BY ALL"""


def _fates(con: Engine, relation: str, period: Period) -> dict[str, dict[str, float]]:
    rows = con.execute(
        f"""SELECT coalesce(fate, 'counted'), count(*), sum((quantity * 1000000)::HUGEINT)::DOUBLE / 1e6,
                   count(*) FILTER (fate = 'counted' AND days = 0)
            FROM (SELECT fate, quantity, {device_columns(period)} FROM {quoted(relation)}) GROUP BY 1 ORDER BY 1"""
    ).fetchall()
    found = {
        fate: {"lines": lines, "quantity": quantity or 0.0, "absent": absent} for fate, lines, quantity, absent in rows
    }
    return {fate: found.get(fate, {"lines": 0, "quantity": 0.0, "absent": 0}) for fate in FATES}


def _words(con: Engine, name: str) -> tuple[str, ...]:
    """Distinct values of one key in groups and exits, sorted; table ``footprint_word_<name>`` numbers them."""
    shared = name in ("category", "size_class", "model_key")
    also = f" UNION SELECT {name} FROM footprint_exits" if shared else ""
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE footprint_word_{name} AS
            SELECT {name}, row_number() OVER (ORDER BY {name}) - 1 AS code
            FROM (SELECT {name} FROM footprint_groups{also or " GROUP BY 1"})"""
    )
    return tuple(row[0] for row in con.execute(f"SELECT {name} FROM footprint_word_{name} ORDER BY code").fetchall())


def _fetch(con: Engine, table: str, integers: tuple[str, ...], sums: tuple[str, ...]) -> dict[str, Any]:
    """Columns of a small table as arrays, words as codes, in the order of their keys; sums brought to units."""
    names = WORDS if table == "footprint_groups" else ("category", "size_class", "model_key")
    scale = {"lines": "", "quantity": " / 1e6", "quantity_days": " / 1e6", "energy_days": " / 1e12"}
    columns = [f"w_{n}.code::BIGINT AS {n}" for n in names]
    columns += [f"g.{n}::BIGINT AS {n}" for n in integers]
    columns += [f"g.{n}::DOUBLE{scale[n]} AS {n}" for n in sums]
    joins = " ".join(f"JOIN footprint_word_{n} w_{n} ON g.{n} = w_{n}.{n}" for n in names)
    order = ", ".join((*names, *integers))
    found = con.execute(f"SELECT {', '.join(columns)} FROM {table} g {joins} ORDER BY {order}").fetchnumpy()
    return {name: _plain(array) for name, array in found.items()}


def _plain(array: Any) -> Any:
    return array.filled() if hasattr(array, "filled") else array
