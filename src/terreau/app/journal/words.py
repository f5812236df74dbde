"""How an action reads to a person; an action without words shows its key, so nothing is hidden."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from terreau.app.accounts.models import Role

WORDS: dict[str, str | Promise] = {
    "accounts.organisation_opened": _("Organisation créée : %(name)s"),
    "accounts.organisation_changed": _("Réglages modifiés : %(fields)s"),
    "accounts.lifespans_changed": _("Politique de durée de vie modifiée : %(lifespans)s"),
    "accounts.invited": _("Invitation créée, rôle %(role)s"),
    "accounts.invitation_withdrawn": _("Invitation retirée, rôle %(role)s"),
    "accounts.joined": _("Entrée dans l'organisation, rôle %(role)s"),
    "accounts.role_changed": _("Rôle de %(person)s : %(before)s devient %(after)s"),
    "accounts.member_removed": _("Accès retiré à %(person)s (%(role)s)"),
    "portfolio.added": _("Service ajouté : %(name)s"),
    "portfolio.changed": _("Service modifié : %(name)s"),
    "portfolio.removed": _("Service retiré : %(name)s"),
    "files.kept": _("Fichier conservé : %(name)s"),
    "files.removed": _("Fichier supprimé : %(name)s"),
}


ROLES = dict(Role.choices)


def describe(action: str, words: str | Promise) -> None:
    """Another room gives the words of one of its actions (in its apps.py, at start-up)."""
    WORDS[action] = words


def sentence(action: str, facts: Mapping[str, Any]) -> str:
    """The sentence of one entry, in the language of the moment."""
    words = WORDS.get(action)
    if words is None:
        return action
    said = {key: ROLES.get(value, value) if isinstance(value, str) else value for key, value in facts.items()}
    return str(words) % _Facts(said)


class _Facts(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "–"
