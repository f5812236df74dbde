"""Common draws: every scenario drawn with the same luck, so that they differ by what changed (tirages communs).

The names of the draws are those of ``footprint.draws``, one by one; sums are matrix products on the small table, so
that a thousand draws of all criteria take a fraction of a second. Only lifespans are read off three points (long,
central and short) rather than age by age.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from terreau.footprint.cells import Cells
from terreau.footprint.draws import SEED, normals
from terreau.footprint.figures import EMBODIED, KEYS, Figures, slopes
from terreau.footprint.matched import RUN_PUE
from terreau.footprint.rules import Rules
from terreau.kernel.interval import Interval
from terreau.plan.fleet import Fleet
from terreau.plan.yearly import Columns, Scenario, columns_of, gathered, lives_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

DRAWS = 1000
KINDS = ("factors", "lifespans", "consumptions", "mix", "pue", "second_hand")
"""What may vary: factors of making, lifespans, kWh of a device, impact of a kWh, PUE, second-hand ratio."""
LEAST = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Luck:
    """draws of every kind in ``varying``; the others stay at their central value."""

    rules: Rules
    draws: int = DRAWS
    seed: int = SEED
    varying: Collection[str] = KINDS

    def factors(self, kind: str, names: Iterable[tuple[str, object, object]], up: Floats, down: Floats) -> Floats:
        """[draw, one]: multipliers of inputs called (kind, family, own); family None: alone of its kind."""
        shape = self.draws, len(up)
        if kind not in self.varying or not len(up):
            return np.ones(shape)
        z = np.stack([self._normal(*name) for name in names], axis=1)
        result: Floats = np.exp(np.where(z > 0, up, down) * z)
        return result

    def _normal(self, kind: str, family: object, own: object) -> Floats:
        if family is None:
            return _normals((kind, own), self.draws, self.seed)
        parts = self.rules.common, self.rules.family, 1 - self.rules.common - self.rules.family
        names: tuple[object, ...] = ((kind, "common"), (kind, "family", family), (kind, "own", own))
        z = np.zeros(self.draws)
        for part, name in zip(parts, names, strict=True):
            z = z + np.sqrt(part) * _normals(name, self.draws, self.seed)
        return z


@lru_cache(maxsize=6_000)  # some 50 MB at most
def _normals(name: object, draws: int, seed: int) -> Floats:
    made = normals(name, draws, seed)
    made.setflags(write=False)
    return made


@dataclass(frozen=True, kw_only=True)
class Draws:
    """The draws of one fleet, made once; ``of`` then draws any scenario of it, or of a part of it.

    criteria: places of the criteria wanted, in ``KEYS``.
    """

    figures: Figures
    luck: Luck
    criteria: tuple[int, ...] = tuple(range(len(KEYS)))

    def of(self, fleet: Fleet, scenarios: Sequence[Scenario], ratios: Floats, reading: str) -> Floats:
        """[draw, scenario, year, criterion]: totals drawn together, year 0 first; 0 where nothing is known."""
        parts = [_apart(fleet, one, ratios, reading) for one in scenarios]
        years = parts[0][0].present.shape[1]
        labels, luck = len(scenarios) * years, self.luck
        new, second = (gathered(fleet, [part[n] for part in parts]) for n in (0, 1))
        items, zones = np.unique(new.item), np.unique(new.zone)
        impact = self.impact[:, items]
        whole = _made(new, labels, items, luck, np.ones((luck.draws, len(new.label)))) @ impact
        if len(second.label):
            whole += _made(second, labels, items, luck, _ratios(fleet, second, ratios, luck)) @ impact
        whole += _used(new, labels, zones, luck) @ self.mixes[:, zones]
        return whole.reshape(luck.draws, len(scenarios), years, len(self.criteria))

    @cached_property
    def impact(self) -> Floats:
        """[draw, item, criterion]: making of one device, all stages but use."""
        figures, luck = self.figures, self.luck
        item, stage, c = np.nonzero(figures.stage.known[:, :, self.criteria])
        key = np.array(self.criteria, dtype=np.int64)[c]
        names = [
            ("factor", int(figures.family[i]), int(figures.draw[i, s, k]))
            for i, s, k in zip(item, stage, key, strict=True)
        ]
        up, down = figures.stage.up[item, stage, key], figures.stage.down[item, stage, key]
        value = luck.factors("factors", names, up, down) * figures.stage.central[item, stage, key]
        found = np.zeros((luck.draws, len(figures.items), len(self.criteria)))
        for s in range(len(EMBODIED)):
            mine = stage == s
            found[:, item[mine], c[mine]] += value[:, mine]
        return found

    @cached_property
    def mixes(self) -> Floats:
        """[draw, zone, criterion]: impact of one kWh."""
        figures = self.figures
        zone, c = np.nonzero(figures.mix.known[:, self.criteria])
        key = np.array(self.criteria, dtype=np.int64)[c]
        names = [("factor", "mix", int(figures.mix_draw[z, k])) for z, k in zip(zone, key, strict=True)]
        many = self.luck.factors("mix", names, figures.mix.up[zone, key], figures.mix.down[zone, key])
        found = np.zeros((self.luck.draws, len(figures.zones), len(self.criteria)))
        found[:, zone, c] = many * figures.mix.central[zone, key]
        return found


def drawn(fleet: Fleet, scenarios: Sequence[Scenario], ratios: Floats, reading: str, luck: Luck) -> Floats:
    """[draw, scenario, year, criterion] of the whole fleet, asked once."""
    return Draws(figures=fleet.figures, luck=luck).of(fleet, scenarios, ratios, reading)


def interval_of(values: Floats, central: float) -> Interval:
    """The 95 % interval of drawn values around the central one."""
    low, high = np.quantile(values, [0.025, 0.975])
    return Interval(min(float(low), central), central, max(float(high), central))


def _apart(fleet: Fleet, one: Scenario, ratios: Floats, reading: str) -> tuple[Columns, Columns]:
    """Columns of what is new (with all the electricity), and of what is second-hand (its making only)."""
    whole = columns_of(fleet, one, ratios, reading)
    new, second = lives_of(fleet, one, reading)
    nothing = np.zeros_like(whole.present)
    return (
        Columns(lives=new, present=whole.present, energy=whole.energy, zone=whole.zone, pue=whole.pue),
        Columns(lives=second, present=nothing, energy=nothing, zone=whole.zone, pue=whole.pue),
    )


def _made(some: Cells, labels: int, items: Ints, luck: Luck, times: Floats) -> Floats:
    """[draw, label, one of ``items``]: lives spent or bought; a longer life drawn is fewer lives."""
    figures = some.matched.figures
    long, central, short = some.lives
    up, down = slopes(long, central, short, LEAST)
    names = [("life", int(figures.family[i]), int(k)) for i, k in zip(some.item, some.life_key, strict=True)]
    lives = luck.factors("lifespans", names, -down, -up) * central * times
    return _put(lives, some.label * len(items) + np.searchsorted(items, some.item), labels, len(items))


def _used(some: Cells, labels: int, zones: Ints, luck: Luck) -> Floats:
    """[draw, label, one of ``zones``]: electricity drawn, PUE counted."""
    matched, figures = some.matched, some.matched.figures
    item = np.where(some.own, -1, some.item)
    kwh = np.ones((luck.draws, len(item)))
    by_item = np.flatnonzero(item >= 0)
    kinds, of = np.unique(item[by_item], return_inverse=True)
    names = [("kwh", int(figures.family[i]), int(i)) for i in kinds]
    kwh[:, by_item] = luck.factors("consumptions", names, figures.kwh.up[kinds], figures.kwh.down[kinds])[:, of]
    _, up, down = matched.pue_slopes
    room = luck.factors("pue", [("pue", None, 0)], np.array([up]), np.array([down]))
    energy = np.nan_to_num(some.energy) * matched.pue_values(some.pue)
    value = kwh * energy * np.where(some.pue == RUN_PUE, room, 1.0)
    return _put(value, some.label * len(zones) + np.searchsorted(zones, some.zone), labels, len(zones))


def _ratios(fleet: Fleet, second: Cells, ratios: Floats, luck: Luck) -> Floats:
    """[draw, cell]: making of a second-hand device over that of a new one, one draw for each category."""
    row = np.zeros(len(fleet.figures.items), dtype=np.int64)
    row[fleet.item] = np.arange(len(fleet))
    mine = row[second.item]
    low, central, high = ratios[mine].T
    up, down = slopes(low, central, high, LEAST)
    names = [("ratio", None, str(fleet.category[r])) for r in mine]
    return luck.factors("second_hand", names, up, down) * central


def _put(values: Floats, place: Ints, labels: int, width: int) -> Floats:
    """[draw, label, one]: sums of ``values`` [draw, cell] at their places."""
    found = np.zeros((len(values), labels * width))
    if len(place):
        order = np.argsort(place, kind="stable")
        ordered = place[order]
        starts = np.flatnonzero(np.diff(ordered, prepend=-1))
        found[:, ordered[starts]] = np.add.reduceat(values[:, order], starts, axis=1)
    return found.reshape(len(values), labels, width)
