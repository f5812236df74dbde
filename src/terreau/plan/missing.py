"""A trajectory held against a target, and what carries its doubt, with common draws (écart et doute)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from terreau.footprint.figures import KEYS
from terreau.footprint.rules import Z
from terreau.kernel.errors import TerreauError
from terreau.kernel.interval import Interval
from terreau.plan.blind import by_sight
from terreau.plan.changes import EVERYTHING, GROWTH_DOUBT
from terreau.plan.curve import Course, Gap, Target
from terreau.plan.drawing import KINDS, Draws, Luck, interval_of
from terreau.plan.effects import central_of
from terreau.plan.scenario import ratios_of
from terreau.plan.trajectory import Trajectory, ratios_by_category
from terreau.plan.yearly import READINGS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

GROWTH = "growth"
UNFELT = 1e-12


def against(trajectory: Trajectory, target: Target) -> Course:
    """The trajectory held against ``target`` (amortised reading), from year 1 to the horizon.

    The target is a share of the baseline in every draw: the same factors will measure both.
    """
    key = target.criterion
    if key not in trajectory.criteria:
        raise TerreauError("plan.criterion_unknown", criterion=key)
    now = trajectory.value(key, 0, 0).central
    baseline = now if target.baseline is None else target.baseline
    curve = target.curve(baseline, trajectory.outlook.years)
    values = _drawn(trajectory, key)
    scale = values[:, 0, 0] / now
    gaps = []
    for year in range(1, trajectory.outlook.years + 1):
        needed = baseline - curve[year]
        planned = trajectory.value(key, year)
        short = values[:, 1, year] - curve[year] * scale
        gaps.append(
            Gap(
                criterion=key,
                year=year,
                allowed=curve[year],
                planned=planned,
                missing=interval_of(short / (needed * scale), (planned.central - curve[year]) / needed),
                short=interval_of(short, planned.central - curve[year]),
            )
        )
    return Course(target=target, curve=curve, gaps=tuple(gaps))


def gain_of(trajectory: Trajectory, criterion: str, year: int) -> Interval:
    """What the whole plan takes away from the reference in one year, with common draws (amortised reading)."""
    values = _drawn(trajectory, criterion)[:, :, year]
    central = trajectory.value(criterion, year, 0).central - trajectory.value(criterion, year).central
    return interval_of(values[:, 0] - values[:, 1], central)


def between(one: Trajectory, other: Trajectory, criterion: str, year: int) -> Interval:
    """What ``other`` weighs less than ``one`` in one year, with common draws; both of one ``side_by_side``."""
    if one.fleet is not other.fleet:
        raise ValueError("these trajectories were not simulated side by side")
    drawn = [_drawn(trajectory, criterion)[:, 1, year] for trajectory in (one, other)]
    central = one.value(criterion, year).central - other.value(criterion, year).central
    return interval_of(drawn[0] - drawn[1], central)


def carried(trajectory: Trajectory, criterion: str, year: int | None = None) -> dict[str, float]:
    """Share of the doubt about the plan's total that each kind of input carries; they add up to 1.

    Growth is held uncertain by ``GROWTH_DOUBT`` points a year. Kinds of ``drawing.KINDS``, and ``growth``.
    """
    at = trajectory.outlook.years if year is None else year
    found = {kind: float(np.var(_drawn(trajectory, criterion, (kind,))[:, 1, at])) for kind in KINDS}
    found[GROWTH] = _growth_doubt(trajectory, criterion, at) ** 2
    whole = sum(found.values())
    shares = {kind: value / whole if whole else 0.0 for kind, value in found.items()}
    return {kind: share if share > UNFELT else 0.0 for kind, share in sorted(shares.items(), key=lambda one: -one[1])}


def drawn_of(trajectory: Trajectory, reading: str, criteria: Sequence[int], luck: Luck) -> Floats:
    """[draw, (reference, plan), year, one of ``criteria``]: each without the changes it cannot follow."""
    fleet, outlook = trajectory.fleet, trajectory.outlook
    ratios = ratios_of(fleet, ratios_by_category(trajectory.changes))
    found = np.zeros((luck.draws, 2, outlook.years + 1, len(criteria)))
    for out, places in by_sight(trajectory.blind):
        mine = [n for n, c in enumerate(criteria) if c in places]
        if not mine:
            continue
        seen = [one for one in trajectory.changes if one.key not in out]
        planned = outlook.scenario(fleet, seen) if out else trajectory.scenarios[1]
        draws = Draws(figures=fleet.figures, luck=luck, criteria=tuple(criteria[n] for n in mine))
        found[..., mine] = draws.of(fleet, (trajectory.scenarios[0], planned), ratios, reading)
    return found


def _drawn(trajectory: Trajectory, criterion: str, varying: tuple[str, ...] = KINDS) -> Floats:
    """[draw, (reference, plan), year] of one criterion, amortised; made once for a trajectory, never written to."""
    asked = (criterion, varying)
    if asked not in trajectory.drawn:
        luck = Luck(rules=trajectory.fleet.matched.rules, varying=varying)
        made = drawn_of(trajectory, READINGS[0], (KEYS.index(criterion),), luck)[..., 0]
        made.setflags(write=False)
        trajectory.drawn[asked] = made
    return trajectory.drawn[asked]


def _growth_doubt(trajectory: Trajectory, criterion: str, year: int) -> float:
    """Standard deviation that the doubt about growth gives to one year; it may go beyond the hypotheses that are taken."""
    low, high = (_grown(trajectory, criterion, points)[year] for points in (-GROWTH_DOUBT, GROWTH_DOUBT))
    return float(high - low) / (2 * Z)


def _grown(trajectory: Trajectory, criterion: str, points: float) -> Floats:
    """Central totals of the plan with every growth moved by ``points``, year by year."""
    outlook, fleet = trajectory.outlook, trajectory.fleet
    growth = {EVERYTHING: 0.0, **outlook.growth}
    moved = {category: percent + points for category, percent in growth.items()}
    out = trajectory.left_out(criterion)
    told = [one for one in trajectory.changes if one.key not in out]
    ratios = ratios_of(fleet, ratios_by_category(told))
    totals = central_of(fleet, outlook.scenario(fleet, told, moved), ratios)[0, :, KEYS.index(criterion)]
    return np.concatenate([[trajectory.value(criterion, 0).central], totals])
