"""The day a value speaks of (date): a day, a month, a quarter, a half-year or a year, always at its end."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from terreau.inventory import dateforms, dates
from terreau.kernel.period import Period
from terreau.kernel.text import normal

_PART = r"([tqsh])[ -]?([1-4])"
_YEAR = r"((?:19|20)\d{2})"
_QUARTER = re.compile(rf"^(?:{_PART}[ /-]*{_YEAR}|{_YEAR}[ /-]*{_PART})$")
_WORDED = re.compile(rf"^([1-4])(?:er|e|eme|st|nd|rd|th)? (trimestre|quarter|semestre|half)(?: de| of)? {_YEAR}$")
_CODES = {
    "inventory.date_order_undecided": "date_order_undecided", "inventory.date_other_order": "date_other_order",
    "inventory.date_approximate": "date_approximate",
}  # fmt: skip
_ORDERS = ("date_order_undecided", "date_other_order")


@dataclass(frozen=True, slots=True)
class Day:
    """One cell: the day, the period it ends when it is wider, how precise it is; ``code`` when doubtful or unreadable.

    witnesses: when its column is written in both orders, a cell that proves each: day first, month first
    """

    on: date | None
    period: Period | None = None
    precision: str = "day"
    code: str = ""
    witnesses: tuple[str, str] | None = None


def days(cells: Iterable[str], *, at: date, language: str = "fr") -> dict[str, Day]:
    """The distinct cells of a column read together: day and month are told apart for the whole column.

    A period still running on ``at`` is read as its days so far, and is doubtful. A day after ``at`` has code "future_date".
    """
    return days_of({"": cells}, at=at, language=language)[""]


def is_period(heading: str) -> bool:
    """True when a heading is a day, a month, a quarter, a half-year or a year: "2024", "T1 2025", "31/12/2024"."""
    return days([heading], at=date(2050, 12, 31))[heading].on is not None


def days_of(columns: Mapping[str, Iterable[str]], *, at: date, language: str = "fr") -> dict[str, dict[str, Day]]:
    """The same for the columns of one sheet: those that cannot tell day from month follow the ones that can."""
    texts = {name: dict.fromkeys(cells) for name, cells in columns.items()}
    parts = {text: read for held in texts.values() for text in held if (read := _part_of_year(text))}
    others = dates.read_all({name: held.keys() - parts.keys() for name, held in texts.items()}, language=language)
    told = {}
    for name, held in texts.items():
        found = {text: parts[text] for text in held.keys() & parts.keys()}
        found |= {text: _widened(read) for text, read in others[name].by_value.items()}
        both = _both_orders(held) if any(day.code in _ORDERS for day in found.values()) else None
        told[name] = {text: _until(_mixed(day, both), at) for text, day in found.items()}
    return told


def _both_orders(cells: Iterable[str]) -> tuple[str, str] | None:
    """The first cell that proves the day first and the first that proves the month first; None when one order lacks."""
    pairs = [(text, said.pair) for text in cells if (said := dateforms.parse(text)).pair]
    day_first = next((text for text, pair in pairs if pair and 12 < pair[0] <= 31 and pair[1] <= 12), None)
    month_first = next((text for text, pair in pairs if pair and 12 < pair[1] <= 31 and pair[0] <= 12), None)
    return (day_first, month_first) if day_first and month_first else None


def _mixed(day: Day, witnesses: tuple[str, str] | None) -> Day:
    """A day whose order is in doubt, told so with the cells that contradict one another."""
    return replace(day, code="date_orders_mixed", witnesses=witnesses) if witnesses and day.code in _ORDERS else day


def _part_of_year(text: str) -> Day | None:
    """ "T1 2025", "2025-Q1", "S2 2024", "2e trimestre 2025"."""
    bare = normal(text)
    if found := _QUARTER.match(bare):
        kind, rank, year = (found[1], found[2], found[3]) if found[1] else (found[5], found[6], found[4])
    elif found := _WORDED.match(bare):
        kind, rank, year = found[2][0], found[1], found[3]
    else:
        return None
    months = 3 if kind in "tq" else 6
    last = int(rank) * months
    if last > 12:
        return Day(None, code="date_unreadable")
    return _period(int(year), last - months + 1, last, "quarter" if months == 3 else "half-year")


def _widened(read: dates.DateRead) -> Day:
    if read.day is None:
        return Day(None, code="date_unreadable" if read.code else "date_absent")
    code = _CODES.get(read.code or "", "")
    if read.precision == "year":
        return _period(read.day.year, 1, 12, "year", code)
    if read.precision == "month":
        return _period(read.day.year, read.day.month, read.day.month, "month", code)
    return Day(read.day, None, "day", code)


def _period(year: int, first: int, last: int, precision: str, code: str = "") -> Day:
    period = Period(date(year, first, 1), date(year, last, monthrange(year, last)[1]))
    return Day(period.end, period, precision, code)


def _until(day: Day, at: date) -> Day:
    if day.on is None or day.on <= at:
        return day
    if day.period is None or day.period.start > at:
        return Day(None, code="future_date")
    return Day(at, Period(day.period.start, at), day.precision, "period_still_running")
