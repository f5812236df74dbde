"""What is done in training: written once, journalled in the same transaction; a name goes no further than its identifier."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.text import slugify

from terreau.app.accounts.alone import alone
from terreau.app.journal import door as journal
from terreau.app.training import sealing
from terreau.app.training.models import Attendance, Batch, Course, Frame, Profession, Staff
from terreau.kernel.errors import TerreauError

AT_ONCE = 2000
MOST_PROFESSIONS, MOST_COURSES = 60, 300


def save_course(
    organisation: Any, actor: Any, given: Mapping[str, Any], course: Course | None = None, seen: int = 0
) -> Course:
    """Make a course (sent twice, it is one), or change it.

    app.training_written_meanwhile when somebody changed it since it was ``seen``
    """
    with alone(organisation):
        if course is None:
            if sent := Course.objects.filter(organisation=organisation, revision=0, **given).first():
                return sent
            if Course.objects.filter(organisation=organisation).count() >= MOST_COURSES:
                raise TerreauError("app.training_too_many", most=MOST_COURSES)
            key = _free_key(Course, organisation, given["title"])
            made = Course.objects.create(organisation=organisation, key=key, **given)
            journal.record(organisation, actor, "training.course_made", {"title": made.title})
            return made
        held = Course.objects.get(pk=course.pk)
        if held.revision != seen:
            raise TerreauError("app.training_written_meanwhile")
        before = {name: _plain(getattr(held, name)) for name in given if getattr(held, name) != given[name]}
        if before:
            for name in before:
                setattr(held, name, given[name])
            held.revision += 1
            held.save()
            after = {name: _plain(given[name]) for name in before}
            journal.record(
                organisation, actor, "training.course_changed", {"title": held.title, "before": before, "after": after}
            )
    return held


def remove_course(course: Course, actor: Any) -> None:
    """Take away a course nobody followed; app.training_course_followed otherwise."""
    with alone(course.organisation):
        if course.attendances.exists():
            raise TerreauError("app.training_course_followed", title=course.title)
        journal.record(course.organisation, actor, "training.course_removed", {"title": course.title})
        course.delete()


def add_profession(organisation: Any, actor: Any, name: str) -> Profession:
    """One more profession, under a key of its own; sent twice, it is one."""
    with alone(organisation):
        if sent := Profession.objects.filter(organisation=organisation, name=name).first():
            return sent
        if Profession.objects.filter(organisation=organisation).count() >= MOST_PROFESSIONS:
            raise TerreauError("app.training_too_many", most=MOST_PROFESSIONS)
        made = Profession.objects.create(
            organisation=organisation, key=_free_key(Profession, organisation, name), name=name
        )
        journal.record(organisation, actor, "training.profession_made", {"name": name})
    return made


def add_proposed(organisation: Any, actor: Any, proposed: Mapping[str, str]) -> int:
    """The professions that have a path, those not there yet; returns how many."""
    with alone(organisation):
        there = set(Profession.objects.filter(organisation=organisation).values_list("key", flat=True))
        fresh = [
            Profession(organisation=organisation, key=key, name=name)
            for key, name in proposed.items()
            if key not in there
        ]
        Profession.objects.bulk_create(fresh)
        if fresh:
            journal.record(organisation, actor, "training.professions_proposed", {"count": len(fresh)})
    return len(fresh)


def remove_profession(profession: Profession, actor: Any) -> None:
    """Take a profession away; what people of it followed stays, its profession as it was told."""
    with alone(profession.organisation):
        journal.record(profession.organisation, actor, "training.profession_removed", {"name": profession.name})
        profession.delete()


def set_headcounts(organisation: Any, actor: Any, counts: Mapping[int, int | None], days: int, seen: int) -> None:
    """How many people each profession has, and the days an arrival leaves; app.training_written_meanwhile."""
    with alone(organisation):
        sealing.frame_of(organisation)
        frame = Frame.objects.get(organisation=organisation)
        if frame.revision != seen:
            raise TerreauError("app.training_written_meanwhile")
        before: dict[str, Any] = {}
        after: dict[str, Any] = {}
        for row in Profession.objects.filter(organisation=organisation, pk__in=counts):
            if row.headcount != counts[row.pk]:
                before[row.name], after[row.name] = row.headcount, counts[row.pk]
                row.headcount = counts[row.pk]
                row.save(update_fields=["headcount"])
        if frame.onboarding_days != days:
            before["days"], after["days"] = frame.onboarding_days, days
        if before:
            frame.onboarding_days, frame.revision = days, frame.revision + 1
            frame.save(update_fields=["onboarding_days", "revision"])
            journal.record(organisation, actor, "training.headcounts_changed", {"before": before, "after": after})


def note_session(course: Course, actor: Any, on: date, people: Sequence[tuple[str, ...]], profession: str) -> Batch:
    """These people (identifiers) followed the course that day; those already noted stay once."""
    with alone(course.organisation):
        told = [(course.pk, " ".join(one), on, profession, None) for one in people]
        fresh, there = _sorted(course.organisation, told)
        batch = Batch.objects.create(organisation=course.organisation, kind=Batch.Kind.SESSION, kept=len(fresh),
                                     already=len(told) - len(fresh), by=actor)  # fmt: skip
        _write(batch, fresh, there)
        facts = {"title": course.title, "on": on.isoformat(), "count": len(fresh)}
        journal.record(course.organisation, actor, "training.session_noted", facts)
    return batch


def keep_attendances(organisation: Any, actor: Any, read: Mapping[str, Any]) -> Batch:
    """What a file of attendances said (``reading.attendances``), those already there left once."""
    courses = dict(Course.objects.filter(organisation=organisation).values_list("key", "pk"))
    told = [(courses[one["course"]], one["person"], date.fromisoformat(one["followed_on"]), one["profession"], _day(one["arrived_on"]))
            for one in read["records"] if one["course"] in courses]  # fmt: skip
    with alone(organisation):
        fresh, there = _sorted(organisation, told)
        already = len(told) - len(fresh)
        batch = _batch(organisation, actor, Batch.Kind.ATTENDANCES, read, kept=len(fresh), already=already)
        _write(batch, fresh, there)
        facts = {"count": batch.kept, "already": already, "rejected": batch.rejected}
        journal.record(organisation, actor, "training.attendances_imported", facts)
    return batch


def keep_staff(organisation: Any, actor: Any, read: Mapping[str, Any]) -> Batch:
    """The list of staff a file holds, in place of the older one."""
    with alone(organisation):
        Staff.objects.filter(organisation=organisation).delete()
        batch = _batch(organisation, actor, Batch.Kind.STAFF, read, kept=len(read["records"]), already=0)
        Staff.objects.bulk_create(
            [Staff(organisation=organisation, batch=batch, person=one["person"], profession=one["profession"],
                   arrived_on=_day(one["arrived_on"]), left_on=_day(one["left_on"])) for one in read["records"]],
            batch_size=AT_ONCE,
        )  # fmt: skip
        journal.record(
            organisation, actor, "training.staff_imported", {"count": batch.kept, "rejected": batch.rejected}
        )
    return batch


def remove_batch(batch: Batch, actor: Any) -> tuple[int, int]:
    """Take back what came at once: how many lines go, and how many stay because something else told them too."""
    with alone(batch.organisation):
        stay = _handed_on(batch)
        count = batch.attendances.count() + batch.staff.count()
        facts = {"on": timezone.localdate(batch.on).isoformat(), "count": count, "stay": stay}
        journal.record(batch.organisation, actor, "training.batch_removed", facts)
        batch.delete()
    return count, stay


def _handed_on(batch: Batch) -> int:
    """What another batch told too becomes that one's, the earliest first; returns how many lines."""
    stay, again = 0, Attendance.also.through.objects
    for other in Batch.objects.filter(confirmed__batch=batch).distinct().order_by("on", "pk"):
        both = again.filter(batch=other, attendance__batch=batch).values("attendance_id")
        moved = Attendance.objects.filter(pk__in=both).update(batch=other)
        again.filter(batch=other, attendance__batch=other).delete()
        Batch.objects.filter(pk=other.pk).update(kept=F("kept") + moved, already=F("already") - moved)
        stay += moved
    return stay


def rows_about(organisation: Any, handles: Sequence[str]) -> tuple[list[Attendance], list[Staff]]:
    """Everything kept of one person; a name leads to the staff number it was met with, unless two people bear it.

    A name told with a number nobody has leads to no other number: those rows are a namesake's.
    """
    from terreau.indicators.people import same_people

    staff = list(Staff.objects.filter(organisation=organisation))
    attendances = list(Attendance.objects.filter(organisation=organisation).select_related("course"))
    met = [one.person for one in staff] + [one.person for one in attendances]
    person = same_people(tuple(each.split()) for each in met)
    asked = next((person[one] for one in handles if one in person), "")
    if len(handles) > 1 and handles[0] not in person and asked != handles[-1]:
        asked = ""

    def theirs(row: Attendance | Staff) -> bool:
        return bool(asked) and person[row.person.split()[0]] == asked

    return [one for one in attendances if theirs(one)], [one for one in staff if theirs(one)]


def forget(organisation: Any, actor: Any, handles: Sequence[str]) -> int:
    """Erase everything kept of one person; returns how many lines. The journal says that it was done, not of whom."""
    with alone(organisation):
        attendances, staff = rows_about(organisation, handles)
        count = len(attendances) + len(staff)
        if count:
            journal.record(organisation, actor, "training.person_forgotten", {"count": count})
            Attendance.objects.filter(pk__in=[one.pk for one in attendances]).delete()
            Staff.objects.filter(pk__in=[one.pk for one in staff]).delete()
    return count


def _batch(organisation: Any, actor: Any, kind: str, read: Mapping[str, Any], *, kept: int, already: int) -> Batch:
    counts = {name: read["counts"][name] for name in ("doubtful", "rejected", "set_aside")}
    return Batch.objects.create(organisation=organisation, kind=kind, by=actor, kept=kept, already=already, **counts)


def _sorted(organisation: Any, told: Sequence[tuple[Any, ...]]) -> tuple[list[tuple[Any, ...]], list[int]]:
    """Of what is told (course, person, day…), each thing once: what is new, and the rows already there that say just the same."""
    one_each = {one[:3]: one for one in told}
    days = [one[2] for one in told]
    there: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    if days:
        kept = Attendance.objects.filter(organisation=organisation, followed_on__range=(min(days), max(days)))
        rows = kept.order_by().values_list("course_id", "person", "followed_on", "profession", "arrived_on", "pk")
        there = {row[:3]: row for row in rows.iterator(5000) if row[:3] in one_each}
    same = [row[5] for key, row in there.items() if one_each[key][3:] == row[3:5]]
    return [one for key, one in one_each.items() if key not in there], same


def _write(batch: Batch, fresh: Iterable[tuple[Any, ...]], there: Iterable[int]) -> None:
    Attendance.objects.bulk_create(
        [Attendance(organisation_id=batch.organisation_id, batch=batch, course_id=course, person=person, followed_on=on,
                    profession=profession, arrived_on=arrived) for course, person, on, profession, arrived in fresh],
        batch_size=AT_ONCE,
    )  # fmt: skip
    again = Attendance.also.through
    again.objects.bulk_create([again(attendance_id=one, batch_id=batch.pk) for one in there], batch_size=AT_ONCE)


def _free_key(model: Any, organisation: Any, words: str) -> str:
    base = slugify(words)[:50] or "sans-nom"
    taken = set(model.objects.filter(organisation=organisation, key__startswith=base).values_list("key", flat=True))
    return next(key for key in (base, *(f"{base}-{n}" for n in range(2, 1000))) if key not in taken)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | bool | list) or value is None else str(value)
