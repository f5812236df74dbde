"""Where the curve must go, and what is missing to get there (cible et écart).

Nothing heavy is imported here before a trajectory is asked: forms may.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from terreau.plan.curve import MISSED, OPEN, REACHED, Course, Gap, Target

if TYPE_CHECKING:
    from terreau.kernel.interval import Interval
    from terreau.plan.trajectory import Trajectory

__all__ = [
    "MISSED", "OPEN", "REACHED", "Course", "Gap", "Target", "against", "between", "carried", "gain_of",
]  # fmt: skip


def against(trajectory: Trajectory, target: Target) -> Course:
    """The trajectory held against ``target`` (amortised reading), from year 1 to the horizon.

    The target is a share of the baseline in every draw: the same factors will measure both.
    """
    from terreau.plan.missing import against as held

    return held(trajectory, target)


def gain_of(trajectory: Trajectory, criterion: str, year: int) -> Interval:
    """What the whole plan takes away from the reference in one year, with common draws (amortised reading)."""
    from terreau.plan.missing import gain_of as gained

    return gained(trajectory, criterion, year)


def between(one: Trajectory, other: Trajectory, criterion: str, year: int) -> Interval:
    """What ``other`` weighs less than ``one`` in one year, with common draws; both of one ``side_by_side``."""
    from terreau.plan.missing import between as parted

    return parted(one, other, criterion, year)


def carried(trajectory: Trajectory, criterion: str, year: int | None = None) -> dict[str, float]:
    """Share of the doubt about the plan's total that each kind of input carries; they add up to 1, greatest first.

    Kinds of ``drawing.KINDS``, and ``growth``, held uncertain by ``GROWTH_DOUBT`` points a year.
    """
    from terreau.plan.missing import carried as shared

    return shared(trajectory, criterion, year)
