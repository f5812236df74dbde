"""Honest scores: exact fractions, their rule beside them, what is open and what is left out never hidden.

What the figures of a score mean, whatever its rule:

- **Unanswered** is worth 0 in the floor and everything in the ceiling; the value leaves it out, and the score is provisional.
- **Not applicable with a reason** leaves the floor, the value and the ceiling.
- **Not applicable without a reason** stays in all three, worth 0, until somebody says why; the score is provisional meanwhile.
- **Everything not applicable** gives no score (None), never 100 %.
- A facet answered with the lowest verdict is worth 0, and counts as answered.
- A verdict without a share (untested) is not an answer.

So floor ≤ value ≤ ceiling, and the three are equal once everything is answered. Documents, means and results are told apart
(``bars``) and averaged by no rule of ours.
"""

from terreau.diagnosis.scoring.registry import rule, rule_for, rules
from terreau.diagnosis.scoring.results import Bar, Levels, LevelStep, Part, Points, Score
from terreau.diagnosis.scoring.rule import Rule
from terreau.diagnosis.scoring.score import score
from terreau.diagnosis.scoring.showing import percent, points_text

__all__ = [
    "Bar",
    "LevelStep",
    "Levels",
    "Part",
    "Points",
    "Rule",
    "Score",
    "percent",
    "points_text",
    "rule",
    "rule_for",
    "rules",
    "score",
]
