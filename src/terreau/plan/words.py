"""Words of the plan that facts, pages and reports share: statuses, parts of a difference, tensions; French first."""

from __future__ import annotations

from collections.abc import Mapping

from terreau.factors.criteria import CRITERIA
from terreau.levers.categories import categories

STATUSES = {
    "draft": ("brouillon", "draft"),
    "not_started": ("pas commencé", "not started"),
    "on_track": ("en bonne voie", "on track"),
    "late": ("en retard", "late"),
    "unclear": ("incertain", "unclear"),
    "missed": ("manqué", "missed"),
    "missed_answered": ("manqué et répondu", "missed and answered"),
    "kept": ("tenu", "kept"),
    "stopped": ("arrêté", "stopped"),
}
SEVERAL = STATUSES | {
    "draft": ("brouillons", "drafts"),
    "not_started": ("pas commencés", "not started"),
    "unclear": ("incertains", "unclear"),
    "missed": ("manqués", "missed"),
    "missed_answered": ("manqués et répondus", "missed and answered"),
    "kept": ("tenus", "kept"),
    "stopped": ("arrêtés", "stopped"),
}
"""Statuses as they are said of several commitments."""
STEPS = {
    "planned": ("prévu", "planned"),
    "replanned": ("replanifié", "replanned"),
    "done": ("fait", "done"),
    "done_late": ("fait en retard", "done late"),
    "missed": ("manqué", "missed"),
    "answered": ("manqué et répondu", "missed and answered"),
}
AIMS = {
    "means": ("l’indicateur de moyens", "the means indicator"),
    "result": ("l’indicateur de résultat", "the result indicator"),
}
DIRECTIONS = {
    "up": ("à la hausse", "upwards"),
    "down": ("à la baisse", "downwards"),
    "none": ("sans sens", "without direction"),
}
ORIGINS = {
    "lever": ("levier", "lever"),
    "gap": ("écart du diagnostic", "gap of the diagnosis"),
    "remark": ("remarque d’auditeur", "auditor’s remark"),
    "idea": ("idée", "idea"),
    "meeting": ("réunion", "meeting"),
    "other": ("autre", "other"),
}
REVIEWS = {
    "continue": ("continuer", "continue"),
    "adjust": ("ajuster", "adjust"),
    "stop": ("arrêter", "stop"),
    "close": ("clore", "close"),
}
TENSIONS = {
    "use": ("usage", "use"),
    "cost": ("coût", "cost"),
    "people": ("personnes", "people"),
    "environment": ("environnement", "environment"),
    "security": ("sécurité", "security"),
}
DECISIONS = {
    "open": ("à décider", "to be decided"),
    "decided": ("décidé", "decided"),
    "review_due": ("à revoir", "to be reviewed"),
    "replaced": ("remplacé", "replaced"),
}
PARTS = {
    "volume": ("volume", "volume"),
    "mix": ("composition du parc", "mix of equipment"),
    "lifespan": ("durée de vie", "lifespan"),
    "electricity": ("électricité", "electricity"),
    "factors": ("facteurs", "factors"),
    "method": ("méthode", "method"),
}
SIDES = {"before": ("avant", "before"), "after": ("après", "after")}
KINDS = {
    "duty": ("obligation", "duty"),
    "label": ("label", "label"),
    "evidence": ("preuve", "evidence"),
    "indicator": ("indicateur", "indicator"),
    "milestone": ("jalon", "milestone"),
    "due": ("échéance", "due date"),
    "review": ("revue", "review"),
}
_LISTED: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "aim": AIMS, "direction": DIRECTIONS, "origin": ORIGINS, "decision": REVIEWS, "tensions": TENSIONS,
    "part": PARTS, "side": SIDES, "status": STATUSES,
}  # fmt: skip


def word(table: Mapping[str, tuple[str, str]], key: str, language: str = "fr") -> str:
    """The word of ``key`` in one of the tables above; the key itself when it has none."""
    return table.get(key, (key, key))[language == "en"]


def listed(fact: str, value: str, language: str = "fr") -> str:
    """The value of a fact, in words when it is a key of the table that fact names; criteria and categories by their names."""
    if fact == "criterion":
        return next((one.label(language) for one in CRITERIA if one.key == value), value)
    if fact in ("category", "categories") and value in categories():
        return categories()[value].in_(language)
    return word(_LISTED.get(fact, {}), value, language)
