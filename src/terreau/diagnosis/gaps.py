"""What would close the gap to a level (écart): which criteria, which of their facets, and in which order to look at them.

Two orders, always with both columns: the easiest first, and what brings the most first. Never one ratio of the two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from terreau.diagnosis.scoring.counting import ONE, OUT, UNREASONED, ZERO, Standing, Sum, points_of, shares_of
from terreau.diagnosis.scoring.levels import reached
from terreau.diagnosis.scoring.registry import rule_for
from terreau.diagnosis.scoring.rule import Rule
from terreau.diagnosis.scoring.score import Answers, as_asked, standings
from terreau.kernel.errors import TerreauError
from terreau.referentials.edition import Edition, Level

EASE = {"low": 0, "medium": 1, "high": 2, "": 3}
WORTH = {"high": 0, "medium": 1, "low": 2, "": 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetGap:
    """One facet short of what is needed: share now (None while unanswered) and share needed, with its verdict."""

    facet: str
    now: Fraction | None
    needed: Fraction
    verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionGap:
    """One criterion that would help.

    state: ``unanswered``, ``without_reason`` (not applicable, unreasoned) or ``below``
    needed: the level cannot be reached without it; gain: what it adds to the floor, in points of the grid for a rule of points,
    else as a share of the whole (None when the rule has no single number)
    """

    criterion: str
    number: str
    state: str
    facets: tuple[FacetGap, ...]
    needed: bool
    difficulty: str
    priority: str
    gain: Fraction | None

    def as_json(self) -> dict[str, Any]:
        """Plain values, fractions as text."""
        facets = [{"facet": one.facet, "now": _text(one.now), "needed": str(one.needed), "verdict": one.verdict}
                  for one in self.facets]  # fmt: skip
        return {"criterion": self.criterion, "number": self.number, "state": self.state, "facets": facets, "needed": self.needed,
                "difficulty": self.difficulty, "priority": self.priority, "gain": _text(self.gain)}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """What separates from a level.

    level: its key, None for the full score (a rule without levels)
    lacking: points still to earn for the level, or share for the full score; None without a single number
    criteria: those that would help, in the order of the grid
    """

    level: str | None
    lacking: Fraction | None
    criteria: tuple[CriterionGap, ...]

    @property
    def closed(self) -> bool:
        """True when nothing separates."""
        return not self.lacking and not any(one.needed for one in self.criteria)

    def by_difficulty(self) -> tuple[CriterionGap, ...]:
        """The easiest first; among equals, what brings the most."""
        return tuple(sorted(self.criteria, key=lambda one: (_ease(one), _impact(one))))

    def by_impact(self) -> tuple[CriterionGap, ...]:
        """What brings the most first; among equals, the easiest."""
        return tuple(sorted(self.criteria, key=lambda one: (_impact(one), _ease(one))))

    def enough(self, order: Sequence[CriterionGap]) -> tuple[CriterionGap, ...]:
        """The needed ones, then the first of ``order`` until what lacks is earned: one way among others."""
        kept = [one for one in order if one.needed]
        got = sum((one.gain or ZERO for one in kept), ZERO)
        for one in order:
            if got >= (self.lacking or ZERO):
                break
            if not one.needed:
                kept.append(one)
                got += one.gain or ZERO
        return tuple(one for one in order if one in kept)

    def as_json(self) -> dict[str, Any]:
        """Plain values: both orders as lists of keys."""
        return {"level": self.level, "lacking": _text(self.lacking), "closed": self.closed,
                "criteria": [one.as_json() for one in self.criteria],
                "by_difficulty": [one.criterion for one in self.by_difficulty()],
                "by_impact": [one.criterion for one in self.by_impact()]}  # fmt: skip


def gap(answers: Answers, edition: Edition, level: str | None = None, rule: str | None = None) -> Gap:
    """What separates from ``level`` (the next one by default), by ``rule``; from the full score when the rule knows no level.

    TerreauError when the edition has no such level.
    """
    chosen, seen = rule_for(edition, rule), as_asked(answers, edition)
    stood, shares = standings(answers, seen, chosen), shares_of(seen)
    steps = chosen.levels(seen, stood, shares)
    aimed = _level(seen, level or reached(steps).next) if steps else None
    if aimed is None and reached(steps).reached:
        return Gap(level=None, lacking=None, criteria=())
    total, asked = points_of(stood), _up_to(seen, aimed)
    lacking = _lacking(total, chosen, aimed)
    helping = (
        _criterion(one, chosen, _thresholds(one, asked, shares), total.whole, shares, lacking)
        for one in stood
        if one.state != OUT
    )
    return Gap(level=aimed.key if aimed else None, lacking=lacking, criteria=tuple(one for one in helping if one))


def _level(edition: Edition, key: str | None) -> Level | None:
    if key is None:
        return None
    found = next((one for one in edition.levels if one.key == key), None)
    if found is None:
        known = ", ".join(one.key for one in edition.levels)
        raise TerreauError("diagnosis.level_unknown", level=key, known=known or "–")
    return found


def _up_to(edition: Edition, aimed: Level | None) -> tuple[str, ...]:
    """The level aimed at and those before: it asks for them too."""
    keys = [one.key for one in edition.levels]
    return tuple(keys[: keys.index(aimed.key) + 1]) if aimed else ()


def _thresholds(one: Standing, levels: Sequence[str], shares: dict[str, Fraction]) -> dict[str, str]:
    """Facet -> the highest verdict these levels ask of this criterion."""
    found: dict[str, str] = {}
    for level in levels:
        for facet, verdict in one.criterion.thresholds.get(level, {}).items():
            if facet not in found or shares.get(verdict, ONE) > shares.get(found[facet], ONE):
                found[facet] = verdict
    return found


def _lacking(total: Sum, chosen: Rule, aimed: Level | None) -> Fraction | None:
    if aimed is not None:
        return max(aimed.points - total.earned, ZERO) if chosen.in_points and aimed.points is not None else None
    return ONE - total.floor if chosen.single and total.floor is not None else None


def _criterion(one: Standing, chosen: Rule, thresholds: dict[str, str], whole: Fraction, shares: dict[str, Fraction],
               lacking: Fraction | None) -> CriterionGap | None:  # fmt: skip
    """The gap of one criterion; None when it cannot help.

    It is needed when it is below its threshold. A level asked in points may also be reached by others: any criterion not full
    helps then, up to its full share.
    """
    below = tuple(_facet(one, facet, verdict, shares) for facet, verdict in thresholds.items())
    short = tuple(found for found in below if found)
    if lacking:
        top = max(shares, key=lambda key: shares[key], default="")
        rest = (
            _facet(one, facet, top, shares) for facet in one.shares if facet not in {found.facet for found in short}
        )
        helping = (*short, *(found for found in rest if found)) if one.weight else short
    else:
        helping = short
    if not helping:
        return None
    return CriterionGap(
        criterion=one.criterion.key, number=one.criterion.number, facets=helping, needed=bool(short),
        state="without_reason" if one.state == UNREASONED else "below" if one.told else "unanswered",
        difficulty=one.criterion.difficulty, priority=one.criterion.priority, gain=_gain(one, helping, chosen, whole),
    )  # fmt: skip


def _facet(one: Standing, facet: str, verdict: str, shares: dict[str, Fraction]) -> FacetGap | None:
    now, needed = one.shares.get(facet), shares.get(verdict, ONE)
    return FacetGap(facet=facet, now=now, needed=needed, verdict=verdict) if (now or ZERO) < needed else None


def _gain(one: Standing, facets: Sequence[FacetGap], chosen: Rule, whole: Fraction) -> Fraction | None:
    """What reaching these facets adds to the floor; ``whole``: the weights of everything that counts."""
    if not chosen.single:
        return None
    each = one.weight / len(one.shares)
    worth = sum((each * (chosen.share(facet.needed) - (facet.now or ZERO)) for facet in facets), ZERO)
    return worth if chosen.in_points else worth / whole if whole else None


def _ease(one: CriterionGap) -> int:
    return EASE.get(one.difficulty, EASE[""])


def _impact(one: CriterionGap) -> tuple[Fraction, int, int]:
    """What adds the most, then the highest priority, then the most facets (smallest first, to sort)."""
    return (-(one.gain or ZERO), WORTH.get(one.priority, WORTH[""]), -len(one.facets))


def _text(value: Fraction | None) -> str | None:
    return None if value is None else str(value)
