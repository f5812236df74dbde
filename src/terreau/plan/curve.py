"""A target, the curve it allows, and a gap to it in words: records that a form may hold (cible, écart)."""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from terreau.factors.criteria import criterion as criterion_of
from terreau.kernel.errors import TerreauError
from terreau.kernel.interval import Interval
from terreau.kernel.term import figure

REACHED, MISSED, OPEN = "reached", "missed", "open"
LEAST_ASKED = 1e-6
"""A reduction under this share of the baseline is a rounding, not a target."""
MOST = 1e18
"""No impact of an organisation goes beyond, in any unit: more is a slip."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A target for one criterion, by one rule of the three.

    share: part of the baseline to take away by ``year`` (0.4 is 40 % less), or value: what must be left then [unit of
    the criterion], both in a straight line from year 0; or yearly: part taken away every year, from what is left.
    baseline: where the line starts [unit], the footprint unless said; elapsed: years from that start to year 0, when the
    target was set before.
    """

    criterion: str
    year: int | None = None
    share: float | None = None
    value: float | None = None
    yearly: float | None = None
    baseline: float | None = None
    elapsed: float = 0.0

    def __post_init__(self) -> None:
        said = [one for one in (self.share, self.value, self.yearly) if one is not None]
        if len(said) != 1 or (self.yearly is None) == (self.year is None):
            raise TerreauError("plan.target_unclear")
        if self.year is not None and not 1 <= self.year <= 100:
            raise TerreauError("plan.target_year", year=self.year)
        for share in (self.share, self.yearly):
            if share is not None and not (math.isfinite(share) and 0 < share <= 1):
                raise TerreauError("plan.target_share", share=share)
        for value in (self.value, self.baseline, self.elapsed):
            if value is not None and not (math.isfinite(value) and 0 <= value <= MOST):
                raise TerreauError("plan.target_value", value=value)

    def curve(self, baseline: float, years: int) -> tuple[float, ...]:
        """What the target allows in each year, year 0 first; flat once reached."""
        if self.yearly is not None:
            self._below(baseline * (1 - self.yearly), baseline)
            return tuple(baseline * (1 - self.yearly) ** (y + self.elapsed) for y in range(years + 1))
        aimed = baseline * (1 - self.share) if self.share is not None else float(self.value or 0.0)
        self._below(aimed, baseline)
        last = (self.year or 1) + self.elapsed
        return tuple(baseline + (aimed - baseline) * min((y + self.elapsed) / last, 1.0) for y in range(years + 1))

    @staticmethod
    def _below(aimed: float, baseline: float) -> None:
        """Refuse what asks for nothing: a gap is a share of the reduction aimed at, and needs one."""
        if not aimed < baseline * (1 - LEAST_ASKED):
            raise TerreauError("plan.target_not_below", value=aimed, baseline=baseline)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """What is missing in one year. allowed, planned [unit]; missing: share of the reduction needed, 0.2 for 20 %.

    A negative share is margin. short: the same in the unit of the criterion.
    """

    criterion: str
    year: int
    allowed: float
    planned: Interval
    missing: Interval
    short: Interval

    @property
    def verdict(self) -> str:
        """``reached``, ``missed``, or ``open`` when the interval holds both."""
        if self.missing.high <= 0:
            return REACHED
        return MISSED if self.missing.low > 0 else OPEN

    def sentence(self, language: str = "fr") -> str:
        """The gap in words: « il manque 12 à 30 % de la baisse visée »."""
        low, high = sorted((abs(self.missing.low), abs(self.missing.high)))
        key = self.verdict
        if key == OPEN:
            low, high = max(-self.missing.low, 0.0), max(self.missing.high, 0.0)
        elif key == MISSED and high > 1:
            key = "missed_and_worse" if low < 1 else "worse"
        shown = {"low": figure(round(low * 100), language), "high": figure(round(high * 100), language)}
        to = " to " if language == "en" else " à "
        span = shown["low"] if shown["low"] == shown["high"] else shown["low"] + to + shown["high"]
        return _words()[key][language].format(**shown, span=span)

    def as_json(self) -> dict[str, object]:
        """The public shape."""
        return {
            "criterion": self.criterion,
            "unit": criterion_of(self.criterion).unit,
            "year": self.year,
            "allowed": self.allowed,
            "planned": _three(self.planned),
            "missing_share": _three(self.missing),
            "missing": _three(self.short),
            "verdict": self.verdict,
            "fr": self.sentence("fr"),
            "en": self.sentence("en"),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A target curve beside a trajectory: what is allowed each year, and the gap of each."""

    target: Target
    curve: tuple[float, ...]
    gaps: tuple[Gap, ...]

    @property
    def last(self) -> Gap:
        """The gap at the year of the target, or at the horizon when it comes first."""
        return self.gaps[min(self.target.year or len(self.gaps), len(self.gaps)) - 1]

    def as_json(self) -> dict[str, object]:
        """The public shape."""
        return {
            "criterion": self.target.criterion,
            "curve": [{"year": year, "allowed": value} for year, value in enumerate(self.curve)],
            "gaps": [one.as_json() for one in self.gaps],
            "last": self.last.as_json(),
        }


@cache
def _words() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("terreau.plan").joinpath("gap.toml").read_text(encoding="utf-8"))


def _three(one: Interval) -> dict[str, float]:
    return {"low": one.low, "central": one.central, "high": one.high}
