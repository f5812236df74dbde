"""Weights meeting factors: for each group its item, zone, lifespan, PUE and lives spent (poids appariés)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from terreau.footprint import formulas
from terreau.footprint.figures import Figures, figures_of, slopes
from terreau.footprint.lifespans import ORIGINS, Lifespan, retained
from terreau.footprint.parameters import Parameters
from terreau.footprint.rules import Rules
from terreau.footprint.weights import Grain, Weights, summed
from terreau.kernel.errors import TerreauError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from terreau.factors.catalogue import FactorSet

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

LEVELS = ("measured", "exact", "alias", "size", "category", "fallback", "missing")
MISSING = LEVELS.index("missing")
NO_PUE, RUN_PUE, PUE_SCALE = 0, 1, 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinds:
    """The kinds of device of a fleet: each (category, size, known or not, model) with its item and lifespan.

    item: index in ``figures.items``, -1 without factor; life: [kind, (low, central, high)] years;
    life_key: kinds that share one lifespan share one key; of: kind of each row; of_exit: of each row of exits.
    server: kinds that the reference flags as servers (NumEcoEval rules only).
    """

    item: Ints
    level: Ints
    life: Floats
    life_key: Ints
    origin: Ints
    of: Ints
    of_exit: Ints
    server: NDArray[np.bool_] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """Everything a figure of this run is made of; arrays have one entry per row of ``grain``.

    lives: devices' lives spent in the period, at the (low, central, high) impact, i.e. long, central, short life;
    over: those (central) of devices older than their lifespan.
    life_key, life_origin: what the lifespan of the row is (see ``Kinds``); spread: False where its making cannot be
    spread over years. present [device·year]; own_energy [kWh]; own: True for own kWh.
    pue: NO_PUE, RUN_PUE (the run's own value), else the line's own PUE in ten-thousandths.
    """

    weights: Weights
    grain: Grain
    rules: Rules
    parameters: Parameters
    factor_set: FactorSet
    figures: Figures
    kinds: Kinds
    settled: dict[str, Lifespan]
    pue_slopes: tuple[float, float, float]
    item: Ints
    level: Ints
    zone: Ints
    zone_given: NDArray[np.bool_]
    pue: Ints
    own: NDArray[np.bool_]
    present: Floats
    own_energy: Floats
    lives: tuple[Floats, Floats, Floats]
    over: Floats
    life_key: Ints
    life_origin: Ints
    spread: NDArray[np.bool_]

    @property
    def known(self) -> FactorSet:
        """The factor set as chosen, before any reading of it by a rule set."""
        chosen: FactorSet = getattr(self.factor_set, "factor_set", self.factor_set)
        return chosen

    def pue_values(self, codes: Ints) -> Floats:
        """PUE of rows or cells by their codes, without unit."""
        values: Floats = np.where(codes == RUN_PUE, self.pue_slopes[0], np.maximum(codes / PUE_SCALE, 1.0))
        return values


def match(
    weights: Weights, factor_set: FactorSet, rules: Rules, parameters: Parameters, *, wide: bool = False
) -> Matched:
    """Bring each row its factors and its lifespan; nothing is read again from the inventory.

    wide: rows keep their entity and site.
    """
    if not factor_set.exact_models() <= weights.models_told:
        raise TerreauError("footprint.models_not_weighed", factor_set=factor_set.key)
    grain = weights.wide if wide else weights.narrow
    zones, zone, zone_given = zones_of(weights, grain, parameters)
    kinds, figures, settled = _kinds(weights, grain, factor_set, rules, parameters, zones)
    item = kinds.item[kinds.of]
    policy = figures.pue[item] if len(figures.items) else np.zeros(len(grain), dtype=np.int64)
    lives, over = _lives_spent(weights, grain, kinds, rules)
    return Matched(
        weights=weights,
        grain=grain,
        rules=rules,
        parameters=parameters,
        factor_set=factor_set,
        figures=figures,
        kinds=kinds,
        settled=settled,
        pue_slopes=_pue(rules, parameters, factor_set),
        item=item,
        level=kinds.level[kinds.of],
        zone=zone,
        zone_given=zone_given,
        pue=_rooms(grain, item, policy),
        own=grain.codes["own"] == 1,
        present=formulas.presence(grain.quantity_days, float(weights.period.days)),
        own_energy=formulas.presence(grain.energy_days, float(weights.period.days)),
        lives=lives,
        over=over,
        life_key=kinds.life_key[kinds.of],
        life_origin=kinds.origin[kinds.of],
        spread=np.ones(len(grain), dtype=bool),
    )


def _lives_spent(
    weights: Weights, grain: Grain, kinds: Kinds, rules: Rules
) -> tuple[tuple[Floats, Floats, Floats], Floats]:
    """Lives spent by each row, age by age; and those past their lifespan."""
    present = formulas.presence(grain.days, float(weights.period.days))
    age = np.maximum(grain.months, 0) / 12 if rules.age_extends else np.zeros(len(grain.of))
    life = kinds.life[kinds.of][grain.of]

    def total(lives: Floats) -> Floats:
        return summed(grain.of, lives, len(grain))

    short, central, long = (formulas.lives_spent(present, formulas.life_used(life[:, k], age)) for k in range(3))
    over = total(np.where(age > life[:, 1], central, 0.0))
    return (total(long), total(central), total(short)), over


def _rooms(grain: Grain, item: Ints, policy: Ints) -> Ints:
    """Where a PUE applies, and which: the line's or its room's own first, else that of the run."""
    own = grain.codes["own_pue"]
    in_datacentre = (grain.codes["in_datacentre"] == 1) | (own > 0)
    applies = (item >= 0) & ((policy == 2) | ((policy == 1) & in_datacentre))
    return np.where(applies, np.where(own > 0, own, RUN_PUE), NO_PUE).astype(np.int64)


def _pue(rules: Rules, parameters: Parameters, factor_set: FactorSet) -> tuple[float, float, float]:
    """Central PUE and its log-slopes up and down; a measured one is taken as exact."""
    if parameters.pue is not None:
        return parameters.pue, 0.0, 0.0
    usual = factor_set.pue().value
    three = (np.array([usual.low]), np.array([usual.central]), np.array([usual.high]))
    up, down = slopes(*three, rules.least_ratio)
    return usual.central, float(up[0]), float(down[0])


def zones_of(weights: Weights, grain: Grain, parameters: Parameters) -> tuple[tuple[str, ...], Ints, NDArray[np.bool_]]:
    """Zones with the default one put in place of the unsaid."""
    said = [zone or parameters.zone for zone in weights.words["zone"]]
    zones = tuple(sorted({*said, parameters.zone}))
    codes = np.array([zones.index(zone) for zone in said], dtype=np.int64)
    given = np.array([zone != "" for zone in weights.words["zone"]], dtype=bool)
    mine = grain.codes["zone"]
    return zones, codes[mine] if len(codes) else mine, given[mine] if len(given) else mine.astype(bool)


def _kinds(
    weights: Weights,
    grain: Grain,
    factor_set: FactorSet,
    rules: Rules,
    parameters: Parameters,
    zones: tuple[str, ...],
) -> tuple[Kinds, Figures, dict[str, Lifespan]]:
    names = ("category", "size_class", "model_key", "size_known")
    columns = [np.concatenate([grain.codes[n], weights.exits.codes[n]]) for n in names]
    sizes = [max(len(weights.words[n]), 1) for n in names[:3]] + [2]
    unique, first = np.unique(np.ravel_multi_index(tuple(columns), sizes), return_inverse=True)
    category, size, model, known = np.unravel_index(unique, sizes)
    matches = [
        factor_set.match(
            weights.words["category"][c] or None,
            weights.words["size_class"][s] or None,
            bool(k),
            weights.words["model_key"][m],
        )
        for c, s, m, k in zip(category, size, model, known, strict=True)
    ]
    items = tuple(sorted({m.item for m in matches if m.item}))
    figures = figures_of(factor_set, items, zones, rules)
    item = np.array([items.index(m.item) if m.item else -1 for m in matches], dtype=np.int64)
    level = np.array([LEVELS.index(m.level) if m.item else MISSING for m in matches], dtype=np.int64)
    centrals: dict[str, float] = {}
    for c, i in zip(category, item, strict=True):
        if i >= 0:
            name = weights.words["category"][c]
            centrals[name] = min(centrals.get(name, np.inf), float(figures.lifespan[i, 1]))
    settled = retained(weights, rules, dict(parameters.lifespans), centrals)
    life, life_key, origin = _lives(weights, figures, category, item, settled)
    rows = len(grain)
    kinds = Kinds(
        item=item,
        level=level,
        life=life,
        life_key=life_key,
        origin=origin,
        of=first[:rows].astype(np.int64),
        of_exit=first[rows:].astype(np.int64),
    )
    return kinds, figures, settled


def _lives(
    weights: Weights, figures: Figures, category: Ints, item: Ints, settled: dict[str, Lifespan]
) -> tuple[Floats, Ints, Ints]:
    """Life, key and origin of each kind; a kind without factor gets one year, never used."""
    life, life_key = np.ones((len(item), 3)), np.zeros(len(item), dtype=np.int64)
    origin = np.full(len(item), ORIGINS.index("category"), dtype=np.int64)
    for k, (c, i) in enumerate(zip(category, item, strict=True)):
        if i < 0:
            continue
        one = settled.get(weights.words["category"][c])
        if one:
            life[k] = one.low, one.central, one.high
            life_key[k], origin[k] = len(figures.items) + c, ORIGINS.index(one.origin)
        else:
            life[k], life_key[k] = figures.lifespan[i], i
    return life, life_key, origin
