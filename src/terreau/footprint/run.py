"""The name of a run: the digest of everything that decides its result (exécution)."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import terreau
from terreau.footprint.parameters import Parameters
from terreau.footprint.rules import Rules
from terreau.footprint.weights import Weights

if TYPE_CHECKING:
    from terreau.factors.catalogue import FactorSet

ENGINE = "2"
"""Changes with any change of a formula or of the way the inventory is summed."""


def run_parts(weights: Weights, factor_set: FactorSet, rules: Rules, parameters: Parameters) -> dict[str, object]:
    """What decides a result: snapshots, decisions, factors, rules, parameters, vocabulary, engine."""
    return {
        "snapshots": sorted(weights.origin.snapshots),
        "decisions": weights.origin.decisions,
        "factor_set": {"key": factor_set.key, "digest": factor_set.digest},
        "rules": {"key": rules.key, "digest": rules.digest},
        "parameters": parameters.as_json(),
        "vocabulary": weights.origin.vocabulary,
        "engine": {"terreau": terreau.__version__, "footprint": ENGINE},
    }


def run_digest(parts: dict[str, object]) -> str:
    """sha256 of the parts, in hexadecimal: the run's name."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
