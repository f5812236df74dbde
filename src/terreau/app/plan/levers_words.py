"""The words of the pages of levers: domains, kinds, efforts, criteria and settings, in the language of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, ngettext

from terreau.app.language import language
from terreau.factors.criteria import CRITERIA, Criterion
from terreau.factors.criteria import criterion as criterion_of
from terreau.publishing import numbers

if TYPE_CHECKING:
    from terreau.levers import Lever

FIRST = ("climate_change", "resource_use_minerals_metals", "resource_use_fossils")


def short(key: str) -> str:
    """A criterion in a word or two: the three first have a usual name."""
    usual = {
        "climate_change": gettext("Climat"),
        "resource_use_minerals_metals": gettext("Métaux et minéraux"),
        "resource_use_fossils": gettext("Énergie fossile"),
    }
    return usual.get(key) or criterion_of(key).label(language())


def asked(key: str | None) -> Criterion:
    """The criterion of an address, climate when it says none that exists."""
    return next((one for one in CRITERIA if one.key == key), criterion_of(FIRST[0]))


def kinds() -> dict[str, str]:
    """What a lever's gain rests on, as tabs."""
    return {
        "computed": gettext("Calculés sur votre parc"),
        "study_mean": gettext("Moyennes d’études"),
        "enabler": gettext("Rendent possible"),
    }


def domains() -> dict[str, str]:
    """Where a lever acts."""
    return {
        "fleet": gettext("Parc"),
        "purchase": gettext("Achats"),
        "use": gettext("Usages"),
        "end_of_life": gettext("Fin de vie"),
        "service": gettext("Services numériques"),
        "data": gettext("Données"),
        "hosting": gettext("Hébergement"),
        "ai": gettext("Intelligence artificielle"),
        "print": gettext("Impression"),
        "people": gettext("Personnes"),
        "governance": gettext("Gouvernance"),
    }


def efforts() -> dict[int, str]:
    """How long it takes."""
    return {1: gettext("semaines"), 2: gettext("mois"), 3: gettext("années")}


def rebounds() -> dict[str, str]:
    """How likely the gain is spent again."""
    return {"low": gettext("faible"), "medium": gettext("moyen"), "high": gettext("fort")}


def verifications() -> dict[str, str]:
    """How sure we are of a source."""
    return {
        "read": gettext("lu à la source"),
        "ran": gettext("outil essayé"),
        "computed": gettext("calculé par nous"),
        "inferred": gettext("déduit par nous"),
        "recalled": gettext("de mémoire, à confirmer"),
        "common_practice": gettext("usage courant"),
    }


def setting(lever: Lever, value: Any, operator: str = "") -> str:
    """What is kept, in words: « 6 ans », « 1 an de plus », « 30 % des achats », « FRA »."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if lever.family == "lifespan":
        years = numbers.decimal(value, language(), 0 if float(value).is_integer() else 1)
        if (operator or lever.operator) == "add":
            return ngettext("%(years)s an de plus", "%(years)s ans de plus", round(value)) % {"years": years}
        return ngettext("%(years)s an", "%(years)s ans", round(value)) % {"years": years}
    if lever.family == "pue":
        return "PUE " + numbers.number(value, language())
    share = numbers.percent(value, language())
    told = {
        "count": gettext("%(share)s conservés"),
        "kwh": gettext("%(share)s de la consommation"),
        "second_hand": gettext("%(share)s des achats"),
        "replace": gettext("%(share)s des renouvellements"),
    }
    return told[lever.family] % {"share": share}


def bare(text: str) -> str:
    """A lever as it is typed, without the organisation that begins a private key: that says nothing to a reader."""
    return text.rpartition("/")[2]


def lost() -> str:
    """What a lever is called when nobody knows it any more."""
    return gettext("levier retiré depuis")


def changed(lever: Lever) -> str:
    """What the engine changes, in words."""
    from terreau.levers import categories

    named = {key: words.in_(language()).lower() for key, words in categories().items()}
    what = gettext("tous les équipements") if lever.category == "*" else named.get(lever.category, lever.category)
    told = {
        "lifespan": gettext("la durée de vie (%(what)s)"),
        "count": gettext("le nombre d’appareils (%(what)s)"),
        "second_hand": gettext("la part d’achats reconditionnés (%(what)s)"),
        "kwh": gettext("la consommation électrique (%(what)s)"),
        "replace": gettext("ce que l’on achète au renouvellement (%(what)s → %(other)s)"),
        "zone": gettext("le pays de l’électricité (%(what)s)"),
        "pue": gettext("le PUE des salles machine"),
    }
    return told[lever.family] % {"what": what, "other": named.get(lever.target_category, lever.target_category)}
