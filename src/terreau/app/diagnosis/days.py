"""The days of the open assessments, for the calendar of the organisation: answers expected, aims, days of a law."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from terreau.app.diagnosis import calendar
from terreau.app.diagnosis.ahead import expected, placed
from terreau.app.diagnosis.editions import edition_of, said
from terreau.app.diagnosis.models import Answer, Assessment
from terreau.app.diagnosis.showing import address
from terreau.kernel.errors import TerreauError
from terreau.plan.calendar import DUE, DUTY, Event


def due(organisation: Any) -> tuple[Event, ...]:
    """Every day of the open assessments, past ones until done, in the language of the moment."""
    return (*_answers(organisation), *_aims_and_laws(organisation))


def _answers(organisation: Any) -> Iterator[Event]:
    """Answers expected, those of one assessment and one day together."""
    groups: dict[tuple[Any, date], list[Answer]] = {}
    for one in expected(organisation).exclude(due=None).order_by("due", "criterion"):
        groups.setdefault((one.assessment_id, one.due), []).append(one)
    for (key, day), rows in groups.items():
        first = rows[0]
        place = placed(first.assessment, organisation)
        short = first.criterion.rpartition(":")[2]
        words = ngettext("Réponse attendue", "%(n)s réponses attendues", len(rows)) % {"n": len(rows)}
        url = address("criterion", place, short) if len(rows) == 1 else address("reminders", place)
        told = _("%(what)s (%(which)s)") % {
            "what": words,
            "which": f"{place.title}, {short}" if len(rows) == 1 else place.title,
        }
        yield _event(f"answers:{key}/{day.isoformat()}", day, DUE, told, url)


def _aims_and_laws(organisation: Any) -> Iterator[Event]:
    found = Assessment.objects.of(organisation).filter(state=Assessment.State.OPEN)
    for one in found.select_related("inherits"):
        place = placed(one, organisation)
        if place.target_on:
            told = _("%(title)s : prêt") % {"title": place.title}
            yield _event(f"ready:{place.pk}", place.target_on, DUE, told, address("readiness", place))
        yield from _laws(place)


def _laws(place: Assessment) -> Iterator[Event]:
    """The days of its referential: those past and not kept, those to come; one event a day, however its criteria stand."""
    try:
        edition = edition_of(place)
        days = calendar.days(place, edition)
    except TerreauError:  # its referential can no longer be read: said on its own pages
        return
    by: dict[date, list[tuple[str, str]]] = {}
    for one in days:
        if one.tone != "ok":
            by.setdefault(one.day, []).extend(one.criteria)
    order = [criterion.number for criterion in edition.criteria]
    for day, criteria in by.items():
        criteria.sort(key=lambda asked: order.index(asked[0]))
        told = _("%(what)s (%(which)s)") % {
            "what": place.title,
            "which": ", ".join(number for number, _url in criteria),
        }
        url = criteria[0][1] if len(criteria) == 1 else address("assessment", place)
        yield _event(f"law:{place.pk}/{day.isoformat()}", day, DUTY, told, url, said(edition.authority))


def _event(key: str, on: date, kind: str, told: str, url: str, basis: str = "") -> Event:
    return Event(key=f"diagnosis:{key}", on=on, title_fr=told, title_en=told, kind=kind, url=url, basis=basis)
