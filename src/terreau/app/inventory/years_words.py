"""The sentences of the pages of a year: formulas in words, the reading of the decree, what is left out."""

from __future__ import annotations

from django.utils.translation import gettext, ngettext

from terreau.inventory.device import STATUS_WORDS
from terreau.inventory.movements.records import Movements
from terreau.publishing import numbers

A_YEAR = (335, 395)
"""Days between which a period is called a year."""


def status_words(status: str, lang: str) -> str:
    """A status in words."""
    if status in STATUS_WORDS:
        return STATUS_WORDS[status][lang == "en"]
    return gettext("commandé") if status == "ordered" else gettext("statut inconnu")


def formula(key: str) -> str:
    """How a meter is made, in one sentence."""
    return {
        "fleet.reuse_rate": gettext("(donnés + vendus) ÷ sortis, de dix ans au plus et concernés par le décret"),
        "fleet.purchases": gettext("nouveaux dans la liste, dont la date d'entrée tombe entre les deux inventaires"),
        "fleet.exits": gettext("sortis d'après un statut ou une date + disparus de la liste + retirés d'un lot"),
        "fleet.renewal_rate": gettext("achats ÷ parc moyen des deux dates"),
        "fleet.lifespan_at_exit": gettext("somme des (date de sortie − date d'entrée) ÷ sorties dont les deux dates sont connues"),
    }[key]  # fmt: skip


def assumptions() -> list[str]:
    """How we read decree 2023-266, and how sure we are."""
    return [
        gettext("Le décret vise l'État, les collectivités territoriales et leurs groupements ; pour d'autres, son objectif est un repère, pas une obligation."),
        gettext("Il rapporte les réemplois de l'année aux équipements réformés détenus au 1er janvier. Nous les rapportons aux sorties de la période, qu'un inventaire dit mieux ; la lecture à la lettre est donnée dans le tableau."),
        gettext("Donner compte. Vendre, ou faire reprendre, ne compte que si le preneur s'engage à réemployer et le justifie : un statut ne le dit pas, la borne basse l'écarte donc."),
        gettext("Réaffecter en interne n'est pas réformer : l'appareil reste au parc. Recycler n'est pas réemployer."),
        gettext("Destination inconnue : la borne basse suppose que rien n'est réemployé, la borne haute que tout l'est."),
        gettext("Plus de dix ans : d'après la date d'entrée au parc, à défaut de date de fabrication. Si les dates ne permettent pas de trancher, le doute élargit l'intervalle."),
        gettext("Sont visés les écrans et les petits équipements informatiques (catégories 2 et 6 des déchets électriques) ; la catégorie d'un appareil est notre lecture, faute de ses dimensions."),
    ]  # fmt: skip


def left_out(told: Movements, lang: str) -> list[str]:
    """What the year does not count, and what may mislead."""
    return [*_period_notes(told, lang), *_source_notes(told), *_entity_notes(told, lang), *_count_notes(told, lang)]


def _period_notes(told: Movements, lang: str) -> list[str]:
    days = told.period.days
    if A_YEAR[0] <= days <= A_YEAR[1]:
        return []
    facts = {"days": numbers.count(days, lang)}
    return [
        gettext("La période dure %(days)s jours, pas un an : achats, sorties et taux sont ceux de cette durée.") % facts
    ]


def _source_notes(told: Movements) -> list[str]:
    said = {
        "after": gettext("« %(name)s » n'a qu'un inventaire : source non comparée, ses équipements ne sont pas des achats."),
        "before": gettext("« %(name)s » n'a plus d'inventaire : source non comparée, ses équipements ne sont pas sortis."),
    }  # fmt: skip
    return [said[one.sides] % {"name": one.name} for one in told.sources if one.sides != "both"]


def _entity_notes(told: Movements, lang: str) -> list[str]:
    said = {
        "after": gettext("Toute l'entité « %(name)s » (%(n)s équipements) est apparue : un changement de périmètre plutôt que des achats ?"),
        "before": gettext("Toute l'entité « %(name)s » (%(n)s équipements) a disparu : un changement de périmètre plutôt que des sorties ?"),
    }  # fmt: skip
    return [said[one.side] % {"name": one.name, "n": numbers.count(one.quantity, lang)} for one in told.entities[:4]]


def _count_notes(told: Movements, lang: str) -> list[str]:
    notes = []
    older, still = told.total("discovered_older"), told.told["still_out"]
    if older:
        notes.append(ngettext("%(n)s équipement découvert, plus ancien que la période : ni achat, ni absence d'achat.",
                              "%(n)s équipements découverts, plus anciens que la période : ni achats, ni absence d'achats.",
                              round(older)) % {"n": numbers.count(older, lang)})  # fmt: skip
    if still:
        notes.append(ngettext("%(n)s équipement déjà sorti au premier inventaire est encore listé : sa sortie n'est pas de l'année.",
                              "%(n)s équipements déjà sortis au premier inventaire sont encore listés : leur sortie n'est pas de l'année.",
                              round(still)) % {"n": numbers.count(still, lang)})  # fmt: skip
    apart = sum(told.apart.get(f"after.{fate}", 0) for fate in ("personal", "virtual"))
    if apart:
        notes.append(ngettext("%(n)s appareil personnel ou machine virtuelle, hors de la comparaison.",
                              "%(n)s appareils personnels ou machines virtuelles, hors de la comparaison.",
                              round(apart)) % {"n": numbers.count(apart, lang)})  # fmt: skip
    return notes
