"""A run as a small table: for each kind of device, how many, how long spread, what making and using one weighs (lecture).

Nothing is read from the inventory again: everything comes from the groups that the run already holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from terreau.footprint import formulas
from terreau.footprint.figures import KEYS
from terreau.footprint.matched import Matched

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

Kind = tuple[str, ...]
"""A category, then its item under each set of factors it is read with, '' where none describes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One fleet under one set of factors and one method; a row per kind, the same kinds in every reading compared.

    present [device·year]; lives [device], spent in the period; making [kind, criterion] of one device
    using [kind, criterion] of all the devices of the kind; drawn [kWh], PUE counted. What no factor knows is left at zero.
    """

    present: Floats
    lives: Floats
    making: Floats
    using: Floats
    drawn: Floats


def kinds_of(matched: Sequence[Matched], *, by_item: bool) -> list[Kind]:
    """The kind of each row, told by every reading of the same rows; by category alone when ``by_item`` is False."""
    first = matched[0]
    categories = first.weights.words["category"]
    names = [_items(one) for one in matched] if by_item else []
    codes = first.grain.codes["category"]
    return [(categories[codes[n]], *(items[n] for items in names)) for n in range(len(codes))]


def _items(matched: Matched) -> list[str]:
    return [matched.figures.items[item] if item >= 0 else "" for item in matched.item]


def reading(matched: Matched, of: Ints, kinds: int) -> Reading:
    """The small table of a run; of: number of the kind of each row."""
    rows = matched.item >= 0
    item = np.where(rows, matched.item, 0)
    lives = np.where(rows & matched.spread, matched.lives[1], 0.0)
    drawn, using = _use(matched, rows, item)
    return Reading(
        present=_by(of, matched.present, kinds),
        lives=_by(of, lives, kinds),
        making=_making(matched, item, lives, of, kinds),
        using=np.stack([_by(of, using[:, c], kinds) for c in range(len(KEYS))], axis=1),
        drawn=_by(of, drawn, kinds),
    )


def _use(matched: Matched, rows: NDArray[np.bool_], item: Ints) -> tuple[Floats, Floats]:
    """[row] kWh with PUE, and [row, criterion] what they weigh; the unknown at zero."""
    figures = matched.figures
    if not len(figures.items):
        return np.zeros(len(rows)), np.zeros((len(rows), len(KEYS)))
    usual = formulas.energy(matched.present, figures.kwh.central[item])
    kwh = np.where(rows, np.nan_to_num(np.where(matched.own, matched.own_energy, usual)), 0.0)
    mix = np.nan_to_num(figures.mix.central[matched.zone])
    pue = matched.pue_values(matched.pue)
    return kwh * pue, np.asarray(formulas.use(kwh[:, None], pue[:, None], mix), dtype=np.float64)


def _making(matched: Matched, item: Ints, lives: Floats, of: Ints, kinds: int) -> Floats:
    """[kind, criterion]: making one device, the mean of the rows of the kind by the lives they spend; zero without any."""
    if not len(matched.figures.items):
        return np.zeros((kinds, len(KEYS)))
    one = np.nansum(matched.figures.stage.central, axis=1)[item]
    spent = _by(of, lives, kinds)[:, None]
    summed = np.stack([_by(of, lives * one[:, c], kinds) for c in range(len(KEYS))], axis=1)
    return np.divide(summed, spent, out=np.zeros_like(summed), where=spent > 0)


def _by(of: Ints, values: Floats, kinds: int) -> Floats:
    return np.asarray(np.bincount(of, weights=values, minlength=kinds), dtype=np.float64)
