"""What reports ask of the rooms that steer, through their doors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from terreau.app.language import language
from terreau.plan.calendar import Event, between
from terreau.publishing import numbers


def indicators(organisation: Any) -> Sequence[Any]:
    """Every indicator followed, flagship first, as its door tells it."""
    from terreau.app.indicators import door

    return door.lines(organisation)


def judged(organisation: Any) -> Sequence[Any]:
    """Every commitment with where it stands today (``terreau.plan.standing.Standing``)."""
    from terreau.app.plan import door

    return door.judged(organisation)


def reasons(organisation: Any, found: Sequence[Any]) -> dict[str, str]:
    """What decided the status of each commitment, by its key, in the words of the plan."""
    from terreau.app.plan import door

    return door.reasons(organisation, found)


def trajectory(organisation: Any) -> tuple[tuple[str, str], ...]:
    """Where the plan leads, in words; nothing while nobody looked at it since something changed."""
    from terreau.app.plan import door

    found = door.trajectory(organisation)
    if found is None:
        return ()
    told = ((_("Cible"), found.target), (_("Où mène le plan"), found.last), (_("Écart à la cible"), found.gap))
    return tuple((name, words) for name, words in told if words)


def budget(organisation: Any) -> tuple[tuple[str, str], ...]:
    """What the commitments under way cost, in words; nothing when nobody estimated anything."""
    going = [
        one.commitment for one in judged(organisation) if one.status in ("on_track", "late", "unclear", "not_started")
    ]
    money = [one.budget for one in going if one.budget is not None]
    days = [one.person_days for one in going if one.person_days is not None]
    rows = []
    if money:
        told = ngettext(
            "%(sum)s € pour %(k)s engagement sur %(n)s", "%(sum)s € pour %(k)s engagements sur %(n)s", len(money)
        )
        rows.append(
            (
                _("Budget estimé"),
                told % {"sum": numbers.count(float(sum(money)), language()), "k": len(money), "n": len(going)},
            )
        )
    if days:
        told = ngettext(
            "%(sum)s jours pour %(k)s engagement sur %(n)s", "%(sum)s jours pour %(k)s engagements sur %(n)s", len(days)
        )
        rows.append(
            (
                _("Temps estimé"),
                told % {"sum": numbers.count(float(sum(days)), language()), "k": len(days), "n": len(going)},
            )
        )
    return tuple(rows)


def coming(organisation: Any, first: date, last: date) -> tuple[Event, ...]:
    """The days from ``first`` to ``last``; evidence is left to its own pages, since not everyone may name it."""
    from terreau.app.calendar import door as calendar

    return between(calendar.days(organisation), first, last)


def past(organisation: Any) -> tuple[Event, ...]:
    """What is past and still expected."""
    from terreau.app.calendar import door as calendar

    return calendar.late(organisation)


def held_up(organisation: Any) -> Iterator[str]:
    """What waits for someone, in words."""
    from terreau.app.audits import door as audits
    from terreau.app.diagnosis import door as diagnosis

    yield from (one.what for one in diagnosis.held_up(organisation))
    for one in audits.summary(organisation):
        if one.waiting:
            told = ngettext("%(title)s : %(n)s constat à traiter", "%(title)s : %(n)s constats à traiter", one.waiting)
            yield told % {"title": one.title, "n": one.waiting}
