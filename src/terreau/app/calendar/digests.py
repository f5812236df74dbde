"""The weekly letter of what is late and what comes, to each person who asked for it, on the day they chose."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from smtplib import SMTPException
from typing import Any

from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from terreau.app.calendar.gathering import events
from terreau.app.calendar.models import Digest
from terreau.app.calendar.subscribing import may_follow
from terreau.app.journal import door as journal
from terreau.app.settings_env import public_url
from terreau.kernel.errors import TerreauError
from terreau.plan.calendar import Event

SOON = timedelta(days=30)
MOST = 20


def chosen(organisation: Any, user: Any, weekday: int, language: str) -> None:
    """This person has the letter on that day of the week from now on."""
    with transaction.atomic():
        row, new = Digest.objects.select_for_update().get_or_create(
            organisation=organisation, user=user, defaults={"weekday": weekday, "language": language})  # fmt: skip
        if not new:
            row.sent_on = max(row.sent_on, _already(row, weekday))
            row.weekday, row.language = weekday, language
            row.save(update_fields=["weekday", "language", "sent_on"])
        journal.record(organisation, user, "calendar.digest_chosen")


def _already(digest: Digest, weekday: int) -> date:
    """The day that counts as sent once the day of the week changes: this week's when this week had its letter already."""
    if digest.sent_on.weekday() != digest.weekday:  # the day it was asked for: no letter left yet
        return digest.sent_on
    return digest.sent_on + timedelta(days=weekday - digest.weekday)


def ended(organisation: Any, user: Any) -> None:
    """This person has no letter any more."""
    with transaction.atomic():
        if Digest.objects.filter(organisation=organisation, user=user).delete()[0]:
            journal.record(organisation, user, "calendar.digest_ended")


def send_all() -> int:
    """What a nightly command does: the letters due and not sent yet, one a person and organisation; how many left."""
    today = timezone.localdate()
    found = Digest.objects.select_related("organisation", "user").order_by("pk")
    return sum(_sent(one, on) for one in found if (on := one.due_on(today)))


def due_today() -> list[str]:
    """Those letters as text, addressee first, to be looked at: nothing leaves, nothing is marked."""
    today = timezone.localdate()
    found = Digest.objects.select_related("organisation", "user").order_by("pk")
    due = [one for one in found if one.due_on(today) and may_follow(one.user, one.organisation)]
    letters = [letter for one in due if (letter := letter_for(one, today))]
    return [f"To: {letter.to[0]}\nSubject: {letter.subject}\n\n{letter.body}" for letter in letters]


def _sent(digest: Digest, on: date) -> bool:
    """Claimed first, so that two runs at once do not write twice; given back when the letter could not leave."""
    row, before = Digest.objects.filter(pk=digest.pk), digest.sent_on
    if not may_follow(digest.user, digest.organisation) or not row.filter(sent_on=before).update(sent_on=on):
        return False
    try:
        letter = letter_for(digest, timezone.localdate())
        if letter is None:  # nothing late, nothing soon: no letter
            return False
        letter.send()
    except (OSError, SMTPException, ValueError, TerreauError):  # those of the others leave all the same
        row.filter(sent_on=on).update(sent_on=before)
        return False
    return True


def letter_for(digest: Digest, today: date) -> EmailMessage | None:
    """The letter of one person; None when nothing is late nor soon."""
    found = events(digest.organisation, digest.user, digest.language)
    late = [one for one in found if one.on < today]
    soon = [one for one in found if today <= one.on <= today + SOON]
    if not late and not soon:
        return None
    with translation.override(digest.language):
        page = public_url() + reverse("calendar:home", args=[digest.organisation.slug])
        choice = public_url() + reverse("calendar:subscription", args=[digest.organisation.slug])
        parts = [_("Bonjour,")]
        parts += _part(_("En retard :"), late, digest.language) + _part(
            _("Dans les trente jours :"), soon, digest.language
        )
        parts += [
            _("Tout le calendrier :") + f"\n{page}",
            _("Changer de jour, ou ne plus recevoir ce courriel :") + f"\n{choice}",
        ]
        subject = _("%(organisation)s : ce qui arrive") % {"organisation": " ".join(digest.organisation.name.split())}
        return EmailMessage(subject, "\n\n".join(parts) + "\n", to=[digest.user.email],
                            headers={"List-Unsubscribe": f"<{choice}>"})  # fmt: skip


def _part(title: str, found: Sequence[Event], language: str) -> list[str]:
    if not found:
        return []
    lines = [title]
    for one in found[:MOST]:
        when = date_format(one.on, "SHORT_DATE_FORMAT")
        lines.append(
            "- " + _("%(label)s : %(verdict)s") % {"label": when, "verdict": " ".join(one.title(language).split())}
        )
        if one.url:
            lines.append(f"  {public_url()}{one.url}")
    if len(found) > MOST:
        more = len(found) - MOST
        lines.append("- " + ngettext("et %(n)s autre", "et %(n)s autres", more) % {"n": more})
    return ["\n".join(lines)]
