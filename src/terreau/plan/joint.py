"""Several levers together: what they bring jointly, and what adding their gains one by one would count twice (ensemble).

The joint gain is drawn with the luck of the reference and of each lever alone; the part of each lever in it is a
Shapley value, so that parts add up to the joint gain whatever the order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from terreau.footprint.figures import KEYS, UNITS
from terreau.kernel.interval import Interval
from terreau.plan.blind import blind_spots, by_sight
from terreau.plan.changes import Change
from terreau.plan.drawing import Draws, Luck, interval_of
from terreau.plan.gains import felt
from terreau.plan.scenario import ratios_of
from terreau.plan.trajectory import Outlook, Trajectory, ratios_by_category
from terreau.plan.yearly import READINGS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """Gains of several changes over all the years, for each criterion [its unit]; positive: less impact.

    joint: of all together, with its interval; alone: of each by itself, which must not be added; parts: of each in the
    joint gain, which add up to it; overlaps: pairs, with what they count twice (negative: they help each other)
    """

    changes: tuple[Change, ...]
    years: int
    joint: Mapping[str, Interval]
    alone: Mapping[str, Mapping[str, float]]
    parts: Mapping[str, Mapping[str, float]]
    overlaps: Mapping[str, tuple[Mapping[str, object], ...]]

    def as_json(self) -> dict[str, object]:
        """The public shape."""
        return {
            "years": self.years,
            "levers": [one.as_json() for one in self.changes],
            "criteria": [
                {
                    "criterion": key, "unit": UNITS[key],
                    "joint": {"low": one.low, "central": one.central, "high": one.high},
                    "alone": dict(self.alone[key]), "parts": dict(self.parts[key]), "overlaps": list(self.overlaps[key]),
                }
                for key, one in self.joint.items()
            ],
        }  # fmt: skip


def together(outlook: Outlook, changes: Iterable[Change], *, reading: str = READINGS[0]) -> Together:
    """What ``changes`` bring jointly over the years of ``outlook``; TerreauError when two of them contradict each other."""
    found = outlook.simulate(changes)
    draws = _drawn(outlook, found, reading)
    place = READINGS.index(reading)
    totals = {one.criterion: one.value.central for one in outlook.footprint.totals}
    known = [(key, KEYS.index(key)) for key in found.criteria]

    def whole(effects: Mapping[str, Floats], c: int) -> dict[str, float]:
        return {one.key: float(effects[one.key][place, :, c].sum()) for one in found.changes}

    return Together(
        changes=found.changes,
        years=outlook.years,
        joint={
            key: felt(interval_of(draws[:, c], float(found.effects.joint[place, :, c].sum())), totals[key])
            for key, c in known
        },
        alone={key: whole(found.effects.alone, c) for key, c in known},
        parts={key: whole(found.effects.by, c) for key, c in known},
        overlaps={key: found.overlaps(key, reading) for key, _ in known},
    )


def _drawn(outlook: Outlook, found: Trajectory, reading: str) -> Floats:
    """[draw, criterion]: joint gains over all the years; a change is left out of the criteria it cannot be followed on."""
    fleet, told = found.fleet, found.changes
    luck = Luck(rules=fleet.matched.rules)
    gains = np.zeros((luck.draws, len(KEYS)))
    for blind, places in by_sight(blind_spots(fleet, told)):
        if not places:
            continue
        seen = [one for one in told if one.key not in blind]
        scenarios, ratios = (outlook.scenario(fleet), outlook.scenario(fleet, seen)), ratios_by_category(seen)
        draws = Draws(figures=fleet.figures, luck=luck, criteria=tuple(places))
        values = draws.of(fleet, scenarios, ratios_of(fleet, ratios), reading)
        gains[:, places] = (values[:, 0, 1:] - values[:, 1, 1:]).sum(axis=1)
    return gains
