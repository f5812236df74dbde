"""Two rule sets on one fleet: both footprints, where they part, and the lines that one of them cannot count (comparaison)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from terreau.factors.catalogue import FactorSet, factor_set
from terreau.footprint.computing import opened_engine, weighed
from terreau.footprint.figures import KEYS, UNITS
from terreau.footprint.measuring import measure
from terreau.footprint.numecoeval import weighing
from terreau.footprint.numecoeval.detail import rows_sql
from terreau.footprint.numecoeval.joint import weigh_jointly
from terreau.footprint.numecoeval.parting import STEPS, parts
from terreau.footprint.parameters import Parameters
from terreau.footprint.result import Footprint
from terreau.footprint.rules import COMPATIBLE, DEFAULT, rule_set
from terreau.kernel.errors import TerreauError

if TYPE_CHECKING:
    from terreau.inventory.reconciliation.sources import NamedSource
    from terreau.inventory.decisions import Decisions
    from terreau.tables.engine import Engine

CLIMATE = "climate_change"


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorLine:
    """One line that the compatible rules count as zero at some stages, and why (climate)."""

    file: str
    line: int
    asset: str
    category: str
    stages: tuple[str, ...]
    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesCompared:
    """first: terreau-1; second: numecoeval-2.2; parts: for each criterion, what each of ``STEPS`` adds.

    rows_in_error: rows (line × stage) in error over all rows, climate. errors: the lines, all of them.
    """

    first: Footprint
    second: Footprint
    parts: Mapping[str, Mapping[str, float]]
    rows: int
    rows_in_error: int
    errors: tuple[ErrorLine, ...]

    def difference(self, criterion: str) -> float | None:
        """numecoeval-2.2 minus terreau-1, central values; None when one of them has none."""
        totals = [one.total(criterion) for one in (self.first, self.second)]
        return None if None in totals else totals[1].value.central - totals[0].value.central  # type: ignore[union-attr]

    def as_json(self, language: str = "fr") -> dict[str, object]:
        """The public contract of ``terreau rules --json``."""
        return {
            "steps": list(STEPS),
            "rules": [self._side(one, language) for one in (self.first, self.second)],
            "criteria": [
                {
                    "criterion": key,
                    "unit": UNITS[key],
                    "first": self.first.total(key).value.central,  # type: ignore[union-attr]
                    "second": self.second.total(key).value.central,  # type: ignore[union-attr]
                    "difference": self.difference(key),
                    "parts": dict(self.parts[key]),
                }
                for key in KEYS
                if self.difference(key) is not None
            ],
            "rows": self.rows,
            "rows_in_error": self.rows_in_error,
            "errors": [
                {"file": e.file, "line": e.line, "asset": e.asset, "category": e.category,
                 "stages": list(e.stages), "cause": e.cause}
                for e in self.errors
            ],
        }  # fmt: skip

    @staticmethod
    def _side(one: Footprint, language: str) -> dict[str, object]:
        return {
            "key": one.rules,
            "label": one.matched.rules.label[language],
            "run": one.run,
            "lines": one.lines,
            "decided_by": one.decided_by,
            "totals": [total.as_json() for total in one.totals],
        }


def compare_rules(
    files: Sequence[Path | str | NamedSource],
    *,
    factors: FactorSet | Path | str | None = None,
    zone: str = "FRA",
    people: float | None = None,
    at: date | None = None,
    lifespans: Mapping[str, float] | None = None,
    pue: float | None = None,
    decisions: Decisions | None = None,
    lifespan_mode: str | None = None,
    floor_years: float | None = None,
) -> RulesCompared:
    """See ``terreau.footprint.compare_rules``."""
    ours, theirs = rule_set(DEFAULT), rule_set(COMPATIBLE)
    known = factors if isinstance(factors, FactorSet) else factor_set(factors)
    country = known.zone_of(zone)
    if country is None:
        raise TerreauError("footprint.zone_unknown", zone=zone)
    chosen = Parameters(at=at or date.today(), zone=country, people=people, lifespans=dict(lifespans or {}), pue=pue)
    options = replace(chosen, lifespan_mode=lifespan_mode, floor_years=floor_years)
    with opened_engine() as (con, folder):
        relation, mine = weighed(con, folder, files, ours, [known], chosen.at, decisions, None)
        other = weighing.weigh(con, relation, period=mine.period, rules=theirs, factor_sets=[known], site=True)
        first = measure(mine, known, ours, chosen)
        second = measure(replace(other, origin=mine.origin), known, theirs, options)
        joint = weigh_jointly(con, relation, period=mine.period, ours=ours, theirs=theirs, known=known)
        steps = parts(joint, first.matched, second.matched)
        rows, errors = _errors(con, relation, second)
    return RulesCompared(
        first=first,
        second=second,
        parts={key: {name: float(steps[name][c]) for name in STEPS} for c, key in enumerate(KEYS)},
        rows=rows,
        rows_in_error=sum(len(one.stages) for one in errors),
        errors=errors,
    )


def _errors(con: Engine, relation: str, result: Footprint) -> tuple[int, tuple[ErrorLine, ...]]:
    """Rows of climate, and the lines of which some are in error, in the order of the files."""
    sql = f"(SELECT * FROM ({rows_sql(con, relation, result.matched)}) WHERE criterion = '{CLIMATE}')"
    rows = con.execute(f"SELECT count(*) FROM {sql}").fetchone() or (0,)
    found = con.execute(f"""
        SELECT e.file::VARCHAR, e.line, coalesce(e.asset, ''), e.category::VARCHAR,
               list(e.stage::VARCHAR ORDER BY e.stage_order), e.error::VARCHAR
        FROM {sql} e WHERE e.error IS NOT NULL GROUP BY ALL ORDER BY 1, 2, 4, 6""").fetchall()
    return rows[0], tuple(
        ErrorLine(file=f, line=n, asset=a, category=c, stages=tuple(stages), cause=cause)
        for f, n, a, c, stages, cause in found
    )
