"""Weights meeting factors, as the rule set says: ours or NumEcoEval's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terreau.footprint import matched
from terreau.footprint.numecoeval import matching as numecoeval
from terreau.footprint.parameters import Parameters
from terreau.footprint.rules import Rules
from terreau.footprint.weights import Weights

if TYPE_CHECKING:
    from terreau.factors.catalogue import FactorSet


def match(
    weights: Weights, factor_set: FactorSet, rules: Rules, parameters: Parameters, *, wide: bool = False
) -> matched.Matched:
    """Bring each row of ``weights`` its factors, its lifespan, its PUE and its zone; nothing is read again.

    wide: rows keep their entity and site.
    """
    chosen = matched.match if rules.conventions is None else numecoeval.match
    return chosen(weights, factor_set, rules, parameters, wide=wide)
