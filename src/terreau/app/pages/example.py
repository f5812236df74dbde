"""The fictitious organisations, made on demand on an instance that was not started as a demonstration."""

from __future__ import annotations

from typing import Any

from terreau.app.accounts.models import Organisation

SLUGS = ("valmont", "numa")


def may_be_made_by(user: Any) -> bool:
    """Only by someone who may open organisations, and never over a real organisation of the same name."""
    return bool(user.is_host) and not Organisation.objects.filter(slug__in=SLUGS).exists()


def made_for(user: Any) -> Organisation:
    """Both examples, owned by ``user``; the one to enter first."""
    from terreau.app.demo import seed

    return seed(user)[0]
