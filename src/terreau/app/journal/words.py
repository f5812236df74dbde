"""How an action reads to a person; an action without words shows its key, so nothing is hidden."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from terreau.app.accounts.models import Organisation, Role
from terreau.app.language import language
from terreau.publishing import numbers

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
    "keeping.restored": _("Instance restaurée d'une sauvegarde, dont le journal avait %(entries)s entrées"),
}


BREAKS: dict[str, Promise] = {
    "missing": _("retirée"),
    "altered": _("modifiée"),
    "unchained": _("déplacée, ou la précédente a été changée"),
    "rewritten": _("autre que celle connue hors de la base"),
    "cut": _("et suivantes absentes, mais connues hors de la base"),
}
ROLES = dict(Role.choices)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
READS: dict[str, Callable[[str], str]] = {}  # a fact whose value is a key of another room -> how that room calls it


def reads(fact: str, how: Callable[[str], str]) -> None:
    """Another room says how a fact of this name reads (in its apps.py, at start-up)."""
    READS[fact] = how


def describe(action: str, words: str | Promise) -> None:
    """Another room gives the words of one of its actions (in its apps.py, at start-up)."""
    WORDS[action] = words


def sentence(action: str, facts: Mapping[str, Any]) -> str:
    """The sentence of one entry, in the language of the moment."""
    words = WORDS.get(action)
    if words is None:
        return action
    said = {key: _read(key, value) if isinstance(value, str) else value for key, value in facts.items()}
    if isinstance(facts.get("years"), dict):
        said["lifespans"] = (
            ", ".join(f"{_category(key)} {_years(years)}" for key, years in facts["years"].items()) or "–"
        )
    return str(words) % _Facts(said)


def _read(key: str, value: str) -> Any:
    """A fact as people read it: the journal keeps keys and dates as files write them."""
    if key == "category":
        return _category(value)
    if key in READS:
        return READS[key](value)
    if key in ("taken_on", "until") or DAY.fullmatch(value):
        return numbers.dated(value, language())
    if key == "fields":
        known = {field.name: str(field.verbose_name) for field in Organisation._meta.concrete_fields}
        return ", ".join(known.get(name, name) for name in value.split(", "))
    return ROLES.get(value, value)


def _category(key: str) -> str:
    from terreau.factors.catalogue import factor_set  # late: it reads the packs

    return factor_set().label(key, language())


def _years(value: Any) -> str:
    return numbers.number(value, language()) if isinstance(value, int | float) else str(value)


class _Facts(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "–"
