"""How far each level is: by thresholds per criterion, by points, or by both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from terreau.diagnosis.scoring.counting import ONE, ZERO, Standing, points_of
from terreau.diagnosis.scoring.results import Levels, LevelStep
from terreau.referentials.edition import Edition, Level


def by_thresholds(
    edition: Edition, standings: Sequence[Standing], shares: Mapping[str, Fraction]
) -> tuple[LevelStep, ...]:
    """Each level needs every applicable criterion at its threshold; one that is short is not made up for by another."""
    return _in_order([_judge(level, standings, shares) for level in edition.levels])


def by_points(edition: Edition, standings: Sequence[Standing], shares: Mapping[str, Fraction]) -> tuple[LevelStep, ...]:
    """Each level needs its points, and every threshold the grid adds to them."""
    total = points_of(standings)
    judged = []
    for level in edition.levels:
        one = _judge(level, standings, shares)
        enough = level.points is None or total.earned >= level.points
        possible = level.points is None or total.earned + total.open >= level.points
        asks = one.asks or (level.points is not None and total.whole > 0)
        judged.append(_Judged(level=level, asked=one.asked, missing=one.missing, asks=asks,
                              holds=one.holds and enough, possible=one.possible and possible))  # fmt: skip
    return _in_order(judged)


def short_of(
    one: Standing, level: str, shares: Mapping[str, Fraction], *, unanswered: Fraction = ZERO
) -> tuple[str, ...]:
    """Facets of a criterion below their threshold for ``level``, what is unanswered being worth ``unanswered``."""
    if not one.counts:
        return ()
    needed = one.criterion.thresholds.get(level, {})
    return tuple(
        facet for facet, verdict in needed.items() if _got(one, facet, unanswered) < shares.get(verdict, ONE)
    )  # fmt: skip


def reached(steps: Sequence[LevelStep]) -> Levels:
    """The last level reached and the first that is not, among those that ask for something."""
    asking = [step for step in steps if step.asked or step.points is not None]
    got = [step.key for step in asking if step.reached]
    left = [step.key for step in asking if not step.reached]
    return Levels(got[-1] if got else None, left[0] if left else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    level: Level
    asked: int
    missing: tuple[str, ...]
    asks: bool
    holds: bool
    possible: bool


def _judge(level: Level, standings: Sequence[Standing], shares: Mapping[str, Fraction]) -> _Judged:
    asked = [one for one in standings if one.counts and one.criterion.thresholds.get(level.key)]
    missing = tuple(one.criterion.key for one in asked if short_of(one, level.key, shares))
    possible = not any(short_of(one, level.key, shares, unanswered=ONE) for one in asked)
    return _Judged(
        level=level, asked=len(asked), missing=missing, asks=bool(asked), holds=not missing, possible=possible
    )


def _in_order(judged: Sequence[_Judged]) -> tuple[LevelStep, ...]:
    """A level is reached when it asks for something and it holds, and so does each one before it."""
    steps, holds, possible = [], True, True
    for one in judged:
        holds, possible = holds and one.holds, possible and one.possible
        steps.append(LevelStep(
            key=one.level.key, title=one.level.title, met=one.asked - len(one.missing), asked=one.asked, missing=one.missing,
            reached=holds and one.asks, within_reach=possible and one.asks, points=one.level.points,
        ))  # fmt: skip
    return tuple(steps)


def _got(one: Standing, facet: str, unanswered: Fraction) -> Fraction:
    share = one.shares.get(facet)
    return unanswered if share is None else share
