"""What a reading must say of itself: at least, not ranked, methods that differ, what is known of making and of use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from terreau.app.footprint import words
from terreau.publishing import numbers

Coverage = Mapping[str, Any]


def at_least(text: str, coverage: Coverage) -> str:
    """« au moins 12 t » when something known to exist is left aside, the text itself otherwise."""
    return gettext("au moins %(value)s") % {"value": text} if coverage.get("at_least") else text


def share(boundary: float | str | None, coverage: Coverage, language: str) -> str:
    """The share of a yearly budget; none is worth printing when no device is wholly known."""
    if isinstance(boundary, str):
        return gettext("sans limite")
    if boundary is None or not coverage.get("known"):
        return "–"
    if coverage.get("at_least") and 0 < boundary < 0.001:  # « au moins < 0,1 % » would say nothing
        return f"> 0{numbers.NNBSP}%" if language == "fr" else "> 0%"
    return at_least(numbers.percent(boundary, language), coverage)


def ranked(coverage: Coverage) -> bool:
    """True when enough is known for an order from the heaviest to mean something."""
    return bool(coverage.get("ranked", True))


def ranking(coverage: Coverage, language: str) -> tuple[str, ...]:
    """What to say beside anything in order of weight: not ranked, or ranked across methods that differ."""
    if not ranked(coverage):
        facts = {"share": numbers.percent(coverage["known"], language)}
        return (gettext("Non classé : couverture %(share)s. Ordre alphabétique.") % facts,)
    return (methods(coverage),) if coverage.get("mixed_families") else ()


def methods(coverage: Coverage) -> str:
    """« Classement indicatif : méthodes différentes (ADEME, fiches constructeurs). », the heaviest method first."""
    families = sorted(coverage["families"], key=lambda key: (-coverage["families"][key], key))
    known = words.methods()
    named = ", ".join(known.get(key, key) for key in families)
    return gettext("Classement indicatif : méthodes différentes (%(methods)s).") % {"methods": named}


def stages_known(coverage: Coverage, language: str, *, no_mix: bool) -> str:
    """How much is known of making and of use, '' when all is. no_mix: electricity has no factor for the criterion."""
    if not coverage or coverage["known"] >= 1:
        return ""
    facts = {name: numbers.percent(coverage[name], language) for name in ("making", "using")}
    if not coverage["using"] and coverage["making"]:
        cause = gettext("l'électricité n'a pas de facteur") if no_mix else gettext("aucune consommation n'est connue")
        text = gettext("Pour ce critère, %(cause)s : l'utilisation manque. Fabrication connue pour %(making)s du parc.")
        return text % {**facts, "cause": cause}
    if not coverage["making"] and coverage["using"]:
        text = gettext(
            "Pour ce critère, aucun facteur de fabrication n'est connu. Utilisation connue pour %(using)s du parc."
        )
        return text % facts
    return gettext("Fabrication connue pour %(making)s du parc, utilisation pour %(using)s.") % facts
