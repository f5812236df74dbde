"""Dossiers and compiled documents as pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from terreau.app.language import language
from terreau.app.publishing import making
from terreau.app.publishing.forms import LANGUAGES, label
from terreau.app.publishing.models import Dossier
from terreau.app.publishing.packing import Source


def rows(found: Iterable[Dossier], *, edits: bool) -> list[dict[str, Any]]:
    """Dossiers of a list, with whether their archives are still there, and hold nothing withdrawn since."""
    listed = list(found)
    outdated = making.outdated(listed)
    return [row(one, outdated=one.pk in outdated, edits=edits) for one in listed]


def row(one: Dossier, *, outdated: bool = False, edits: bool = True) -> dict[str, Any]:
    """One dossier; outdated: its archive holds a piece withdrawn or closed since, which only those who may rebuild it still reach."""
    from terreau.publishing.dossier.words import size

    there = making.there(one) and (edits or not outdated)
    state, chip = (_("disponible"), "ok") if there else (_("expiré"), "")
    state, chip = (_("à refaire"), "warn") if there and outdated else (state, chip)
    return {
        "dossier": one, "there": there, "outdated": outdated, "state": state, "chip": chip, "size": size(one.size, language()),
        "language": dict(LANGUAGES).get(one.language, one.language),
    }  # fmt: skip


def absent(one: Dossier) -> list[tuple[str, int]]:
    """The pieces it names without holding them: the reason, and how many."""
    from terreau.publishing.dossier.words import REASONS, word

    return [(word(REASONS, why, language()), count) for why, count in sorted(one.aside.items()) if count]


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
