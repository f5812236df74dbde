"""The calendar of an assessment whose referential gives days (échéances d'une loi): what is past, what comes, what is kept."""

from __future__ import annotations

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
    """One day of the calendar: how it stands (``tone`` "bad", "ok" or "") and the criteria it is for, (number, address)."""

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
        if one.applies and (told := _told(one)):
            asked = edition.criterion(one.criterion)
            by.setdefault((not one.late, *told), []).append(
                (asked.number, address("criterion", assessment, asked.short))
            )
    return [
        Day(day=day, tone=tone, words=words, criteria=tuple(found))
        for (_kept, day, tone, words), found in sorted(by.items())
    ]


def _told(one: DutyDay) -> tuple[date, str, str] | None:
    if one.late and one.due:
        return one.due, "bad", _("passée, pas encore tenue")
    if one.next_due:
        return one.next_due, "", _("à venir")
    return (one.due, "ok", _("tenue")) if one.due else None
