"""Intervals without draws: the bounds of a sum of correlated, two-sided log-normal products (intervalles).

Method: a sum is followed along the one direction in which it varies most (the conditional-mean
approximation of sums of log-normals: Kaas, Dhaene, Goovaerts, "Upper and lower bounds for sums of random
variables", Insurance: Mathematics and Economics 27, 2000). At the 2.5 and 97.5 % of that direction, each product takes
its mean. One uncertain input alone gives its own bounds exactly. ``draws`` is the reference it is tested against.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from terreau.footprint.inputs import ALONE, Entries, Input
from terreau.footprint.rules import Rules, Z

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

ROUNDS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """[result, criterion]: low, central and high; 0 where nothing is known."""

    low: Floats
    central: Floats
    high: Floats


def bounds(some: Entries, rules: Rules) -> Bounds:
    """Bounds at 95 % of each result; the central values add up, the bounds do not."""
    sums = _Gathering(some.out, some.outs)
    value = np.nan_to_num(some.value)
    central = sums.of(value)
    kinds = [_Kind(one, some.out, sums, rules) for one in some.inputs if len(one.rows)]
    low = np.minimum(_bound(value, kinds, sums, -Z), central)
    high = np.maximum(_bound(value, kinds, sums, Z), central)
    return Bounds(low=low, central=central, high=high)


def _bound(value: Floats, kinds: list[_Kind], sums: _Gathering, at: float) -> Floats:
    """The sums at ``at`` standard deviations along their main direction."""
    weight = _share(value, sums)
    moved = value
    for kind in kinds:
        kind.start()
    for _ in range(ROUNDS):
        variance = sums.none(value.shape[1])
        for kind in kinds:
            variance = variance + kind.load(weight)
        deviation = np.sqrt(variance)
        moved = value * np.exp(_twice_counted(value.shape, kinds, deviation, at))
        for kind in kinds:
            moved[kind.rows] *= kind.mean(deviation, at)
        weight = _share(moved, sums)
    return sums.of(moved)


def _share(value: Floats, sums: _Gathering) -> Floats:
    total = sums.of(value)
    return value / np.where(total > 0, total, 1.0)[sums.out]


def _twice_counted(shape: tuple[int, ...], kinds: list[_Kind], deviation: Floats, at: float) -> Floats:
    """Log-correction: inputs of one product, once the direction is known, vary against each other."""
    together, squares = np.zeros(shape), np.zeros(shape)
    for kind in kinds:
        part = kind.follow(deviation, at)
        together[kind.rows] += part
        squares[kind.rows] += part**2
    return (squares - together**2) / 2


class _Gathering:
    """Rows summed under a number, on sorted runs: the same order of additions every time."""

    def __init__(self, out: Ints, outs: int) -> None:
        self.out, self.outs = out, outs
        self.order = np.argsort(out, kind="stable")
        ordered = out[self.order]
        self.starts = np.flatnonzero(np.diff(ordered, prepend=-1)) if len(out) else np.zeros(0, dtype=np.int64)
        self.numbers = ordered[self.starts]

    def none(self, width: int) -> Floats:
        return np.zeros((self.outs, width))

    def of(self, rows: Floats) -> Floats:
        """[number, column]: sums of ``rows``."""
        total = self.none(rows.shape[1])
        if len(self.starts):
            total[self.numbers] = np.add.reduceat(rows[self.order], self.starts, axis=0)
        return total


class _Kind:
    """One kind of input during the search: its current slopes, loads and correlation with the direction."""

    def __init__(self, one: Input, out: Ints, sums: _Gathering, rules: Rules) -> None:
        self.rows, self.up, self.down, self.sums = one.rows, one.up, one.down, sums
        self.out = out[one.rows]
        alone = bool((one.family == ALONE).all())
        self.common, self.shared = (1.0, 0.0) if alone else (rules.common, rules.family)
        self.by_out = _Gathering(self.out, sums.outs)
        self.by_family = None if alone else _Sharing(self.out, one.family)
        self.by_own = None if alone else _Sharing(self.out, one.own)
        self.start()

    def start(self) -> None:
        """Slopes halfway between both sides, before any direction is known."""
        self.slope = (self.up + self.down) / 2

    def load(self, weight: Floats) -> Floats:
        """Variance that this kind gives each result; remembers each input's covariance with it."""
        part = weight[self.rows] * self.slope
        covariance = self.common * self.by_out.of(part)[self.out]
        if self.by_family is not None and self.by_own is not None:
            rest = 1.0 - self.common - self.shared
            covariance = covariance + self.shared * self.by_family.of(part)
            covariance = covariance + rest * self.by_own.of(part)
        self.covariance = covariance
        return self.by_out.of(part * covariance)

    def follow(self, deviation: Floats, at: float) -> Floats:
        """Slope × correlation with the direction; slopes are renewed where the direction leads."""
        spread = deviation[self.out]
        self.correlation = np.clip(self.covariance / np.where(spread > 0, spread, 1.0), 0.0, 1.0)
        self.rest = np.sqrt(np.maximum(1.0 - self.correlation**2, 1e-18))
        above = _normal(self.correlation * at / self.rest)
        self.slope = self.up * above + self.down * (1.0 - above)
        return self.slope * self.correlation

    def mean(self, deviation: Floats, at: float) -> Floats:
        """Mean of the input's multiplier once the direction stands at ``at`` (``follow`` was called before)."""
        middle, rest = self.correlation * at, self.rest
        result: Floats = _half(self.up, middle, rest, 1.0) + _half(self.down, middle, rest, -1.0)
        return result


def _half(slope: Floats, middle: Floats, rest: Floats, side: float) -> Floats:
    """Mean of exp(slope·z) on one side of 0 for z normal (middle, rest)."""
    result: Floats = np.exp(slope * middle + (slope * rest) ** 2 / 2) * _normal(side * (middle / rest + slope * rest))
    return result


class _Sharing:
    """Rows of one result that share a number (by row, or by row and criterion): each gets the sum of its fellows."""

    def __init__(self, out: Ints, number: Ints) -> None:
        self.by_row = number.ndim == 1
        pair = (out if self.by_row else out[:, None]) * (int(number.max(initial=0)) + 1) + number
        if not self.by_row:
            pair = pair * number.shape[1] + np.arange(number.shape[1])
        distinct, together = np.unique(pair, return_inverse=True)
        self.together = together.reshape(-1).astype(np.int64)
        self.rows = _Gathering(self.together, len(distinct)) if self.by_row else None
        self.distinct = len(distinct)

    def of(self, part: Floats) -> Floats:
        """[row, criterion]: sum of ``part`` over the rows sharing the number."""
        if self.rows is not None:
            return self.rows.of(part)[self.together]
        sums = np.bincount(self.together, weights=part.reshape(-1), minlength=self.distinct)
        result: Floats = sums[self.together].reshape(part.shape)
        return result


def _normal(x: Floats) -> Floats:
    """The normal distribution function, to 1.5e-7 (Abramowitz and Stegun, Handbook, 7.1.26)."""
    t = np.abs(x) / np.sqrt(2.0)
    k = 1.0 / (1.0 + 0.3275911 * t)
    poly = k * (0.254829592 + k * (-0.284496736 + k * (1.421413741 + k * (-1.453152027 + k * 1.061405429))))
    upper = 1.0 - 0.5 * poly * np.exp(-(t**2))
    result: Floats = np.where(x >= 0, upper, 1.0 - upper)
    return result
