"""Why two footprints differ (écart): volume, mix of equipment, lifespan, electricity, factors and method, by Shapley values.

Each part is what its cause adds on average over every order in which the six causes may be changed: the parts add up to the
difference exactly, no order is chosen, and a cause that did not change has exactly nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from terreau.footprint.figures import KEYS, UNITS
from terreau.footprint.result import Footprint
from terreau.plan.faults import ADVICE, WARNING, Fault
from terreau.plan.shapley import shapley
from terreau.plan.sides import PARTS, Sides, sides_of

if TYPE_CHECKING:
    from terreau.plan.readings import Reading

__all__ = ["PARTS", "CriterionDifference", "Difference", "Magnitudes", "difference"]

UNEVEN = 0.01
"""Coverages further apart than this share of the devices are not read as one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionDifference:
    """One criterion: before, after, and the part of each cause, in ``unit``, central values.

    parts: exact, in the order of ``PARTS``; coverage: share of devices fully known before and after (below 1, "at least")
    """

    criterion: str
    unit: str
    before: Fraction
    after: Fraction
    parts: Mapping[str, Fraction]
    coverage: tuple[float, float]

    @property
    def uneven(self) -> bool:
        """True when the two sides do not know the same share of the devices: part of the difference is only that."""
        return abs(self.coverage[0] - self.coverage[1]) > UNEVEN

    @property
    def difference(self) -> Fraction:
        """After minus before: the sum of the parts, exactly."""
        return self.after - self.before

    def rounded(self, decimals: int = 0) -> dict[str, Fraction]:
        """Parts rounded so that what is printed still adds up to the printed difference (largest remainders)."""
        unit = Fraction(10) ** -decimals
        floors = {name: value // unit for name, value in self.parts.items()}
        lacking = round(self.difference / unit) - sum(floors.values())
        nearest = sorted(self.parts, key=lambda name: floors[name] - self.parts[name] / unit)
        for name in nearest[: max(lacking, 0)]:
            floors[name] += 1
        return {name: floor * unit for name, floor in floors.items()}

    def as_json(self) -> dict[str, object]:
        """The public shape; figures as numbers."""
        return {"criterion": self.criterion, "unit": self.unit, "before": float(self.before), "after": float(self.after),
                "difference": float(self.difference), "parts": {name: float(part) for name, part in self.parts.items()},
                "coverage": {"before": self.coverage[0], "after": self.coverage[1]}}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Magnitudes:
    """What one side is made of, to read the parts with: device·years, mean years a making is spread over, kWh with PUE.

    years: None when nothing is spread
    """

    present: float
    years: float | None
    kwh: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A footprint against another (réalisé contre prévu, une année contre l'autre).

    before, after: their runs; sides: what each is made of
    criteria: those that both sides know; remarks: what one side lacks, named
    """

    before: str
    after: str
    sides: tuple[Magnitudes, Magnitudes]
    criteria: tuple[CriterionDifference, ...]
    remarks: tuple[Fault, ...]

    def of(self, criterion: str) -> CriterionDifference | None:
        """The difference of one criterion; None when a side does not know it (see ``remarks``)."""
        return next((one for one in self.criteria if one.criterion == criterion), None)

    def as_json(self, language: str = "fr") -> dict[str, object]:
        """The public shape."""
        return {
            "before": self.before,
            "after": self.after,
            "sides": [{"present": one.present, "years": one.years, "kwh": one.kwh} for one in self.sides],
            "criteria": [one.as_json() for one in self.criteria],
            "remarks": [one.as_json(language) for one in self.remarks],
        }


def difference(
    before: Footprint,
    after: Footprint,
    *,
    before_as_after: Footprint | None = None,
    after_as_before: Footprint | None = None,
) -> Difference:
    """``after`` minus ``before``, criterion by criterion, split into the six parts. Nothing is read again.

    before_as_after: the fleet of ``before`` under the rules of ``after``, and the other way round; needed only when one
    is under NumEcoEval's rules and the other is not, as the two are weighed apart.
    TerreauError plan.methods_differ when they are needed and lacking, footprint.models_not_weighed when the factors of
    one side name models that the other was not weighed for.
    """
    sides = sides_of(before, after, before_as_after, after_as_before)
    worth = [sides.worth(coalition) for coalition in range(1 << len(PARTS))]
    found, remarks = [], []
    for place, key in enumerate(KEYS):
        first, second = before.total(key), after.total(key)
        if first is None or second is None:
            if first or second:
                lacking = "before" if first is None else "after"
                remarks.append(_fault("plan.criterion_on_one_side", WARNING, criterion=key, side=lacking))
            continue
        game = [Fraction(float(totals[place])) for totals in worth]
        found.append(
            CriterionDifference(
                criterion=key,
                unit=UNITS[key],
                before=game[0],
                after=game[-1],
                parts=dict(zip(PARTS, shapley(game), strict=True)),
                coverage=(first.coverage, second.coverage),
            )
        )
    remarks += [
        _fault("plan.coverage_differs", WARNING, criterion=one.criterion, before=round(100 * one.coverage[0]),
               after=round(100 * one.coverage[1]))
        for one in found
        if one.uneven
    ]  # fmt: skip
    return Difference(
        before=before.run,
        after=after.run,
        sides=(_magnitudes(sides, 0), _magnitudes(sides, 1)),
        criteria=tuple(found),
        remarks=(*remarks, *_lacking(before, after, {one.criterion for one in found})),
    )


def _magnitudes(sides: Sides, side: int) -> Magnitudes:
    whole: Reading = sides.own(side)
    lives, present = float(whole.lives.sum()), float(whole.present.sum())
    spread = float(whole.present[whole.lives > 0].sum())
    return Magnitudes(present=present, years=spread / lives if lives else None, kwh=float(whole.drawn.sum()))


def _lacking(before: Footprint, after: Footprint, criteria: set[str]) -> list[Fault]:
    """Categories whose impact one side leaves out and the other does not: part of the difference is that."""
    known = [{(one.category, one.criterion): one.quantity for one in run.missing} for run in (before, after)]
    found: dict[tuple[str, str], dict[str, float]] = {}
    for side, mine, other in (("before", known[0], known[1]), ("after", known[1], known[0])):
        for (category, criterion), quantity in mine.items():
            if criterion in criteria and (category, criterion) not in other:
                found.setdefault((side, criterion), {})[category] = quantity
    return [
        _fault("plan.left_out_on_one_side", ADVICE, side=side, criterion=criterion, categories=tuple(sorted(lacks)),
               quantity=sum(lacks.values()))
        for (side, criterion), lacks in found.items()
    ]  # fmt: skip


def _fault(code: str, severity: str, **facts: object) -> Fault:
    return Fault(code=code, severity=severity, facts=facts)
