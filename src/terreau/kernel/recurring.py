"""Days that come back (récurrence): the last one past and the next to come, and a day so many periods later."""

import calendar
import re
from datetime import date, timedelta

RHYTHMS = {"weekly": "P7D", "monthly": "P1M", "quarterly": "P3M", "half-yearly": "P6M", "yearly": "P1Y"}
"""Periods of the rhythms a value is looked at; what follows each event has no day of its own."""
_EVERY = re.compile(r"P(?:(?P<years>\d{1,2})Y)?(?:(?P<months>\d{1,3})M)?(?:(?P<days>\d{1,4})D)?")


def around(first: date, every: str, day: date) -> tuple[date | None, date | None]:
    """The last day due by ``day`` and the first after it, from ``first`` on, every ``every`` ("P1Y", '' for once)."""
    if first > day:
        return None, first
    if not _is_period(every):
        return first, None
    times, due = 0, first
    while (later := after(first, every, times + 1)) <= day:
        times, due = times + 1, later
    return due, later


def _is_period(every: str) -> bool:
    found = _EVERY.fullmatch(every)
    return bool(found) and any(int(part or 0) for part in found.groups())  # type: ignore[union-attr]


def after(first: date, every: str, times: int = 1) -> date:
    """``first`` plus so many periods ("P18M", "P2Y"), minus them when ``times`` is negative.

    The last day of a month when the day does not exist there; the ends of time stay where they are.
    """
    found = _EVERY.fullmatch(every)
    years, months, days = (int(part or 0) * times for part in found.groups())  # type: ignore[union-attr]
    month = first.month - 1 + months
    year, month = first.year + years + month // 12, month % 12 + 1
    if not 1 <= year <= 9990:
        return date.max if year > 1 else date.min
    return date(year, month, min(first.day, calendar.monthrange(year, month)[1])) + timedelta(days=days)


def following(day: date, rhythm: str) -> date:
    """The day one period of ``RHYTHMS`` later; the last day of a month leads to the last day of a month."""
    later = after(day, RHYTHMS[rhythm])
    if rhythm == "weekly" or day.day != _last(day) or later == date.max:
        return later
    return later.replace(day=_last(later))


def _last(day: date) -> int:
    return calendar.monthrange(day.year, day.month)[1]
