"""From rows to the pure records of ``indicators.training``, and the rates over a period."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models.functions import ExtractYear

from terreau.app.language import language
from terreau.app.training.models import Attendance, Course, Frame, Profession, Staff
from terreau.kernel.period import Period

if TYPE_CHECKING:
    from terreau.indicators.training import Rate


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A profession and its two rates; ``key`` '' for everybody, '?' when nobody told the profession."""

    key: str
    name: str
    rate: Rate | None
    onboarding: Rate | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """Everybody, then each profession, over one period; days: those an arrival leaves to be trained."""

    period: Period
    days: int
    everybody: Line
    professions: tuple[Line, ...]
    staffed: bool


def names(organisation: Any) -> dict[str, str]:
    """Key -> name of the professions of the organisation."""
    return dict(Profession.objects.filter(organisation=organisation).values_list("key", "name"))


def named(organisation: Any, language: str) -> Callable[[str], str]:
    """How a profession is told: by its name, by that of its path once taken away, else by the words of its key."""
    from terreau.indicators.training_paths import professions

    ours, paths = names(organisation), professions()

    def told(key: str) -> str:
        return ours.get(key) or (paths[key].in_(language) if key in paths else key.replace("-", " "))

    return told


def rates(organisation: Any, period: Period) -> Rates:
    """Both rates of everybody and of each profession, worked out from what is kept."""
    from terreau.indicators.training import onboarding_rates, training_rates

    courses = [record(one) for one in Course.objects.filter(organisation=organisation)]
    followed = _attendances(organisation, period)
    staff = _staff(organisation)
    days = Frame.objects.filter(organisation=organisation).values_list("onboarding_days", flat=True).first() or 90
    counted = Profession.objects.filter(organisation=organisation)
    headcounts = dict(counted.values_list("key", "headcount"))
    trained = training_rates(courses, followed, period=period, staff=staff, headcounts=headcounts)
    arrived = onboarding_rates(courses, followed, period=period, staff=staff, days=days)
    both = {one.profession: [one, None] for one in trained}
    for one in arrived:
        both.setdefault(one.profession, [None, None])[1] = one
    known, told = dict(counted.values_list("key", "name")), named(organisation, language())
    lines = [Line(key=key, name=told(key), rate=two[0], onboarding=two[1]) for key, two in both.items() if key]
    lines += [Line(key=key, name=name, rate=None, onboarding=None) for key, name in known.items() if key not in both]
    everybody = Line(key="", name="", rate=both[""][0], onboarding=both[""][1])
    ordered = sorted(lines, key=lambda one: (one.key == "?", one.name.casefold()))
    return Rates(period=period, days=days, everybody=everybody, professions=tuple(ordered), staffed=bool(staff))


def periods(organisation: Any, today: date) -> list[tuple[str, Period]]:
    """What may be asked: the last twelve months (''), then each year something was followed in, the latest first."""
    years = (
        Attendance.objects.filter(organisation=organisation, followed_on__lte=today)
        .annotate(year=ExtractYear("followed_on"))
        .order_by("-year")
        .values_list("year", flat=True)
        .distinct()[:6]
    )
    whole = [(str(year), Period(date(year, 1, 1), min(date(year, 12, 31), today))) for year in years]
    return [("", Period.twelve_months_ending(today)), *whole]


def record(row: Course) -> Any:
    """The pure course of a row."""
    from terreau.indicators.training import Course as Pure

    return Pure(key=row.key, title=row.title, professions=tuple(row.professions), onboarding=row.onboarding,
                hours=None if row.hours is None else float(row.hours))  # fmt: skip


def _attendances(organisation: Any, period: Period) -> list[Any]:
    from terreau.indicators.training import Attendance as Pure

    # An attendance of before the period counts in no rate; one that follows an arrival of the period comes after it.
    found = Attendance.objects.filter(
        organisation=organisation, followed_on__range=(period.start, period.end + timedelta(days=730))
    )
    told = found.order_by().values_list("person", "course__key", "followed_on", "profession", "arrived_on")
    return [Pure(person=tuple(person.split()), course=course, followed_on=on, profession=profession, arrived_on=arrived)
            for person, course, on, profession, arrived in told.iterator(5000)]  # fmt: skip


def _staff(organisation: Any) -> list[Any]:
    from terreau.indicators.training import Staffed

    told = Staff.objects.filter(organisation=organisation).order_by()
    return [Staffed(person=tuple(person.split()), profession=profession, arrived_on=arrived, left_on=left)
            for person, profession, arrived, left in told.values_list("person", "profession", "arrived_on", "left_on").iterator(5000)]  # fmt: skip
