"""Grids of points, those received in a spreadsheet: points earned, and levels by points."""

from fractions import Fraction

from terreau.diagnosis.scoring.levels import by_points
from terreau.diagnosis.scoring.rule import Rule
from terreau.referentials.edition import DMR, SINGLE, Criterion, Words


def by_points_of_the_grid(criterion: Criterion) -> Fraction:
    """The points the grid gives to the criterion; 0 when it gives none."""
    return criterion.points if criterion.points is not None else Fraction(0)


RULE = Rule(
    key="points-1",
    version="1",
    title=Words(fr="Points de la grille", en="Points of the grid"),
    formula=Words(
        fr="Points du critère × part obtenue, additionnés ; quand un critère demande plusieurs facettes, ses points se partagent également "
        "entre elles. La part affichée = points obtenus ÷ points applicables. Un niveau demande ses points, tels que la grille les écrit "
        "(ils ne sont pas ramenés à ce qui s'applique), et les seuils par critère s'il y en a.",
        en="Points of the criterion × share got, added up; when a criterion asks for several facets, its points are shared equally "
        "between them. The share shown = points earned ÷ points that apply. A level asks for its points as the grid writes them (not "
        "scaled to what applies), and for its thresholds per criterion when there are any.",
    ),
    modes=(DMR, SINGLE),
    in_points=True,
    weight=by_points_of_the_grid,
    levels=by_points,
)
