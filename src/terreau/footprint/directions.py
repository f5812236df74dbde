"""One kind of uncertain input, followed along the direction in which it moves each result most (directions).

The conditional-mean approximation of sums of log-normals (Kaas, Dhaene, Goovaerts, "Upper and lower bounds for
sums of random variables", Insurance: Mathematics and Economics 27, 2000), for laws log-normal on each side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from terreau.footprint.inputs import ALONE, Input
from terreau.footprint.rules import Rules, Z

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

ROUNDS = 2
"""Rounds after which the direction no longer moves."""


class Gathering:
    """Rows summed under a number, on sorted runs: the same order of additions every time."""

    def __init__(self, out: Ints, outs: int) -> None:
        self.out, self.outs = out, outs
        self.order = np.argsort(out, kind="stable")
        ordered = out[self.order]
        self.starts = np.flatnonzero(np.diff(ordered, prepend=-1)) if len(out) else np.zeros(0, dtype=np.int64)
        self.numbers = ordered[self.starts]

    def of(self, rows: Floats) -> Floats:
        """[number, column]: sums of ``rows``."""
        total = np.zeros((self.outs, rows.shape[1]))
        if len(self.starts):
            total[self.numbers] = np.add.reduceat(rows[self.order], self.starts, axis=0)
        return total


class Sharing:
    """Rows of one result that share a number (by row, or by row and criterion): each gets the sum of its fellows."""

    def __init__(self, out: Ints, number: Ints) -> None:
        by_row = number.ndim == 1
        pair = (out if by_row else out[:, None]) * (int(number.max(initial=0)) + 1) + number
        if not by_row:
            pair = pair * number.shape[1] + np.arange(number.shape[1])
        distinct, together = np.unique(pair, return_inverse=True)
        self.together = together.reshape(-1).astype(np.int64)
        self.rows = Gathering(self.together, len(distinct)) if by_row else None
        self.distinct = len(distinct)

    def of(self, part: Floats) -> Floats:
        """[row, criterion]: sum of ``part`` over the rows sharing the number."""
        if self.rows is not None:
            return self.rows.of(part)[self.together]
        sums = np.bincount(self.together, weights=part.reshape(-1), minlength=self.distinct)
        result: Floats = sums[self.together].reshape(part.shape)
        return result


def alone(one: Input, value: Floats, out: Ints, sums: Gathering, rules: Rules) -> tuple[Floats, Floats]:
    """Log-slopes up and down [result, criterion] of the sums of ``value`` when this kind of input alone varies."""
    center = sums.of(value)
    sound = center > 0
    middle = np.where(sound, center, 1.0)
    kind = _Kind(one, out, rules)
    low, high = (sums.of(_moved(kind, value, sums, at)) for at in (-Z, Z))
    up = np.log(np.where(sound, high, 1.0) / middle) / Z
    down = -np.log(np.where(sound, low, 1.0) / middle) / Z
    return up, down


def _moved(kind: _Kind, value: Floats, sums: Gathering, at: float) -> Floats:
    """Each product at its mean, once the direction of its result stands at ``at`` standard deviations."""
    slope = (kind.up + kind.down) / 2
    moved = value
    for _ in range(ROUNDS):
        whole = sums.of(moved)
        weight = moved / np.where(whole > 0, whole, 1.0)[sums.out]
        load = weight[kind.rows] * slope
        covariance = kind.covariance(load)
        variance = kind.by_out.of(load * covariance)
        deviation = np.sqrt(np.where(variance > 0, variance, 1.0))[kind.by_out.out]
        along = np.clip(covariance / deviation, 0.0, 1.0)
        rest = np.sqrt(np.maximum(1.0 - along**2, 1e-18))
        above = normal(along * at / rest)
        slope = kind.up * above + kind.down * (1.0 - above)
        moved = value.copy()
        moved[kind.rows] *= conditional_mean(kind.up, kind.down, along * at, rest)
    return moved


class _Kind:
    """One kind of input and what its draws have in common."""

    def __init__(self, one: Input, out: Ints, rules: Rules) -> None:
        self.rows, self.up, self.down = one.rows, one.up, one.down
        mine = out[one.rows]
        single = bool((one.family == ALONE).all())
        self.common, self.shared = (1.0, 0.0) if single else (rules.common, rules.family)
        self.by_out = Gathering(mine, int(out.max(initial=-1)) + 1)
        self.by_family = None if single else Sharing(mine, one.family)
        self.by_own = None if single else Sharing(mine, one.own)

    def covariance(self, load: Floats) -> Floats:
        """Of each input with the direction that ``load`` makes of all."""
        found = self.common * self.by_out.of(load)[self.by_out.out]
        if self.by_family is not None and self.by_own is not None:
            found = found + self.shared * self.by_family.of(load)
            found = found + (1.0 - self.common - self.shared) * self.by_own.of(load)
        return found


def conditional_mean(up: Floats, down: Floats, middle: Floats, rest: Floats) -> Floats:
    """Mean of exp(up·z) for z > 0 and exp(down·z) elsewhere, z normal of mean ``middle`` and deviation ``rest``."""
    return _half(up, middle, rest, 1.0) + _half(down, middle, rest, -1.0)


def _half(slope: Floats, middle: Floats, rest: Floats, side: float) -> Floats:
    result: Floats = np.exp(slope * middle + (slope * rest) ** 2 / 2) * normal(side * (middle / rest + slope * rest))
    return result


def normal(x: Floats) -> Floats:
    """The normal distribution function, to 1.5e-7 (Abramowitz and Stegun, Handbook, 7.1.26)."""
    t = np.abs(x) / np.sqrt(2.0)
    k = 1.0 / (1.0 + 0.3275911 * t)
    poly = k * (0.254829592 + k * (-0.284496736 + k * (1.421413741 + k * (-1.453152027 + k * 1.061405429))))
    upper = 1.0 - 0.5 * poly * np.exp(-(t**2))
    result: Floats = np.where(x >= 0, upper, 1.0 - upper)
    return result
