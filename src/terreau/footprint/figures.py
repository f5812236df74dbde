"""Factors as arrays: one row per item or zone, one column per criterion (facteurs en tableaux)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from terreau.factors.criteria import CRITERIA
from terreau.footprint.rules import Rules, Z
from terreau.kernel.interval import Interval

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from terreau.factors.catalogue import FactorSet

    Floats = NDArray[np.float64]

EMBODIED = ("manufacturing", "distribution", "end_of_life", "embodied")
STAGES = (*EMBODIED, "use")
USE = len(EMBODIED)
KEYS = tuple(criterion.key for criterion in CRITERIA)
UNITS = {criterion.key: criterion.unit for criterion in CRITERIA}
ELECTRICITY = KEYS.index("electricity")
"""The electricity flow is the energy of use itself: one kWh per kWh, no source needed, nothing embodied expected."""
PUE = ("no", "by_location", "yes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Central values with log-slopes on each side: value × exp(up·z) for z > 0, exp(down·z) below; NaN = missing."""

    central: Floats
    up: Floats
    down: Floats

    @property
    def known(self) -> NDArray[np.bool_]:
        """Where there is a value."""
        return ~np.isnan(self.central)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The factors of a few items and zones.

    stage: [item, embodied stage, criterion] per device; mix: [zone, criterion] per kWh.
    lifespan: [item, (low, central, high)] years; kwh: per device and year, NaN when the item has none.
    draw, mix_draw: number of the figure behind each value: one figure, one draw, whatever stages and items share it.
    family: correlation family of each item; own_range, mix_own_range: False where our own sigma serves.
    composite: True where the figure was not published for this very item.
    methods: family of studies of (item, criterion), for rankings.
    """

    items: tuple[str, ...]
    zones: tuple[str, ...]
    stage: Spread
    draw: NDArray[np.int64]
    own_range: NDArray[np.bool_]
    composite: NDArray[np.bool_]
    mix: Spread
    mix_draw: NDArray[np.int64]
    mix_own_range: NDArray[np.bool_]
    lifespan: Floats
    kwh: Spread
    pue: NDArray[np.int64]
    family: NDArray[np.int64]
    methods: dict[tuple[str, str], str]

    @property
    def embodied_known(self) -> NDArray[np.bool_]:
        """[item, criterion]: a making is known, or (electricity) is not expected."""
        known = np.asarray(self.stage.known.any(axis=1), dtype=bool)
        known[:, ELECTRICITY] = True
        return known


@lru_cache(maxsize=8)
def figures_of(factor_set: FactorSet, items: tuple[str, ...], zones: tuple[str, ...], rules: Rules) -> Figures:
    """Arrays of the factors of ``items`` and ``zones`` in ``factor_set``, our sigmas where a range is lacking."""
    shape = (len(items), len(EMBODIED), len(KEYS))
    stage, own_range = np.full((*shape, 3), np.nan), np.ones(shape, dtype=bool)
    composite = np.zeros(shape, dtype=bool)
    draw, numbers = np.zeros(shape, dtype=np.int64), _Numbers()
    families: list[str] = []
    methods: dict[tuple[str, str], str] = {}
    for i, item in enumerate(items):
        family = ""
        for c, key in enumerate(KEYS):
            for factor in factor_set.stage_factors(item, key):
                s = EMBODIED.index(factor.stage)
                stage[i, s, c] = _three(factor.value)
                own_range[i, s, c], draw[i, s, c] = factor.own_range, numbers.of(factor.key)
                composite[i, s, c] = factor.composite
                family = family or factor.family
                methods[item, key] = factor_set.family(item, key)
        families.append(family or item.split("/")[0])
    mix, mix_own = np.full((len(zones), len(KEYS), 3), np.nan), np.ones((len(zones), len(KEYS)), dtype=bool)
    mix_draw = np.zeros((len(zones), len(KEYS)), dtype=np.int64)
    for z, zone in enumerate(zones):
        for c, key in enumerate(KEYS):
            if c == ELECTRICITY:
                mix[z, c] = 1.0
            elif (found := factor_set.mix(zone, key)) is not None:
                mix[z, c], mix_own[z, c] = _three(found.value), found.own_range
                mix_draw[z, c] = numbers.of(found.key)
    kwh = np.full((len(items), 3), np.nan)
    for i, item in enumerate(items):
        if (assumed := factor_set.kwh(item)) is not None:
            kwh[i] = _three(assumed.value)
    return Figures(
        items=tuple(items),
        zones=tuple(zones),
        stage=_spread(stage, rules, own_range, rules.factor_sigma),
        draw=draw,
        own_range=own_range,
        composite=composite,
        mix=_spread(mix, rules, mix_own, rules.mix_sigma),
        mix_draw=mix_draw,
        mix_own_range=mix_own,
        lifespan=np.array([_three(factor_set.lifespan(item).value) for item in items]).reshape(-1, 3),
        kwh=_spread(kwh, rules),
        pue=np.array([PUE.index(factor_set.pue_applies(item)) for item in items], dtype=np.int64),
        family=np.unique(np.array(families, dtype=str), return_inverse=True)[1].astype(np.int64),
        methods=methods,
    )


class _Numbers:
    """Names numbered in order of appearance, from 1."""

    def __init__(self) -> None:
        self.known: dict[str, int] = {}

    def of(self, name: str) -> int:
        return self.known.setdefault(name, len(self.known) + 1)


def _three(value: Interval) -> tuple[float, float, float]:
    return value.low, value.central, value.high


def _spread(three: Floats, rules: Rules, own_range: NDArray[np.bool_] | None = None, sigma: float = 0.0) -> Spread:
    """Slopes from ranges; a value of exactly zero has none, a missing range takes ``sigma``."""
    central = three[..., 1]
    up, down = slopes(three[..., 0], central, three[..., 2], rules.least_ratio)
    if own_range is not None:
        lacking = ~own_range & (central > 0)
        up, down = np.where(lacking, sigma, up), np.where(lacking, sigma, down)
    return Spread(central=central, up=up, down=down)


def slopes(low: Floats, central: Floats, high: Floats, least_ratio: float) -> tuple[Floats, Floats]:
    """Log-slopes up and down of values whose 2.5 and 97.5 % are ``low`` and ``high``; 0 where the value is 0 or NaN."""
    sound = central > 0
    middle = np.where(sound, central, 1.0)
    up = np.log(np.where(sound, np.maximum(high, middle), 1.0) / middle) / Z
    down = np.log(middle / np.where(sound, np.clip(low, middle * least_ratio, middle), 1.0)) / Z
    return up, down
