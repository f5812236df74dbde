"""Intervals without draws: the bounds of a sum of correlated, two-sided log-normal products (intervalles).

Three steps, each exact when there is nothing to approximate:
1. each kind of input alone (factors, lifespans, consumptions, PUE) moves the makings, then the uses: see ``directions``;
2. kinds multiply: their log-slopes are put together by their three first moments;
3. makings and uses add up, along the direction in which their sum varies most.
``draws`` is the reference all this is tested against.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from terreau.footprint.directions import Gathering, alone, conditional_mean, normal
from terreau.footprint.inputs import Entries
from terreau.footprint.rules import Rules, Z

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Slopes = tuple[Floats, Floats]

HALF = np.sqrt(2 / np.pi)
"""Mean of |z| for z standard normal."""
ROUNDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """[result, criterion]: low, central and high; 0 where nothing is known."""

    low: Floats
    central: Floats
    high: Floats


def bounds(some: Entries, rules: Rules) -> Bounds:
    """Bounds at 95 % of each result; the central values add up, the bounds do not."""
    value = np.nan_to_num(some.value)
    branch = some.out * 2 + some.use
    sums = Gathering(branch, some.outs * 2)
    center = sums.of(value)
    kinds = [alone(one, value, branch, sums, rules) for one in some.inputs if len(one.rows)]
    if not kinds:
        both = center[0::2] + center[1::2]
        return Bounds(low=both, central=both, high=both)
    up, down = _multiplied(kinds)
    shared = rules.common * _weight_of_first(kinds)
    branches = [_Branch(center[b::2], up[b::2], down[b::2]) for b in (0, 1)]
    together = shared[0::2] * shared[1::2] / rules.common if rules.common else 0.0 * shared[0::2]
    central = center[0::2] + center[1::2]
    low, high = (_added(branches, together, at) for at in (-Z, Z))
    return Bounds(low=np.minimum(low, central), central=central, high=np.maximum(high, central))


@dataclass(slots=True)
class _Branch:
    """Makings, or uses, of each result: central value and log-slopes."""

    center: Floats
    up: Floats
    down: Floats


def _weight_of_first(kinds: list[Slopes]) -> Floats:
    """Part of the spread that factors bring: makings and uses share a part of their factors' errors only."""
    squares = [((up + down) / 2) ** 2 for up, down in kinds]
    whole = np.sqrt(sum(squares))
    result: Floats = np.sqrt(squares[0]) / np.where(whole > 0, whole, 1.0)
    return result


def _multiplied(kinds: list[Slopes]) -> Slopes:
    """Log-slopes of a product of independent inputs: mean, variance and skewness add up, one shape carries them."""
    mean, variance, third = (np.zeros_like(kinds[0][0]) for _ in range(3))
    for up, down in kinds:
        even, odd = (up + down) / 2, (up - down) / 2
        mean = mean + odd * HALF
        variance = variance + _variance(even, odd)
        third = third + _third(even, odd)
    skewness = third / np.where(variance > 0, variance, 1.0) ** 1.5
    lean = np.interp(skewness, *_shapes())
    scale = np.sqrt(variance / _variance(np.ones_like(lean), lean))
    shift = (mean - scale * lean * HALF) / Z
    return scale * (1 + lean) + shift, scale * (1 - lean) - shift


def _variance(even: Floats, odd: Floats) -> Floats:
    """Variance of even·z + odd·|z|."""
    return even**2 + odd**2 * (1 - 2 / np.pi)


def _third(even: Floats, odd: Floats) -> Floats:
    """Third central moment of even·z + odd·|z|."""
    result: Floats = HALF * (3 * odd * even**2 + (4 / np.pi - 1) * odd**3)
    return result


@cache
def _shapes() -> tuple[Floats, Floats]:
    """Skewness of every lean from −1 (all below) to 1 (all above), to be read backwards."""
    lean = np.linspace(-1, 1, 4001)
    one = np.ones_like(lean)
    return _third(one, lean) / _variance(one, lean) ** 1.5, lean


def _added(branches: list[_Branch], together: Floats, at: float) -> Floats:
    """Sum of two correlated branches at ``at`` standard deviations along its main direction."""
    slopes = [(branch.up + branch.down) / 2 for branch in branches]
    moved = [branch.center for branch in branches]
    for _ in range(ROUNDS):
        whole = moved[0] + moved[1]
        loads = [part / np.where(whole > 0, whole, 1.0) * slope for part, slope in zip(moved, slopes, strict=True)]
        covariances = [loads[0] + together * loads[1], loads[1] + together * loads[0]]
        variance = loads[0] * covariances[0] + loads[1] * covariances[1]
        deviation = np.sqrt(np.where(variance > 0, variance, 1.0))
        for b, branch in enumerate(branches):
            along = np.clip(covariances[b] / deviation, 0.0, 1.0)
            rest = np.sqrt(np.maximum(1.0 - along**2, 1e-18))
            above = normal(along * at / rest)
            slopes[b] = branch.up * above + branch.down * (1.0 - above)
            moved[b] = branch.center * conditional_mean(branch.up, branch.down, along * at, rest)
    return moved[0] + moved[1]
