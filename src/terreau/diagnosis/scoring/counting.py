"""From answers to sums: where each criterion stands, then what many of them make together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from terreau.diagnosis.records import AnswerRecord
from terreau.diagnosis.scoring.results import Bar, Part
from terreau.referentials.edition import Criterion, Edition

ZERO, ONE = Fraction(0), Fraction(1)
OUT, UNREASONED, ASKED = "out", "unreasoned", "asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where one criterion stands.

    state: ``out`` (not applicable, with its reason), ``unreasoned`` (said not to apply, without one) or ``asked``
    shares: facet -> share got, 0 to 1, None while unanswered; an unreasoned criterion has 0 everywhere
    told: the criterion counts as answered
    """

    criterion: Criterion
    weight: Fraction
    state: str
    shares: dict[str, Fraction | None]
    told: bool

    @property
    def counts(self) -> bool:
        """True unless it is left out with a reason."""
        return self.state != OUT

    @property
    def met(self) -> bool:
        """True when every facet has its full share (and there is one)."""
        return self.counts and bool(self.shares) and all(share == ONE for share in self.shares.values())


Grain = tuple[Fraction, Fraction | None]
"""One facet of one criterion: its weight, its share (None while it is open)."""


@dataclass(frozen=True, slots=True)
class Sum:
    """Weights added up: earned, of those answered; and those still open."""

    earned: Fraction = ZERO
    answered: Fraction = ZERO
    open: Fraction = ZERO

    @classmethod
    def of(cls, grains: Iterable[Grain]) -> Sum:
        """Everything added. Alike grains are counted first: adding fractions one by one is what costs."""
        alike: dict[object, list[Any]] = {}
        for weight, share in grains:
            key = (weight.as_integer_ratio(), share and share.as_integer_ratio())
            alike.setdefault((key, share is None), [weight, share, 0])[2] += 1
        told = [(weight * times, share) for weight, share, times in alike.values() if share is not None]
        left = sum((weight * times for weight, share, times in alike.values() if share is None), ZERO)
        return cls(
            sum((weight * share for weight, share in told), ZERO), sum((weight for weight, _ in told), ZERO), left
        )

    @property
    def whole(self) -> Fraction:
        """Everything that counts."""
        return self.answered + self.open

    @property
    def floor(self) -> Fraction | None:
        """What is open is worth 0."""
        return self.earned / self.whole if self.whole else None

    @property
    def value(self) -> Fraction | None:
        """What is open is left out."""
        return self.earned / self.answered if self.answered else None

    @property
    def ceiling(self) -> Fraction | None:
        """What is open is worth everything."""
        return (self.earned + self.open) / self.whole if self.whole else None


def shares_of(edition: Edition) -> dict[str, Fraction]:
    """Verdict -> share, for the verdicts that count."""
    return {verdict.key: verdict.share for verdict in edition.scale if verdict.share is not None}


def standing(criterion: Criterion, answer: AnswerRecord | None, shares: Mapping[str, Fraction], *,
             weight: Callable[[Criterion], Fraction], worth: Callable[[Fraction], Fraction]) -> Standing:  # fmt: skip
    """Where ``criterion`` stands; a verdict unknown to the scale is no answer (``xray`` names it)."""
    answer = answer or AnswerRecord(criterion=criterion.key)
    facets = [facet.key for facet in criterion.facets]
    if answer.applicable is False:
        state = OUT if answer.justified_not_applicable else UNREASONED
        return Standing(criterion=criterion, weight=weight(criterion), state=state, told=False, shares=dict.fromkeys(facets, ZERO))  # fmt: skip
    got: dict[str, Fraction | None] = {}
    for facet in facets:
        share = shares.get(answer.verdict(facet) or "")
        got[facet] = None if share is None else worth(share)
    told = None not in got.values() if facets else bool(answer.text.strip())
    return Standing(criterion=criterion, weight=weight(criterion), state=ASKED, shares=got, told=told)


def part(standings: Sequence[Standing], *, key: str = "", single: bool = True) -> Part:
    """The score of these criteria together."""
    counted = [one for one in standings if one.counts]
    total = points_of(counted) if single else Sum()
    return Part(
        key=key,
        floor=total.floor,
        value=total.value,
        ceiling=total.ceiling,
        answered=sum(one.told for one in counted),
        applicable=len(counted),
        met=sum(one.met for one in counted),
        justified_na=len(standings) - len(counted),
        unjustified_na=sum(one.state == UNREASONED for one in counted),
        bars={facet: _bar(facet, counted) for facet in _facets(standings)},
    )


def points_of(standings: Iterable[Standing]) -> Sum:
    """The weights of these criteria; one of several facets shares its weight equally between them."""
    return Sum.of(
        (one.weight / len(one.shares) if len(one.shares) > 1 else one.weight, share)
        for one in standings
        if one.counts
        for share in one.shares.values()
    )


def _bar(facet: str, counted: Sequence[Standing]) -> Bar:
    asked = [one for one in counted if facet in one.shares]
    total = Sum.of((one.weight, one.shares[facet]) for one in asked)
    told = sum(one.shares[facet] is not None and one.state == ASKED for one in asked)
    return Bar(floor=total.floor, value=total.value, ceiling=total.ceiling, answered=told, applicable=len(asked))


def _facets(standings: Iterable[Standing]) -> tuple[str, ...]:
    """Facets asked, in the order they are first met."""
    return tuple(dict.fromkeys(facet for one in standings for facet in one.shares))
