"""A fleet over the years to come: as things go, and with levers (trajectoire).

Year 0 is the footprint, byte for byte; every other year is what the same engine says of the fleet grown older.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from terreau.footprint.figures import KEYS, UNITS
from terreau.footprint.result import Footprint
from terreau.kernel.errors import TerreauError
from terreau.kernel.interval import Interval
from terreau.plan.blind import blind_spots, by_sight
from terreau.plan.changes import Change, checked, checked_growth, checked_years
from terreau.plan.effects import Effects, effects_of
from terreau.plan.fleet import Fleet, fleet_of
from terreau.plan.hypotheses import Hypothesis, hypotheses
from terreau.plan.renewal import renew
from terreau.plan.scenario import course_of, ratios_of, supply_of
from terreau.plan.yearly import READINGS, Scenario, Totals, totals_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

REFERENCE, PLANNED = 0, 1
LEAST_SHARED = 0.01
"""Overlaps under this share of the joint gain are not told."""


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """A footprint, and what is held true of the years to come; ``simulate`` then answers any plan.

    growth: % a year by category, ``*`` for the others; backlog: years over which devices past their lifespan are
    renewed, None for the lifespan of each kind.
    """

    footprint: Footprint
    years: int
    growth: Mapping[str, float] = field(default_factory=dict)
    backlog: float | None = None

    def __post_init__(self) -> None:
        checked_years(self.years)
        matched = self.footprint.matched
        if matched.rules.conventions is not None:
            raise TerreauError("plan.other_rules", rules=matched.rules.key)
        if self.backlog is not None and not 1 / 12 <= self.backlog <= 30:
            raise TerreauError("plan.backlog_out_of_bounds", years=self.backlog)
        checked_growth(dict(self.growth), self.categories)

    @cached_property
    def categories(self) -> tuple[str, ...]:
        """Categories that the factor set describes; a model known by its name is none."""
        known = self.footprint.matched.factor_set.items()
        return tuple(sorted({item.partition("/")[0] for item in known if not item.startswith("model:")}))

    @cached_property
    def _kept(self) -> dict[object, object]:
        return {}

    def fleet(self, changes: Iterable[Change] = ()) -> Fleet:
        """The fleet, with room for what ``changes`` may bring in."""
        moves = tuple(sorted({(one.category, one.other) for one in changes if one.kind == "replace"}))
        zones = tuple(sorted({str(one.value) for one in changes if one.kind == "zone"}))
        if (moves, zones) not in self._kept:
            made = fleet_of(self.footprint.matched, backlog=self.backlog, moves=moves, zones=zones)
            self._kept[moves, zones] = made
        return self._kept[moves, zones]  # type: ignore[return-value]

    def scenario(
        self, fleet: Fleet, changes: Iterable[Change] = (), growth: Mapping[str, float] | None = None
    ) -> Scenario:
        """What becomes of ``fleet`` under ``changes``; growth: in place of its own."""
        told = tuple(changes)
        course = course_of(fleet, told, self.years, self.growth if growth is None else growth)
        return Scenario(course=course, flows=renew(fleet.cohorts, course), supply=supply_of(fleet, told, self.years))

    def ready(self, changes: Iterable[Change]) -> tuple[Change, ...]:
        """The changes checked, in the order of their keys, each country known and each second-hand ratio found."""
        known = self.footprint.matched.factor_set
        told = []
        for one in changes:
            if one.kind == "zone":
                zone = known.zone_of(str(one.value))
                if zone is None:
                    raise TerreauError("plan.zone_unknown", key=one.key, zone=one.value)
                one = replace(one, value=zone)
            if one.kind == "second_hand" and one.ratio is None:
                one = replace(one, ratio=_ratio_of(one))
            told.append(one)
        return checked(told, self.years, self.categories)

    def side_by_side(self, plans: Mapping[str, Iterable[Change]]) -> dict[str, Trajectory]:
        """Several plans of one fleet, drawn alike: they differ by what they change (scénarios côte à côte)."""
        told = {name: self.ready(changes) for name, changes in plans.items()}
        every = [one for changes in told.values() for one in changes]
        return {name: self.simulate(changes, among=every) for name, changes in told.items()}

    def simulate(self, changes: Iterable[Change] = (), *, among: Iterable[Change] = ()) -> Trajectory:
        """The reference and the plan, year by year, with the gain of each change.

        among: changes of other plans to be compared with this one: all then share their factors and their draws.
        """
        told = self.ready(changes)
        fleet, ratios = self.fleet((*told, *among)), ratios_by_category(told)
        reference, found = self._reference(fleet)
        planned = self.scenario(fleet, told) if told else reference
        spots = blind_spots(fleet, told)
        totals, effects = found, effects_of(fleet, (), self.years, self.growth, ratios)
        for out, criteria in by_sight(spots):
            seen = [one for one in told if one.key not in out]
            if not criteria or not told:
                continue
            scenario = self.scenario(fleet, seen) if out else planned
            after = self._totals(fleet, scenario, ratios_of(fleet, ratios))
            totals = after if totals is found else totals.with_criteria(after, criteria)
            gained = effects_of(fleet, told, self.years, self.growth, ratios, out)
            effects = effects.with_criteria(gained, criteria)
        return Trajectory(
            outlook=self,
            changes=told,
            fleet=fleet,
            scenarios=(reference, planned),
            blind=spots,
            totals=_side_by_side(found, totals),
            effects=effects,
        )

    def _reference(self, fleet: Fleet) -> tuple[Scenario, Totals]:
        """The years to come as things go: the same for every plan."""
        if id(fleet) not in self._kept:
            scenario = self.scenario(fleet)
            self._kept[id(fleet)] = scenario, self._totals(fleet, scenario, ratios_of(fleet, {}))
        return self._kept[id(fleet)]  # type: ignore[return-value]

    def _totals(self, fleet: Fleet, scenario: Scenario, ratios: Floats) -> Totals:
        return _with_the_footprint(totals_of(fleet, (scenario,), ratios), self.footprint)


@dataclass(frozen=True, kw_only=True)
class Trajectory:
    """Reference and plan, [reading, (reference, planned), year, criterion]; the gains of each change.

    blind: for each change, places of the criteria that it cannot be followed on: there it is left out.
    """

    outlook: Outlook
    changes: tuple[Change, ...]
    fleet: Fleet
    scenarios: tuple[Scenario, Scenario]
    blind: Mapping[str, frozenset[int]]
    totals: Totals
    effects: Effects
    drawn: dict[object, Floats] = field(default_factory=dict, init=False, repr=False, compare=False)
    """Draws already made of it, by ``missing``: a gap, a gain and a comparison ask for the same ones."""

    @property
    def criteria(self) -> tuple[str, ...]:
        """Criteria of which the footprint knows something."""
        return tuple(one.criterion for one in self.outlook.footprint.totals)

    @cached_property
    def hypotheses(self) -> tuple[Hypothesis, ...]:
        """Everything held true for want of better."""
        return hypotheses(self)

    def value(self, criterion: str, year: int, scenario: int = PLANNED, reading: str = READINGS[0]) -> Interval:
        """One total [unit of the criterion]."""
        at = READINGS.index(reading), scenario, year, KEYS.index(criterion)
        return Interval(float(self.totals.low[at]), float(self.totals.central[at]), float(self.totals.high[at]))

    def gains(self, criterion: str, year: int, reading: str = READINGS[0]) -> dict[str, float]:
        """Central gain of each change in one year; they add up to reference less plan."""
        at = READINGS.index(reading), year - 1, KEYS.index(criterion)
        return {one.key: float(self.effects.by[one.key][at]) if year else 0.0 for one in self.changes}

    def left_out(self, criterion: str) -> tuple[str, ...]:
        """Changes left out of a criterion, for want of a factor on one of their sides."""
        return tuple(key for key, spots in self.blind.items() if KEYS.index(criterion) in spots)

    def bought(self, scenario: int = PLANNED) -> tuple[float, ...]:
        """Devices bought in each year, year 0 (by the dates of the inventory) first."""
        return (float(self.fleet.bought.sum()), *map(float, self.scenarios[scenario].flows.bought.sum(axis=0)))

    def bought_by_category(self, scenario: int = PLANNED) -> dict[str, tuple[float, ...]]:
        """The same for each category of which one is bought, in alphabetical order."""
        later, names = self.scenarios[scenario].flows.bought, self.fleet.category
        many = np.concatenate([self.fleet.bought[:, None], later], axis=1)
        sums = {str(one): tuple(map(float, many[names == one].sum(axis=0))) for one in np.unique(names)}
        return {one: bought for one, bought in sums.items() if any(bought)}

    def at_least(self, criterion: str) -> bool:
        """True when something of the fleet is unknown for this criterion: every total is then "at least"."""
        return self.outlook.footprint.coverage[criterion].partial

    def overlaps(self, criterion: str, reading: str = READINGS[0]) -> tuple[dict[str, object], ...]:
        """Pairs of changes whose gains alone, over all the years, count something twice (or help each other), greatest first."""
        place = READINGS.index(reading), slice(None), KEYS.index(criterion)
        joint = abs(float(self.effects.joint[place].sum()))
        found = [(pair, float(one[place].sum())) for pair, one in self.effects.shared.items()]
        told = sorted(
            (one for one in found if abs(one[1]) > LEAST_SHARED * joint), key=lambda one: (-abs(one[1]), one[0])
        )
        return tuple({"levers": list(pair), "counted_twice": value} for pair, value in told)

    def as_json(self, language: str = "fr") -> dict[str, object]:
        """The public contract of ``terreau plan simulate --json``."""
        return {
            "parameters": self._parameters(),
            "criteria": [
                {
                    "criterion": key,
                    "unit": UNITS[key],
                    "at_least": self.at_least(key),
                    "years": [self._year(key, year) for year in range(self.outlook.years + 1)],
                    "overlaps": list(self.overlaps(key)),
                    "left_out": list(self.left_out(key)),
                }
                for key in self.criteria
            ],
            "purchases": [
                {"year": year, "reference": before, "with_levers": after}
                for year, (before, after) in enumerate(zip(self.bought(REFERENCE), self.bought(), strict=True))
            ],
            "assumptions": [one.as_json(language) for one in self.hypotheses],
        }

    def _parameters(self) -> dict[str, object]:
        chosen = self.outlook.footprint
        return {
            "run": chosen.run,
            "rules": chosen.rules,
            "factor_set": chosen.factor_set,
            **chosen.matched.parameters.as_json(),
            "years": self.outlook.years,
            "growth": dict(sorted(self.outlook.growth.items())),
            "backlog_years": self.outlook.backlog,
            "levers": [one.as_json() for one in self.changes],
        }

    def _year(self, key: str, year: int) -> dict[str, object]:
        told: dict[str, object] = {"year": year, **self._reading(key, year, READINGS[0])}
        told["flow"] = self._reading(key, year, READINGS[1])
        return told

    def _reading(self, key: str, year: int, reading: str) -> dict[str, object]:
        sides = {"reference": REFERENCE, "with_levers": PLANNED}
        values = {name: self.value(key, year, side, reading) for name, side in sides.items()}
        return {
            **{name: {"low": one.low, "central": one.central, "high": one.high} for name, one in values.items()},
            "effects": self.gains(key, year, reading),
        }


def ratios_by_category(changes: Iterable[Change]) -> dict[str, Interval]:
    """Second-hand ratio of each category that a change speaks of."""
    return {one.category: one.ratio for one in changes if one.ratio is not None}


def _ratio_of(one: Change) -> Interval:
    from terreau.levers import second_hand_categories, second_hand_ratio

    found = second_hand_ratio(one.category)
    if found is None:
        raise TerreauError("plan.no_ratio", category=one.category, known=", ".join(second_hand_categories()))
    return Interval(found.low, found.central, found.high)


def _side_by_side(first: Totals, second: Totals) -> Totals:
    low, central, high = (
        np.concatenate([getattr(first, side), getattr(second, side)], axis=1) for side in ("low", "central", "high")
    )
    return Totals(low=low, central=central, high=high)


def _with_the_footprint(found: Totals, footprint: Footprint) -> Totals:
    """Year 0 of the amortised reading is the footprint itself, not a sum made again."""
    for total in footprint.totals:
        at = 0, slice(None), 0, KEYS.index(total.criterion)
        found.low[at], found.central[at], found.high[at] = total.value.low, total.value.central, total.value.high
    return found
