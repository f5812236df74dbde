"""How long each kind of device is kept, and how we know (durées de vie).

In order: the exits observed in the organisation when numerous enough; else its declared policy, no longer
than what the ages in its own fleet support; else the interval of the category.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from terreau.footprint.rules import Rules, Z
from terreau.footprint.weights import Weights, summed

if TYPE_CHECKING:
    from numpy.typing import NDArray

ORIGINS = ("observed", "policy", "policy_capped", "category", "dates", "planned", "type", "hypothesis")
"""How a lifespan is known; the last four are those of the NumEcoEval rules."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifespan:
    """The lifespan retained for a category, in years; ``devices`` is what it was observed on, 0 otherwise."""

    low: float
    central: float
    high: float
    origin: str
    devices: float = 0.0
    declared: float | None = None


def retained(
    weights: Weights, rules: Rules, policy: dict[str, float], centrals: dict[str, float]
) -> dict[str, Lifespan]:
    """Lifespan of each category that the organisation's own data or policy settles.

    centrals: the smallest central lifespan of the items of each category [year]; a policy is never cut below it.
    """
    found: dict[str, Lifespan] = {}
    for name in rules.lifespan_order:
        for code, category in enumerate(weights.words["category"]):
            if category in found or category not in centrals:
                continue
            life = None
            if name == "observed":
                life = _observed(weights, code, rules)
            elif name == "policy" and category in policy:
                life = _declared(weights, code, policy[category], centrals[category], rules)
            if life:
                found[category] = life
    return found


def _observed(weights: Weights, category: int, rules: Rules) -> Lifespan | None:
    """Mean age at exit, weighed by quantity; its 95 % interval, never narrower than the rule set's spread."""
    exits = weights.exits
    mine = exits.codes["category"] == category
    devices = float(exits.quantity[mine].sum())
    if devices < rules.observed_from:
        return None
    years = exits.months[mine] / 12
    mean = float((exits.quantity[mine] * years).sum() / devices)
    variance = float((exits.quantity[mine] * (years - mean) ** 2).sum() / devices)
    half = max(Z * (variance / devices) ** 0.5, rules.observed_spread * mean)
    return Lifespan(low=max(mean - half, mean / 2), central=mean, high=mean + half, origin="observed", devices=devices)


def _declared(weights: Weights, category: int, years: float, central: float, rules: Rules) -> Lifespan:
    cap = max(central, _age_percentile(weights, category, rules.policy_cap_percentile))
    kept = min(years, cap)
    origin = "policy" if kept == years else "policy_capped"
    spread = rules.policy_spread
    return Lifespan(
        low=kept * (1 - spread), central=kept, high=kept * (1 + spread), origin=origin, declared=float(years)
    )


def _age_percentile(weights: Weights, category: int, percentile: float) -> float:
    """Age in years under or at which ``percentile`` % of the devices of known age are; 0 when none is known."""
    mine = (weights.codes["category"] == category) & (weights.months >= 0)
    if not mine.any():
        return 0.0
    micro = _by_month(weights.months[mine], np.rint(weights.quantity[mine] * 1e6))
    reached = np.cumsum(micro) * 100 >= micro.sum() * percentile
    return float(np.argmax(reached)) / 12


def _by_month(months: NDArray[np.int64], micro: NDArray[np.float64]) -> NDArray[np.float64]:
    return summed(months, micro, 0)
