"""Who is trained in the fictitious organisations: a list of staff and two years of sessions there, headcounts alone here.

Nobody exists behind the identifiers: they are made of staff numbers that the program counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from terreau.app.accounts.models import Organisation
from terreau.app.training import acting, sealing
from terreau.app.training.models import Batch, Course, Profession
from terreau.indicators.people import Handles, handles
from terreau.indicators.training_paths import EVERYBODY, training_paths

STAFF = {
    "business": 1480,
    "facilities": 410,
    "hr": 120,
    "finance": 105,
    "communication": 60,
    "purchasing": 42,
    "legal": 38,
    "it": 120,
    "direction": 25,
}
"""Valmont: profession -> people there, 2,400 in all."""
HEADCOUNTS = {"design": 28, "business": 8, "communication": 3, "direction": 4, "nr_lead": 2}
TRAINED_IN_100 = {
    "purchasing": 71,
    "it": 48,
    "communication": 35,
    "hr": 22,
    "direction": 64,
    "business": 9,
    "finance": 6,
    "legal": 5,
    "facilities": 2,
}


def seed(owner: Any, organisations: Mapping[str, Organisation]) -> None:
    """Both organisations, unless something was brought there already."""
    for slug, fill in (("valmont", _valmont), ("numa", _numa)):
        if not Batch.objects.filter(organisation=organisations[slug]).exists():
            fill(owner, organisations[slug], timezone.localdate())


def _valmont(owner: Any, organisation: Organisation, today: date) -> None:
    courses = _courses(owner, organisation)
    key, records, people = sealing.key_of(organisation), [], []
    for profession, count in STAFF.items():
        for rank in range(count):
            number = f"{profession}-{rank:04d}"
            came = today - timedelta(days=(37 * rank + 11 * len(profession)) % 5000 + 5)
            people.append((profession, rank, handles(key, number=number), came))
            records.append(
                {
                    "person": " ".join(people[-1][2]),
                    "profession": profession,
                    "arrived_on": came.isoformat(),
                    "left_on": "",
                }
            )
    counts = {"doubtful": 0, "rejected": 0, "set_aside": 0}
    acting.keep_staff(organisation, owner, {"records": records, "counts": counts})
    followed = [_followed(one, courses, today - timedelta(days=365 * back), back) for back in (1, 0) for one in people]
    told = [one for some in followed for one in some if date.fromisoformat(one["followed_on"]) <= today]
    acting.keep_attendances(organisation, owner, {"records": told, "counts": counts | {"rejected": 3}})


def _followed(
    one: tuple[str, int, Handles, date], courses: Mapping[str, str], year_end: date, back: int
) -> list[dict[str, str]]:
    """What one person followed that year: fewer the year before; two newcomers in three on time."""
    profession, rank, person, came = one
    told = []
    share = TRAINED_IN_100.get(profession, 0) * (0.55 if back else 1)
    if (rank * 61 + 17) % 100 < share:
        course = courses.get(profession, courses[EVERYBODY])
        told.append((course, year_end - timedelta(days=(rank * 29) % 330 + 3)))
    if not back and came > year_end - timedelta(days=365) and rank % 3:
        told.append((courses["arrival"], came + timedelta(days=20 + rank % 90)))
    return [{"person": " ".join(person), "course": course, "followed_on": on.isoformat(), "profession": profession, "arrived_on": ""}
            for course, on in told]  # fmt: skip


def _numa(owner: Any, organisation: Organisation, today: date) -> None:
    """Headcounts only: rates by profession, none at onboarding, and the page says why."""
    courses = _courses(owner, organisation)
    rows = {one.key: one for one in Profession.objects.filter(organisation=organisation)}
    acting.set_headcounts(organisation, owner, {rows[key].pk: count for key, count in HEADCOUNTS.items()}, 60, 0)
    key = sealing.key_of(organisation)
    for profession, count, days in (("design", 19, 40), ("business", 3, 40), ("direction", 4, 120)):
        course = Course.objects.get(organisation=organisation, key=courses.get(profession, courses[EVERYBODY]))
        sealed = [handles(key, number=f"{profession}-{rank}") for rank in range(count)]
        acting.note_session(course, owner, today - timedelta(days=days), sealed, profession)


def _courses(owner: Any, organisation: Organisation) -> dict[str, str]:
    """Profession -> key of its course; "arrival": that of those who arrive, ``EVERYBODY``: the workshop of all."""
    known = {one.key: one for one in training_paths()}
    wanted = {
        key: known[key].name.fr for key in (STAFF if organisation.slug == "valmont" else HEADCOUNTS) if key in known
    }
    acting.add_proposed(organisation, owner, wanted)
    made = {}
    for place, step in (("arrival", known[EVERYBODY].steps[0]), (EVERYBODY, known[EVERYBODY].steps[1])):
        given = {"title": step.title.fr, "professions": [], "onboarding": place == "arrival", "hours": step.hours}
        made[place] = acting.save_course(organisation, owner, given).key
    for key in ("purchasing", "it", "communication", "design"):
        if key in wanted:
            step = known[key].steps[0]
            given = {"title": step.title.fr, "professions": [key], "onboarding": False, "hours": step.hours}
            made[key] = acting.save_course(organisation, owner, given).key
    return made
