"""An interval: low, central and high value, read as 95 % (fourchette)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Interval:
    """Three values in one unit, ``low <= central <= high``; the unit is said by whoever holds it."""

    low: float
    central: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.central <= self.high:
            raise ValueError(f"an interval must be ordered, got {self.low}, {self.central}, {self.high}")

    @classmethod
    def exact(cls, value: float) -> Interval:
        """A value without uncertainty."""
        return cls(value, value, value)

    def times(self, number: float) -> Interval:
        """Scaled by a number; a negative number swaps the bounds."""
        bounds = sorted((self.low * number, self.high * number))
        return Interval(bounds[0], self.central * number, bounds[1])

    def inverse(self) -> Interval:
        """``1 / self``: the high bound becomes the low one."""
        return Interval(1 / self.high, 1 / self.central, 1 / self.low)

    @property
    def is_exact(self) -> bool:
        """True when both bounds equal the central value."""
        return self.low == self.central == self.high
