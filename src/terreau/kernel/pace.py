"""The pace of what is promised (allure): one line, one tolerance, one verdict for indicators and commitments alike."""

from __future__ import annotations

import math
from calendar import monthrange
from datetime import date

ON_TRACK, LATE, UNCLEAR = PACES = ("on_track", "late", "unclear")
"""unclear: the bounds of the value allow both on track and late."""
BEHIND = 0.10
"""A value behind the straight line from start to target by more than this share of the way is late (our choice: a tenth)."""
DUST = 1e-9
"""What binary fractions leave on a share: 4.6 between 4 and 6 is 30 % of the way, neither 29 nor behind 30."""


def expected_share(start: date, due: date, day: date) -> float:
    """The share of the way a straight line has done on ``day``: 0 up to ``start``, the day of the baseline, 1 from ``due`` on.

    Time goes by months, so that two ends of year out of four are half the time, leap year or not.
    """
    whole = _months(due) - _months(start)
    return min(1.0, max(0.0, (_months(day) - _months(start)) / whole)) if whole > 0 else float(day >= due)


def _months(day: date) -> float:
    """Months gone by on the evening of ``day``: whole on the last day of a month."""
    return day.year * 12 + day.month - 1 + day.day / monthrange(day.year, day.month)[1]


def pace(done: float, low: float, high: float, expected: float) -> str:
    """One of PACES; low, high: the share done at each bound of the value, both ``done`` when nothing is in doubt."""
    least = expected - BEHIND
    if done < 1 and low < least - DUST and least + DUST < high:
        return UNCLEAR
    return ON_TRACK if done >= least - DUST else LATE


def percent(share: float) -> int:
    """A share in whole per cent, to the nearest; never 100 before the whole way is done."""
    # Done and expected are rounded alike, so that the gap one reads never contradicts the verdict: cut down, the expected
    # share would flatter; one cut down and the other raised, a tenth behind would read eleven.
    near = math.floor(100 * (share + DUST) + 0.5)
    return 99 if near >= 100 and share < 1 - DUST else near
