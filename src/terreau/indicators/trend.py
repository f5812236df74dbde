"""Where a series goes and how old its last value is (tendance, fraîcheur)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from terreau.indicators.remarks import Remark, remark
from terreau.indicators.series import Series
from terreau.kernel.recurring import following

GRACE = {"weekly": 3, "monthly": 15, "quarterly": 30, "half-yearly": 45, "yearly": 90}
"""Days left after the rhythm before a value is called stale: closing a year takes longer than a week. Ours, 2026."""
YEAR = 365.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """What changed from the first to the last point of the last run that compares.

    direction: "rising", "falling", "steady", "unclear" (the bounds allow both), "unknown" (fewer than two points)
    change, low, high: in the unit of the indicator, bounds as wide as both values allow; per_year: change in a year
    across: the break before this run, when there is one: what came before is not counted
    """

    direction: str
    start: date | None = None
    end: date | None = None
    change: float | None = None
    low: float | None = None
    high: float | None = None
    per_year: float | None = None
    across: Remark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """How old the last value is. due: the day the next one speaks of, None when nothing is due (after events).

    stale: the rhythm and its grace are over; days_late: since ``due``, 0 before
    """

    last: date | None
    due: date | None
    stale: bool
    days_late: int = 0


def trend(told: Series, at: date) -> Trend:
    """The trend on ``at``, never across a change of method."""
    runs = [[point for point in run if point.on <= at] for run in told.segments]
    runs = [run for run in runs if run]
    across = told.breaks[len(runs) - 2] if len(runs) > 1 else None
    if not runs or len(runs[-1]) < 2:
        return Trend(direction="unknown", across=across)
    first, last = runs[-1][0].used, runs[-1][-1].used
    before, after = first.interval, last.interval
    assert before and after  # a point has a value
    change, low, high = after.central - before.central, after.low - before.high, after.high - before.low
    direction = "rising" if low > 0 else "falling" if high < 0 else "steady" if low == high else "unclear"
    return Trend(direction=direction, start=first.on, end=last.on, change=change, low=low, high=high,
                 per_year=change * YEAR / (last.on - first.on).days, across=across)  # fmt: skip


def freshness(told: Series, frequency: str, at: date) -> Freshness:
    """How old the last value is on ``at``, for an indicator looked at every ``frequency``."""
    point = told.latest(at)
    if frequency not in GRACE:
        return Freshness(last=point.on if point else None, due=None, stale=False)
    if point is None:
        return Freshness(last=None, due=at, stale=True)
    due = following(point.on, frequency)
    return Freshness(
        last=point.on, due=due, stale=at > due + timedelta(days=GRACE[frequency]), days_late=max(0, (at - due).days)
    )


def stale_remark(told: Series, frequency: str, at: date) -> Remark | None:
    """The remark on a series that is too old, or empty; None when it is fresh."""
    seen = freshness(told, frequency, at)
    if not seen.stale:
        return None
    if seen.last is None:
        return remark("never_measured", indicator=told.indicator)
    return remark("stale", indicator=told.indicator, last=seen.last, due=seen.due, days=seen.days_late)
