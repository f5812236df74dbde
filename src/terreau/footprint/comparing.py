"""Two rule sets on one fleet: both footprints, where they part, and the lines that one of them cannot count (comparaison)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from terreau.factors.catalogue import FactorSet, factor_set
from terreau.footprint.computing import weighed
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
from terreau.kernel.underway import step
from terreau.tables.engine import engine

if TYPE_CHECKING:
    from terreau.inventory.decisions import Decisions
    from terreau.inventory.reconciliation.sources import NamedSource
    from terreau.tables.engine import Engine

CLIMATE = "climate_change"
LISTED = 1_000
"""Lines in error listed one by one, unless all are asked for."""


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

    rows: lines × stages, climate; causes: for each cause, its lines and its rows in error; errors: the first of them.
    """

    first: Footprint
    second: Footprint
    parts: Mapping[str, Mapping[str, float]]
    rows: int
    causes: Mapping[str, tuple[int, int]]
    errors: tuple[ErrorLine, ...]

    @property
    def rows_in_error(self) -> int:
        """Lines × stages that count as zero, climate."""
        return sum(rows for _, rows in self.causes.values())

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
            "causes": [{"cause": c, "lines": lines, "rows": rows} for c, (lines, rows) in self.causes.items()],
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
    listed: int | None = LISTED,
) -> RulesCompared:
    """See ``terreau.footprint.compare_rules``."""
    ours, theirs = rule_set(DEFAULT), rule_set(COMPATIBLE)
    known = factors if isinstance(factors, FactorSet) else factor_set(factors)
    country = known.zone_of(zone)
    if country is None:
        raise TerreauError("footprint.zone_unknown", zone=zone)
    chosen = Parameters(at=at or date.today(), zone=country, people=people, lifespans=dict(lifespans or {}), pue=pue)
    options = replace(chosen, lifespan_mode=lifespan_mode, floor_years=floor_years)
    with engine() as con:
        relation, mine = weighed(con, files, ours, [known], chosen.at, decisions, None)
        other = weighing.weigh(con, relation, period=mine.period, rules=theirs, factor_sets=[known], site=True)
        step("measure")
        first = measure(mine, known, ours, chosen)
        second = measure(replace(other, origin=mine.origin), known, theirs, options)
        joint = weigh_jointly(con, relation, period=mine.period, ours=ours, theirs=theirs, known=known)
        steps = parts(joint, first.matched, second.matched)
        rows, causes, errors = _errors(con, relation, second, listed)
    return RulesCompared(
        first=first,
        second=second,
        parts={key: {name: float(steps[name][c]) for name in STEPS} for c, key in enumerate(KEYS)},
        rows=rows,
        causes=causes,
        errors=errors,
    )


def _errors(
    con: Engine, relation: str, result: Footprint, listed: int | None
) -> tuple[int, dict[str, tuple[int, int]], tuple[ErrorLine, ...]]:
    """Rows of climate; lines and rows in error by cause; the first lines in error, in the order of the files."""
    con.execute(f"""CREATE OR REPLACE TEMP VIEW footprint_climate AS
        SELECT * FROM ({rows_sql(con, relation, result.matched)}) WHERE criterion = '{CLIMATE}'""")
    rows = con.execute("SELECT count(*) FROM footprint_climate").fetchone() or (0,)
    causes = con.execute("""SELECT error::VARCHAR, count(DISTINCT (file, line, category)), count(*)
        FROM footprint_climate WHERE error IS NOT NULL GROUP BY 1 ORDER BY 3 DESC, 1""").fetchall()
    found = con.execute(f"""
        SELECT file::VARCHAR, line, coalesce(asset, ''), category::VARCHAR, list(stage::VARCHAR ORDER BY stage_order),
               error::VARCHAR
        FROM footprint_climate WHERE error IS NOT NULL GROUP BY ALL ORDER BY 1, 2, 4, 6
        {"" if listed is None else f"LIMIT {listed}"}""").fetchall()
    lines = tuple(
        ErrorLine(file=f, line=n, asset=a, category=c, stages=tuple(stages), cause=cause)
        for f, n, a, c, stages, cause in found
    )
    return rows[0], {cause: (many, count) for cause, many, count in causes}, lines
