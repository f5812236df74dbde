"""Weighing: the inventory read once, in one query, and summed per group (pesée).

Sums are sums of exact integers (micro-units × days), so the same fleet gives the same bits whatever
the number of threads, the order of lines or the way a line is split.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from terreau.footprint.rules import Rules
from terreau.footprint.weights import FATES, FIGURES_OF_A_FATE, FLAGS, NUMBERS, WIDE, WORDS, Exits, Weights
from terreau.kernel.errors import TerreauError
from terreau.kernel.period import Period
from terreau.tables.engine import Engine, engine_errors, literal, quoted

if TYPE_CHECKING:
    from terreau.factors.catalogue import FactorSet

KIND = ("category", "size_class", "model_key")


def weigh(
    con: Engine,
    relation: str,
    *,
    period: Period,
    rules: Rules,
    factor_sets: Iterable[FactorSet] = (),
    site: bool = False,
) -> Weights:
    """Weights of the counted lines of ``relation`` (columns of ``inventory.fleet``) over ``period``.

    factor_sets: those that may serve; a model none of them knows is forgotten. site: keep the site as a key.
    """
    sets = [one for one in factor_sets if one.exact_models()]
    _keep_models(con, relation, sets)
    _lay_classes(con, relation)
    try:
        con.execute(_all_sql(relation, period, site))
        con.execute(_groups_sql(rules))
        con.execute(_exits_sql(relation, period))
        fates = _fates(con)
    except engine_errors() as refusal:
        if "verflow" in str(refusal) or "out of range" in str(refusal).lower():
            raise TerreauError("footprint.too_large") from refusal
        raise
    words = _words(con)
    groups = _fetch(
        con, "footprint_groups", WORDS, (*FLAGS, *NUMBERS, "months"), ("quantity", "quantity_days", "energy_days")
    )
    left = _fetch(con, "footprint_exits", KIND, ("size_known", "months", "in_period"), ("quantity",))
    return Weights(
        period=period,
        words=words,
        codes={name: groups[name] for name in WIDE},
        months=groups["months"],
        quantity=groups["quantity"],
        quantity_days=groups["quantity_days"],
        energy_days=groups["energy_days"],
        exits=Exits(
            codes={name: left[name] for name in (*KIND, "size_known")},
            months=left["months"],
            in_period=left["in_period"],
            quantity=left["quantity"],
        ),
        fates=fates,
        models_told=frozenset().union(*(one.exact_models() for one in sets)),
    )


def _keep_models(con: Engine, relation: str, sets: Iterable[FactorSet]) -> None:
    """Table of the model keys of ``relation`` that have factors of their own in one of the sets."""
    con.execute("CREATE OR REPLACE TEMP TABLE footprint_models (model_key VARCHAR)")
    if sets:
        keys = [
            row[0] for row in con.execute(f"SELECT DISTINCT model_key FROM {_classes(relation)}").fetchall() if row[0]
        ]
        kept = sorted({key for one in sets for key in one.models_among(keys)})
        if kept:
            con.execute("INSERT INTO footprint_models SELECT unnest(?)", [kept])


def _classes(relation: str) -> str:
    return quoted(f"{relation}_classes")


def _lay_classes(con: Engine, relation: str) -> None:
    """Table of what each class_no of the lines stands for: ``kind`` numbers what footprints tell apart."""
    con.execute(f"""
        CREATE OR REPLACE TEMP TABLE footprint_classes AS
        SELECT class_no, dense_rank() OVER (ORDER BY category, size_class, model_key)::INT AS kind, category AS c,
               size_class AS s, model_key AS m
        FROM (SELECT class_no, coalesce(category, '') AS category, coalesce(size_class, '') AS size_class, {_model()}
              FROM {_classes(relation)})""")


def device_columns(period: Period) -> str:
    """SQL of what the period makes of one line: ``days`` in service, age in ``months``, whether it is ``dated``.

    The engine and the detail per line read the same words. No entry is after its exit (see ``inventory.FLEET_COLUMNS``).
    """
    start, leave = f"DATE '{period.start}'", f"least(left_on, DATE '{period.end}' + 1)"  # the unknown is passed over
    return f"""
        entered_on IS NOT NULL AS dated, greatest(0, {leave} - greatest(entered_on, {start})) AS days,
        {_months("entered_on", leave)} AS months"""


def _months(entry: str, leave: str) -> str:
    """Months begun between two days, the second not counted: 15 January to 16 February is 2."""
    return f"coalesce(datediff('month', {entry}, {leave}) + (day({leave}) > day({entry}))::INT, -1)"


def counted(rules: Rules) -> str:
    """SQL: the lines that a rule set counts."""
    return "fate IN (" + ", ".join(literal(fate) for fate in rules.fates) + ")"


def _model() -> str:
    return "CASE WHEN model_key IN (SELECT model_key FROM footprint_models) THEN model_key ELSE '' END AS model_key"


def _all_sql(relation: str, period: Period, site: bool) -> str:
    """Every line, in one reading, summed by its keys: few, and whole numbers rather than words, are quick to gather.

    What is true of a line, its fate, its age in months and one, and the kind of its class are one number, ``marks``, from
    the lowest bits up. Few lines say what they consume: the others are spared the arithmetic of large numbers.
    """
    fate = " ".join(f"WHEN {literal(fate)} THEN {place << len(_TOLD)}" for place, fate in enumerate(FATES))
    told = " | ".join(f"{1 << place} * ({one})::INT" for place, one in enumerate(_TOLD.values()))
    return f"""
        CREATE OR REPLACE TEMP TABLE footprint_all AS
        SELECT marks, zone, entity, site, own_pue, sum(micro) AS quantity, sum(micro * days) AS quantity_days,
               coalesce(sum(CASE WHEN own_kwh IS NOT NULL THEN micro::HUGEINT * (own_kwh * 1000000)::HUGEINT * days END), 0)
               AS energy_days, count(*) AS lines
        FROM (
            SELECT coalesce(entity, '') AS entity, {"coalesce(site, '')" if site else "''"} AS site, coalesce(zone, '') AS zone,
                   CASE WHEN own_pue >= 1 THEN (own_pue * 10000)::BIGINT ELSE 0 END AS own_pue,
                   ({told}) + CASE fate {fate} ELSE 0 END + {1 << _AGE} * (greatest(months, -1) + 1)
                   + {1 << _KIND} * coalesce(kind, 0)::BIGINT AS marks,
                   days, own_kwh, (quantity * 1000000)::BIGINT AS micro
            FROM (SELECT *, {device_columns(period)} FROM {quoted(relation)}) LEFT JOIN footprint_classes USING (class_no)
        ) GROUP BY ALL"""


_TOLD = {
    "size_known": "size_known", "in_datacentre": "in_datacentre", "status_given": "status_given", "dated": "dated",
    "own": "own_kwh IS NOT NULL", "present": "days > 0", "bundle": "class_level = 'bundle'", "doubtful": "coalesce(doubtful, false)",
}  # fmt: skip
"""SQL of what is true or false of a line, never empty, one bit each of its ``marks``: joined by OR, quicker than adding them."""

_AGE = len(_TOLD) + 3
"""Bits under the age: what is true or false, and three for the place of the fate in ``FATES``."""

_KIND = _AGE + 20
"""Bits under the kind of its class: the age has twenty, for there are 120,000 months from year 1 to year 9999."""

_FATE = f"(marks >> {len(_TOLD)} & 7)"
_MONTHS = f"((marks >> {_AGE} & {(1 << _KIND - _AGE) - 1}) - 1)"


def _marked(name: str) -> str:
    return f"(marks & {1 << list(_TOLD).index(name)} > 0)"


def _groups_sql(rules: Rules) -> str:
    keys = ", ".join((f"marks >> {_KIND} AS kind", "zone", "entity", "site", *NUMBERS,
                      *(f"{_marked(flag)} AS {flag}" for flag in FLAGS), f"{_MONTHS} AS months"))  # fmt: skip
    sums = ", ".join(f"sum({name}) AS {name}" for name in ("quantity", "quantity_days", "energy_days"))
    places = ", ".join(str(FATES.index(fate)) for fate in rules.fates)
    return f"""CREATE OR REPLACE TEMP TABLE footprint_groups AS
        SELECT coalesce(c, '') AS category, coalesce(s, '') AS size_class, coalesce(m, '') AS model_key,
               g.* EXCLUDE (kind)
        FROM (SELECT {keys}, {sums} FROM footprint_all
              WHERE {_FATE} IN ({places}) AND {_marked("present")} GROUP BY ALL) g
        LEFT JOIN (SELECT DISTINCT kind, c, s, m FROM footprint_classes) USING (kind)"""


def _exits_sql(relation: str, period: Period) -> str:
    return f"""
        CREATE OR REPLACE TEMP TABLE footprint_exits AS
        SELECT coalesce(category, '') AS category, coalesce(size_class, '') AS size_class,
               coalesce(size_known, false) AS size_known, {_model()}, {_months("entered_on", "left_on")} AS months,
               left_on >= DATE '{period.start}' AS in_period, sum((quantity * 1000000)::HUGEINT) AS quantity
        FROM {quoted(relation)}
        WHERE fate IN ('retired', 'counted') AND left_on > entered_on AND left_on <= DATE '{period.end}'
        GROUP BY ALL"""


def _fates(con: Engine) -> dict[str, dict[str, float]]:
    """Lines and devices of each fate; a counted line is absent when no day of its presence was weighed."""
    rows = con.execute(
        f"""SELECT {_FATE} AS fate, coalesce(sum(lines) FILTER (whole), 0)::BIGINT, sum(quantity)::DOUBLE / 1e6,
                   coalesce(sum(lines) FILTER ({_FATE} = {FATES.index("counted")} AND whole AND NOT {_marked("present")}), 0)::BIGINT,
                   coalesce(sum(lines) FILTER (whole AND {_marked("doubtful")}), 0)::BIGINT
            FROM (SELECT *, NOT {_marked("bundle")} AS whole FROM footprint_all) GROUP BY 1 ORDER BY 1"""
    ).fetchall()
    found = {
        FATES[fate]: {"lines": lines, "quantity": quantity or 0.0, "absent": absent, "doubtful": doubtful}
        for fate, lines, quantity, absent, doubtful in rows
    }
    return {fate: found.get(fate, dict.fromkeys(FIGURES_OF_A_FATE, 0)) for fate in FATES}


def _words(con: Engine) -> dict[str, tuple[str, ...]]:
    """Distinct values of each key in groups and exits, sorted; table ``footprint_words`` (key, word, code) numbers them."""
    said = [f"SELECT '{name}' AS key, {name} AS word FROM footprint_groups" for name in WORDS]
    said += [f"SELECT '{name}', {name} FROM footprint_exits" for name in KIND]
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE footprint_words AS
            SELECT key, word, row_number() OVER (PARTITION BY key ORDER BY word) - 1 AS code
            FROM (SELECT DISTINCT * FROM ({" UNION ALL ".join(said)}))"""
    )
    words: dict[str, list[str]] = {name: [] for name in WORDS}
    for key, word in con.execute("SELECT key, word FROM footprint_words ORDER BY key, code").fetchall():
        words[key].append(word)
    return {name: tuple(of_it) for name, of_it in words.items()}


def _fetch(
    con: Engine, table: str, names: tuple[str, ...], integers: tuple[str, ...], sums: tuple[str, ...]
) -> dict[str, Any]:
    """Columns of a small table as arrays, words as codes, rows in the order of their keys; sums brought to units."""
    scale = {"quantity": "1e6", "quantity_days": "1e6", "energy_days": "1e12"}
    columns = [f"w_{n}.code AS {n}" for n in names]
    columns += [f"g.{n}::BIGINT AS {n}" for n in integers]
    columns += [f"g.{n}::DOUBLE / {scale[n]} AS {n}" for n in sums]
    joins = " ".join(f"JOIN footprint_words w_{n} ON w_{n}.key = '{n}' AND g.{n} = w_{n}.word" for n in names)
    found = con.execute(f"SELECT {', '.join(columns)} FROM {table} g {joins}").fetchnumpy()
    arrays = {name: array.filled() if hasattr(array, "filled") else array for name, array in found.items()}
    order = _order([arrays[n] for n in (*(n for n in WIDE if n in arrays), *(n for n in integers if n not in WIDE))])
    return {name: array[order] for name, array in arrays.items()}


def _order(keys: list[Any]) -> Any:
    """Rows sorted by their keys, the first key first."""
    lows = [int(key.min(initial=0)) for key in keys]
    sizes = [int(key.max(initial=0)) - low + 1 for key, low in zip(keys, lows, strict=True)]
    if np.prod([float(size) for size in sizes]) < 2**62:
        return np.argsort(np.ravel_multi_index([k - low for k, low in zip(keys, lows, strict=True)], sizes))
    return np.lexsort(keys[::-1])
