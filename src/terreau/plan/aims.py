"""What a commitment aims at (objectif chiffré): an indicator, where it starts from, where it must arrive, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

UP, DOWN, NONE = DIRECTIONS = ("up", "down", "none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """The situation a promise starts from (situation de référence): value in the unit of the aim, its day, how it was measured."""

    value: float
    on: date
    method: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A value of the indicator on a day, in the unit of the aim; low, high: what the measure allows, None when it does not say.

    comparable: False when it was measured with a method the baseline was not: it then says nothing of progress
    """

    on: date
    value: float
    low: float | None = None
    high: float | None = None
    comparable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """One indicator to be moved (means or result).

    indicator: key of the catalogue; unit: of baseline and target; direction: one of DIRECTIONS, the wished one
    target_on: day of the target, None for the due day of the commitment
    """

    indicator: str
    unit: str = ""
    direction: str = UP
    baseline: Baseline | None = None
    target: float | None = None
    target_on: date | None = None

    @property
    def judgeable(self) -> bool:
        """True when a value can be said to reach the target: a direction, a baseline and a target on the right side of it."""
        return (
            self.direction != NONE
            and self.target is not None
            and self.baseline is not None
            and self.runs_the_right_way is True
        )

    @property
    def runs_the_right_way(self) -> bool | None:
        """False when the target is on the wrong side of the baseline; None when one of them or the direction is lacking."""
        if self.baseline is None or self.target is None or self.direction == NONE:
            return None
        return self.target > self.baseline.value if self.direction == UP else self.target < self.baseline.value

    def reached(self, value: float) -> bool:
        """True when ``value`` is at the target or beyond, in the wished direction."""
        if self.target is None or self.direction == NONE:
            return False
        return value >= self.target if self.direction == UP else value <= self.target

    def in_doubt(self, seen: Seen) -> bool:
        """True when one bound of the measure reaches the target and the other does not."""
        return seen.low is not None and seen.high is not None and self.reached(seen.low) != self.reached(seen.high)

    def share_done(self, value: float) -> float | None:
        """Share of the way from baseline to target: 0 at the start, 1 at the target; None when there is no way to measure."""
        if self.baseline is None or self.target is None or self.target == self.baseline.value:
            return None
        return (value - self.baseline.value) / (self.target - self.baseline.value)
