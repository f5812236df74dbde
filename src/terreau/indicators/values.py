"""One value of an indicator (valeur): dated, explained, signed, with its method; corrected by another, never rewritten."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from terreau.indicators.definition import Indicator
from terreau.kernel.errors import TerreauError
from terreau.kernel.interval import Interval
from terreau.kernel.meter import Measured
from terreau.kernel.period import Period

ORIGINS = ("meter", "form", "file")
PRECISIONS = ("day", "month", "quarter", "half-year", "year")
NUMBERS = ("value", "low", "high", "numerator", "denominator")


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One value of one indicator.

    id: opaque, given by whoever keeps it; group: the part measured ("laptop", a profession), '' for the whole
    on: the day it speaks of, the last one of ``period`` when there is one; precision: how finely that day is known
    value: in ``unit``; None takes the corrected value away; low, high: its bounds, None when nothing is said
    numerator, denominator: the two counts of a ratio, when they are known
    method, method_version: how it was obtained; two values compare only when both are the same
    corrects: id of the value this one corrects; recomputes: id of the older value told again with a newer method
    recorded_at: when it came in, with its zone; proofs: keys of evidence
    """

    id: str
    indicator: str
    on: date
    value: float | None
    unit: str
    recorded_at: datetime
    group: str = ""
    period: Period | None = None
    precision: str = "day"
    low: float | None = None
    high: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    method: str = ""
    method_version: str = ""
    origin: str = "form"
    explained: str = ""
    signed_by: str = ""
    corrects: str | None = None
    recomputes: str | None = None
    proofs: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.recorded_at.tzinfo is None:
            raise ValueError("recorded_at must know its zone")
        numbers = {name: getattr(self, name) for name in NUMBERS}
        if odd := [name for name, held in numbers.items() if held is not None and not math.isfinite(held)]:
            raise ValueError(f"not a finite number: {', '.join(odd)}")
        told = [held for held in (self.low, self.value, self.high) if held is not None]
        if told != sorted(told) or (self.value is None and told):
            raise ValueError(f"low <= value <= high, got {self.low}, {self.value}, {self.high}")

    @property
    def interval(self) -> Interval | None:
        """The value with its bounds, a bound not told being the value itself; None without value."""
        if self.value is None:
            return None
        low = self.value if self.low is None else self.low
        return Interval(low, self.value, self.value if self.high is None else self.high)

    @property
    def method_mark(self) -> str:
        """The method and its version in one word, '' when nothing is said of it."""
        return f"{self.method}@{self.method_version}" if self.method_version else self.method

    @property
    def moment(self) -> tuple[datetime, str]:
        """Where it stands in the order of what came in; the identifier settles what came in together."""
        return self.recorded_at, self.id

    def comparable(self, other: Value) -> bool:
        """True when both were obtained the same way, in one unit: only then is their difference a change."""
        return (self.method_mark, self.unit) == (other.method_mark, other.unit)

    def as_json(self) -> dict[str, Any]:
        """Plain values; ``Value.from_json`` reads them back."""
        told: dict[str, Any] = {field.name: getattr(self, field.name) for field in fields(self)}
        period = self.period and [self.period.start.isoformat(), self.period.end.isoformat()]
        return told | {"on": self.on.isoformat(), "recorded_at": self.recorded_at.isoformat(), "period": period,
                       "proofs": list(self.proofs)}  # fmt: skip

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Value:
        """The value kept as JSON."""
        period = told["period"] and Period(*(date.fromisoformat(day) for day in told["period"]))
        days = {"on": date.fromisoformat(told["on"]), "recorded_at": datetime.fromisoformat(told["recorded_at"])}
        return cls(**{**told, **days, "period": period, "proofs": tuple(told["proofs"])})


def from_meter(measured: Measured, indicator: Indicator, *, id: str, recorded_at: datetime, method: str,
               method_version: str = "", signed_by: str = "", explained: str = "", group: str = "") -> Value:  # fmt: skip
    """The value a meter gives, already in the unit of ``indicator`` (``meters.measured_for``), at the end of its period.

    method, method_version: what decided it (rule set and factor set of a run, rule of a score)
    """
    low, high = (measured.low, measured.high) if measured.value is not None else (None, None)
    return Value(
        id=id, indicator=indicator.key, group=group, on=measured.period.end, period=measured.period, unit=indicator.unit,
        value=measured.value, low=low, high=high, numerator=measured.numerator,
        denominator=measured.denominator, method=method, method_version=method_version, origin="meter",
        explained=explained, signed_by=signed_by, recorded_at=recorded_at,
    )  # fmt: skip


def correction(of: Value, *, id: str, recorded_at: datetime, signed_by: str, explained: str, **changed: Any) -> Value:
    """A value that corrects ``of``, which stays as it is; ``value=None`` takes it away.

    Bounds and terms of the old value do not outlive it unless they are told again; nor is it what a meter said any more.
    TerreauError indicators.correction_unexplained, correction_unsigned, correction_elsewhere.
    """
    if not explained.strip():
        raise TerreauError("indicators.correction_unexplained", indicator=of.indicator)
    if not signed_by.strip():
        raise TerreauError("indicators.correction_unsigned", indicator=of.indicator)
    if changed.get("indicator", of.indicator) != of.indicator or changed.get("group", of.group) != of.group:
        raise TerreauError(
            "indicators.correction_elsewhere", indicator=of.indicator, other=changed.get("indicator", "")
        )
    changed = {"origin": "form"} | changed
    if "value" in changed:
        changed = dict.fromkeys(("low", "high", "numerator", "denominator")) | changed
    return replace(
        of, id=id, corrects=of.id, recorded_at=recorded_at, signed_by=signed_by, explained=explained, **changed
    )


def recomputed(of: Value, value: float, *, id: str, recorded_at: datetime, method: str, method_version: str = "",
               low: float | None = None, high: float | None = None, numerator: float | None = None,
               denominator: float | None = None, explained: str = "", signed_by: str = "") -> Value:  # fmt: skip
    """The same day told again with a newer method; both are kept. TerreauError indicators.recomputed_same_method."""
    made = replace(
        of, id=id, value=value, low=low, high=high, numerator=numerator, denominator=denominator, method=method,
        method_version=method_version, recomputes=of.id, corrects=None, recorded_at=recorded_at, explained=explained,
        signed_by=signed_by,
    )  # fmt: skip
    if made.method_mark == of.method_mark:
        raise TerreauError("indicators.recomputed_same_method", on=of.on.isoformat(), method=of.method_mark or "–")
    return made
