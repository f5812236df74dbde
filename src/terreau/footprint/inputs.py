"""Uncertain inputs of a figure: what enters it, how widely, and with what it varies (entrées incertaines).

An *entry* is one product of the sum (a making at one stage, or a use). Each of its inputs is drawn on a
standard normal law: the same input always gets the same draw; two inputs of one kind share a common part
and, in one family, a family part.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from terreau.footprint.cells import Cells
from terreau.footprint.figures import USE, slopes
from terreau.footprint.matched import RUN_PUE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

ALONE = -1
"""Family of an input that is the only one of its kind (the PUE)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One kind of uncertain input over some entries: ``rows`` of the entries, log-slopes [row, criterion or 1].

    own: same number, same draw ([row], or [row, criterion] when it differs by criterion). family: same number,
    shared part.
    """

    rows: Ints
    own: Ints
    family: Ints
    up: Floats
    down: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries:
    """Products to be added: ``out`` says under which result, ``value`` [entry, criterion] centrally, NaN unknown.

    use: True for a use, False for a making. The first input is the factor.
    """

    out: Ints
    use: NDArray[np.bool_]
    outs: int
    value: Floats
    inputs: tuple[Input, ...]


def entries(some: Cells, labels: int, *, by_stage: bool, measured: Ints | None = None) -> Entries:
    """The entries of ``some`` cells; result number = label, or label × stages + stage when ``by_stage``.

    measured: label of each cell's use when it rests on the line's own consumption (only to cut by match level).
    """
    figures, matched = some.matched.figures, some.matched
    cell, stage = np.nonzero(~np.isnan(some.making).all(axis=2))
    using = np.nonzero(~np.isnan(some.using).all(axis=1))[0]
    made = len(cell)
    width = USE + 1 if by_stage else 1
    of_use = some.label if measured is None else np.where(some.own, measured, some.label)
    out = np.concatenate(
        [some.label[cell] * width + (stage if by_stage else 0), of_use[using] * width + (USE if by_stage else 0)]
    )
    value = np.concatenate([some.making[cell, stage], some.using[using]])
    zone, item = some.zone[using], some.item[cell]
    mix_family = int(figures.family.max(initial=0)) + 1
    factor = Input(
        rows=np.arange(len(value)),
        own=np.concatenate([figures.draw[item, stage], figures.mix_draw[zone]]),
        family=np.concatenate([figures.family[item], np.full(len(using), mix_family)]),
        up=np.concatenate([figures.stage.up[item, stage], figures.mix.up[zone]]),
        down=np.concatenate([figures.stage.down[item, stage], figures.mix.down[zone]]),
    )
    long, central, short = (side[cell] for side in some.lives)
    life_up, life_down = slopes(long, central, short, matched.rules.least_ratio)
    life = Input(
        rows=np.arange(made),
        own=some.life_key[cell],
        family=figures.family[item],
        up=life_up[:, None],
        down=life_down[:, None],
    )
    by_item = np.nonzero(~some.own[using])[0]
    device = some.item[using[by_item]]
    kwh = Input(
        rows=made + by_item,
        own=device,
        family=figures.family[device],
        up=figures.kwh.up[device][:, None],
        down=figures.kwh.down[device][:, None],
    )
    rooms = np.nonzero(some.pue[using] == RUN_PUE)[0]
    pue = Input(
        rows=made + rooms,
        own=np.zeros(len(rooms), dtype=np.int64),
        family=np.full(len(rooms), ALONE),
        up=np.full((len(rooms), 1), matched.pue_slopes[1]),
        down=np.full((len(rooms), 1), matched.pue_slopes[2]),
    )
    return Entries(
        out=out, use=np.arange(len(value)) >= made, outs=labels * width, value=value, inputs=(factor, life, kwh, pue)
    )
