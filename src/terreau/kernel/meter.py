"""Meters (compteurs): what a room can measure, known by key, and what one measure says with its papers.

A room describes its meters here as plain records; whoever lists or follows them (indicators) knows the keys only, and
``app`` feeds the values. A measure never travels without its numerator, its denominator and what it leaves out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from terreau.kernel.errors import TerreauError
from terreau.kernel.period import Period

ROLES = ("numerator", "denominator", "between", "excluded", "context")
"""What a row of papers does: counted above, below, in the width of the interval, left out, or only told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meter:
    """One thing a room can measure.

    key: stable name ("fleet.reuse_rate"); unit: "count", "count/user", "year", "share" (0 to 1), or that of an impact ("kg CO2 eq", "kWh")
    nature: "state" (at a date), "flow" (over a period) or "result" (what was obtained)
    by: what the measure may be broken down by ("category"), '' for a single value
    """

    key: str
    unit: str
    fr: str
    en: str
    question_fr: str
    question_en: str
    nature: str
    by: str = ""

    def label(self, language: str = "fr") -> str:
        """Its name in ``language``."""
        return self.en if language == "en" else self.fr

    def question(self, language: str = "fr") -> str:
        """The question it answers, in ``language``."""
        return self.question_en if language == "en" else self.question_fr


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRow:
    """One row of the papers of a measure: its role, its words, its figure in ``unit``; None when it is only said."""

    role: str
    fr: str
    en: str
    value: float | None = None
    unit: str = "count"

    def label(self, language: str = "fr") -> str:
        """The words in ``language``."""
        return self.en if language == "en" else self.fr


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One measure of a meter.

    meter: its key; group: the part measured ("laptop"), '' for the whole
    value: in the unit of the meter; None when nothing allows one
    low, high: bounds of what the data allows, equal to ``value`` when nothing is in doubt
    numerator, denominator: the two counts of a ratio, or the sum and the number of a mean
    perimeter: names of what was counted (sources)
    version: what decided it besides the data (rule set, factor set); two values of other versions do not compare
    """

    meter: str
    value: float | None
    low: float | None
    high: float | None
    period: Period
    group: str = ""
    numerator: float | None = None
    denominator: float | None = None
    perimeter: tuple[str, ...] = ()
    papers: tuple[PaperRow, ...] = ()
    version: str = ""

    @property
    def excluded(self) -> tuple[PaperRow, ...]:
        """What is left out, counted."""
        return tuple(row for row in self.papers if row.role == "excluded")

    @property
    def in_doubt(self) -> bool:
        """True when the data allow more than one value."""
        return self.low != self.high

    def as_json(self, language: str = "fr") -> dict[str, Any]:
        """Plain values with the words of ``language``."""
        return {
            "meter": self.meter, "group": self.group, "value": self.value, "low": self.low, "high": self.high,
            "numerator": self.numerator, "denominator": self.denominator,
            "period": {"start": self.period.start.isoformat(), "end": self.period.end.isoformat()},
            "perimeter": list(self.perimeter),
            "papers": [{"role": row.role, "what": row.label(language), "value": row.value, "unit": row.unit}
                       for row in self.papers],
        }  # fmt: skip


_KNOWN: dict[str, Meter] = {}


def register(*meters: Meter) -> tuple[Meter, ...]:
    """Make meters known by their key; another meter under a key already taken is an error naming both."""
    for one in meters:
        if _KNOWN.get(one.key, one) != one:
            raise TerreauError("kernel.key_claimed_twice", key=one.key, first=_KNOWN[one.key].fr, second=one.fr)
        _KNOWN[one.key] = one
    return meters


def meters() -> tuple[Meter, ...]:
    """Every meter known in this process, by key."""
    return tuple(_KNOWN[key] for key in sorted(_KNOWN))


def meter(key: str) -> Meter:
    """The meter of this key; KeyError when nobody registered it."""
    return _KNOWN[key]
