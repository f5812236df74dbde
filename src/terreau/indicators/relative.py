"""A raw value and its relative twin (valeur brute, valeur relative): a ratio lacking a term is absent, with the reason."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

from terreau.indicators.remarks import Remark, remark
from terreau.indicators.series import Series
from terreau.indicators.units import unit_words
from terreau.indicators.values import Value
from terreau.kernel.errors import TerreauError
from terreau.kernel.interval import Interval

SCALES = {"%": 100.0, "g CO2 eq/FU": 1000.0}
"""Unit of a ratio -> what its two terms divided are multiplied by; 1 elsewhere. A service is weighed in kg (SRV10)."""


BETWEEN = {
    ("t CO2 eq", "kg CO2 eq/user"): 1000.0, ("count", "%"): 100.0, ("count", "unit/user"): 1.0, ("hour", "hour/user"): 1.0,
    ("hour", "%"): 100.0, ("kWh", "kWh/unit"): 1.0, ("kWh", "kWh/site"): 1.0,
}  # fmt: skip
"""Unit of a raw value and unit of its twin -> what the quotient of its terms is multiplied by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relative:
    """A ratio, or the reason why there is none.

    value, low, high: None when nothing allows one; bounds alone may lack (the denominator may be nearly zero)
    reason: why the value, or its bounds, are absent
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    reason: Remark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PairPoint:
    """One day of a pair: the raw value, what it is divided by when it is known, and the ratio."""

    on: date
    raw: Value
    denominator: Value | None
    relative: Relative

    @property
    def method_mark(self) -> str:
        """The methods of both terms: the ratio is comparable only when neither changed."""
        return f"{self.raw.method_mark} / {self.denominator.method_mark if self.denominator else ''}"


def ratio(numerator: Interval | None, denominator: Interval | None, scale: float = 1.0) -> Relative:
    """``scale × numerator ÷ denominator``, as wide as both ranges allow: nothing is assumed of how they move together.

    Absent when a term is absent, when the denominator is zero or negative; without bounds when it may reach zero.
    """
    if numerator is None:
        return Relative(reason=remark("numerator_absent"))
    if denominator is None:
        return Relative(reason=remark("denominator_absent"))
    if denominator.central <= 0:
        code = "denominator_negative" if denominator.central < 0 else "denominator_zero"
        return Relative(reason=remark(code, denominator=denominator.central))
    central = scale * numerator.central / denominator.central
    if not math.isfinite(central):
        return Relative(reason=remark("denominator_zero", denominator=denominator.central))
    if denominator.low <= 0:
        return Relative(value=central, reason=remark("denominator_may_be_zero", low=denominator.low))
    ends = [scale * above / below for above in (numerator.low, numerator.high)
            for below in (denominator.low, denominator.high)]  # fmt: skip
    if not all(map(math.isfinite, ends)):
        return Relative(value=central, reason=remark("denominator_may_be_zero", low=denominator.low))
    return Relative(value=central, low=min(central, *ends), high=max(central, *ends))


def relative(value: Value) -> Relative:
    """The ratio of the two terms of a value, in its unit ("%" is 100 times the ratio, g per functional unit 1 000 times)."""
    terms = [None if term is None else Interval.exact(term) for term in (value.numerator, value.denominator)]
    return ratio(terms[0], terms[1], SCALES.get(value.unit, 1.0))


def scale_between(raw: str, relative: str) -> float:
    """Units of ``relative`` in one unit of ``raw`` over one of its denominator; TerreauError indicators.pair_units."""
    if (raw, relative) not in BETWEEN:
        one, other = unit_words(raw), unit_words(relative)
        raise TerreauError(
            "indicators.pair_units", raw_fr=one.fr, raw_en=one.en, relative_fr=other.fr, relative_en=other.en
        )
    return BETWEEN[raw, relative]


def pairs(raw: Series, denominators: Series, scale: float = 1.0) -> tuple[PairPoint, ...]:
    """Each point of ``raw`` over the denominator of the same day, or of a period that holds that day; never another.

    scale: ``scale_between`` the units of the two (1 000 from t to kg per person)
    """
    return tuple(_pair(point.used, denominators, scale) for point in raw.points)


def _pair(value: Value, denominators: Series, scale: float) -> PairPoint:
    held = [point.used for point in denominators.points if _speaks_of(point.used, value.on)]
    under = min(held, key=lambda one: (one.on != value.on, one.period.days if one.period else 1, one.on), default=None)
    made = ratio(value.interval, under.interval if under else None, scale)
    return PairPoint(on=value.on, raw=value, denominator=under, relative=made)


def _speaks_of(value: Value, day: date) -> bool:
    return value.on == day or (value.period is not None and value.period.start <= day <= value.period.end)
