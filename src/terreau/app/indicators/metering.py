"""What the meters of the other rooms say of the indicators followed, today, with their papers (compteurs)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.utils import timezone

from terreau.app.indicators import showing
from terreau.app.indicators.board import Line
from terreau.app.language import language
from terreau.indicators.definition import Indicator
from terreau.indicators.meters import measured_for
from terreau.indicators.values import Value, from_meter
from terreau.kernel.interval import Interval
from terreau.kernel.meter import Measured
from terreau.publishing import numbers

ROOMS = ("inventory", "footprint", "diagnosis", "evidence", "training", "plan")
"""The rooms whose door may measure something."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What the meter of an indicator says, beside what is kept: ``value`` is ready to be signed, None when nothing is measured."""

    line: Line
    measured: Measured | None
    value: Value | None

    @property
    def text(self) -> str:
        """The measure with its unit."""
        return showing.written(self.value.value if self.value else None, self.line.one.unit)

    @property
    def interval(self) -> str:
        """Its bounds, in words."""
        held: Interval | None = self.value.interval if self.value else None
        return showing.between(held, self.line.one.unit)

    @property
    def when(self) -> str:
        """The day it speaks of."""
        return showing.day(self.value.on) if self.value else ""

    @property
    def news(self) -> bool:
        """True when it says something that is not kept yet."""
        if self.value is None:
            return False
        point = self.line.series.on(self.value.on)
        return point is None or point.told_as(self.value) is None or not same(point.told_as(self.value), self.value)

    @property
    def papers(self) -> list[tuple[str, str]]:
        """Its papers: words and figure."""
        return papers_of(papers(self.measured)) if self.measured else []


def measures(organisation: Any) -> tuple[Measured, ...]:
    """Every measure that a room gives today."""
    found: list[Measured] = []
    for room in ROOMS:
        name = f"terreau.app.{room}"
        if apps.is_installed(name):
            found += getattr(import_module(f"{name}.door"), "measures", _nothing)(organisation)
    return tuple(found)


def readings(lines: Iterable[Line], told: Iterable[Measured], signed_by: str) -> list[Reading]:
    """What the meters say of each of these lines that has one."""
    held = tuple(told)
    return [_reading(line, held, signed_by) for line in lines if line.one.meter is not None]


def same(one: Value | None, other: Value) -> bool:
    """True when both say the same figures."""
    names = ("value", "low", "high", "numerator", "denominator")
    return one is not None and all(_near(getattr(one, name), getattr(other, name)) for name in names)


def papers(measured: Measured) -> dict[str, Any]:
    """The papers of a measure as they are kept with its value: rows in both languages, what was counted."""
    rows = [
        {"role": row.role, "fr": row.fr, "en": row.en, "value": row.value, "unit": row.unit} for row in measured.papers
    ]
    return {"meter": measured.meter, "rows": rows, "perimeter": list(measured.perimeter)}


def papers_of(kept: dict[str, Any]) -> list[tuple[str, str]]:
    """The rows of papers, as pages show them."""
    lang = language()
    rows = []
    for row in kept.get("rows", ()):
        value, unit = row["value"], row["unit"]
        if value is None:
            text = ""
        elif unit == "share":
            text = numbers.percent(value, lang)
        else:
            text = (
                numbers.count(value, lang)
                if unit == "count" and value == round(value)
                else numbers.quantity(value, "" if unit == "count" else unit, lang).strip()
            )
        rows.append((row["en" if lang == "en" else "fr"], text))
    return rows


def _reading(line: Line, told: tuple[Measured, ...], signed_by: str) -> Reading:
    measured = measured_for(line.one, told)
    value = _value(measured, line.one, signed_by) if measured and measured.value is not None else None
    return Reading(line=line, measured=measured, value=value)


def _value(measured: Measured, one: Indicator, signed_by: str) -> Value:
    return from_meter(
        measured, one, id=str(uuid4()), recorded_at=timezone.now(), method=measured.meter, method_version=measured.version,
        signed_by=signed_by,
    )  # fmt: skip


def _near(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= 1e-9 * max(abs(one), abs(other), 1e-300)


def _nothing(_organisation: Any) -> tuple[Measured, ...]:
    return ()
