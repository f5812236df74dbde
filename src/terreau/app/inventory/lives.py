"""How long the calculation says each kind of device is kept, and how it knows: the very lifespans of the footprint."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from terreau.footprint.rules import Rules
from terreau.kernel.period import Period

if TYPE_CHECKING:
    from terreau.factors.catalogue import FactorSet
    from terreau.footprint.parameters import Parameters
    from terreau.tables.engine import Engine


@dataclass(frozen=True, slots=True)
class Life:
    """Central lifespans of a category, from the shortest to the longest of its sizes [year], and their origin."""

    shortest: float
    longest: float
    origin: str


def retained(
    con: Engine, relation: str, *, period: Period, rules: Rules, factors: FactorSet, parameters: Parameters
) -> dict[str, Life]:
    """The lifespan the footprint uses for each category of ``relation``; one whose pack is masked is left out."""
    from terreau.footprint.lifespans import ORIGINS
    from terreau.footprint.matched import match
    from terreau.footprint.weighing import weigh

    weights = weigh(con, relation, period=period, rules=rules, factor_sets=[factors])
    kinds, figures = (matched := match(weights, factors, rules, parameters)).kinds, matched.figures
    found: dict[str, list[tuple[float, str]]] = {}
    for row, kind in enumerate(kinds.of):
        item, origin = int(kinds.item[kind]), ORIGINS[kinds.origin[kind]]
        if item < 0 or (origin == "category" and factors.lifespan(figures.items[item]).masked):
            continue
        category = weights.words["category"][matched.grain.codes["category"][row]]
        found.setdefault(category, []).append((float(kinds.life[kind, 1]), origin))
    return {
        category: Life(min(years for years, _ in lives), max(years for years, _ in lives), lives[0][1])
        for category, lives in found.items()
    }
