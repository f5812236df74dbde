"""The calendar of an assessment whose referential gives days (échéances d'une loi): what is past, what comes, what is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from terreau.app.diagnosis import recording
from terreau.app.diagnosis.models import Assessment
from terreau.app.diagnosis.showing import address

if TYPE_CHECKING:
    from terreau.diagnosis.duties import DutyDay
    from terreau.referentials.edition import Edition


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day of the calendar: how it stands (``tone`` "bad", "warn", "ok" or "") and the criteria it is for, (number, address)."""

    day: date
    tone: str
    words: str
    criteria: tuple[tuple[str, str], ...]


def days(assessment: Assessment, edition: Edition, *, auditor: bool = False) -> list[Day]:
    """The days of the criteria that apply, what is past and not met first; none when the referential gives no day."""
    if not any(one.duty and one.duty.due for one in edition.criteria):
        return []
    from terreau.diagnosis.duties import calendar_of

    record = recording.record_of(assessment, auditor=auditor, with_evidence=False)
    by: dict[tuple[bool, date, str, str], list[tuple[str, str]]] = {}
    for one in calendar_of(record, edition, timezone.localdate()):
        asked = edition.criterion(one.criterion)
        answered = any(record.answer(asked.key).verdict(facet.key) for facet in asked.facets)
        for told in _told(one, answered=answered) if one.applies else ():
            by.setdefault((told[1] in ("", "ok"), *told), []).append(
                (asked.number, address("criterion", assessment, asked.short))
            )
    return [
        Day(day=day, tone=tone, words=words, criteria=tuple(found))
        for (_kept, day, tone, words), found in sorted(by.items())
    ]


def _told(one: DutyDay, *, answered: bool) -> Iterator[tuple[date, str, str]]:
    """The day past and not met, then the next one; what is met and does not come back is kept."""
    if one.late and one.due:
        told = ("bad", _("passée, pas encore tenue")) if answered else ("warn", _("passée, sans réponse"))
        yield one.due, *told
    if one.next_due:
        yield one.next_due, "", _("à venir")
    elif one.met and one.due:
        yield one.due, "ok", _("tenue")
