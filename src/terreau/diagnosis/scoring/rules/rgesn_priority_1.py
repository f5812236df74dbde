"""RGESN, weighted by priority: 1.5, 1.25, 1."""

from fractions import Fraction

from terreau.diagnosis.scoring.rule import ONE, Rule
from terreau.referentials.edition import SINGLE, Criterion, Words

WEIGHTS = {"high": Fraction(3, 2), "medium": Fraction(5, 4), "low": ONE}


def by_priority(criterion: Criterion) -> Fraction:
    """1.5 for a high priority, 1.25 for a medium one, 1 for a low one or when none is told."""
    return WEIGHTS.get(criterion.priority, ONE)


RULE = Rule(
    key="rgesn-priority-1",
    version="1",
    title=Words(fr="Conformes, pondérés par la priorité", en="Conforming, weighted by priority"),
    formula=Words(
        fr="Somme des poids des critères conformes ÷ somme des poids des critères applicables ; poids 1,5 (prioritaire), 1,25 "
        "(recommandé), 1 (modéré). Pondération d'usage, elle n'est pas dans le texte officiel.",
        en="Sum of the weights of conforming criteria ÷ sum of the weights of applicable ones; weights 1.5 (high priority), 1.25 "
        "(medium), 1 (low). In common use; not part of the official text.",
    ),
    modes=(SINGLE,),
    weight=by_priority,
)
