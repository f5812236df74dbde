"""Cells: rows gathered under a label (a total, a category, an entity …) and their central impacts (cellules)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from terreau.footprint import formulas
from terreau.footprint.figures import ELECTRICITY, USE
from terreau.footprint.matched import Matched
from terreau.footprint.weights import summed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """Sums over the rows that share label, item, zone, PUE and kind of energy; only rows with an item.

    over: part of the central lives spent past the lifespan.

    making: [cell, embodied stage, criterion]; using: [cell, criterion]; NaN where no factor is known.
    own: True where the line's own consumption was used; spread: False where the making cannot be spread over years.
    pue: as in ``Matched``. energy [kWh before PUE], NaN when unknown.
    """

    matched: Matched
    label: Ints
    item: Ints
    zone: Ints
    pue: Ints
    own: NDArray[np.bool_]
    life_key: Ints
    spread: NDArray[np.bool_]
    quantity: Floats
    lives: tuple[Floats, Floats, Floats]
    over: Floats
    present: Floats
    energy: Floats
    making: Floats
    using: Floats

    @property
    def making_known(self) -> NDArray[np.bool_]:
        """[cell, criterion]: making is known, or not expected (electricity)."""
        known: NDArray[np.bool_] = self.matched.figures.embodied_known[self.item] & self.spread[:, None]
        known[:, ELECTRICITY] = True
        return known

    @property
    def using_known(self) -> NDArray[np.bool_]:
        """[cell, criterion]: both the energy and the mix are known."""
        known: NDArray[np.bool_] = ~np.isnan(self.using)
        return known

    @property
    def central(self) -> Floats:
        """[cell, criterion]: all stages, the unknown left out."""
        total: Floats = np.nansum(self.making, axis=1) + np.nan_to_num(self.using)
        return total


def cells(matched: Matched, label: Ints, kept: NDArray[np.bool_] | None = None) -> Cells:
    """Gather the groups under ``label`` (one integer per row); ``kept`` leaves the other rows out."""
    figures = matched.figures
    mine = matched.item >= 0 if kept is None else (matched.item >= 0) & kept
    pues, pue_of = np.unique(matched.pue[mine], return_inverse=True)
    columns = [label, matched.item, matched.zone, matched.own, matched.life_key, matched.spread]
    kept_columns = [*(np.asarray(column[mine], dtype=np.int64) for column in columns), pue_of.astype(np.int64)]
    sizes = [int(column.max(initial=0)) + 1 for column in kept_columns]
    place = np.asarray(np.ravel_multi_index(tuple(kept_columns), sizes), dtype=np.int64)
    unique, cell = np.unique(place, return_inverse=True)
    at, item, zone, own, key, spread, pue_at = (part.astype(np.int64) for part in np.unravel_index(unique, sizes))
    pue = pues[pue_at] if len(pues) else pue_at

    def total(column: Floats) -> Floats:
        return summed(cell, column[mine], len(unique))

    lives = tuple(total(side) for side in matched.lives)
    present = total(matched.present)
    by_item = formulas.energy(present, figures.kwh.central[item])
    electricity = np.where(own == 1, total(matched.own_energy), by_item)
    making = formulas.embodied(lives[1][:, None, None], figures.stage.central[item])
    return Cells(
        matched=matched,
        label=at,
        item=item,
        zone=zone,
        pue=pue,
        own=own == 1,
        life_key=key,
        spread=spread == 1,
        quantity=total(np.rint(matched.grain.quantity * 1e6)) / 1e6,
        over=total(matched.over),
        lives=lives,  # type: ignore[arg-type]
        present=present,
        energy=electricity,
        making=np.where((spread == 1)[:, None, None], making, np.nan),
        using=formulas.use(electricity[:, None], matched.pue_values(pue)[:, None], figures.mix.central[zone]),
    )


def known_quantity(some: Cells, stage: int | None) -> Floats:
    """[cell, criterion]: quantity whose impact is known at ``stage`` (None: at one stage at least)."""
    made = some.matched.figures.stage.known[some.item] & some.spread[:, None, None]
    if stage is None:
        known = made.any(axis=1) | some.using_known
    else:
        known = some.using_known if stage == USE else made[:, stage]
    result: Floats = some.quantity[:, None] * known
    return result


def fully_known(some: Cells) -> NDArray[np.bool_]:
    """[cell, criterion]: no stage is missing; the electricity flow has its use only."""
    known: NDArray[np.bool_] = some.making_known & some.using_known
    known[:, ELECTRICITY] = some.using_known[:, ELECTRICITY]
    return known
