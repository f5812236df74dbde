"""The words of the footprint pages: criteria, stages, match levels, in the language of the page."""

from __future__ import annotations

from django.utils.translation import gettext

from terreau.app.language import language
from terreau.factors.criteria import CRITERIA, Criterion
from terreau.factors.criteria import criterion as criterion_of
from terreau.publishing.chart import Part

FIRST = ("climate_change", "resource_use_minerals_metals", "resource_use_fossils")
STYLES = {"manufacturing": "soil", "embodied": "bark", "distribution": "clay", "use": "straw", "end_of_life": "leaf"}


def short(criterion: str) -> str:
    """A criterion in a word or two: the three first have a usual name."""
    usual = {
        "climate_change": gettext("Climat"),
        "resource_use_minerals_metals": gettext("Métaux et minéraux"),
        "resource_use_fossils": gettext("Énergie fossile"),
    }
    return usual.get(criterion) or criterion_of(criterion).label(language())


def asked(key: str | None) -> Criterion:
    """The criterion of an address, climate when it says none that exists."""
    return next((one for one in CRITERIA if one.key == key), criterion_of(FIRST[0]))


def stages() -> dict[str, Part]:
    """Life-cycle stages in the order of a life, with their texture."""
    said = {
        "manufacturing": gettext("Fabrication"),
        "distribution": gettext("Transport"),
        "embodied": gettext("Hors utilisation"),
        "use": gettext("Utilisation"),
        "end_of_life": gettext("Fin de vie"),
    }
    return {key: Part(words, STYLES[key]) for key, words in said.items()}


def levels() -> dict[str, str]:
    """How closely a factor describes a device."""
    return {
        "measured": gettext("Mesuré"),
        "exact": gettext("Modèle exact"),
        "alias": gettext("Modèle, autre graphie"),
        "size": gettext("Catégorie et taille"),
        "category": gettext("Catégorie seule"),
        "fallback": gettext("Valeur de repli"),
        "missing": gettext("Manquant, en tout ou partie"),
    }


def methods() -> dict[str, str]:
    """Families of methods: makings studied by two of them are not on one scale."""
    return {
        "ademe": "ADEME",
        "ademe_ratio": gettext("ratios ADEME"),
        "api_model": gettext("modèles par composants"),
        "bottom_up": gettext("calculs par composants"),
        "ecodiag": "EcoDiag",
        "functional_blocks": gettext("blocs fonctionnels"),
        "mass": gettext("ratios de masse"),
        "mixed": gettext("sources mêlées"),
        "own": gettext("votre jeu de facteurs"),
        "pcf": gettext("fiches constructeurs"),
    }


def axes() -> dict[str, str]:
    """Along what a footprint is read."""
    return {
        "category": gettext("Catégorie"),
        "entity": gettext("Entité"),
        "item": gettext("Type d'équipement"),
        "stage": gettext("Étape"),
    }
