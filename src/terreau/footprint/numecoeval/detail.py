"""The detail under the NumEcoEval rules: one row per line, stage and criterion, errors included (détail).

A row in error has no value and says why; its sum counts it as zero, as the engine does.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from terreau.footprint.detail import copy_rows, lay_table, lay_types, use_rows
from terreau.footprint.figures import ELECTRICITY, EMBODIED, KEYS, UNITS
from terreau.footprint.lifespans import ORIGINS
from terreau.footprint.matched import LEVELS, Matched
from terreau.footprint.numecoeval.matching import NAMES, floor, mode
from terreau.footprint.numecoeval.weighing import FAULTY, conventions_of, counted, kept_words, lay_known, line_columns
from terreau.footprint.result import Footprint
from terreau.footprint.rules import FIXE
from terreau.tables.engine import Engine, literal, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

STEPS = ("manufacturing", "distribution", "end_of_life")
ERRORS = ("no_reference", "no_lifespan", "no_energy", "no_mix")
"""Causes of a row in error, the first that holds: no reference item or no factor for the step; dates that make no
lifespan; no consumption; no electricity mix of the country for the criterion."""


def write_detail(con: Engine, relation: str, result: Footprint, path: Path) -> None:
    """Write the detail of ``result`` from the lines of ``relation``; CSV or Parquet, as ``path`` is named."""
    copy_rows(con, relation, rows_sql(con, relation, result.matched), path)


def rows_sql(con: Engine, relation: str, matched: Matched) -> str:
    """SQL of the rows; lays down the small tables it reads."""
    making, using, kinds = list(_making(matched)), list(_using(matched)), list(_kinds(matched))
    lay_known(con, relation, [matched.known])
    lay_types(con, relation, {row[7] for row in making if row[7]} | {row[5] for row in using if row[5]}, ERRORS)
    lay_table(con, "footprint_kinds", "category VARCHAR, size_class VARCHAR, size_known BOOLEAN, model_key VARCHAR, "
              "type_word VARCHAR, model VARCHAR, item INT, level footprint_match, kwh DOUBLE, kwh_hidden BOOLEAN, "
              "life DOUBLE, life_hidden BOOLEAN, origin footprint_origin, server BOOLEAN", kinds)  # fmt: skip
    lay_table(con, "footprint_making", "item INT, stage footprint_stage, stage_order INT, criterion footprint_criterion, "
              "criterion_order INT, value DOUBLE, unit footprint_unit, factor footprint_factor, error footprint_error", making)  # fmt: skip
    lay_table(con, "footprint_using", "zone VARCHAR, criterion footprint_criterion, criterion_order INT, value DOUBLE, "
              "unit footprint_unit, factor footprint_factor, error footprint_error", using)  # fmt: skip
    return _sql(relation, matched)


def _lines_sql(relation: str, matched: Matched) -> str:
    """Each counted line with its item, lifespan, PUE and country."""
    conventions = conventions_of(matched.rules)
    fixed = mode(conventions, matched.parameters) == FIXE
    known, says = (
        ("planned > 0", "planned / 1e4")
        if fixed
        else (f"days <> {FAULTY} AND days > 0", f"days / {conventions.days_per_year}.0")
    )
    origin = "planned" if fixed else "dates"
    joined = " AND ".join(f"l.{name} = k.{name}" for name in NAMES)
    columns = line_columns(f"DATE '{matched.weights.period.end}'", conventions)
    return f"""
        SELECT l.file::footprint_file AS file, l.line, l.asset, coalesce(l.entity, '')::footprint_entity AS entity,
               CASE WHEN l.category = '' THEN 'unknown' ELSE l.category END::footprint_category AS category,
               CASE WHEN l.zone = '' THEN {literal(matched.parameters.zone)} ELSE l.zone END AS zone,
               l.quantity::DOUBLE * l.rate / 1e6 AS present, l.own_kwh::DOUBLE AS own_kwh, k.item, k.level AS match,
               k.kwh AS item_kwh, k.kwh_hidden, k.life_hidden AND NOT ({known}) AS life_hidden,
               greatest(CASE WHEN {known} THEN {says} ELSE k.life END, {floor(conventions, matched.parameters)!r}) AS life,
               CASE WHEN {known} THEN '{origin}'::footprint_origin ELSE k.origin END AS origin,
               {"false" if fixed else f"l.days = {FAULTY}"} AS faulty,
               CASE WHEN NOT k.server THEN 1.0 WHEN l.own_pue > 0 THEN l.own_pue / 1e4
                    ELSE {matched.pue_slopes[0]!r} END AS pue
        FROM (SELECT file, line, asset, entity, quantity, own_kwh, {kept_words()}, {columns}
              FROM {quoted(relation)} WHERE {counted(matched.rules)}) l
        JOIN footprint_kinds k ON {joined}"""


def _sql(relation: str, matched: Matched) -> str:
    """Making rows then use rows of every counted line; the formulas of ``formulas`` in the engine's words."""
    common = "file, line, asset, entity, category"
    error = "CASE WHEN f.error IS NOT NULL THEN f.error WHEN faulty THEN 'no_lifespan'::footprint_error END"
    return f"""
        WITH lines AS ({_lines_sql(relation, matched)})
        SELECT {common}, f.stage, f.criterion, CASE WHEN NOT faulty THEN present / life * f.value END AS value, f.unit,
               f.factor, match, CASE WHEN f.value IS NOT NULL AND NOT life_hidden AND NOT faulty THEN life END AS lifespan_years,
               CASE WHEN f.value IS NOT NULL AND NOT faulty THEN origin END AS lifespan_origin,
               NULL::DOUBLE AS kwh, NULL::footprint_kwh_origin AS kwh_origin, {error} AS error, f.stage_order, f.criterion_order
        FROM lines JOIN footprint_making f USING (item)
        UNION ALL
        {use_rows(common)}"""


def _kinds(matched: Matched) -> Iterator[tuple[Any, ...]]:
    kinds, figures, words, codes = matched.kinds, matched.figures, matched.weights.words, matched.grain.codes
    kind_of, first = np.unique(kinds.of, return_index=True)
    for kind, row in zip(kind_of, first, strict=True):
        said = [bool(codes[n][row]) if n == "size_known" else words[n][codes[n][row]] for n in NAMES]
        item = int(kinds.item[kind])
        kwh = float(figures.kwh.central[item]) if item >= 0 else np.nan
        assumed = matched.factor_set.kwh(figures.items[item]) if item >= 0 else None
        origin = ORIGINS[kinds.origin[kind]]
        yield (
            said[0], said[1], said[2], said[3], said[4], said[5],
            item,
            LEVELS[kinds.level[kind]],
            None if np.isnan(kwh) else kwh,
            assumed is not None and assumed.masked,
            float(kinds.life[kind, 1]),
            origin == "category" and matched.factor_set.lifespan(figures.items[item]).masked,
            origin,
            kinds.server is not None and bool(kinds.server[kind]),
        )  # fmt: skip


def _making(matched: Matched) -> Iterator[tuple[Any, ...]]:
    """Factors of each item, and a row in error for each step that has none."""
    figures = matched.figures
    for i, item in enumerate(("", *figures.items), start=-1):
        for c, key in enumerate(KEYS):
            told = set()
            for factor in matched.factor_set.stage_factors(item, key) if i >= 0 else ():
                s = EMBODIED.index(factor.stage)
                told.add(factor.stage)
                yield i, factor.stage, s, key, c, float(figures.stage.central[i, s, c]), UNITS[key], factor.key, None
            lacking = () if c == ELECTRICITY or "embodied" in told else [step for step in STEPS if step not in told]
            for step in lacking:
                yield i, step, EMBODIED.index(step), key, c, None, UNITS[key], None, "no_reference"


def _using(matched: Matched) -> Iterator[tuple[Any, ...]]:
    figures = matched.figures
    for z, zone in enumerate(figures.zones):
        for c, key in enumerate(KEYS):
            value = float(figures.mix.central[z, c])
            found = matched.factor_set.mix(zone, key)
            known = not np.isnan(value)
            yield (
                zone,
                key,
                c,
                value if known else None,
                UNITS[key],
                found.key if found else None,
                None if known else "no_mix",
            )
