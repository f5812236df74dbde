"""Monte-Carlo reference of the intervals: correlated draws, the same seeds for every scenario (tirages).

Slow on purpose and written apart from ``intervals``: each age is kept apart, so that
max(lifespan drawn, age) is exact. Two scenarios drawn with one seed differ by what changed, not by luck.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from terreau.footprint import formulas
from terreau.footprint.figures import EMBODIED, KEYS
from terreau.footprint.matched import RUN_PUE, Matched

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Drawn = dict[object, Floats]

SEED = 2026


def drawn_totals(
    matched: Matched, criterion: str, *, draws: int = 4000, seed: int = SEED, kept: NDArray[np.bool_] | None = None
) -> Floats:
    """``draws`` values of the total of ``criterion`` over the groups of the rows ``kept`` [unit of the criterion]."""
    luck = _Luck(matched, draws, seed)
    total = np.zeros(draws)
    mine = np.ones(len(matched.item), dtype=bool) if kept is None else kept
    for aged, row in enumerate(matched.grain.of):
        if mine[row] and matched.item[row] >= 0:
            total += _making(matched, luck, aged, int(row), KEYS.index(criterion))
    for row in np.flatnonzero(mine & (matched.item >= 0)):
        total += _using(matched, luck, int(row), KEYS.index(criterion))
    return total


def normals(name: object, draws: int, seed: int) -> Floats:
    """Standard normal draws of a name (tuples of words and plain integers): the same for every scenario and program."""
    return np.random.default_rng([seed, *repr(name).encode()]).standard_normal(draws)


def _making(matched: Matched, luck: _Luck, aged: int, row: int, criterion: int) -> Floats:
    figures, kind, item = matched.figures, matched.kinds.of[row], int(matched.item[row])
    low, central, high = matched.kinds.life[kind]
    life = central * luck.multiplier(
        "life", int(matched.kinds.life_key[kind]), int(figures.family[item]), *_logs(low, central, high)
    )
    present = formulas.presence(float(matched.grain.days[aged]), matched.weights.period.days)
    age = max(int(matched.grain.months[aged]), 0) / 12 if matched.rules.age_extends else 0.0
    lives = formulas.lives_spent(present, np.maximum(life, age))
    total = np.zeros(luck.draws)
    for stage in range(len(EMBODIED)):
        value = figures.stage.central[item, stage, criterion]
        if not np.isnan(value):
            up, down = figures.stage.up[item, stage, criterion], figures.stage.down[item, stage, criterion]
            own, family = int(figures.draw[item, stage, criterion]), int(figures.family[item])
            total += formulas.embodied(lives, value * luck.multiplier("factor", own, family, up, down))
    return total


def _using(matched: Matched, luck: _Luck, row: int, criterion: int) -> Floats:
    figures, item, zone = matched.figures, int(matched.item[row]), int(matched.zone[row])
    mix = figures.mix.central[zone, criterion]
    kwh = figures.kwh.central[item]
    if np.isnan(mix) or (np.isnan(kwh) and not matched.own[row]):
        return np.zeros(luck.draws)
    slopes = figures.mix.up[zone, criterion], figures.mix.down[zone, criterion]
    drawn_mix = mix * luck.multiplier("factor", int(figures.mix_draw[zone, criterion]), "mix", *slopes)
    if matched.own[row]:
        electricity = np.full(luck.draws, matched.own_energy[row])
    else:
        drawn = luck.multiplier("kwh", item, int(figures.family[item]), figures.kwh.up[item], figures.kwh.down[item])
        electricity = formulas.energy(matched.present[row], kwh * drawn)
    pue = np.full(luck.draws, matched.pue_values(matched.pue[row]))
    if matched.pue[row] == RUN_PUE:
        pue = pue * luck.multiplier("pue", 0, None, *matched.pue_slopes[1:])
    result: Floats = formulas.use(electricity, pue, drawn_mix)
    return result


def _logs(low: float, central: float, high: float) -> tuple[float, float]:
    from terreau.footprint.rules import Z

    return float(np.log(high / central)) / Z, float(np.log(central / low)) / Z


class _Luck:
    """Standard normal draws by kind, family and input, made from their names: no order of calls matters."""

    def __init__(self, matched: Matched, draws: int, seed: int) -> None:
        self.draws, self.seed, self.rules = draws, seed, matched.rules
        self.made: Drawn = {}

    def normal(self, name: object) -> Floats:
        """The draws of one name, always the same for one seed."""
        if name not in self.made:
            self.made[name] = normals(name, self.draws, self.seed)
        return self.made[name]

    def multiplier(self, kind: str, own: object, family: object, up: float, down: float) -> Floats:
        """exp(up·z) where z > 0, exp(down·z) elsewhere."""
        if family is None:
            z = self.normal((kind, own))
        else:
            parts = self.rules.common, self.rules.family, 1 - self.rules.common - self.rules.family
            names = (kind, "common"), (kind, "family", family), (kind, "own", own)
            z = sum(np.sqrt(part) * self.normal(name) for part, name in zip(parts, names, strict=True))
        result: Floats = np.exp(np.where(z > 0, up, down) * z)
        return result
