"""The criteria a commitment serves: those of the environment, or those of a referential, by their full key."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from terreau.app.language import language
from terreau.factors import criteria
from terreau.kernel.errors import TerreauError


def understood(organisation: Any, told: str) -> str | None:
    """The full key that somebody means by a name or a key; None when nothing is called so."""
    found = criteria.named(told)
    if found is not None:
        return found.key
    return told if _of_referential(organisation, told) else None


def label(organisation: Any, key: str) -> str:
    """How a criterion is called; its key when its referential is gone."""
    found = criteria.named(key)
    return found.label(language()) if found else _of_referential(organisation, key) or key


def _of_referential(organisation: Any, key: str) -> str:
    from terreau.app.referentials import door as referentials

    edition, _colon, number = key.rpartition(":")
    if not edition or not number:
        return ""
    try:
        found = referentials.edition_for(organisation, edition).criterion(key)
    except (KeyError, TerreauError, Http404):
        return ""
    return f"{found.number} {found.question.in_(language())}"
