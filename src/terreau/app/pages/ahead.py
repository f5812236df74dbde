"""What comes next and what holds the work up, from every room that has dates: three of each at most on the first page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from terreau.app.language import language

MOST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """One date to come: what, where."""

    day: date
    what: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """One thing that holds the work up ("bad", "warn"), and where to mend it."""

    what: str
    url: str
    state: str


def around(organisation: Any, user: Any = None) -> dict[str, tuple[Any, ...]]:
    """``dates``: the next three of the calendar; ``stops``: what waits for someone, the gravest first.

    user: who reads; without, the evidence that expires is not among the dates
    """
    from terreau.app.audits import door as audits
    from terreau.app.calendar import door as calendar
    from terreau.app.diagnosis import door as diagnosis
    from terreau.app.portfolio import door as portfolio

    today = timezone.localdate()
    gates = portfolio.gates_of(organisation, today)
    audited = audits.summary(organisation)
    dates = [
        Ahead(day=one.on, what=one.title(language()), url=one.url)
        for one in calendar.next_dates(organisation, MOST, user)
    ]
    stops = [Stop(what=one.what, url=one.url, state=one.state) for one in diagnosis.held_up(organisation)]
    stops += [_findings(one) for one in audited if one.waiting]
    stops += _undecided(organisation, [one for one in gates if one.waits])
    return {
        "dates": tuple(dates),
        "stops": tuple(sorted(stops, key=lambda one: one.state != "bad")),
    }


def _findings(audit: Any) -> Stop:
    words = ngettext("%(n)s constat à traiter", "%(n)s constats à traiter", audit.waiting) % {"n": audit.waiting}
    return Stop(what=words, url=audit.url, state="warn")


def _undecided(organisation: Any, gates: Sequence[Any]) -> list[Stop]:
    if not gates:
        return []
    words = ngettext("%(n)s service sans décision à jour", "%(n)s services sans décision à jour", len(gates))
    url = gates[0].url if len(gates) == 1 else reverse("portfolio:services", args=[organisation.slug])
    return [Stop(what=words % {"n": len(gates)}, url=url, state="warn")]
