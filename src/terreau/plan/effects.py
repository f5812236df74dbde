"""What each change brings, whatever their order: Shapley values, category by category (effets).

A change that does not touch a category is worth nothing there: coalitions are only walked among those that meet.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import factorial
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from terreau.footprint.figures import KEYS
from terreau.footprint.matched import NO_PUE
from terreau.kernel.errors import TerreauError
from terreau.plan.changes import EVERYTHING, MOVING, Change
from terreau.plan.fleet import Fleet
from terreau.plan.renewal import CENTRAL, Course, Flows, renew
from terreau.plan.scenario import apart, course_of, ratios_of, repeated, supply_of, together
from terreau.plan.yearly import READINGS, Scenario, making_of, usage_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from terreau.kernel.interval import Interval

    Floats = NDArray[np.float64]

Key = TypeVar("Key", str, tuple[str, str])
MOST_TOGETHER = 12
"""Changes that may meet on one category: beyond, coalitions are too many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effects:
    """Central gains (positive: less impact), [reading, year, criterion], years 1 to the last.

    by: of each change, adding up to the joint gain; alone: of each change by itself; joint: of all together;
    shared: for each pair that meets, what their gains alone count twice (negative: they help each other).
    """

    by: Mapping[str, Floats]
    alone: Mapping[str, Floats]
    joint: Floats
    shared: Mapping[tuple[str, str], Floats]

    def with_criteria(self, other: Effects, criteria: Sequence[int]) -> Effects:
        """These effects, with some criteria of another's."""
        kept = np.zeros(len(KEYS), dtype=bool)
        kept[list(criteria)] = True

        def both(mine: Mapping[Key, Floats], theirs: Mapping[Key, Floats]) -> dict[Key, Floats]:
            return {key: np.where(kept, one, mine.get(key, np.zeros_like(one))) for key, one in theirs.items()} | {
                key: np.where(kept, 0.0, one) for key, one in mine.items() if key not in theirs
            }

        return Effects(
            by=both(self.by, other.by),
            alone=both(self.alone, other.alone),
            joint=np.where(kept, other.joint, self.joint),
            shared=both(self.shared, other.shared),
        )


def effects_of(
    fleet: Fleet,
    changes: Sequence[Change],
    years: int,
    growth: Mapping[str, float],
    ratios: Mapping[str, Interval],
    out: Collection[str] = (),
) -> Effects:
    """Gains of ``changes``, each and together; those left ``out`` bring nothing."""
    nothing = np.zeros((len(READINGS), years, len(KEYS)))
    by = {one.key: nothing.copy() for one in changes}
    alone = {one.key: nothing.copy() for one in changes}
    shared: dict[tuple[str, str], Floats] = {}
    joint = nothing.copy()
    for rows in groups_of(fleet):
        part = fleet.only(rows)
        mine = [one for one in changes if one.key not in out and touches(one, part)]
        if not mine:
            continue
        if len(mine) > MOST_TOGETHER:
            raise TerreauError(
                "plan.too_many_together", category=str(part.category[0]), count=len(mine), most=MOST_TOGETHER
            )
        worth = worths(part, mine, years, growth, ratios)
        for n, one in enumerate(mine):
            alone[one.key] += worth[0] - worth[1 << n]
            by[one.key] += _part(worth, n, len(mine))
        joint += worth[0] - worth[-1]
        for (n, one), (m, other) in combinations(enumerate(mine), 2):
            twice = worth[0] - worth[1 << n] - worth[1 << m] + worth[1 << n | 1 << m]
            shared[one.key, other.key] = shared.get((one.key, other.key), 0.0) + twice
    return Effects(by=by, alone=alone, joint=joint, shared=shared)


def groups_of(fleet: Fleet) -> list[NDArray[np.int64]]:
    """Rows of each category, with their twins."""
    of_root = fleet.category[fleet.root]
    return [np.flatnonzero(of_root == category) for category in np.unique(of_root)]


def touches(one: Change, part: Fleet) -> bool:
    """Whether a change may alter anything of these rows."""
    if one.kind == "pue":
        return bool((part.pue != NO_PUE).any())
    if one.kind in ("count", "replace"):
        return bool((part.category[part.root] == one.category).any())
    return one.category == EVERYTHING or bool((part.category == one.category).any())


def worths(
    part: Fleet, changes: Sequence[Change], years: int, growth: Mapping[str, float], ratios: Mapping[str, Interval]
) -> Floats:
    """Central value of every coalition, by its number (bit ``n``: change ``n`` is in): [coalition, reading, year, criterion]."""
    moving = [n for n, one in enumerate(changes) if one.kind in MOVING]
    still = [n for n in range(len(changes)) if n not in moving]
    making, ratio = making_of(part), ratios_of(part, ratios)[:, CENTRAL, None]
    every = [course_of(part, chosen(changes, code, moving), years, growth) for code in range(1 << len(moving))]
    courses, which = _walked_once(every)
    walked = renew(repeated(part.cohorts, len(part), len(courses)), together(courses), (CENTRAL,))
    flows = apart(walked, len(courses))
    made = np.stack([made_of(one, making, ratio) for one in flows])
    present = np.stack([one.present for one in flows])
    found = np.empty((1 << len(changes), len(READINGS), years, len(KEYS)))
    for code in range(1 << len(still)):
        usage = usage_of(part, supply_of(part, chosen(changes, code, still), years))
        used = np.einsum("sry,ryc->syc", present, usage)
        for moved in range(1 << len(moving)):
            found[_spread(code, still) | _spread(moved, moving)] = made[which[moved]] + used[which[moved]]
    return found


def made_of(flows: Flows, making: Floats, ratio: Floats) -> Floats:
    """Making of each year in both readings, [reading, year, criterion], central; ratio: of second hand, [row, 1]."""
    amortised = flows.lives[CENTRAL] - (1 - ratio) * flows.second[CENTRAL]
    whole = flows.bought - (1 - ratio) * flows.bought_second
    return np.stack([np.einsum("ry,rc->yc", lives, making) for lives in (amortised, whole)])


def central_of(part: Fleet, one: Scenario, ratios: Floats) -> Floats:
    """Central totals of a scenario, [reading, year, criterion], years 1 to the last."""
    used = np.einsum("ry,ryc->yc", one.flows.present, usage_of(part, one.supply))
    return made_of(one.flows, making_of(part), ratios[:, CENTRAL, None]) + used


def coalitions(
    part: Fleet, changes: Sequence[Change], codes: Sequence[int], years: int, growth: Mapping[str, float]
) -> list[Scenario]:
    """The scenario of each coalition of ``codes`` (bit ``n``: change ``n`` is in), walked together."""
    every = [course_of(part, chosen(changes, code), years, growth) for code in codes]
    courses, which = _walked_once(every)
    flows = apart(renew(repeated(part.cohorts, len(part), len(courses)), together(courses)), len(courses))
    return [
        Scenario(course=every[n], flows=flows[which[n]], supply=supply_of(part, chosen(changes, code), years))
        for n, code in enumerate(codes)
    ]


def chosen(changes: Sequence[Change], code: int, places: Sequence[int] | None = None) -> list[Change]:
    """The changes of a coalition; ``places``: those that the bits of ``code`` stand for, all unless said."""
    order = range(len(changes)) if places is None else places
    return [changes[place] for n, place in enumerate(order) if code >> n & 1]


def _walked_once(every: Sequence[Course]) -> tuple[list[Course], list[int]]:
    """Distinct courses, and which one each coalition follows: of two lifespans only the longest may count."""
    names = [
        b"".join(part.tobytes() for part in (one.life, one.number, one.second, *(move[2] for move in one.moves)))
        for one in every
    ]
    place = {name: n for n, name in enumerate(dict.fromkeys(names))}
    return list(dict(zip(names, every, strict=True)).values()), [place[name] for name in names]


def _spread(code: int, places: Sequence[int]) -> int:
    """The bits of ``code`` moved to their places."""
    return sum(1 << place for n, place in enumerate(places) if code >> n & 1)


def _part(worth: Floats, one: int, players: int) -> Floats:
    """Mean, over every order of arrival, of what change ``one`` takes away."""
    bit, found = 1 << one, np.zeros(worth.shape[1:])
    others = np.array([code for code in range(1 << players) if not code & bit])
    weights = np.array([weight_of(int(code).bit_count(), players) for code in others])
    found += np.tensordot(weights, worth[others] - worth[others | bit], axes=1)
    return found


def weight_of(size: int, players: int) -> float:
    """Share of the orders of arrival in which these ``size`` players, and they only, come before a given one."""
    return factorial(size) * factorial(players - size - 1) / factorial(players)
