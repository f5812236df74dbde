"""Criteria on which a change cannot be followed, for want of a factor on one of its two sides (critères aveugles).

An unknown counts as nothing: moving to a country or a device that a criterion does not know would look like a gain.
There the change is left out, and it is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from terreau.footprint.figures import KEYS
from terreau.plan.changes import EVERYTHING, Change
from terreau.plan.fleet import Fleet

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]


def blind_spots(fleet: Fleet, changes: Iterable[Change]) -> dict[str, frozenset[int]]:
    """For each change, the criteria (places in ``KEYS``) known on one side of it only."""
    return {one.key: frozenset(np.flatnonzero(_parted(fleet, one)).tolist()) for one in changes}


def by_sight(spots: Mapping[str, frozenset[int]]) -> list[tuple[frozenset[str], list[int]]]:
    """Criteria gathered by the changes that must be left out of them, those without any first."""
    found: dict[frozenset[str], list[int]] = {frozenset(): []}
    for c in range(len(KEYS)):
        found.setdefault(frozenset(key for key, blind in spots.items() if c in blind), []).append(c)
    return list(found.items())


def _parted(fleet: Fleet, one: Change) -> Flags:
    """Criteria for which what is known before and after differs, on some row."""
    found = np.zeros(len(KEYS), dtype=bool)
    if one.kind == "zone":
        mine = np.ones(len(fleet), dtype=bool) if one.category == EVERYTHING else fleet.category == one.category
        known, asked = fleet.figures.mix.known, fleet.figures.zones.index(str(one.value))
        found = (known[fleet.zone[mine & _powered(fleet)]] != known[asked]).any(axis=0)
    for left, to, rows, twins in fleet.twins:
        if one.kind == "replace" and (left, to) == (one.category, one.other):
            found |= (_making(fleet, rows) != _making(fleet, twins)).any(axis=0)
            found |= (_using(fleet, rows) != _using(fleet, twins)).any(axis=0)
    return found


def _powered(fleet: Fleet) -> Flags:
    known: Flags = fleet.own | ~np.isnan(fleet.figures.kwh.central[fleet.item])
    return known


def _making(fleet: Fleet, rows: Ints) -> Flags:
    known: Flags = fleet.figures.embodied_known[fleet.item[rows]]
    return known


def _using(fleet: Fleet, rows: Ints) -> Flags:
    known: Flags = _powered(fleet)[rows, None] & fleet.figures.mix.known[fleet.zone[rows]]
    return known
