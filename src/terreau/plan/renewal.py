"""Ageing and renewal, month by month, of every row at once (vieillissement et renouvellement).

A device is renewed when its age reaches the lifespan in force, not before its lag. A fleet that must shrink leaves
renewals out, as they come due: nothing is thrown away before its time. A fleet that must grow buys at the beginning
of the year.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from terreau.footprint import formulas
from terreau.footprint.weights import summed
from terreau.plan.fleet import Cohorts, months_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

YEAR = 12
SIDES, CENTRAL = 3, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What happens to each row in each year to come: [row, year] (life: and (low, central, high)).

    life [year]; number: devices wanted, of each root (0 elsewhere); second: share of purchases that are second-hand.
    moves: (rows, twins, share [row, year]) of renewals bought as something else. root: as in ``Fleet``; portion: of a
    root's growth, what each row takes.
    """

    life: Floats
    number: Floats
    second: Floats
    root: Ints
    portion: Floats
    moves: tuple[tuple[Ints, Ints, Floats], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Flows:
    """What each row was in each year: [row, year].

    present [device·year]; lives, second: lives spent [side, row, year] at (low, central, high) lifespan, of all and of
    second-hand devices; bought, bought_second [device].
    """

    present: Floats
    lives: Floats
    second: Floats
    bought: Floats
    bought_second: Floats


def renew(start: Cohorts, course: Course, sides: Sequence[int] = range(SIDES)) -> Flows:
    """Let the devices of ``start`` age and be renewed over the years of ``course``; lives are told for ``sides`` only."""
    walk = _Walk(start, course, sides)
    for year in range(course.life.shape[1]):
        walk.live(year)
    return walk.flows


class _Walk:
    """Blocks of devices sharing row, age, lag and share of second hand, walked year after year."""

    def __init__(self, start: Cohorts, course: Course, sides: Sequence[int]) -> None:
        self.course, self.sides = course, sides
        rows, years = course.life.shape[:2]
        self.months = months_of(course.life[:, :, 1])
        self.row, self.age, self.mass, self.lag = start.row, start.age.copy(), start.mass.copy(), start.lag
        self.share = np.zeros(len(start.row))
        self.flows = Flows(
            present=np.zeros((rows, years)),
            lives=np.zeros((SIDES, rows, years)),
            second=np.zeros((SIDES, rows, years)),
            bought=np.zeros((rows, years)),
            bought_second=np.zeros((rows, years)),
        )

    def live(self, year: int) -> None:
        """One year: growth first, then each renewal at its month."""
        course, rows = self.course, len(self.course.root)
        roots = course.root[self.row]
        pending = summed(roots, self.mass, rows) - course.number[:, year]
        more = -np.minimum(pending, 0.0)[course.root] * course.portion
        grown = np.flatnonzero(more > 0)
        self._born(grown, more[grown], np.zeros(len(grown), dtype=np.int64), year)
        pending = np.maximum(pending, 0.0)
        clock = np.zeros(len(self.row), dtype=np.int64)
        now = np.arange(len(self.row))
        while len(now):
            row = self.row[now]
            wait = np.maximum(self.months[row, year] - self.age[now], self.lag[now] - YEAR * year - clock[now])
            stay = np.minimum(np.maximum(wait, 0), YEAR - clock[now])
            self.age[now] += stay
            clock[now] += stay
            self._count(now, stay, year)
            now = now[clock[now] < YEAR]
            before = len(self.row)
            now = now[self._renewed(now, clock, pending, year)]
            fresh = np.arange(before, len(self.row))
            clock = np.concatenate([clock, self._clocks])
            now = np.concatenate([now, fresh])

    def _count(self, now: Ints, stay: Ints, year: int) -> None:
        """What ``stay`` months of these blocks add to the year; their age is that of the end of their stay."""
        flows, row, rows = self.flows, self.row[now], len(self.course.root)
        present = self.mass[now] * stay / YEAR
        flows.present[:, year] += summed(row, present, rows)
        for side in self.sides:
            life = formulas.life_used(self.course.life[row, year, side], self.age[now] / YEAR)
            lives = formulas.lives_spent(present, life)
            flows.lives[side, :, year] += summed(row, lives, rows)
            flows.second[side, :, year] += summed(row, lives * self.share[now], rows)

    def _renewed(self, now: Ints, clock: Ints, pending: Floats, year: int) -> Flags:
        """Renew these blocks; those that left without being renewed are False. ``pending`` loses what they gave up."""
        course, rows, row = self.course, len(self.course.root), self.row[now]
        root = course.root[row]
        due = summed(root, self.mass[now], rows)
        given_up = np.minimum(pending, due)
        pending -= given_up
        kept = 1.0 - given_up / np.where(due > 0, due, 1.0)
        mass = self.mass[now] * kept[root]
        left = mass.copy()
        self._clocks = np.zeros(0, dtype=np.int64)
        for rows_left, twins, share in course.moves:
            place = np.full(rows, -1)
            place[rows_left] = np.arange(len(rows_left))
            mine = place[row] >= 0
            moved = np.where(mine, mass * share[place[row], year], 0.0)
            left -= moved
            some = np.flatnonzero(moved > 0)
            if len(some):
                key = twins[place[row[some]]] * YEAR + clock[now[some]]
                distinct, of = np.unique(key, return_inverse=True)
                self._born(distinct // YEAR, summed(of, moved[some], len(distinct)), distinct % YEAR, year)
        self._buy(row, left, year)
        self.mass[now], self.age[now], self.share[now] = left, 0, course.second[row, year]
        return left > 0

    def _born(self, row: Ints, mass: Floats, clock: Ints, year: int) -> None:
        """New blocks, bought at month ``clock`` of the year."""
        nothing = np.zeros(len(row), dtype=np.int64)
        self.row = np.concatenate([self.row, row])
        self.age = np.concatenate([self.age, nothing])
        self.lag = np.concatenate([self.lag, nothing])
        self.mass = np.concatenate([self.mass, mass])
        self.share = np.concatenate([self.share, self.course.second[row, year]])
        self._clocks = np.concatenate([getattr(self, "_clocks", nothing[:0]), clock])
        self._buy(row, mass, year)

    def _buy(self, row: Ints, mass: Floats, year: int) -> None:
        rows, second = len(self.course.root), self.course.second[row, year]
        self.flows.bought[:, year] += summed(row, mass, rows)
        self.flows.bought_second[:, year] += summed(row, mass * second, rows)
