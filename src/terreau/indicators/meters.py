"""Which meters indicators read: those a room registers, and those planned, whose key and unit are already settled."""

from __future__ import annotations

from collections.abc import Iterable

from terreau.indicators.definition import Indicator
from terreau.indicators.units import factor_from
from terreau.kernel.meter import Measured, meters

PLANNED = {
    "diagnosis.conformity": "share",  # by referential: rgesn-2024, rgaa-4.1
    "fleet.devices_per_person": "count/user",  # by category
    "fleet.in_stock": "count",
    "fleet.in_stock_rate": "share",
    "fleet.second_hand_share": "share",
    "footprint.climate": "kg CO2 eq",
    "footprint.climate_per_person": "kg CO2 eq/user",
    "footprint.boundary_share": "share",  # by criterion, of a person's yearly share
    "footprint.coverage": "share",  # by criterion
    "footprint.electricity": "kWh",
    "footprint.making_share": "share",
    "footprint.metals": "kg Sb eq",
    "plan.progress": "share",
    "plan.with_result_indicator": "share",
    "training.rate": "share",  # by profession
    "training.onboarding_rate": "share",
}
"""Meters that the faces register: key -> unit. A meter registered under one of these keys must have this unit."""


def known_units() -> dict[str, str]:
    """Unit of every meter an indicator may name, registered in this process or planned."""
    return PLANNED | {one.key: one.unit for one in meters()}


def measured_for(indicator: Indicator, measures: Iterable[Measured], *, group: str = "") -> Measured | None:
    """What its meter says of an indicator, in the unit of the indicator; None when no measure is its own.

    group: one part of the meter (a profession, a criterion, a referential) instead of those of the definition
    Groups are added through their numerators and denominators: the mean of the whole, never a mean of means.
    A group without a denominator is left out when others have one; a bound that is not told is the value itself.
    """
    if indicator.meter is None:
        return None
    groups = (group,) if group else indicator.meter.groups or ("",)
    found = [one for one in measures if one.meter == indicator.meter.key and one.group in groups]
    if not found:
        return None
    unit = known_units().get(indicator.meter.key, "")
    times = factor_from(unit, indicator.unit, key=indicator.key, meter=indicator.meter.key)
    return _times(_together(found), times)


def _together(found: list[Measured]) -> Measured:
    """Several groups as one, weighed by their denominators; sums when nothing has one."""
    if len(found) == 1:
        return found[0]
    ratio = any(one.denominator is not None for one in found)
    said = [one for one in found if one.value is not None and not (ratio and one.denominator is None)]
    first = found[0]
    over = sum(one.denominator or 0 for one in said)
    bounds = []
    for name in ("value", "low", "high"):
        told = any(getattr(one, name) is not None for one in said)
        held = [(_bound(one, name), one.denominator or 0) for one in said] if told else []
        total = (
            sum(value * weight for value, weight in held) / over if ratio and over else sum(value for value, _ in held)
        )
        bounds.append(total if held and (over or not ratio) else None)
    return Measured(
        meter=first.meter, value=bounds[0], low=bounds[1], high=bounds[2], period=first.period, group="",
        numerator=None if not said or any(one.numerator is None for one in said) else sum(one.numerator or 0 for one in said), denominator=over if ratio else None,
        perimeter=tuple(dict.fromkeys(name for one in found for name in one.perimeter)),
        papers=tuple(row for one in found for row in one.papers),
        version=" + ".join(dict.fromkeys(one.version for one in found if one.version)),
    )  # fmt: skip


def _bound(one: Measured, name: str) -> float:
    """The value or one of its bounds; a bound that is not told is the value itself."""
    told = getattr(one, name)
    return float((one.value or 0.0) if told is None else told)


def _times(one: Measured, times: float) -> Measured:
    from dataclasses import replace

    def scaled(value: float | None) -> float | None:
        return None if value is None else value * times

    alone = one.denominator is None  # the term of a raw quantity is told in its unit; a ratio keeps its two counts
    numerator = scaled(one.numerator) if alone else one.numerator
    return replace(one, value=scaled(one.value), low=scaled(one.low), high=scaled(one.high), numerator=numerator)
