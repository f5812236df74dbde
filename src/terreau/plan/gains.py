"""What each lever would bring to this very fleet, criterion by criterion, and how far they can be ranked (gains).

Every lever is simulated alone, with the same draws as the others: two of them part only when one is ahead in nearly
all draws. A lever that lightens one criterion and weighs on another shows both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from terreau.footprint.figures import KEYS, UNITS
from terreau.kernel.errors import TerreauError
from terreau.kernel.interval import Interval
from terreau.plan.blind import blind_spots
from terreau.plan.changes import Change, change_of
from terreau.plan.drawing import Draws, Luck, interval_of
from terreau.plan.effects import central_of, touches
from terreau.plan.fleet import Fleet
from terreau.plan.scenario import ratios_of
from terreau.plan.trajectory import Outlook, ratios_by_category
from terreau.plan.yearly import READINGS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from terreau.levers import Lever

    Floats = NDArray[np.float64]

CLIMATE = "climate_change"
SURE = 0.025
"""Two levers part when fewer draws than this share put them in the other order."""
UNFELT = 1e-9
"""A gain under this share of the reference is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """What one change brings alone: in the last year, and over all the years, for each criterion [its unit].

    A positive gain is less impact. rank: one more than the number of changes of the groups before its own; every change of a
    group is surely ahead of every change after it, and those of one rank are ties. ahead: how many are surely ahead of it.
    """

    change: Change
    last: Mapping[str, Interval]
    whole: Mapping[str, Interval]
    worsens: tuple[str, ...]
    rank: int = 0
    ahead: int = 0

    def as_json(self) -> dict[str, object]:
        """The public shape."""
        return {
            **self.change.as_json(),
            "rank": self.rank,
            "ahead": self.ahead,
            "worsens": list(self.worsens),
            "criteria": [
                {"criterion": key, "unit": UNITS[key], "last_year": _three(one), "all_years": _three(self.whole[key])}
                for key, one in self.last.items()
            ],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Gains in order, for one criterion and reading; those of one rank are ties.

    left_out: changes that touch no device of the fleet, or cannot be followed on this criterion.
    """

    criterion: str
    reading: str
    years: int
    gains: tuple[Gain, ...]
    left_out: tuple[Change, ...]

    @property
    def tied(self) -> tuple[tuple[Gain, ...], ...]:
        """The gains, rank by rank."""
        ranks = sorted({one.rank for one in self.gains})
        return tuple(tuple(one for one in self.gains if one.rank == rank) for rank in ranks)

    def as_json(self) -> dict[str, object]:
        """The public shape."""
        return {
            "criterion": self.criterion,
            "reading": self.reading,
            "years": self.years,
            "gains": [one.as_json() for one in self.gains],
            "left_out": [one.as_json() for one in self.left_out],
        }


def rank(
    outlook: Outlook, changes: Iterable[Change], *, criterion: str = CLIMATE, reading: str = READINGS[0]
) -> Ranking:
    """The changes, each alone, ranked by what it brings to ``criterion`` over all the years."""
    if criterion not in {one.criterion for one in outlook.footprint.totals}:
        raise TerreauError("plan.criterion_unknown", criterion=criterion)
    told = tuple(ready for one in changes for ready in outlook.ready([one]))
    fleet = outlook.fleet(told)
    spots, c = blind_spots(fleet, told), KEYS.index(criterion)
    kept = [one for one in told if touches(one, fleet) and c not in spots[one.key]]
    luck = Draws(figures=fleet.figures, luck=Luck(rules=fleet.matched.rules))
    found = [_alone(outlook, fleet, one, reading, luck) for one in kept]
    ahead = _ahead([one.drawn[:, -1, c] for one in found])
    ranks = _ranks(ahead)
    order = sorted(range(len(found)), key=lambda n: (ranks[n], -found[n].central[-1, c], kept[n].key))
    gains = tuple(
        replace(_gain(outlook, kept[n], found[n], spots[kept[n].key]), rank=ranks[n], ahead=int(ahead[n].sum()))
        for n in order
    )
    left = tuple(one for one in told if one not in kept)
    return Ranking(criterion=criterion, reading=reading, years=outlook.years, gains=gains, left_out=left)


def candidates(outlook: Outlook, levers: Iterable[Lever] | None = None) -> tuple[Change, ...]:
    """The computed levers (those of the catalogue unless given) as changes from year 1; the ones without a ratio are left."""
    from terreau.levers import levers as catalogue
    from terreau.levers import parse, second_hand_categories

    every, found = tuple(catalogue() if levers is None else levers), []
    for lever in every:
        if lever.kind != "computed" or lever.family == "second_hand" and lever.category not in second_hand_categories():
            continue
        if {lever.category, lever.target_category} - {"", "*"} <= set(outlook.categories):
            found.append(change_of(parse(lever.key, every)))
    return tuple(found)


def one_more_year(outlook: Outlook, category: str, years: float = 1.0, *, reading: str = READINGS[0]) -> Gain:
    """What keeping the devices of ``category`` one more year is worth (ce que vaut un an de plus)."""
    change = Change(key=f"life:{category}", parameter=f"lifespan:{category}", operator="add", value=years)
    found = rank(outlook, [change], reading=reading)
    if not found.gains:
        raise TerreauError("plan.no_device_of", category=category)
    return found.gains[0]


@dataclass(frozen=True, slots=True)
class _Alone:
    """Gains of one change: central [(last year, all years), criterion], and drawn [draw, (last, all), criterion]."""

    central: Floats
    drawn: Floats


def _alone(outlook: Outlook, fleet: Fleet, one: Change, reading: str, luck: Draws) -> _Alone:
    part = fleet.only(_touched(one, fleet))
    told = ratios_by_category([one])
    ratios = ratios_of(part, told)
    scenarios = outlook.scenario(part), outlook.scenario(part, [one])
    values = luck.of(part, scenarios, ratios, reading)
    before, after = (central_of(part, each, ratios)[READINGS.index(reading)] for each in scenarios)
    central, drawn = before - after, values[:, 0, 1:] - values[:, 1, 1:]
    return _Alone(np.stack([central[-1], central.sum(axis=0)]), np.stack([drawn[:, -1], drawn.sum(axis=1)], axis=1))


def _gain(outlook: Outlook, change: Change, found: _Alone, blind: frozenset[int]) -> Gain:
    """The gain in the criteria it can be followed on; it worsens those whose central gain is negative."""
    totals = {one.criterion: one.value.central for one in outlook.footprint.totals}
    seen = {key: KEYS.index(key) for key in totals if KEYS.index(key) not in blind}
    last, whole = (
        {
            key: felt(interval_of(found.drawn[:, n, c], float(found.central[n, c])), totals[key])
            for key, c in seen.items()
        }
        for n in (0, 1)
    )
    worse = tuple(key for key, one in whole.items() if one.central < -UNFELT * totals[key])
    return Gain(change=change, last=last, whole=whole, worsens=worse)


def felt(gain: Interval, total: float) -> Interval:
    """The gain, or none at all when the whole of it is a rounding beside the total."""
    return gain if max(abs(gain.low), abs(gain.high)) > UNFELT * abs(total) else Interval(0.0, 0.0, 0.0)


def _touched(one: Change, fleet: Fleet) -> NDArray[np.int64]:
    """The rows of every category that the change may alter, with their twins."""
    of_root = fleet.category[fleet.root]
    mine = [
        category for category in np.unique(of_root) if touches(one, fleet.only(np.flatnonzero(of_root == category)))
    ]
    return np.flatnonzero(np.isin(of_root, mine))


def _ahead(draws: Sequence[Floats]) -> NDArray[np.bool_]:
    """[mine, other]: the other is surely ahead of mine, in all draws but a share of ``SURE`` at most."""
    found = np.array([[float(np.mean(other <= mine)) < SURE for other in draws] for mine in draws], dtype=bool)
    return found.reshape(len(draws), len(draws))


def _ranks(ahead: NDArray[np.bool_]) -> list[int]:
    """The place of the first of one's group, 1 for the best: all those of a group are surely ahead of all those after it.

    Within a group at least one pair swaps, whoever stands between. ahead: see ``_ahead``
    """
    # Whoever has fewer ahead stands no lower: groups, if there are any, follow one another in this order.
    order = np.argsort(ahead.sum(axis=1), kind="stable")
    ranks, first = [1] * len(order), 1
    for place, one in enumerate(order):
        if place and ahead[np.ix_(order[place:], order[:place])].all():
            first = place + 1
        ranks[one] = first
    return ranks


def _three(one: Interval) -> dict[str, float]:
    return {"low": one.low, "central": one.central, "high": one.high}
