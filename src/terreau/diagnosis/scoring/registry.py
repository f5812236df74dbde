"""The rules known: one module of ``scoring.rules`` each, found by themselves."""

from __future__ import annotations

from functools import cache

from terreau.diagnosis.scoring.rule import Rule
from terreau.kernel.errors import TerreauError
from terreau.kernel.registry import by_key, modules_in
from terreau.referentials.edition import DMR, READING, SINGLE, Edition

BY_MODE = {DMR: "nr-terreau-1", SINGLE: "rgesn-conforming-1", READING: "reading-0"}
"""The rule of an edition that names none."""


@cache
def rules() -> dict[str, Rule]:
    """Every rule by its key; two modules claiming one key is an error naming both."""
    found = (
        (module.RULE.key, module.__name__, module.RULE) for module in modules_in("terreau.diagnosis.scoring.rules")
    )
    return by_key(found)


def rule(key: str) -> Rule:
    """The rule of this key; TerreauError naming those that exist."""
    if key not in rules():
        raise TerreauError("diagnosis.rule_unknown", rule=key, known=", ".join(sorted(rules())))
    return rules()[key]


def rule_for(edition: Edition, key: str | None = None) -> Rule:
    """The rule asked for, or the first the edition offers; TerreauError when the edition does not offer it."""
    offered = edition.scoring or (BY_MODE[edition.mode],)
    chosen = rule(key or offered[0])
    if chosen.key not in offered or edition.mode not in chosen.modes:
        raise TerreauError(
            "diagnosis.rule_not_offered", rule=chosen.key, edition=edition.key, offered=", ".join(offered)
        )
    return chosen
