"""How wide the effect of each change is, year after year, with common draws (intervalle des effets)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from terreau.footprint.figures import KEYS
from terreau.kernel.interval import Interval
from terreau.plan.changes import Change
from terreau.plan.drawing import Draws, Luck, interval_of
from terreau.plan.effects import coalitions, groups_of, touches, weight_of
from terreau.plan.fleet import Fleet
from terreau.plan.scenario import ratios_of
from terreau.plan.trajectory import Trajectory, ratios_by_category
from terreau.plan.yearly import READINGS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MOST_WALKED = 5
"""Changes of one category whose every order of arrival is drawn; beyond, the first and the last to come only."""


def effect_intervals(
    trajectory: Trajectory, criterion: str, reading: str = READINGS[0]
) -> dict[str, tuple[Interval, ...]]:
    """The effect of each change in each year, year 0 first [unit]; central ones are those of ``gains`` and add up.

    Bounds do not add up. A change left out of the criterion has no effect.
    """
    fleet, years = trajectory.fleet, trajectory.outlook.years
    left_out = trajectory.left_out(criterion)
    told = [one for one in trajectory.changes if one.key not in left_out]
    draws = Draws(figures=fleet.figures, luck=Luck(rules=fleet.matched.rules), criteria=(KEYS.index(criterion),))
    found = {one.key: np.zeros((draws.luck.draws, years)) for one in trajectory.changes}
    for rows in groups_of(fleet):
        part = fleet.only(rows)
        mine = [one for one in told if touches(one, part)]
        if mine:
            for key, drawn in _drawn(trajectory, part, mine, draws, reading).items():
                found[key] += drawn
    return {
        key: tuple(
            interval_of(drawn[:, year - 1], trajectory.gains(criterion, year, reading)[key])
            if year
            else Interval(0.0, 0.0, 0.0)
            for year in range(years + 1)
        )
        for key, drawn in found.items()
    }


def _drawn(
    trajectory: Trajectory, part: Fleet, changes: Sequence[Change], draws: Draws, reading: str
) -> dict[str, Floats]:
    """Effect of each change on one category, [draw, year]."""
    outlook, players = trajectory.outlook, len(changes)
    orders = [_orders(n, players) for n in range(players)]
    codes = sorted({code for one in orders for before, _ in one for code in before})
    scenarios = coalitions(part, changes, codes, outlook.years, outlook.growth)
    ratios = ratios_of(part, ratios_by_category(trajectory.changes))
    values = draws.of(part, scenarios, ratios, reading)[:, :, 1:, 0]
    place = {code: n for n, code in enumerate(codes)}
    found = {}
    for one, order in zip(changes, orders, strict=True):
        whole = np.zeros((len(values), values.shape[2]))
        for (without, with_it), weight in order:
            whole += weight * (values[:, place[without]] - values[:, place[with_it]])
        found[one.key] = whole
    return found


def _orders(one: int, players: int) -> list[tuple[tuple[int, int], float]]:
    """Coalitions without a change and with it, each with its weight; they add up to 1."""
    bit = 1 << one
    if players > MOST_WALKED:
        every = (1 << players) - 1
        return [((0, bit), 0.5), ((every & ~bit, every), 0.5)]
    return [
        ((code, code | bit), weight_of(code.bit_count(), players)) for code in range(1 << players) if not code & bit
    ]
