"""The footprint of a fleet: totals, impacts along any axis, what they rest on, what is missing (empreinte)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from terreau.footprint.assumptions import Assumption, assumptions
from terreau.footprint.axes import WIDE, checked, cut
from terreau.footprint.cells import Cells, cells, known_quantity
from terreau.footprint.coverage import Coverage, Missing, missing
from terreau.footprint.figures import KEYS, STAGES, UNITS, USE
from terreau.footprint.inputs import entries
from terreau.footprint.intervals import bounds
from terreau.footprint.matched import Matched
from terreau.footprint.matching import match
from terreau.kernel.interval import Interval

if TYPE_CHECKING:
    from numpy.typing import NDArray

BY = ("category", "stage")
STAGE_ORDER = ("manufacturing", "distribution", "embodied", "use", "end_of_life")


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """One criterion over the whole fleet; ``coverage`` is the share of devices fully known.

    boundary_share: share of one person's planetary boundary, "no boundary" when there is none; None without headcount
    or when no device is fully known (coverage 0).
    """

    criterion: str
    unit: str
    value: Interval
    coverage: float
    boundary_share: float | str | None

    @property
    def partial(self) -> bool:
        """True when the total is "at least" what is shown."""
        return self.coverage < 1.0

    def as_json(self) -> dict[str, object]:
        """The public shape."""
        return {
            "criterion": self.criterion,
            "unit": self.unit,
            "low": self.value.low,
            "central": self.value.central,
            "high": self.value.high,
            "coverage": self.coverage,
            "boundary_share": self.boundary_share,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """One criterion of one group; ``where`` says which group; ``quantity`` are the devices whose value is known."""

    where: dict[str, str]
    criterion: str
    unit: str
    value: Interval
    quantity: float

    def as_json(self) -> dict[str, object]:
        """The public shape: axes first."""
        return {
            **self.where,
            "criterion": self.criterion,
            "unit": self.unit,
            "low": self.value.low,
            "central": self.value.central,
            "high": self.value.high,
            "quantity": plain(self.quantity),
        }


@dataclass(frozen=True, kw_only=True)
class Footprint:
    """The result of a run. ``run`` names it; ``decided_by`` lists everything that decides it."""

    run: str
    decided_by: dict[str, object]
    matched: Matched
    lines: dict[str, object]
    coverage: dict[str, Coverage]
    totals: tuple[Total, ...]

    @cached_property
    def missing(self) -> tuple[Missing, ...]:
        """What is left out: category, criterion, quantity, why."""
        return missing(self.matched)

    @cached_property
    def assumptions(self) -> tuple[Assumption, ...]:
        """What was held true for want of better, with the share of the result it carries."""
        return assumptions(self.matched)

    @property
    def rules(self) -> str:
        """Key of the rule set."""
        return self.matched.rules.key

    @property
    def factor_set(self) -> str:
        """Key of the factor set."""
        return self.matched.factor_set.key

    def total(self, criterion: str) -> Total | None:
        """The total of one criterion; None when nothing of it is known."""
        return next((one for one in self.totals if one.criterion == criterion), None)

    def impacts(self, by: Iterable[str] = BY) -> tuple[Impact, ...]:
        """Known values along the axes ``by`` (see ``axes.AXES``), sorted by axis then criterion."""
        asked = checked(by)
        kept: dict[tuple[str, ...], tuple[Impact, ...]] = self._made
        if asked not in kept:
            kept[asked] = _impacts(self.wide if set(asked) & set(WIDE) else self.matched, asked)
        return kept[asked]

    @cached_property
    def wide(self) -> Matched:
        """The same, with entities and sites told apart."""
        mine = self.matched
        return match(mine.weights, mine.known, mine.rules, mine.parameters, wide=True)

    @cached_property
    def _made(self) -> dict[tuple[str, ...], tuple[Impact, ...]]:
        return {}

    def as_json(self, by: Iterable[str] = BY, language: str = "fr") -> dict[str, object]:
        """The public contract of ``terreau footprint --json``."""
        chosen = self.matched.parameters
        period = self.matched.weights.period
        return {
            "run": self.run,
            "rules": self.rules,
            "factor_set": self.factor_set,
            "parameters": {
                "zone": chosen.zone,
                "lifespans": dict(sorted(chosen.lifespans.items())),
                "pue": chosen.pue,
                "by": list(checked(by)),
                "period": {"start": period.start.isoformat(), "end": period.end.isoformat(), "days": period.days},
                "decided_by": self.decided_by,
            },
            "at": chosen.at.isoformat(),
            "people": None if chosen.people is None else plain(chosen.people),
            "lines": self.lines,
            "coverage": {key: one.as_json() for key, one in self.coverage.items()},
            "totals": [one.as_json() for one in self.totals],
            "impacts": [one.as_json() for one in self.impacts(by)],
            "missing": [
                {"category": one.category, "criterion": one.criterion, "quantity": plain(one.quantity), "why": one.why}
                for one in self.missing
            ],
            "assumptions": [one.as_json(language) for one in self.assumptions],
        }

    def to_json(self, by: Iterable[str] = BY, language: str = "fr") -> str:
        """The same, written: the same bytes for the same inputs."""
        return as_text(self.as_json(by, language))


def as_text(contract: dict[str, object]) -> str:
    """The public contract, written."""
    return json.dumps(contract, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def plain(number: float) -> float | int:
    """A whole number without its decimal point."""
    return int(number) if float(number).is_integer() else float(number)


def _impacts(matched: Matched, by: Sequence[str]) -> tuple[Impact, ...]:
    by_stage = "stage" in by
    pieces = cut(matched, by)
    some = cells(matched, pieces.of)
    labels = len(pieces.words)
    found = bounds(entries(some, labels, by_stage=by_stage, measured=pieces.measured[some.label]), matched.rules)
    quantity = _quantities(some, pieces.measured, labels, by_stage=by_stage)
    rows = []
    for out, c in zip(*np.nonzero(quantity > 0), strict=True):
        label, stage = divmod(int(out), USE + 1) if by_stage else (int(out), 0)
        words = dict(zip(pieces.axes, pieces.words[label], strict=True))
        where = {name: STAGES[stage] if name == "stage" else words[name] for name in by}
        rows.append(((*(_place(name, where[name]) for name in by), c), where, out, c))
    rows.sort(key=lambda row: row[0])
    return tuple(
        Impact(
            where=where,
            criterion=KEYS[c],
            unit=UNITS[KEYS[c]],
            value=Interval(float(found.low[o, c]), float(found.central[o, c]), float(found.high[o, c])),
            quantity=float(quantity[o, c]),
        )
        for _, where, o, c in rows
    )


def _place(axis: str, word: str) -> tuple[int, str]:
    return (STAGE_ORDER.index(word) if axis == "stage" else 0, word)


def _quantities(some: Cells, measured: NDArray[np.int64], labels: int, *, by_stage: bool) -> NDArray[np.float64]:
    """[result, criterion]: devices whose value is known; summed in whole micro-devices."""
    width = USE + 1 if by_stage else 1
    total = np.zeros((labels * width, len(KEYS)))
    of_use = np.where(some.own, measured[some.label], some.label)

    def add(label: NDArray[np.int64], quantity: NDArray[np.float64]) -> None:
        np.add.at(total, label, np.rint(quantity * 1e6))

    if by_stage:
        for stage in range(USE + 1):
            add((of_use if stage == USE else some.label) * width + stage, known_quantity(some, stage))
    else:
        apart = of_use != some.label
        made = some.quantity[:, None] * ~np.isnan(some.making).all(axis=1)
        add(some.label, np.where(apart[:, None], made, known_quantity(some, None)))
        add(of_use[apart], known_quantity(some, USE)[apart])
    return total / 1e6
