"""A period of days, both ends counted (période)."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Period:
    """From ``start`` to ``end``, both days included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a period must end after it starts, got {self.start} to {self.end}")

    @classmethod
    def twelve_months_ending(cls, at: date) -> Period:
        """The 12 months that end on ``at`` (included): 365 days, or 366 across a 29 February."""
        last_day = calendar.monthrange(at.year - 1, at.month)[1]
        eve = date(at.year - 1, at.month, min(at.day, last_day))
        return cls(eve + timedelta(days=1), at)

    @property
    def days(self) -> int:
        """Number of days, both ends counted."""
        return (self.end - self.start).days + 1
