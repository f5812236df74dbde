"""The doors of a first run: each is one thing to do, and only rooms that are built have one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from terreau.app.accounts import access
from terreau.app.pages import example


@dataclass(frozen=True, slots=True)
class Card:
    """One door: what the person would say, what happens next, where it leads, which drawing; ``makes`` is a POST."""

    title: str
    text: str
    url: str
    drawing: str
    makes: bool = False


def cards(user: Any, organisation: Any | None) -> tuple[Card, ...]:
    """The doors open to this person; ``organisation`` is theirs, None before they have one."""
    found: list[Card | None] = []
    if organisation and access.role_of(user, organisation) in access.EDIT:
        found += [_file(organisation), _ten_lines(organisation)]
    if organisation and access.role_of(user, organisation) in access.CONTRIBUTE:
        found += [_assess(organisation), _commit(organisation)]
    found.append(_example(user, organisation))
    return tuple(card for card in found if card and card.url)


def _file(organisation: Any) -> Card:
    return Card(
        _("J'ai un fichier d'inventaire"),
        _(
            "Export GLPI, tableur, CSV : déposez-le tel quel. Vous verrez ce qui a été compris avant tout enregistrement."
        ),
        _address("parc:arrival", organisation),
        "file",
    )


def _ten_lines(organisation: Any) -> Card:
    return Card(
        _("Je n'ai pas de fichier"),
        _("Dix lignes suffisent : combien d'ordinateurs, d'écrans, de téléphones, et leur âge. Trois minutes."),
        _address("parc:quick", organisation),
        "lines",
    )


def _assess(organisation: Any) -> Card:
    return Card(
        _("Je veux m'autodiagnostiquer"),
        _(
            "Répondez à une grille, un critère à la fois : ce qui est écrit, ce qui est fait, ce qui est mesuré. Cinq critères suffisent le premier jour."
        ),
        _address("diagnosis:start", organisation),
        "grid",
    )


def _commit(organisation: Any) -> Card:
    return Card(
        _("Je veux agir sans attendre"),
        _(
            "Cinq premières étapes, un engagement déjà rédigé pour chacune : relisez, changez, engagez-vous. Cinq minutes."
        ),
        _address("plan:paths", organisation),
        "steps",
    )


def _example(user: Any, organisation: Any | None) -> Card | None:
    visible = access.organisations_visible_to(user).filter(is_example=True)
    shown = visible.exclude(pk=organisation.pk).first() if organisation else visible.first()
    if not shown and example.may_be_made_by(user):
        text = _(
            "Deux organisations fictives sont créées pour vous, avec leurs inventaires. Cela prend quelques secondes."
        )
        return Card(_("Montrez-moi un exemple"), text, reverse("pages:example"), "seed", makes=True)
    if not shown:
        return None
    return Card(
        _("Montrez-moi un exemple"),
        _("%(name)s, organisation fictive, a déjà déposé son parc. Visitez, rien ne peut être cassé.")
        % {"name": shown.name},
        _address("pages:home", shown),
        "seed",
    )


def _address(name: str, organisation: Any) -> str:
    try:
        return reverse(name, args=[organisation.slug])
    except NoReverseMatch:
        return ""
