"""What the other rooms ask of this one: the next days, and what the organisation is before the law."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from terreau.app.calendar import gathering
from terreau.app.calendar.models import Facts
from terreau.app.language import language
from terreau.plan.calendar import Event

__all__ = ["days", "facts_of", "is_large_authority", "late", "next_dates"]


def days(organisation: Any, user: Any = None) -> tuple[Event, ...]:
    """Every day known, past ones until done, in the language of the moment; the evidence that ``user`` may see."""
    return gathering.events(organisation, user, language())


def next_dates(organisation: Any, n: int = 3, user: Any = None) -> tuple[Event, ...]:
    """The next ``n`` days, today included, in the language of the page; the evidence that ``user`` may see."""
    today = timezone.localdate()
    return tuple(one for one in days(organisation, user) if one.on >= today)[:n]


def late(organisation: Any, user: Any = None) -> tuple[Event, ...]:
    """What is past and still expected, the oldest first."""
    today = timezone.localdate()
    return tuple(one for one in days(organisation, user) if one.on < today)


def facts_of(organisation: Any) -> Facts:
    """What the organisation said of itself; an empty one when it said nothing."""
    return Facts.objects.filter(organisation=organisation).first() or Facts(organisation=organisation)


def is_large_authority(organisation: Any) -> bool:
    """True for a commune or an intercommunalité over the threshold of the law."""
    return gathering.over_the_threshold(facts_of(organisation))
