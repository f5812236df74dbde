"""The secret link to a calendar: made, withdrawn, and read back with the right checked again each time."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest
from django.utils import timezone

from terreau.app.accounts import access
from terreau.app.accounts.joining import hash_of
from terreau.app.accounts.models import Role
from terreau.app.calendar.models import Subscription, in_a_year
from terreau.app.journal import door as journal
from terreau.app.security import throttle

TRIES, TRIES_SECONDS = 20, 600
READS, READS_SECONDS = 120, 3600  # a calendar asks a few times a day


def made(organisation: Any, user: Any, language: str) -> tuple[Subscription, str]:
    """A new link in place of the one before, and its token: shown once, never kept."""
    token = secrets.token_urlsafe(32)
    fresh = {"token_hash": hash_of(token), "language": language, "made_on": timezone.now(), "expires_on": in_a_year(), "read_on": None}  # fmt: skip
    with transaction.atomic():
        row, _new = Subscription.objects.update_or_create(organisation=organisation, user=user, defaults=fresh)
        journal.record(organisation, user, "calendar.link_made", {"until": row.last_day.isoformat()})
    return row, token


def withdraw(organisation: Any, user: Any) -> None:
    """It opens nothing from now on."""
    with transaction.atomic():
        if Subscription.objects.filter(organisation=organisation, user=user).delete()[0]:
            journal.record(organisation, user, "calendar.link_withdrawn")


def of_token(request: HttpRequest, slug: str, token: str) -> Subscription:
    """What this token opens today; Http404 for any other. Wrong tokens are counted, and soon wait; so are readings."""
    found = Subscription.objects.select_related("organisation", "user").filter(
        token_hash=hash_of(token), organisation__slug=slug).first()  # fmt: skip
    if found is None or not found.holds or not may_follow(found.user, found.organisation):
        throttle.spend(request, "calendar-link", most=TRIES, seconds=TRIES_SECONDS)
        raise Http404
    throttle.spend(request, "calendar-read", most=READS, seconds=READS_SECONDS, key=f"s{found.pk}")
    today = timezone.localdate()
    if found.read_on != today:
        Subscription.objects.filter(pk=found.pk).update(read_on=today)
    return found


def may_follow(user: Any, organisation: Any) -> bool:
    """Whether this person may know today what is due there: a member who is not an external auditor."""
    return user.is_active and access.role_of(user, organisation) in access.READ - {Role.AUDITOR}
