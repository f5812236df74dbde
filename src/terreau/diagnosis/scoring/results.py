"""What a score is made of: records, exact fractions inside, rounded only where they are shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, NamedTuple

from terreau.referentials.edition import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One facet over many criteria (barre): its share got, between floor and ceiling, and what it was asked of.

    floor, value, ceiling: 0 to 1, None when nothing was asked (or, for the value, answered)
    answered of applicable: criteria that ask for this facet
    """

    floor: Fraction | None
    value: Fraction | None
    ceiling: Fraction | None
    answered: int
    applicable: int

    def as_json(self) -> dict[str, Any]:
        """Plain values, fractions as text."""
        return {**_shares(self), "answered": self.answered, "applicable": self.applicable}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The score of a theme, of a rubric, or of the whole.

    floor, value, ceiling: 0 to 1; None when nothing applies, when the rule gives no single number, or when (value) nothing is
    answered yet
    answered of applicable: criteria; a criterion is answered when every facet it asks for is. ``applicable`` keeps the
    unjustified: applicable = asked - justified_na
    met: criteria worth their full share
    """

    key: str = ""
    floor: Fraction | None
    value: Fraction | None
    ceiling: Fraction | None
    answered: int
    applicable: int
    met: int
    justified_na: int
    unjustified_na: int
    bars: dict[str, Bar]

    @property
    def provisional(self) -> bool:
        """True while something applicable is unanswered, or left out without a reason."""
        return self.answered < self.applicable

    @property
    def undefined(self) -> bool:
        """True when nothing applies: there is no score, which is not a perfect one."""
        return self.applicable == 0

    def counts_json(self) -> dict[str, Any]:
        """Its figures as plain values."""
        return {
            **_shares(self), "provisional": self.provisional, "undefined": self.undefined, "answered": self.answered,
            "applicable": self.applicable, "met": self.met, "justified_na": self.justified_na,
            "unjustified_na": self.unjustified_na, "bars": {key: bar.as_json() for key, bar in self.bars.items()},
        }  # fmt: skip


class Levels(NamedTuple):
    """Keys of the level reached and of the next one; None for none."""

    reached: str | None
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelStep:
    """How far one level is (niveau).

    met of asked: criteria with a threshold for this level; missing: keys of the others, in the order of the grid
    points: needed, for a grid of points; reached: this level and all before it
    within_reach: would be reached if everything unanswered turned out at its best
    """

    key: str
    title: Words
    met: int
    asked: int
    missing: tuple[str, ...]
    reached: bool
    within_reach: bool
    points: Fraction | None = None

    def as_json(self, language: str) -> dict[str, Any]:
        """Plain values, with the title in ``language``."""
        return {"key": self.key, "title": self.title.in_(language), "met": self.met, "asked": self.asked,
                "missing": list(self.missing), "reached": self.reached, "within_reach": self.within_reach,
                "points": _text(self.points)}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """Points of a grid: earned, still open, those that apply, and those of the whole grid."""

    earned: Fraction
    open: Fraction
    applicable: Fraction
    grid: Fraction

    def as_json(self) -> dict[str, Any]:
        """Plain values, fractions as text."""
        return {name: _text(getattr(self, name)) for name in ("earned", "open", "applicable", "grid")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Score(Part):
    """A score with its rule beside it.

    rule, version, title, formula: which rule was applied, and what it does in words
    single: the rule gives one number (else see ``bars`` and ``levels``)
    legal: the rate may be published as the legal one; None when the rule has no legal meaning
    status: what the rule says in words, when it says something
    left_open: keys of the criteria not fully answered, in the order of the grid
    """

    rule: str
    version: str
    title: Words
    formula: Words
    edition: str
    edition_version: str
    single: bool
    legal: bool | None = None
    status: Words | None = None
    levels: Levels = Levels(None, None)
    steps: tuple[LevelStep, ...] = ()
    points: Points | None = None
    by_theme: dict[str, Part] = field(default_factory=dict)
    by_rubric: dict[str, Part] = field(default_factory=dict)
    left_open: tuple[str, ...] = ()

    def as_json(self, language: str = "fr") -> dict[str, Any]:
        """The public shape: fractions as text ("13/20"), words in ``language``."""
        return {
            "referential": self.edition, "version": self.edition_version,
            "rule": {"key": self.rule, "version": self.version, "title": self.title.in_(language),
                     "formula": self.formula.in_(language), "single": self.single},
            **self.counts_json(), "legal": self.legal, "status": self.status.in_(language) if self.status else None,
            "levels": {"reached": self.levels.reached, "next": self.levels.next,
                       "steps": [step.as_json(language) for step in self.steps]},
            "points": self.points.as_json() if self.points else None,
            "by_theme": {key: part.counts_json() for key, part in self.by_theme.items()},
            "by_rubric": {key: part.counts_json() for key, part in self.by_rubric.items()},
            "left_open": list(self.left_open),
        }  # fmt: skip


def _shares(of: Bar | Part) -> dict[str, Any]:
    return {"floor": _text(of.floor), "value": _text(of.value), "ceiling": _text(of.ceiling)}


def _text(value: Fraction | None) -> str | None:
    return None if value is None else str(value)
