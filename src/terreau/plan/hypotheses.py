"""What a trajectory holds true for want of better, said in both languages (hypothèses)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from terreau.factors.criteria import criterion
from terreau.footprint.figures import KEYS
from terreau.footprint.matched import NO_PUE
from terreau.footprint.weights import summed
from terreau.kernel.errors import TerreauError
from terreau.kernel.term import figure
from terreau.plan.changes import EVERYTHING, GROWTH_DOUBT, Change
from terreau.plan.drawing import DRAWS
from terreau.plan.effects import touches
from terreau.plan.fleet import Fleet

if TYPE_CHECKING:
    from terreau.plan.trajectory import Trajectory


REFERENCE = 0
PACE = 1.5
"""Purchases to come that differ from those of the footprint's year by more than this ratio are pointed out."""
SEEN = 0.1
"""From this share of a category past its lifespan, a longer life is partly what is done already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis:
    """One thing held true; ``facts`` fill its words, numbers as numbers and names as (French, English)."""

    key: str
    subject: str = ""
    facts: dict[str, object] = field(default_factory=dict)

    def sentence(self, language: str = "fr") -> str:
        """The hypothesis in words."""
        return _words()[self.key][language].format(**{name: _said(one, language) for name, one in self.facts.items()})

    def as_json(self, language: str = "fr") -> dict[str, object]:
        """The public shape; both languages are there, ``text`` is the one asked."""
        return {
            "key": f"{self.key}:{self.subject}" if self.subject else self.key,
            "fr": self.sentence("fr"),
            "en": self.sentence("en"),
            "text": self.sentence(language),
        }


def hypotheses(trajectory: Trajectory) -> tuple[Hypothesis, ...]:
    """Those of the run that have an object: the fleet's, then the changes'."""
    return (*_of_the_fleet(trajectory), *_of_the_changes(trajectory), *_left_over(trajectory))


@cache
def _words() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("terreau.plan").joinpath("hypotheses.toml").read_text(encoding="utf-8"))


def _said(value: object, language: str) -> str:
    if isinstance(value, tuple):
        return str(value[language == "en"])
    if not isinstance(value, float | int):
        return str(value)
    return figure(float(f"{value:.3g}") if abs(value) < 1000 else round(value), language)


def _of_the_fleet(trajectory: Trajectory) -> Iterator[Hypothesis]:
    outlook, fleet = trajectory.outlook, trajectory.fleet
    yield Hypothesis(key="same_world")
    yield Hypothesis(key="same_size")
    yield Hypothesis(key="renewal")
    matched = fleet.matched
    undated = (matched.grain.months < 0) & np.isin(matched.grain.of, fleet.at)  # what has no factor is not projected
    unknown = float(matched.grain.days[undated].sum()) / matched.weights.period.days
    if unknown:
        yield Hypothesis(key="unknown_age", facts={"count": _devices(unknown)})
    if fleet.late:
        key = "backlog" if outlook.backlog is None else "backlog_years"
        yield Hypothesis(key=key, facts={"count": _devices(fleet.late), "years": outlook.backlog or 0.0})
    bought, *later = trajectory.bought(REFERENCE)
    mean = sum(later) / len(later)
    if max(mean, bought) > PACE * min(mean, bought):
        yield Hypothesis(key="pace", facts={"before": _devices(bought), "count": _devices(mean)})
    if not outlook.growth:
        yield Hypothesis(key="no_growth")
    for category, percent in sorted(outlook.growth.items()):
        if category == "*":
            yield Hypothesis(key="growth_all", facts={"percent": percent})
        else:
            yield Hypothesis(
                key="growth", subject=category, facts={"percent": percent, "what": _name(trajectory, category)}
            )
    yield Hypothesis(key="calendar")
    yield Hypothesis(key="draws", facts={"draws": DRAWS})
    yield Hypothesis(key="growth_doubt", facts={"points": GROWTH_DOUBT})


def _devices(many: float) -> float:
    """A number of devices as people say it: whole from ten on, two digits under."""
    return float(f"{many:.2g}") if many < 10 else round(many)


def _of_the_changes(trajectory: Trajectory) -> Iterator[Hypothesis]:
    kinds, there = {one.kind for one in trajectory.changes}, _there(trajectory.fleet)
    if any(one.kind == "lifespan" and one.operator == "set" for one in trajectory.changes):
        yield Hypothesis(key="life_kept", facts={"percent": trajectory.fleet.matched.rules.policy_spread * 100})
    for kind in ("count", "kwh", "replace", "zone", "pue"):
        if kind in kinds:
            yield Hypothesis(key=f"lever_{kind}")
    for one in trajectory.changes:
        if one.ratio is not None:
            facts = {"low": one.ratio.low * 100, "central": one.ratio.central * 100, "high": one.ratio.high * 100}
            yield Hypothesis(
                key="second_hand", subject=one.key, facts={**facts, "what": _name(trajectory, one.category)}
            )
        if _shortens(trajectory, one):
            yield Hypothesis(
                key="shorter",
                subject=one.key,
                facts={"lever": _lever(one), "what": _name(trajectory, one.category), "years": one.number},
            )
        if _lengthens(trajectory, one):
            yield from _already_long(trajectory, one)
        spots = [KEYS[c] for c in sorted(trajectory.blind[one.key]) if KEYS[c] in trajectory.criteria]
        if spots:
            labels = (", ".join(criterion(key).label(language) for key in spots) for language in ("fr", "en"))
            yield Hypothesis(key="left_out", subject=one.key, facts={"lever": _lever(one), "what": tuple(labels)})
        if one.kind == "pue" and _already(trajectory, one):
            yield Hypothesis(key="already_low_pue", subject=one.key, facts={"lever": _lever(one), "pue": one.number})
        if not touches(one, there):
            yield Hypothesis(key="without_object", subject=one.key, facts={"lever": _lever(one)})


def _there(fleet: Fleet) -> Fleet:
    """The rows of which some device is still there on the last day, with their twins."""
    return fleet.only(np.flatnonzero(summed(fleet.root, fleet.number, len(fleet))[fleet.root] > 0))


def _left_over(trajectory: Trajectory) -> Iterator[Hypothesis]:
    """Categories kept longer and fewer at once: making spread over years that those who go will not live."""
    fleet, growth = trajectory.fleet, trajectory.outlook.growth
    there = set(map(str, fleet.category[fleet.number > 0]))
    for category in sorted(there & {one.category for one in trajectory.changes if _lengthens(trajectory, one)}):
        fewer = any(one.kind == "count" and one.category == category and one.number < 1 for one in trajectory.changes)
        if fewer or growth.get(category, growth.get(EVERYTHING, 0.0)) < 0:
            yield Hypothesis(key="leftover", subject=category, facts={"what": _name(trajectory, category)})


def _lengthens(trajectory: Trajectory, one: Change) -> bool:
    """Whether a lifespan asked is over the one retained for the footprint, for some device."""
    if one.kind != "lifespan":
        return False
    life = trajectory.fleet.life[trajectory.fleet.category == one.category, 1]
    return one.number > 0 if one.operator == "add" else bool((life < one.number - 1e-9).any())


def _already_long(trajectory: Trajectory, one: Change) -> Iterator[Hypothesis]:
    """What a longer life would credit though it is done already: devices seen to be older, a policy not yet proven."""
    fleet = trajectory.fleet
    mine = fleet.category[fleet.cohorts.row] == one.category
    whole, late = float(fleet.cohorts.mass[mine].sum()), fleet.late_among(mine)
    facts = {"lever": _lever(one), "what": _name(trajectory, one.category)}
    if whole and late >= SEEN * whole * (1 - 1e-9):
        yield Hypothesis(key="already_kept", subject=one.key, facts={**facts, "count": _devices(late)})
    settled = fleet.matched.settled.get(one.category)
    if settled and settled.origin == "policy_capped" and settled.declared:
        asked = settled.central + one.number if one.operator == "add" else one.number
        if asked <= settled.declared + 1e-9:
            told = {"declared": settled.declared, "kept": settled.central}
            yield Hypothesis(key="already_declared", subject=one.key, facts={**facts, **told})


def _already(trajectory: Trajectory, one: Change) -> bool:
    """Whether there are rooms, and none of them has a PUE over the one asked."""
    fleet = trajectory.fleet
    rooms = fleet.pue[fleet.pue != NO_PUE]
    return bool(len(rooms)) and bool((fleet.matched.pue_values(rooms) <= one.number + 1e-9).all())


def _shortens(trajectory: Trajectory, one: Change) -> bool:
    """Whether a lifespan asked is under the one retained for the footprint, for some device."""
    if one.kind != "lifespan":
        return False
    life = trajectory.fleet.life[trajectory.fleet.category == one.category, 1]
    return one.number < 0 if one.operator == "add" else bool((life > one.number + 1e-9).any())


def _lever(one: Change) -> str | tuple[str, str]:
    """What a person calls it: its title, or the end of its name when our catalogue does not know it."""
    from terreau.levers import lever  # late: the catalogue is read only when there is something to say

    try:
        title = lever(one.lever or one.key).title
    except TerreauError:
        return one.key.rpartition("/")[2]
    return f"« {title.fr} »", f"“{title.en}”"


def _name(trajectory: Trajectory, category: str) -> tuple[str, str]:
    known = trajectory.fleet.matched.factor_set
    return known.label(category, "fr").lower(), known.label(category, "en").lower()
