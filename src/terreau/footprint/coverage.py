"""What a result rests on, and what it leaves out (couverture)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from terreau.footprint.axes import MEASURED, UNKNOWN
from terreau.footprint.cells import Cells, cells, fully_known
from terreau.footprint.figures import ELECTRICITY, KEYS
from terreau.footprint.matched import LEVELS, Matched

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

RESTS_ON = LEVELS[:-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """One criterion. Shares between 0 and 1.

    quantity: share of devices by match level, plus "missing" (a stage at least is unknown).
    impact: share of the central value by level. known: 1 − missing. making, using: share of devices whose making,
    whose use, is known. ranked: enough is known to rank. families: methods of study behind the makings, by share.
    """

    criterion: str
    quantity: dict[str, float]
    impact: dict[str, float]
    known: float
    making: float
    using: float
    ranked: bool
    families: dict[str, float]

    @property
    def partial(self) -> bool:
        """True when something is missing: the total is then "at least"."""
        return self.known < 1.0

    @property
    def mixed_families(self) -> bool:
        """True when makings of several scales stand in one ranking."""
        return len(self.families) > 1

    def as_json(self) -> dict[str, object]:
        """The public shape."""
        return {
            "quantity": self.quantity,
            "impact": self.impact,
            "known": self.known,
            "making": self.making,
            "using": self.using,
            "at_least": self.partial,
            "ranked": self.ranked,
            "families": self.families,
            "mixed_families": self.mixed_families,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Quantity of a category (or "unknown") whose impact is not known for a criterion, and why."""

    category: str
    criterion: str
    quantity: float
    why: str


def coverages(matched: Matched, kept: NDArray[np.bool_] | None = None) -> dict[str, Coverage]:
    """Coverage of every criterion over the rows ``kept``; empty when nothing is counted."""
    some = cells(matched, matched.level, kept)
    micro = np.rint(some.quantity * 1e6)
    everything = _micro(matched, kept).sum()
    if not everything:
        return {}
    full = fully_known(some)
    level = np.where(some.own, MEASURED, some.label)
    by_quantity = _gathered(level, micro[:, None] * full, len(LEVELS))[:-1] / everything
    making, using = np.nansum(some.making, axis=1), np.nan_to_num(some.using)
    by_impact = (_gathered(some.label, making, len(LEVELS)) + _gathered(level, using, len(LEVELS)))[:-1]
    total = by_impact.sum(axis=0)
    known = (micro[:, None] * full).sum(axis=0) / everything
    made = (micro[:, None] * some.making_known).sum(axis=0) / everything
    used = (micro[:, None] * some.using_known).sum(axis=0) / everything
    families = _families(some, making)
    found = {}
    for c, key in enumerate(KEYS):
        quantity = {name: float(by_quantity[n, c]) for n, name in enumerate(RESTS_ON)}
        found[key] = Coverage(
            criterion=key,
            quantity={**quantity, "missing": float(1.0 - known[c])},
            impact={name: float(by_impact[n, c] / total[c]) if total[c] else 0.0 for n, name in enumerate(RESTS_ON)},
            known=float(known[c]),
            making=float(made[c]),
            using=float(used[c]),
            ranked=bool(known[c] >= matched.rules.ranked_from),
            families=families[key],
        )
    return found


def missing(matched: Matched, kept: NDArray[np.bool_] | None = None) -> tuple[Missing, ...]:
    """What is left out: category, criterion, quantity and why, sorted; unknown categories first of all."""
    words = [word or UNKNOWN for word in matched.weights.words["category"]]
    category = matched.grain.codes["category"]
    micro = _micro(matched, kept)
    found: dict[tuple[str, str, str], float] = {}
    for code in np.unique(category[(matched.item < 0) & (micro > 0)]):
        why = "unknown_category" if words[code] == UNKNOWN else "no_factor"
        quantity = float(micro[(matched.item < 0) & (category == code)].sum())
        found.update({(words[code], key, why): quantity for key in KEYS})
    some = cells(matched, category, kept)
    sums = np.rint(some.quantity * 1e6)
    no_energy = np.isnan(some.energy)[:, None] & np.ones(len(KEYS), dtype=bool)
    no_mix = ~some.using_known & ~no_energy
    no_making = ~some.matched.figures.embodied_known[some.item]
    no_lifespan = ~some.making_known & ~no_making
    told = {"no_making": no_making, "no_lifespan": no_lifespan, "no_energy": no_energy, "no_mix": no_mix}
    for why, lacks in told.items():
        quantity_by = _gathered(some.label, sums[:, None] * lacks, len(words))
        for code, c in zip(*np.nonzero(quantity_by), strict=True):
            found[words[code], KEYS[c], why] = float(quantity_by[code, c])
    order = sorted(found, key=lambda one: (one[0] != UNKNOWN, one[0], KEYS.index(one[1]), one[2]))
    return tuple(Missing(category=k[0], criterion=k[1], why=k[2], quantity=found[k] / 1e6) for k in order)


def _micro(matched: Matched, kept: NDArray[np.bool_] | None) -> Floats:
    """Micro-devices of each row: whole numbers, so that shares of everything are exactly 1."""
    micro = np.rint(matched.grain.quantity * 1e6)
    return micro if kept is None else np.where(kept, micro, 0.0)


def _gathered(number: NDArray[np.int64], rows: Floats, numbers: int) -> Floats:
    """[number, criterion]: sums of ``rows``."""
    total = np.zeros((numbers, rows.shape[1]))
    np.add.at(total, number, rows)
    return total


def _families(some: Cells, making: Floats) -> dict[str, dict[str, float]]:
    """For each criterion, the share of makings by family of studies."""
    items = some.matched.figures.items
    by_item = _gathered(some.item, making, len(items))
    found: dict[str, dict[str, float]] = {}
    for c, key in enumerate(KEYS):
        shares: dict[str, float] = {}
        for i in np.flatnonzero(by_item[:, c]):
            name = some.matched.figures.methods[items[i], key]
            shares[name] = shares.get(name, 0.0) + float(by_item[i, c])
        whole = sum(shares.values())
        found[key] = {name: shares[name] / whole for name in sorted(shares)}
    found[KEYS[ELECTRICITY]] = {}
    return found
