"""An indicator that Valmont defined for itself, and another it is still writing."""

from __future__ import annotations

from typing import Any

from terreau.app.accounts.models import Organisation
from terreau.app.indicators import own
from terreau.app.indicators.models import OwnIndicator

REPAIRED = {
    "name": "Portables réparés plutôt que remplacés", "question": "Réparons-nous un portable en panne avant d’en acheter un autre ?",
    "theme": "fleet", "numerator": "portables en panne remis en service dans l’année", "denominator": "portables en panne dans l’année",
    "formula": "remis en service ÷ en panne", "unit": "%", "direction": "up", "nature": "result", "audience": "performance",
    "frequency": "yearly", "source": "file", "where": "Tickets GLPI clos, catégorie « panne matérielle », relevés par le support",
    "scope": "Portables de la métropole et de la ville ; ceux du CCAS, sous un autre contrat, sont laissés de côté.",
}  # fmt: skip
ENGLISH = {
    "name": "Laptops repaired rather than replaced", "question": "Do we repair a broken laptop before we buy another?",
    "numerator": "broken laptops put back in service during the year", "denominator": "laptops that broke down during the year",
    "where": "Closed GLPI tickets, category “hardware failure”, collected by the support team",
    "scope": "Laptops of the metropolis and of the city; those of the CCAS, under another contract, are left aside.",
}  # fmt: skip
WAITING = {
    "name": "Jours sans poste",
    "question": "Combien de jours une personne attend-elle un appareil ?",
    "theme": "people",
}


def seed(owner: Any, organisation: Organisation) -> None:
    """Both, unless the organisation defined something already."""
    if OwnIndicator.objects.filter(organisation=organisation).exists():
        return
    made = own.begin(organisation, owner, REPAIRED, {}, "fr")
    own.write(made, owner, ENGLISH, "en", made.revision)
    own.finish(made, owner)
    own.begin(organisation, owner, WAITING, {"evaluable": "effort"}, "fr")
