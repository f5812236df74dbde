"""Reminding people from outside the pages: what a nightly command calls (rappels)."""

from __future__ import annotations

import os

from terreau.app import settings_env as env
from terreau.kernel.errors import TerreauError


def letters() -> list[str]:
    """The weekly letters due today as they would leave, headers first; nothing is sent nor marked, no mail server is needed."""
    _ready()
    from terreau.app.calendar import digests

    return digests.due_today()


def remind_all(language: str = "fr") -> int:
    """Write to everyone whose answers are due and who was not told yet, then the weekly letters; how many letters and reminders.

    TerreauError app.mail_not_set.
    """
    if not env.mail_works():
        raise TerreauError("app.mail_not_set")
    _ready()
    from django.utils import translation

    from terreau.app.calendar import digests
    from terreau.app.diagnosis import reminding

    with translation.override(language):
        return reminding.remind_all() + digests.send_all()


def _ready() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "terreau.app.settings")
    import django

    django.setup()
