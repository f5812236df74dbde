"""What a rule is made of (règle de calcul): a name, a version, a formula in words, and a few small functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from terreau.diagnosis.scoring.counting import Standing
from terreau.diagnosis.scoring.results import LevelStep, Part
from terreau.referentials.edition import Criterion, Edition, Words

ONE = Fraction(1)


def same(share: Fraction) -> Fraction:
    """The share of the scale as it is."""
    return share


def equal(criterion: Criterion) -> Fraction:
    """Every criterion weighs the same."""
    return ONE


def no_level(edition: Edition, standings: Sequence[Standing], shares: Mapping[str, Fraction]) -> tuple[LevelStep, ...]:
    """The rule knows no level."""
    return ()


def nothing_to_say(whole: Part) -> Words | None:
    """The rule adds no word to its figures."""
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One way to score.

    modes: modes of editions it can read (dmr, single, reading)
    single: it gives one number between 0 and 1; in_points: that number is also told in points of the grid
    weight: weight of a criterion; share: what a verdict's share is worth for this rule
    levels: how far each level is; status: words on the whole; legal: the rate has a legal meaning once complete
    """

    key: str
    version: str
    title: Words
    formula: Words
    modes: tuple[str, ...]
    single: bool = True
    in_points: bool = False
    legal: bool = False
    weight: Callable[[Criterion], Fraction] = equal
    share: Callable[[Fraction], Fraction] = same
    levels: Callable[[Edition, Sequence[Standing], Mapping[str, Fraction]], tuple[LevelStep, ...]] = no_level
    status: Callable[[Part], Words | None] = nothing_to_say
