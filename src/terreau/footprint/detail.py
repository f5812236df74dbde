"""The detail: one row per line, stage and criterion, written on demand; its sum is the total (détail)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from terreau.footprint.figures import ELECTRICITY, EMBODIED, KEYS, PUE, STAGES, UNITS
from terreau.footprint.lifespans import ORIGINS
from terreau.footprint.matched import LEVELS, Matched
from terreau.footprint.result import Footprint
from terreau.footprint.weighing import counted, device_columns
from terreau.kernel.errors import TerreauError
from terreau.tables.engine import Engine, literal, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

COLUMNS = (
    "file", "line", "asset", "entity", "category", "stage", "criterion", "value", "unit", "factor", "match",
    "lifespan_years", "lifespan_origin", "kwh", "kwh_origin", "error",
)  # fmt: skip
SORTED_UP_TO = 200_000
"""Lines up to which the rows are sorted; beyond, their order is not promised."""
PARQUET = "FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, WRITE_BLOOM_FILTER false"
"""Forty million rows for a million lines: the usual level is no smaller and costs a fifth more processor time."""
FORMULA = "^[ \u00a0\ufeff]*[=+\\-@\\t\\r\\n＝＋－＠]"
"""A cell that a spreadsheet would run: an apostrophe is put before it, as ``tables.export.neutral`` does."""
NUMBER = "[-+]?\\d+([.,]\\d+)?"


def write_detail(con: Engine, relation: str, result: Footprint, path: Path) -> None:
    """Write the detail of ``result`` from the lines of ``relation``; CSV or Parquet, as ``path`` is named."""
    _lay_types(con, relation, result.matched)
    _lay_tables(con, result.matched)
    copy_rows(con, relation, _rows_sql(relation, result), path)


def form_of(path: Path) -> str:
    """How DuckDB writes a detail of that name; TerreauError footprint.detail_format for another ending."""
    form = {".csv": "FORMAT csv, HEADER", ".parquet": PARQUET}.get(path.suffix.lower())
    if form is None:
        raise TerreauError("footprint.detail_format", suffix=path.suffix or path.name)
    return form


def copy_rows(con: Engine, relation: str, rows: str, path: Path) -> None:
    """Write the rows of a query (``COLUMNS``, then the orders of stage and criterion) into ``path``, whole or not at all."""
    form = form_of(path)
    lines = con.execute(f"SELECT count(*) FROM {quoted(relation)}").fetchone()
    order = "ORDER BY file, line, category, stage_order, criterion_order" if lines and lines[0] <= SORTED_UP_TO else ""
    shown = [_neutral(name) if path.suffix.lower() == ".csv" else name for name in COLUMNS]
    part = path.with_name(path.name + ".part")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        con.execute(f"COPY (SELECT {', '.join(shown)} FROM ({rows}) {order}) "
                    f"TO {literal(str(part))} ({form})")  # fmt: skip
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _neutral(name: str) -> str:
    if name not in ("file", "asset", "entity", "factor"):
        return name
    said = f"{name}::VARCHAR"
    runs = f"regexp_matches({said}, {literal(FORMULA)}) AND NOT regexp_full_match({said}, {literal(NUMBER)})"
    return f"CASE WHEN {runs} THEN '''' || {said} ELSE {said} END AS {name}"


def _rows_sql(relation: str, result: Footprint) -> str:
    """Making rows then use rows of every counted line; the formulas of ``formulas`` in the engine's words."""
    matched = result.matched
    days, zone = float(matched.weights.period.days), literal(matched.parameters.zone)
    age = "greatest(months, 0) / 12.0" if matched.rules.age_extends else "0.0"
    lines = f"""
        SELECT l.file::footprint_file AS file, l.line, l.asset, coalesce(l.entity, '')::footprint_entity AS entity,
               coalesce(l.category, 'unknown')::footprint_category AS category, coalesce(l.zone, {zone}) AS zone,
               l.quantity::DOUBLE * l.days / {days} AS present, l.own_kwh::DOUBLE AS own_kwh, k.item, k.level AS match,
               k.kwh AS item_kwh, k.kwh_hidden, k.life_hidden, greatest(k.life, {age}) AS life,
               CASE WHEN {age} > k.life THEN 'age'::footprint_origin ELSE k.origin END AS origin,
               CASE WHEN k.pue = 'yes' OR (k.pue = 'by_location' AND (l.in_datacentre OR l.own_pue >= 1))
                    THEN CASE WHEN l.own_pue >= 1 THEN l.own_pue::DOUBLE ELSE {matched.pue_slopes[0]!r} END ELSE 1.0 END AS pue
        FROM (SELECT *, {device_columns(matched.weights.period)} FROM {quoted(relation)} WHERE {counted(matched.rules)}) l
        JOIN footprint_kinds k ON coalesce(l.category, '') = k.category AND coalesce(l.size_class, '') = k.size_class
             AND coalesce(l.size_known, false) = k.size_known
             AND CASE WHEN l.model_key IN (SELECT model_key FROM footprint_models) THEN l.model_key ELSE '' END = k.model_key
        WHERE l.days > 0"""
    common = "file, line, asset, entity, category"
    return f"""
        WITH lines AS ({lines})
        SELECT {common}, f.stage, f.criterion, present / life * f.value AS value, f.unit, f.factor, match,
               CASE WHEN f.value IS NOT NULL AND NOT (life_hidden AND origin = 'category') THEN life END AS lifespan_years,
               CASE WHEN f.value IS NOT NULL THEN origin END AS lifespan_origin,
               NULL::DOUBLE AS kwh, NULL::footprint_kwh_origin AS kwh_origin, f.error, f.stage_order, f.criterion_order
        FROM lines JOIN footprint_making f USING (item)
        UNION ALL
        {use_rows(common)} WHERE item >= 0"""


def use_rows(common: str) -> str:
    """SQL: the use of each of ``lines`` under each criterion, whatever the rule set; ``common`` are its first columns."""
    return f"""
        SELECT {common}, 'use'::footprint_stage, f.criterion,
               present * coalesce(own_kwh, item_kwh) * pue * f.value, f.unit, f.factor,
               CASE WHEN own_kwh IS NOT NULL THEN 'measured'::footprint_match ELSE match END, NULL::DOUBLE,
               NULL::footprint_origin,
               CASE WHEN own_kwh IS NOT NULL OR NOT kwh_hidden THEN coalesce(own_kwh, item_kwh) END,
               CASE WHEN own_kwh IS NOT NULL THEN 'line'::footprint_kwh_origin
                    WHEN item_kwh IS NOT NULL THEN 'category'::footprint_kwh_origin END,
               CASE WHEN coalesce(own_kwh, item_kwh) IS NULL THEN 'no_energy'::footprint_error ELSE f.error END,
               {len(EMBODIED)}, f.criterion_order
        FROM lines JOIN footprint_using f USING (zone)"""


def _lay_types(con: Engine, relation: str, matched: Matched) -> None:
    keys = {row[7] for row in _making(matched) if row[7]} | {row[5] for row in _using(matched) if row[5]}
    lay_types(con, relation, keys, ("unknown_category", "no_making", "no_energy", "no_mix"))


def lay_types(con: Engine, relation: str, factor_keys: set[str], errors: Sequence[str]) -> None:
    """Words that come back on every row as enumerations: half the time of writing is spared."""
    words = {
        "stage": STAGES,
        "criterion": KEYS,
        "unit": tuple(dict.fromkeys(UNITS.values())),
        "match": LEVELS,
        "origin": (*ORIGINS, "age"),
        "kwh_origin": ("line", "category"),
        "error": tuple(errors),
    }
    con.execute(
        "; ".join(f"DROP TYPE IF EXISTS footprint_{n}" for n in (*words, "factor", "file", "entity", "category"))
    )
    for name, some in words.items():
        con.execute(f"CREATE TYPE footprint_{name} AS ENUM ({', '.join(literal(word) for word in some)})")
    factors = ", ".join(literal(key) for key in sorted({""} | factor_keys))
    con.execute(f"CREATE TYPE footprint_factor AS ENUM ({factors})")
    for name, told in (
        ("file", "file"),
        ("entity", "coalesce(entity, '')"),
        ("category", "coalesce(category, 'unknown')"),
    ):
        con.execute(
            f"CREATE TYPE footprint_{name} AS ENUM (SELECT DISTINCT {told} FROM {quoted(relation)} UNION SELECT '' ORDER BY 1)"
        )


def _lay_tables(con: Engine, matched: Matched) -> None:
    """What each kind of device is, and the factors of items and zones, as small tables."""
    lay_table(con, "footprint_kinds", "category VARCHAR, size_class VARCHAR, size_known BOOLEAN, model_key VARCHAR, "
           "item INT, level footprint_match, kwh DOUBLE, kwh_hidden BOOLEAN, life DOUBLE, life_hidden BOOLEAN, origin footprint_origin, pue VARCHAR", list(_kinds(matched)))  # fmt: skip
    lay_table(con, "footprint_making", "item INT, stage footprint_stage, stage_order INT, criterion footprint_criterion, "
           "criterion_order INT, value DOUBLE, unit footprint_unit, factor footprint_factor, error footprint_error", list(_making(matched)))  # fmt: skip
    lay_table(con, "footprint_using", "zone VARCHAR, criterion footprint_criterion, criterion_order INT, value DOUBLE, "
           "unit footprint_unit, factor footprint_factor, error footprint_error", list(_using(matched)))  # fmt: skip


def lay_table(con: Engine, name: str, columns: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """A small table of what the rows are multiplied by."""
    con.execute(f"CREATE OR REPLACE TEMP TABLE {name} ({columns})")
    if rows:
        # one statement whatever the rows: thousands of small ones took seconds
        con.execute(
            f"INSERT INTO {name} SELECT {', '.join(['unnest(?)'] * len(rows[0]))}", list(zip(*rows, strict=True))
        )


def _kinds(matched: Matched) -> Iterator[tuple[Any, ...]]:
    grain, kinds, figures, words = matched.grain, matched.kinds, matched.figures, matched.weights.words
    for kind in np.unique(kinds.of):
        row = int(np.flatnonzero(kinds.of == kind)[0])
        item = int(kinds.item[kind])
        kwh = float(figures.kwh.central[item]) if item >= 0 else np.nan
        assumed = matched.factor_set.kwh(figures.items[item]) if item >= 0 else None
        names = (words[n][grain.codes[n][row]] for n in ("category", "size_class"))
        yield (
            *names,
            bool(grain.codes["size_known"][row]),
            words["model_key"][grain.codes["model_key"][row]],
            item,
            LEVELS[kinds.level[kind]],
            None if np.isnan(kwh) else kwh,
            assumed is not None and assumed.masked,
            float(kinds.life[kind, 1]),
            item >= 0 and matched.factor_set.lifespan(figures.items[item]).masked,
            ORIGINS[kinds.origin[kind]],
            PUE[figures.pue[item]] if item >= 0 else "no",
        )


def _making(matched: Matched) -> Iterator[tuple[Any, ...]]:
    figures = matched.figures
    for c, key in enumerate(KEYS):
        yield -1, None, 0, key, c, None, UNITS[key], None, "unknown_category"
    for i, item in enumerate(figures.items):
        for c, key in enumerate(KEYS):
            factors = matched.factor_set.stage_factors(item, key)
            for factor in factors:
                s = EMBODIED.index(factor.stage)
                value = float(figures.stage.central[i, s, c])
                yield i, factor.stage, s, key, c, value, UNITS[key], factor.key, None
            if not factors and c != ELECTRICITY:
                yield i, "embodied", EMBODIED.index("embodied"), key, c, None, UNITS[key], None, "no_making"


def _using(matched: Matched) -> Iterator[tuple[Any, ...]]:
    figures = matched.figures
    for z, zone in enumerate(figures.zones):
        for c, key in enumerate(KEYS):
            value = float(figures.mix.central[z, c])
            found = matched.factor_set.mix(zone, key)
            factor = found.key if found else None
            known = not np.isnan(value)
            yield zone, key, c, value if known else None, UNITS[key], factor, None if known else "no_mix"
