"""Weighing for the NumEcoEval rules: the same single reading, other keys (pesée).

Each counted line is a whole year, times its rate of use. The lifespan of its dates, in days, is a group key; so are the
years planned and the fact that its dates make no lifespan. Sums are of exact integers.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from terreau.footprint.rules import Conventions, Rules
from terreau.footprint.weights import FATES, FIGURES_OF_A_FATE, FLAGS, Exits, Weights
from terreau.kernel.errors import TerreauError
from terreau.kernel.period import Period
from terreau.tables.engine import Engine, engine_errors, literal, quoted

if TYPE_CHECKING:
    from terreau.factors.catalogue import FactorSet

WORDS = ("category", "size_class", "model_key", "type_word", "model", "zone", "entity", "site")
NUMBERS = ("own_pue", "planned", "faulty")
"""Whole-number keys: PUE and planned years in ten-thousandths (0: not told); 1 when the dates make no lifespan."""
NARROW = (*WORDS[:6], *FLAGS, *NUMBERS)
WIDE = (*NARROW, "entity", "site")
SUMS = {"quantity": 1e6, "quantity_days": 1e12, "energy_days": 1e18}
UNKNOWN, FAULTY = -1, 0
"""Days of life of a line without purchase date, and of one whose withdrawal is not after its purchase."""


def weigh(
    con: Engine, relation: str, *, period: Period, rules: Rules, factor_sets: Iterable[FactorSet] = (), site: bool = False
) -> Weights:  # fmt: skip
    """Weights of ``relation`` (columns of ``inventory.fleet``); ``months`` holds days of life here, see ``UNKNOWN``."""
    sets = list(factor_sets)
    lay_known(con, relation, sets)
    try:
        found = con.execute(_groups_sql(relation, period, rules, site)).fetchnumpy()
        fates = _fates(con, relation, rules)
    except engine_errors() as refusal:
        if "verflow" in str(refusal) or "out of range" in str(refusal).lower():
            raise TerreauError("footprint.too_large") from refusal
        raise
    columns = {name: array.filled() if hasattr(array, "filled") else array for name, array in found.items()}
    words, codes = _coded(columns)
    order = np.lexsort([columns["days"], *(codes[name] for name in reversed(WIDE))])
    sums = {name: np.asarray(columns[name], dtype=np.float64)[order] / scale for name, scale in SUMS.items()}
    nothing = np.zeros(0, dtype=np.int64)
    return Weights(
        period=period,
        words=words,
        codes={name: codes[name][order] for name in WIDE},
        months=np.asarray(columns["days"], dtype=np.int64)[order],
        quantity=sums["quantity"],
        quantity_days=sums["quantity_days"],
        energy_days=sums["energy_days"],
        exits=Exits(
            codes=dict.fromkeys(("category", "size_class", "model_key", "size_known"), nothing),
            months=nothing,
            in_period=nothing,
            quantity=np.zeros(0),
        ),
        fates=fates,
        models_told=frozenset().union(*(one.exact_models() for one in sets)),
        narrow_keys=NARROW,
        wide_keys=WIDE,
    )


def lay_known(con: Engine, relation: str, sets: Iterable[FactorSet]) -> None:
    """Tables of what the factor sets tell apart: models of ours, models and types of their references."""
    keys: set[str] = set()
    models: set[str] = set()
    with_types = False
    for one in sets:
        with_types = with_types or bool(one.references)
        models |= set(one.references.models)
        if one.exact_models():
            said = con.execute(f"SELECT DISTINCT model_key FROM {quoted(relation)}").fetchall()
            keys |= set(one.models_among([row[0] for row in said if row[0]]))
    con.execute("CREATE OR REPLACE TEMP TABLE footprint_models (model_key VARCHAR)")
    con.execute("CREATE OR REPLACE TEMP TABLE footprint_references (model VARCHAR)")
    for table, names in (("footprint_models", keys), ("footprint_references", models)):
        if names:
            con.execute(f"INSERT INTO {table} SELECT unnest(?)", [sorted(names)])
    con.execute(f"CREATE OR REPLACE TEMP MACRO footprint_type(word) AS {'word' if with_types else 'NULL::VARCHAR'}")


def kept_words() -> str:
    """SQL of the words that name the item of a line, as the factor sets tell them apart."""
    return """coalesce(category, '') AS category, coalesce(size_class, '') AS size_class,
        coalesce(size_known, false) AS size_known,
        CASE WHEN model_key IN (SELECT model_key FROM footprint_models) THEN model_key ELSE '' END AS model_key,
        coalesce(footprint_type(type_word), '') AS type_word,
        CASE WHEN trim(model) IN (SELECT model FROM footprint_references) THEN trim(model) ELSE '' END AS model"""


def line_columns(at: str, conventions: Conventions) -> str:
    """SQL of what the rules make of one line: days of life, years planned, rate of use (in millionths), zone.

    at: SQL of the last day of the period. The engine and the detail per line read the same words.
    """
    rates = " ".join(
        f"WHEN upper(use_mode) = {literal(mode)} THEN {round(rate * 1_000_000)}"
        for mode, rate in conventions.rates.items()
    )
    return f"""
        CASE WHEN bought_on IS NULL THEN {UNKNOWN} ELSE greatest({FAULTY}, coalesce(left_on, {at}) - bought_on) END AS days,
        coalesce((({_years("years_before")} + years_here + {_years("years_after")}) * 10000)::BIGINT, 0) AS planned,
        CASE WHEN use_rate IS NOT NULL THEN (use_rate * 1000000)::BIGINT {rates} ELSE 1000000 END AS rate,
        coalesce(room_zone, zone, '') AS zone,
        CASE WHEN own_pue >= 1 THEN (own_pue * 10000)::BIGINT ELSE 0 END AS own_pue,
        own_kwh IS NOT NULL AS own"""


def counted(rules: Rules) -> str:
    """SQL: the lines that the rule set counts."""
    return "fate IN (" + ", ".join(literal(fate) for fate in rules.fates) + ")"


def conventions_of(rules: Rules) -> Conventions:
    """The NumEcoEval conventions of a rule set that has them."""
    assert rules.conventions is not None
    return rules.conventions


def _years(column: str) -> str:
    return f"coalesce({column}, 0)"


def _groups_sql(relation: str, period: Period, rules: Rules, site: bool) -> str:
    whole = period.days
    keys = ", ".join((*WORDS, *FLAGS, *NUMBERS, "days"))
    return f"""
        SELECT {keys}, sum(micro)::DOUBLE AS quantity, sum(micro * rate * {whole})::DOUBLE AS quantity_days,
               sum(CASE WHEN own THEN micro * rate * micro_kwh * {whole} ELSE 0::HUGEINT END)::DOUBLE AS energy_days
        FROM (
            SELECT coalesce(entity, '') AS entity, {"coalesce(site, '')" if site else "''"} AS site, {kept_words()},
                   coalesce(in_datacentre, false)::INT AS in_datacentre, status_given::INT AS status_given,
                   {line_columns(f"DATE '{period.end}'", conventions_of(rules))},
                   (days >= 0)::INT AS dated, (days = {FAULTY})::INT AS faulty,
                   (quantity * 1000000)::HUGEINT AS micro, (own_kwh * 1000000)::HUGEINT AS micro_kwh
            FROM {quoted(relation)} WHERE {counted(rules)}
        ) GROUP BY ALL"""


def _coded(columns: dict[str, Any]) -> tuple[dict[str, tuple[str, ...]], dict[str, Any]]:
    """Words in order, and the codes that point into them; flags and numbers stand for themselves."""
    words: dict[str, tuple[str, ...]] = {}
    codes: dict[str, Any] = {}
    for name in (*WORDS, *FLAGS, *NUMBERS):
        if name in WORDS:
            distinct, at = np.unique(np.asarray(columns[name], dtype=str), return_inverse=True)
            words[name], codes[name] = tuple(str(word) for word in distinct), at.astype(np.int64)
        else:
            codes[name] = np.asarray(columns[name], dtype=np.int64)
    return words, codes


def _fates(con: Engine, relation: str, rules: Rules) -> dict[str, dict[str, float]]:
    """Lines and devices that count, and those told apart: a status sets nothing apart here."""
    rows = con.execute(
        f"""SELECT CASE WHEN {counted(rules)} THEN 'counted' ELSE fate END,
                   count(*) FILTER (class_level <> 'bundle'), sum((quantity * 1000000)::HUGEINT)::DOUBLE / 1e6,
                   count(*) FILTER (doubtful AND class_level <> 'bundle')
            FROM {quoted(relation)} GROUP BY 1 ORDER BY 1"""
    ).fetchall()
    found = {fate: {"lines": lines, "quantity": quantity or 0.0, "absent": 0, "doubtful": doubtful}
             for fate, lines, quantity, doubtful in rows}  # fmt: skip
    return {fate: found.get(fate, dict.fromkeys(FIGURES_OF_A_FATE, 0)) for fate in FATES}
