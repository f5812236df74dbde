"""The calendar of duties (obligations): what is due, what is late, and when what comes back is due again."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from terreau.diagnosis.records import AssessmentRecord
from terreau.diagnosis.scoring.counting import ONE, shares_of
from terreau.diagnosis.scoring.score import as_asked
from terreau.referentials.edition import Edition

_EVERY = re.compile(r"P(?:(?P<years>\d{1,2})Y)?(?:(?P<months>\d{1,3})M)?(?:(?P<days>\d{1,4})D)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyDay:
    """One duty on one day.

    due: last day it fell due by then, None before its first; next_due: first day it falls due after, None when it does not come back
    met: answered in full; applies: not left out with a reason; late: due, applies and not met
    """

    criterion: str
    due: date | None
    next_due: date | None
    met: bool
    applies: bool

    @property
    def late(self) -> bool:
        """True when the day is past and the duty is not met."""
        return self.due is not None and self.applies and not self.met


def calendar_of(record: AssessmentRecord, edition: Edition, on: date | None = None) -> tuple[DutyDay, ...]:
    """The duties of ``edition`` that have a day, in the order of their next day, then of the grid."""
    day, shares = on or record.as_of, shares_of(edition)
    found = []
    for criterion in as_asked(record, edition).criteria:
        if criterion.duty is None or criterion.duty.due is None:
            continue
        answer = record.answer(criterion.key)
        met = all(shares.get(answer.verdict(facet.key) or "") == ONE for facet in criterion.facets)
        due, after = around(criterion.duty.due, criterion.duty.every, day)
        applies = not answer.justified_not_applicable
        found.append(
            DutyDay(
                criterion=criterion.key,
                due=due,
                next_due=after,
                met=met and answer.applicable is not False,
                applies=applies,
            )
        )
    return tuple(sorted(found, key=lambda one: one.next_due or date.max))


def around(first: date, every: str, day: date) -> tuple[date | None, date | None]:
    """The last day due by ``day`` and the first after it, from ``first`` on, every ``every`` ("P1Y", '' for once)."""
    if first > day:
        return None, first
    if not _is_period(every):
        return first, None
    times, due = 0, first
    while (after := _times(first, every, times + 1)) <= day:
        times, due = times + 1, after
    return due, after


def _is_period(every: str) -> bool:
    found = _EVERY.fullmatch(every)
    return bool(found) and any(int(part or 0) for part in found.groups())  # type: ignore[union-attr]


def _times(first: date, every: str, times: int) -> date:
    """``first`` plus so many periods; the last day of a month when the day does not exist there."""
    found = _EVERY.fullmatch(every)
    years, months, days = (int(part or 0) * times for part in found.groups())  # type: ignore[union-attr]
    month = first.month - 1 + months
    year, month = first.year + years + month // 12, month % 12 + 1
    if year > 9990:
        return date.max
    return date(year, month, min(first.day, calendar.monthrange(year, month)[1])) + timedelta(days=days)
