"""The calendar of duties (obligations): what is due, what is late, and when what comes back is due again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from terreau.diagnosis.records import AssessmentRecord
from terreau.diagnosis.scoring.counting import ONE, shares_of
from terreau.diagnosis.scoring.score import as_asked
from terreau.kernel.recurring import around
from terreau.referentials.edition import Edition


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
