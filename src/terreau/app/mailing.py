"""Trying the mail server that TERREAU_MAIL_URL names: one letter sent now, what the server said otherwise (courriel)."""

from __future__ import annotations

import os
import smtplib

from terreau.app import settings_env as env
from terreau.kernel.errors import TerreauError


def send_a_trial(address: str, language: str = "fr") -> str:
    """Send a letter to ``address``; returns the server it was handed to, "machine:port".

    Raises app.mail_not_set, app.mail_refused with what the server said. The password is never part of a message.
    """
    if not env.mail_works():
        raise TerreauError("app.mail_not_set")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "terreau.app.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.core.mail import EmailMessage

    server = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    subject, text = (
        ("Terreau: mail works", f"This letter was sent by {env.public_url()} to try its mail server.\n")
        if language == "en"
        else (
            "Terreau : le courriel fonctionne",
            f"Ce message vient de {env.public_url()}, pour essayer son serveur de courriel.\n",
        )
    )
    try:
        EmailMessage(subject, text, to=[address]).send()
    except (OSError, smtplib.SMTPException, ValueError) as trouble:
        facts = {"server": server, "sender": settings.DEFAULT_FROM_EMAIL, "reason": _said(trouble)}
        raise TerreauError("app.mail_refused", **facts) from trouble
    return server


def _said(trouble: Exception) -> str:
    """What the server, or the network, answered, in one line."""
    if isinstance(trouble, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(trouble.recipients.values()))
        return f"{code} {_text(said)}"
    if isinstance(trouble, smtplib.SMTPResponseException):
        return f"{trouble.smtp_code} {_text(trouble.smtp_error)}"
    return str(trouble) or type(trouble).__name__


def _text(said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return " ".join(text.split())[:300]
