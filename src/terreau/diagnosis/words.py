"""Words of the diagnosis that facts carry: facets, counters, places; French first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from terreau.evidence.words import WEAKNESSES

FACETS = {
    "documents": ("documents", "documents"),
    "means": ("moyens", "means"),
    "results": ("résultats", "results"),
    "verdict": ("verdict", "verdict"),
}
COUNTERS = {
    "answered": ("répondus", "answered"),
    "justified": ("non applicables avec leur raison", "not applicable, with the reason"),
    "evidenced": ("prouvés dans la période", "evidenced in the period"),
    "reviewed": ("relus depuis leur dernier changement", "reviewed since their last change"),
    "fresh": ("touchés depuis moins d'un an", "touched within a year"),
}
_LISTED: dict[str, Mapping[str, tuple[str, str]]] = {"facets": FACETS, "weaknesses": WEAKNESSES}


def facet_word(key: str, language: str = "fr") -> str:
    """A facet in words; its key when it is one of a received grid."""
    return FACETS.get(key, (key, key))[language == "en"]


def counter_word(key: str, language: str = "fr") -> str:
    """One of the five counters of readiness in words."""
    return COUNTERS[key][language == "en"]


def day_word(day: date, language: str = "fr") -> str:
    """31/12/2025 in French, 2025-12-31 in English."""
    return day.isoformat() if language == "en" else f"{day:%d/%m/%Y}"


def fact_word(name: str, value: object, language: str = "fr") -> str:
    """A fact as a sentence holds it: lists of known keys become words, days are written as people do."""
    if isinstance(value, tuple):
        known = _LISTED.get(name, {})
        return ", ".join(known.get(one, (str(one), str(one)))[language == "en"] for one in value)
    return day_word(value, language) if isinstance(value, date) else str(value)
