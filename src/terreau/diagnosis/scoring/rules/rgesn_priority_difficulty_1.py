"""RGESN, weighted by priority (3 or 1) and difficulty (1, 2, 3)."""

from fractions import Fraction

from terreau.diagnosis.scoring.rule import Rule
from terreau.referentials.edition import SINGLE, Criterion, Words

DIFFICULTIES = {"low": 1, "medium": 2, "high": 3}


def by_priority_and_difficulty(criterion: Criterion) -> Fraction:
    """3 for a high priority, else 1, times 1, 2 or 3 for the difficulty (1 when none is told)."""
    return Fraction((3 if criterion.priority == "high" else 1) * DIFFICULTIES.get(criterion.difficulty, 1))


RULE = Rule(
    key="rgesn-priority-difficulty-1",
    version="1",
    title=Words(
        fr="Conformes, pondérés par la priorité et la difficulté", en="Conforming, weighted by priority and difficulty"
    ),
    formula=Words(
        fr="Somme des poids des critères conformes ÷ somme des poids des critères applicables ; poids = (3 si prioritaire, sinon 1) × "
        "(1 facile, 2 moyen, 3 difficile). Pondération d'usage, elle n'est pas dans le texte officiel.",
        en="Sum of the weights of conforming criteria ÷ sum of the weights of applicable ones; weight = (3 for a high priority, else "
        "1) × (1 easy, 2 medium, 3 hard). In common use; not part of the official text.",
    ),
    modes=(SINGLE,),
    weight=by_priority_and_difficulty,
)
