"""Dossiers and compiled documents as pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from terreau.app.publishing import making
from terreau.app.publishing.forms import LANGUAGES, label
from terreau.app.publishing.models import Dossier
from terreau.app.publishing.packing import Source


def row(one: Dossier) -> dict[str, Any]:
    """One dossier, with whether its archive is still there."""
    from terreau.publishing.dossier.words import size

    there = making.there(one)
    state = _("disponible") if there else _("expiré")
    return {
        "dossier": one, "there": there, "state": state, "chip": "ok" if there else "", "size": size(one.size, _language()),
        "language": dict(LANGUAGES).get(one.language, one.language),
    }  # fmt: skip


def absent(one: Dossier) -> list[tuple[str, int]]:
    """The pieces it names without holding them: the reason, and how many."""
    from terreau.publishing.dossier.words import REASONS, word

    return [(word(REASONS, why, _language()), count) for why, count in sorted(one.aside.items()) if count]


def choices(sources: Sequence[Source], language: str) -> list[tuple[str, str]]:
    """Sources to choose from."""
    return [(one.key, label(one, language)) for one in sources]


def offers(source: Source, key: str) -> bool:
    """True when this source can feed that document."""
    from terreau.publishing.dossier.compiled import offered

    return any(one.key == key for one in offered(source.referential))


def compiled(source: Source | None, language: str) -> list[dict[str, str]]:
    """The documents a source can feed."""
    from terreau.publishing.dossier.compiled import offered

    found = offered(source.referential) if source else ()
    return [{"key": one.key, "title": one.title.in_(language), "intro": one.intro.in_(language)} for one in found]


def _language() -> str:
    return "en" if (get_language() or "fr").startswith("en") else "fr"
