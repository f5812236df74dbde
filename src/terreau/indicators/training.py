"""Training (formation): who followed what and when, and the rates by profession and at onboarding, with both terms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from terreau.indicators.people import Handles, same_people
from terreau.indicators.remarks import Remark, remark
from terreau.kernel.meter import Measured, Meter, PaperRow, register
from terreau.kernel.period import Period

METERS = register(
    Meter(key="training.rate", unit="share", nature="result", by="profession", fr="Taux de formation par métier",
          en="Training rate by profession", question_fr="Quelle part des personnes d’un métier a suivi une formation qui le concerne ?",
          question_en="Which share of the people of a profession followed a course that concerns it?"),
    Meter(key="training.onboarding_rate", unit="share", nature="result", by="profession", fr="Taux de formation à l’arrivée",
          en="Training rate at onboarding", question_fr="Quelle part des personnes arrivées a été formée dans le délai ?",
          question_en="Which share of the people who arrived was trained within the delay?"),
)  # fmt: skip
RATE, ONBOARDING = (one.key for one in METERS)
ONBOARDING_DAYS = 90
"""Days after the arrival within which a person should be trained; ours, to be changed by the organisation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A course (formation). professions: those it concerns, () for everybody; onboarding: followed by those who arrive."""

    key: str
    title: str
    professions: tuple[str, ...] = ()
    onboarding: bool = False
    hours: float | None = None

    def concerns(self, profession: str) -> bool:
        """True when the course is meant for this profession."""
        return not self.professions or profession in self.professions


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """One person followed one course on one day. ``person``: handles, never a name; profession as said that day."""

    person: Handles
    course: str
    followed_on: date
    profession: str = ""
    arrived_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Staffed:
    """One person of the organisation: profession, arrival and departure (the last day there) when they are known."""

    person: Handles
    profession: str = ""
    arrived_on: date | None = None
    left_on: date | None = None

    def present(self, day: date) -> bool:
        """True when the person is there on ``day``."""
        return (self.arrived_on is None or self.arrived_on <= day) and (self.left_on is None or self.left_on >= day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A rate with its two terms and what is left out; ``reason`` when nothing allows one."""

    measured: Measured
    reason: Remark | None = None

    @property
    def profession(self) -> str:
        """The profession, '' for everybody."""
        return self.measured.group


@dataclass(frozen=True, slots=True)
class _People:
    """Everybody met, each under one identifier whatever the handles of each record."""

    courses: Mapping[str, Course]
    person: Mapping[str, str]
    staff: Mapping[str, Staffed]
    followed: tuple[tuple[str, Attendance], ...]


def training_rates(courses: Sequence[Course], attendances: Sequence[Attendance], *, period: Period, staff: Sequence[Staffed] = (),
                   headcounts: Mapping[str, int | None] | None = None) -> tuple[Rate, ...]:  # fmt: skip
    """The share of each profession trained in ``period`` by a course that concerns it: everybody first ('').

    staff: who is there (on the last day of the period); without it ``headcounts``: profession -> people, whole counts, None
    for a profession whose people nobody counted: the rate of everybody is then absent, rather than one of the others alone.
    Without either, or with a count lower than the people trained, a rate is absent and says why.
    """
    people = _people(courses, attendances, staff)
    trained: dict[str, set[str]] = {}
    strangers: set[str] = set()
    for person, one in people.followed:
        known = people.staff.get(person)
        if not period.start <= one.followed_on <= period.end:
            continue
        if staff and (known is None or not known.present(period.end)):
            strangers.add(person)
            continue
        profession = known.profession if known else one.profession
        if people.courses[one.course].concerns(profession):
            trained.setdefault(profession, set()).add(person)
    there: dict[str, int | None] = {**_there(people, period.end)} if staff else dict(headcounts or {})
    return _by_profession(RATE, trained, there, period, bool(staff), strangers=len(strangers))


def onboarding_rates(courses: Sequence[Course], attendances: Sequence[Attendance], *, period: Period, staff: Sequence[Staffed] = (),
                     arrivals: Mapping[str, int] | None = None, days: int = ONBOARDING_DAYS) -> tuple[Rate, ...]:  # fmt: skip
    """The share of those who arrived in ``period`` and followed an onboarding course meant for them within ``days`` of it.

    Those whose delay is still running at the end of the period, or who left before its end, are left out and counted.
    staff: who arrived and when; without it ``arrivals``: profession -> people arrived whose delay is over, the days of
    arrival being those the attendances tell.
    """
    people = _people(courses, attendances, staff)
    known = dict(people.staff) if staff else _arrived(people)
    due, running, gone = _due(known, period, days)
    there: dict[str, int] = {} if staff else dict(arrivals or {})
    if staff:
        for one in due.values():
            there[one.profession] = there.get(one.profession, 0) + 1
    trained: dict[str, set[str]] = {}
    for person, attended in people.followed:
        came, course = due.get(person), people.courses[attended.course]
        if came is None or came.arrived_on is None or not (course.onboarding and course.concerns(came.profession)):
            continue
        if came.arrived_on <= attended.followed_on <= came.arrived_on + timedelta(days=days):
            trained.setdefault(came.profession, set()).add(person)
    return _by_profession(ONBOARDING, trained, there, period, bool(staff), running=running, gone=gone)


def _people(courses: Sequence[Course], attendances: Sequence[Attendance], staff: Sequence[Staffed]) -> _People:
    person = same_people([*(one.person for one in staff), *(one.person for one in attendances)])
    known = {one.key: one for one in courses}
    followed = tuple((person[one.person[0]], one) for one in attendances if one.course in known and one.person)
    return _People(known, person, {person[one.person[0]]: one for one in staff if one.person}, followed)


def _there(people: _People, day: date) -> dict[str, int]:
    count: dict[str, int] = {}
    for one in people.staff.values():
        if one.present(day):
            count[one.profession] = count.get(one.profession, 0) + 1
    return count


def _arrived(people: _People) -> dict[str, Staffed]:
    """Who arrived, as far as the attendances tell: enough for the numerator, never for the denominator."""
    return {person: Staffed(person=one.person, profession=one.profession, arrived_on=one.arrived_on)
            for person, one in people.followed if one.arrived_on}  # fmt: skip


def _due(known: Mapping[str, Staffed], period: Period, days: int) -> tuple[dict[str, Staffed], int, int]:
    """Those who arrived in the period and stayed to the end of their delay; how many delays still run; how many left."""
    due: dict[str, Staffed] = {}
    running = gone = 0
    for person, one in known.items():
        if one.arrived_on is None or not period.start <= one.arrived_on <= period.end:
            continue
        last = one.arrived_on + timedelta(days=days)
        if one.left_on and one.left_on < last:
            gone += 1
        elif last > period.end:
            running += 1
        else:
            due[person] = one
    return due, running, gone


def _by_profession(
    meter: str,
    trained: Mapping[str, set[str]],
    there: Mapping[str, int | None],
    period: Period,
    listed: bool,
    **aside: int,
) -> tuple[Rate, ...]:
    """Everybody, then each profession met above or below; '?' is that of people whose profession nobody told.

    listed: a list of staff says who is there, so that nobody is a count of zero rather than an unknown one
    """
    named = sorted(set(trained) | set(there))
    lacking = any(there.get(name) is None for name in named if name in there or trained[name])
    whole = _rate(meter, "", len(set().union(*trained.values())) if trained else 0,
                  sum(count or 0 for count in there.values()) if (there or listed) and not lacking else None, period, aside)  # fmt: skip
    return (
        whole,
        *(_rate(meter, name or "?", len(trained.get(name, ())), there.get(name), period, {}) for name in named),
    )


def _rate(meter: str, group: str, above: int, below: int | None, period: Period, aside: Mapping[str, int]) -> Rate:
    reason = None
    if below is None:
        reason = remark("denominator_absent")
    elif below <= 0:
        reason = remark("denominator_zero" if below == 0 else "denominator_negative", denominator=float(below))
    elif above > below:
        reason = remark("more_trained_than_people", trained=above, people=below)
    value = above / below if below and not reason else None
    return Rate(reason=reason, measured=Measured(
        meter=meter, value=value, low=value, high=value, period=period, group=group, numerator=float(above),
        denominator=None if below is None else float(below), papers=_papers(meter, above, below, aside),
    ))  # fmt: skip


def _papers(meter: str, above: int, below: int | None, aside: Mapping[str, int]) -> tuple[PaperRow, ...]:
    arrived = meter == ONBOARDING
    rows = [
        PaperRow(role="numerator", value=float(above), fr="Personnes formées dans le délai" if arrived else "Personnes formées",
                 en="People trained within the delay" if arrived else "People trained"),
        PaperRow(role="denominator", value=None if below is None else float(below),
                 fr="Personnes arrivées, délai écoulé" if arrived else "Personnes concernées",
                 en="People who arrived, delay over" if arrived else "People concerned"),
    ]  # fmt: skip
    words = {
        "strangers": ("Formées, mais absentes de la liste des effectifs", "Trained, but not in the list of staff"),
        "running": ("Arrivées, délai encore ouvert", "Arrived, delay still running"),
        "gone": ("Parties avant la fin de leur délai", "Left before the end of their delay"),
    }
    rows += [
        PaperRow(role="excluded", value=float(count), fr=words[name][0], en=words[name][1])
        for name, count in aside.items()
        if count
    ]
    return tuple(rows)
