"""What the fictitious organisations arbitrated: a decision that holds, one to look at again, one still open."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils import timezone

from terreau.app.accounts.models import Organisation
from terreau.app.plan import arbitrating
from terreau.app.plan.models import Arbitration

Told = Mapping[str, Any]

SCREENS: Told = {
    "question": "Remplacer tous les écrans au déménagement, ou garder ceux qui marchent ?",
    "tensions": ["cost", "people", "environment"],
    "took_part": ["Achats", "Représentants du personnel", "Service informatique", "Référente NR"],
    "options": {
        "Tout remplacer": ({"people": ("Le même écran pour tous", ""), "cost": ("", "46 000 €, hors budget"),
                            "environment": ("", "300 écrans de moins de huit ans écartés")}, ["screen-8y"]),
        "Garder ceux qui marchent": ({"cost": ("Rien à acheter la première année", ""), "people": ("", "Des tailles mêlées dans un même bureau"),
                                      "environment": ("La fabrication de 300 écrans évitée", "")}, ["screen-8y", "one-screen"]),
        "Ne rien décider": ({"cost": ("Aucun travail", "Chaque service commande de son côté")}, []),
    },
    "decided": "Garder ceux qui marchent",
    "why": "Un écran dure dix ans et sa fabrication pèse plus que tout son usage. On remplace d’abord ceux qui gênent : "
    "trop petits pour un besoin de santé, ou en panne. On accepte des tailles mêlées pendant deux ans.",
    "days": (-420, -55),
    "review": (-50, "Sept demandes de remplacement en un an, toutes pour un besoin de santé. Aucune plainte sur les tailles.",
               "Comité de suivi NR"),
}  # fmt: skip
NIGHTS: Told = {
    "question": "Éteindre la nuit les serveurs de recette, ou les laisser à disposition ?",
    "tensions": ["use", "environment", "security"],
    "took_part": ["Exploitation", "Équipes projet"],
    "options": {
        "Les éteindre de 20 h à 7 h et le week-end": (
            {"environment": ("Les deux tiers de leur électricité", ""), "use": ("", "Une équipe de soir doit demander la veille"),
             "security": ("Moins longtemps exposés", "")}, ["off-hours"]),
        "Les laisser à disposition": ({"use": ("Aucune attente", ""), "environment": ("", "Rien ne change")}, ["off-hours"]),
    },
    "decided": "Les éteindre de 20 h à 7 h et le week-end",
    "why": "Deux équipes seulement travaillent le soir, trois fois par an ; elles demanderont la veille.",
    "days": (-390, -25),
}  # fmt: skip
PHONES: Told = {
    "question": "Un seul téléphone pour le travail et la vie privée ?",
    "tensions": ["people", "environment", "security"],
    "took_part": ["Ressources humaines", "Représentants du personnel", "Sécurité"],
    "options": {
        "Proposer la double SIM à qui la veut": ({"environment": ("Un appareil de moins par personne volontaire", ""),
                                                  "people": ("Un seul appareil à porter", "Le travail entre dans la poche privée")}, ["phone-4y"]),
        "Garder deux téléphones": ({"security": ("Deux mondes séparés", "")}, []),
    },
}  # fmt: skip
TRAVEL: Told = {
    "question": "Visio avec caméra, ou déplacement, pour les ateliers chez nos clients ?",
    "tensions": ["use", "people", "environment"],
    "took_part": ["Conception", "Direction"],
    "options": {
        "Le train en dessous de six heures, la visio au-delà": (
            {"environment": ("Plus un vol en France", ""), "people": ("Des ateliers en vrai quand ils comptent", "Des journées plus longues")},
            ["train-6h"]),
        "Tout en visio": ({"environment": ("Aucun déplacement", ""), "use": ("", "Des premiers ateliers moins riches")}, []),
    },
    "decided": "Le train en dessous de six heures, la visio au-delà",
    "why": "Le premier atelier gagne à se tenir sur place ; les suivants se tiennent très bien à distance.",
    "days": (-200, 165),
}  # fmt: skip
ALL = {"valmont": {"ecrans": SCREENS, "nuits": NIGHTS, "telephones": PHONES}, "numa": {"trajets": TRAVEL}}


def seed(owner: Any, organisations: Mapping[str, Organisation]) -> None:
    """Make them, unless they are already there."""
    for slug, organisation in organisations.items():
        for name, told in ALL[slug].items():
            if not Arbitration.objects.filter(pk=number(organisation, name)).exists():
                _made(organisation, owner, name, told)


def number(organisation: Organisation, name: str) -> UUID:
    """The number an example arbitration bears at each making."""
    return uuid5(NAMESPACE_URL, f"terreau:example:{organisation.slug}/arbitrage/{name}")


def _made(organisation: Organisation, owner: Any, name: str, told: Told) -> None:
    given = {
        **told,
        "id": number(organisation, name),
        "titles": [(f"option-{n}", title) for n, title in enumerate(told["options"], 1)],
    }
    row = arbitrating.pose(organisation, owner, given)
    for one in list(row.options):
        effects, rules = told["options"][one["title"]]
        rows = [{"criterion": key, "brings": brings, "costs": costs} for key, (brings, costs) in effects.items()]
        arbitrating.weigh(row, owner, one["key"], rows, rules)
    if "decided" in told:
        _decided(row, owner, told)


def _decided(row: Arbitration, owner: Any, told: Told) -> None:
    key = next(one["key"] for one in row.options if one["title"] == told["decided"])
    on, again = (_day(days) for days in told["days"])
    arbitrating.decide(
        row,
        owner,
        {"decided": key, "why": told["why"], "decided_on": on, "review_on": again, "took_part": told["took_part"]},
    )
    if "review" in told:
        days, comment, by = told["review"]
        arbitrating.review(
            row, owner, {"on": _day(days), "kept": True, "comment": comment, "by": by, "next_on": _day(days + 365)}
        )


def _day(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)
