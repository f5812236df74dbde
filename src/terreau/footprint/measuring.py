"""Measure a fleet already weighed: the what-if, without reading anything again (mesure)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from terreau.footprint import formulas
from terreau.footprint.cells import cells
from terreau.footprint.coverage import Coverage, coverages
from terreau.footprint.figures import KEYS, UNITS
from terreau.footprint.inputs import entries
from terreau.footprint.intervals import Bounds, bounds
from terreau.footprint.matched import Matched
from terreau.footprint.matching import match
from terreau.footprint.parameters import Parameters
from terreau.footprint.result import Footprint, Total, plain
from terreau.footprint.rules import Rules
from terreau.footprint.run import run_digest, run_parts
from terreau.footprint.weights import Weights
from terreau.kernel.interval import Interval

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from terreau.factors.catalogue import FactorSet

NO_BOUNDARY = "no boundary"


def measure(weights: Weights, factor_set: FactorSet, rules: Rules, parameters: Parameters) -> Footprint:
    """The footprint of ``weights`` with these factors, rules and parameters; the period is that of the weights."""
    matched = match(weights, factor_set, rules, parameters)
    covered = coverages(matched)
    parts = run_parts(weights, factor_set, rules, parameters)
    return Footprint(
        run=run_digest(parts),
        decided_by=parts,
        matched=matched,
        lines=_lines(weights),
        coverage=covered,
        totals=totals(matched, covered),
    )


def whole(matched: Matched, kept: NDArray[np.bool_] | None = None, *, by_stage: bool = False) -> Bounds:
    """Low, central and high of the rows ``kept`` together: [1 or stage, criterion]."""
    some = cells(matched, np.zeros(len(matched.item), dtype=np.int64), kept)
    return bounds(entries(some, 1, by_stage=by_stage), matched.rules)


def totals(matched: Matched, covered: dict[str, Coverage]) -> tuple[Total, ...]:
    """Totals of the criteria of which something is known."""
    found = whole(matched)
    return tuple(
        Total(
            criterion=key,
            unit=UNITS[key],
            value=Interval(float(found.low[0, c]), float(found.central[0, c]), float(found.high[0, c])),
            coverage=covered[key].known,
            boundary_share=_boundary_share(matched, covered[key], float(found.central[0, c])),
        )
        for c, key in enumerate(KEYS)
        if key in covered and (found.central[0, c] > 0 or covered[key].known > 0)
    )


def _boundary_share(matched: Matched, covered: Coverage, central: float) -> float | str | None:
    """None without headcount, or when no device is fully known: the share of one stage alone reads as good news."""
    people, boundary = matched.parameters.people, matched.factor_set.boundary(covered.criterion)
    if boundary is None:
        return NO_BOUNDARY
    if people is None or not covered.known:
        return None
    return float(formulas.boundary_share(central, people, boundary.per_person))


def _lines(weights: Weights) -> dict[str, object]:
    """Lines by what became of them; ``absent``: counted, but not in service one day of the period."""
    fates = weights.fates
    return {
        **weights.origin.lines,
        **{fate: fates[fate]["lines"] for fate in fates},
        "quantity": {fate: plain(fates[fate]["quantity"]) for fate in fates},
        "absent": fates["counted"]["absent"],
    }
