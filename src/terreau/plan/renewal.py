"""Ageing and renewal, month by month, of every row at once (vieillissement et renouvellement).

A device is renewed when its age reaches the lifespan in force, not before its lag. A fleet that must grow buys at the
beginning of the year. A fleet that must shrink lets devices go when they would have been renewed as things go: nothing
is thrown away before its time, and a longer life does not hold back a device nobody wants any more. These *turns* are
thus fixed by the reference, as the lags are: no lever moves them.
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

YEAR = 12
SIDES, CENTRAL = 3, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What happens to each row in each year to come: [row, year] (life: and (low, central, high)).

    life [year]; number: devices wanted, of each root (0 elsewhere); second: share of purchases that are second-hand.
    moves: (rows, twins, share [row, year]) of renewals bought as something else. root: as in ``Fleet``; portion: of a
    root's growth, what each row takes; turn: months between two turns of a device, [row].
    """

    life: Floats
    number: Floats
    second: Floats
    root: Ints
    portion: Floats
    turn: Ints
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


class _Blocks:
    """Blocks of devices living the same life: row, age, lag, share of second hand, and where they are in the year.

    turn: age had no lever been there; leave: month of this year when some may go, 12 for none; clock: months of the
    year lived; stay: those not yet counted; last: turn at the end of the year.
    """

    WHOLE = ("row", "age", "lag", "turn", "leave", "clock", "stay", "last")

    def __init__(self, start: Cohorts) -> None:
        self.row, self.age, self.lag, self.turn = start.row, start.age.copy(), start.lag, start.age.copy()
        self.leave, self.clock, self.stay, self.last = (np.zeros(len(start.row), dtype=np.int64) for _ in range(4))
        self.mass, self.share = start.mass.copy(), np.zeros(len(start.row))

    def add(self, *, mass: Floats, share: Floats, **whole: Ints) -> None:
        """New blocks; what is not said is 0."""
        nothing = np.zeros(len(mass), dtype=np.int64)
        for name in self.WHOLE:
            setattr(self, name, np.concatenate([getattr(self, name), whole.get(name, nothing)]))
        self.mass, self.share = np.concatenate([self.mass, mass]), np.concatenate([self.share, share])


class _Walk:
    """The blocks, walked year after year."""

    def __init__(self, start: Cohorts, course: Course, sides: Sequence[int]) -> None:
        self.course, self.sides, self.blocks = course, sides, _Blocks(start)
        rows, years = course.life.shape[:2]
        self.months = months_of(course.life[:, :, CENTRAL])
        self.flows = Flows(
            present=np.zeros((rows, years)),
            lives=np.zeros((SIDES, rows, years)),
            second=np.zeros((SIDES, rows, years)),
            bought=np.zeros((rows, years)),
            bought_second=np.zeros((rows, years)),
        )

    def live(self, year: int) -> None:
        """One year: growth first, then departures and renewals, each at its month."""
        some, gone = self.blocks, self._begun(year)
        now = np.arange(len(some.row))
        while len(now):
            wait = np.maximum(
                self.months[some.row[now], year] - some.age[now], some.lag[now] - YEAR * year - some.clock[now]
            )
            stay = np.minimum(
                np.minimum(np.maximum(wait, 0), some.leave[now] - some.clock[now]), YEAR - some.clock[now]
            )
            for column in (some.age, some.clock, some.stay):
                column[now] += stay
            leaving = now[(some.clock[now] == some.leave[now]) & (some.clock[now] < YEAR)]
            self._let_go(leaving, gone, year)
            due = (some.clock[now] < YEAR) & (some.age[now] >= self.months[some.row[now], year])
            due &= some.lag[now] <= YEAR * year + some.clock[now]
            over = now[due | (some.clock[now] >= YEAR)]
            self._count(over, some.mass[over], year)
            some.stay[over] = 0
            before = len(some.row)
            self._renew(now[due], year)
            now = np.concatenate([now[some.clock[now] < YEAR], np.arange(before, len(some.row))])
        some.turn = some.last

    def _begun(self, year: int) -> Floats:
        """What is bought to grow; then, for each root, the share of devices that go when their turn comes this year."""
        course, some, rows = self.course, self.blocks, len(self.course.root)
        over = summed(course.root[some.row], some.mass, rows) - course.number[:, year]
        more = -np.minimum(over, 0.0)[course.root] * course.portion
        grown = np.flatnonzero(more > 0)
        some.add(row=grown, mass=more[grown], share=course.second[grown, year])
        self._buy(grown, more[grown], year)
        base = course.turn[some.row]
        wait = np.maximum(np.maximum(base - some.turn, some.lag - YEAR * year), 0)
        some.clock, some.stay = np.zeros_like(some.row), np.zeros_like(some.row)
        some.last = np.where(wait < YEAR, (YEAR - wait - 1) % base + 1, some.turn + YEAR)
        root = course.root[some.row]
        due = summed(root[wait < YEAR], some.mass[wait < YEAR], rows)
        gone = np.minimum(np.maximum(over, 0.0) / np.where(due > 0, due, 1.0), 1.0)
        some.leave = np.where((wait < YEAR) & (gone[root] > 0), wait, YEAR)
        return gone

    def _let_go(self, leaving: Ints, gone: Floats, year: int) -> None:
        """Part of these blocks goes, counted for the months it stayed."""
        some = self.blocks
        part = some.mass[leaving] * gone[self.course.root[some.row[leaving]]]
        self._count(leaving, part, year)
        some.mass[leaving] -= part
        some.leave[leaving] = YEAR

    def _count(self, now: Ints, mass: Floats, year: int) -> None:
        """What the months not yet counted of these blocks add to the year; their age is that of the end of their stay."""
        flows, some, rows = self.flows, self.blocks, len(self.course.root)
        row, present = some.row[now], mass * some.stay[now] / YEAR
        flows.present[:, year] += summed(row, present, rows)
        for side in self.sides:
            life = formulas.life_used(self.course.life[row, year, side], some.age[now] / YEAR)
            lives = formulas.lives_spent(present, life)
            flows.lives[side, :, year] += summed(row, lives, rows)
            flows.second[side, :, year] += summed(row, lives * some.share[now], rows)

    def _renew(self, now: Ints, year: int) -> None:
        """Renew these blocks, some of them as something else."""
        course, some, row = self.course, self.blocks, self.blocks.row[now]
        left = some.mass[now].copy()
        for rows_left, twins, share in course.moves:
            if not share[:, year].any():
                continue
            place = np.full(len(course.root), -1)
            place[rows_left] = np.arange(len(rows_left))
            moved = np.where(place[row] >= 0, some.mass[now] * share[place[row], year], 0.0)
            left -= moved
            mine = np.flatnonzero(moved > 0)
            told = np.stack([twins[place[row[mine]]], *(c[now[mine]] for c in (some.clock, some.leave, some.last))])
            (twin, clock, leave, last), of = np.unique(told, axis=1, return_inverse=True)
            mass = summed(of.reshape(-1).astype(np.int64), moved[mine], len(twin))
            some.add(row=twin, clock=clock, leave=leave, last=last, mass=mass, share=course.second[twin, year])
            self._buy(twin, mass, year)
        self._buy(row, left, year)
        some.mass[now], some.age[now], some.share[now] = left, 0, course.second[row, year]

    def _buy(self, row: Ints, mass: Floats, year: int) -> None:
        rows, second = len(self.course.root), self.course.second[row, year]
        self.flows.bought[:, year] += summed(row, mass, rows)
        self.flows.bought_second[:, year] += summed(row, mass * second, rows)
