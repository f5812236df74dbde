"""Weights: the small table from which every figure of a run is made (poids).

One row per group of lines that share the same factors and age. Two coarser grains are read off it, as runs of
its sorted rows: *narrow* (without age, entity nor site) serves totals, *wide* (without age) serves the rest.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from terreau.kernel.period import Period

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

WORDS = ("category", "size_class", "model_key", "zone", "entity", "site")
FLAGS = ("size_known", "in_datacentre", "status_given", "dated", "own")
NUMBERS = ("own_pue",)
"""Keys that are whole numbers: the PUE a line or its machine room gives, in ten-thousandths, 0 when it gives none."""
NARROW = ("category", "size_class", "model_key", "zone", *FLAGS, *NUMBERS)
WIDE = (*NARROW, "entity", "site")
FATES = ("counted", "merged", "virtual", "stock", "retired", "personal")
FIGURES_OF_A_FATE = ("lines", "quantity", "absent", "doubtful")
"""What is counted of each fate: lines, devices, lines never in service, lines read with a doubt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where weights come from: names of the snapshots and files (see ``computing``), digest of the decisions, version of the vocabulary, lines read.

    rooms_twice: machine rooms described otherwise by two sources, with the (name, country, PUE) kept
    rooms_unknown: rooms that lines name and that nothing describes, though some room is described
    """

    snapshots: tuple[str, ...] = ()
    decisions: str = ""
    vocabulary: str = ""
    lines: dict[str, int | None] = field(default_factory=dict)
    rooms_twice: tuple[tuple[str, str, str], ...] = ()
    rooms_unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exits:
    """Devices that left, both dates known: one row per kind of device, age in months and in the period or not."""

    codes: dict[str, Ints]
    months: Ints
    in_period: Ints
    quantity: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Grain:
    """Rows coarser than the groups; codes: words and flags of each row (0 where not kept).

    of, months, days: the rows once more, age by age: row, age in months (-1 unknown), quantity_days.
    """

    of: Ints
    months: Ints
    days: Floats
    codes: dict[str, Ints]
    quantity: Floats
    quantity_days: Floats
    energy_days: Floats

    def __len__(self) -> int:
        return len(self.quantity)


@dataclass(frozen=True, kw_only=True)
class Weights:
    """Groups in the order of their keys.

    words: for each key, its values in order ('' for none); ``codes`` points into them (flags are 0 or 1, numbers
    stand for themselves).
    months: age at the end of presence in months begun, -1 when unknown.
    quantity [device], quantity_days [device·day], energy_days [kWh·day, own consumption only].
    models_told: exact models of the factor sets it was weighed for.
    """

    period: Period
    words: dict[str, tuple[str, ...]]
    codes: dict[str, Ints]
    months: Ints
    quantity: Floats
    quantity_days: Floats
    energy_days: Floats
    exits: Exits
    fates: dict[str, dict[str, float]]
    models_told: frozenset[str]
    origin: Origin = Origin()
    narrow_keys: tuple[str, ...] = NARROW
    wide_keys: tuple[str, ...] = WIDE

    def __len__(self) -> int:
        return len(self.months)

    @cached_property
    def narrow(self) -> Grain:
        """Rows without age, entity nor site."""
        return self._grain(self.narrow_keys)

    @cached_property
    def wide(self) -> Grain:
        """Rows without age."""
        return self._grain(self.wide_keys)

    def _grain(self, names: tuple[str, ...]) -> Grain:
        starts = np.zeros(len(self), dtype=bool)
        starts[:1] = True
        for name in names:
            starts[1:] |= np.diff(self.codes[name]) != 0
        first = np.flatnonzero(starts)

        def total(column: Floats) -> Floats:
            return np.add.reduceat(column, first) if len(first) else np.zeros(0)

        nothing = np.zeros(len(first), dtype=np.int64)
        of, ages = np.cumsum(starts) - 1, int(self.months.max(initial=0)) + 2
        aged, together = np.unique(of * ages + self.months + 1, return_inverse=True)
        return Grain(
            of=aged // ages,
            months=aged % ages - 1,
            days=summed(together.astype(np.int64), self.quantity_days, len(aged)),
            codes={name: self.codes[name][first] if name in names else nothing for name in self.wide_keys},
            quantity=total(np.rint(self.quantity * 1e6)) / 1e6,
            quantity_days=total(self.quantity_days),
            energy_days=total(self.energy_days),
        )


def summed(of: Ints, values: Floats, rows: int) -> Floats:
    """Sums of ``values`` gathered by row number, in the order given."""
    return np.asarray(np.bincount(of, weights=values, minlength=rows), dtype=np.float64)
