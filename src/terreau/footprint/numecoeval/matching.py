"""Weights meeting factors under the NumEcoEval rules: the same record as ours, other lifespans, PUE and countries.

Everything after (sums, intervals, explanation) is the code of terreau-1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from terreau.footprint.figures import Figures, figures_of
from terreau.footprint.lifespans import ORIGINS
from terreau.footprint.matched import LEVELS, MISSING, NO_PUE, RUN_PUE, Kinds, Matched, zones_of
from terreau.footprint.numecoeval import formulas
from terreau.footprint.numecoeval.reading import NO_ITEM, Reading
from terreau.footprint.numecoeval.weighing import FAULTY, conventions_of
from terreau.footprint.parameters import Parameters
from terreau.footprint.rules import FIXE, Conventions, Rules
from terreau.footprint.weights import Grain, Weights, summed
from terreau.kernel.errors import TerreauError
from terreau.kernel.interval import Interval

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from terreau.factors.catalogue import FactorSet

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

NAMES = ("category", "size_class", "size_known", "model_key", "type_word", "model")
DATES, PLANNED = ORIGINS.index("dates"), ORIGINS.index("planned")


def match(
    weights: Weights, factor_set: FactorSet, rules: Rules, parameters: Parameters, *, wide: bool = False
) -> Matched:
    """Bring each row its factors, its lifespan, its PUE and its country; nothing is read again."""
    if not factor_set.exact_models() <= weights.models_told:
        raise TerreauError("footprint.models_not_weighed", factor_set=factor_set.key)
    conventions = conventions_of(rules)
    reading = Reading(factor_set, conventions)
    grain = weights.wide if wide else weights.narrow
    zones, zone, zone_given = zones_of(weights, grain, parameters)
    kinds, figures, server = _kinds(weights, grain, reading, rules, parameters, zones)
    nameless = len(figures.items) - 1
    own = grain.codes["own"] == 1
    item = np.where((kinds.item[kinds.of] < 0) & own, nameless, kinds.item[kinds.of]).astype(np.int64)
    fixed = mode(conventions, parameters) == FIXE
    origin = _origins(grain, kinds, fixed=fixed)
    spread = np.ones(len(grain), dtype=bool) if fixed else grain.codes["faulty"] == 0
    in_use = grain.quantity_days / weights.period.days
    lives = _lives_spent(weights, grain, kinds, origin, spread, conventions, parameters)
    room = np.where(grain.codes["own_pue"] > 0, grain.codes["own_pue"], RUN_PUE)
    return Matched(
        weights=weights,
        grain=grain,
        rules=rules,
        parameters=parameters,
        factor_set=reading,  # type: ignore[arg-type]
        figures=figures,
        kinds=kinds,
        settled={},
        pue_slopes=(conventions.pue if parameters.pue is None else parameters.pue, 0.0, 0.0),
        item=item,
        level=kinds.level[kinds.of],
        zone=zone,
        zone_given=zone_given,
        pue=np.where(server[kinds.of] & (item >= 0), room, NO_PUE).astype(np.int64),
        own=own,
        present=in_use,
        own_energy=grain.energy_days / weights.period.days,
        lives=lives,
        over=np.zeros(len(grain)),
        life_key=np.where(origin == DATES, 1, np.where(origin == PLANNED, 2, 0)) * len(figures.items) + item,
        life_origin=origin,
        spread=spread,
    )


def mode(conventions: Conventions, parameters: Parameters) -> str:
    """The lifespan mode of a run: the one asked, else that of the rule set."""
    return parameters.lifespan_mode or conventions.lifespan_mode


def floor(conventions: Conventions, parameters: Parameters) -> float:
    """The least lifespan of a run [year]; 0 for none."""
    return (conventions.floor_years or 0.0) if parameters.floor_years is None else parameters.floor_years


def _origins(grain: Grain, kinds: Kinds, *, fixed: bool) -> Ints:
    """Where the lifespan of each row comes from (``lifespans.ORIGINS``)."""
    usual = kinds.origin[kinds.of]
    if fixed:
        return np.where(grain.codes["planned"] > 0, PLANNED, usual).astype(np.int64)
    return np.where(grain.codes["dated"] == 1, DATES, usual).astype(np.int64)


def _lives_spent(
    weights: Weights,
    grain: Grain,
    kinds: Kinds,
    origin: Ints,
    spread: Flags,
    conventions: Conventions,
    parameters: Parameters,
) -> tuple[Floats, Floats, Floats]:
    """Lives spent in the year at the long, central and short life; dates and plans are taken as they are."""
    in_use = grain.days / weights.period.days
    days = np.where(grain.months > FAULTY, grain.months, conventions.days_per_year)
    dated = formulas.life_from_days(days.astype(np.float64), conventions.days_per_year)
    planned = grain.codes["planned"][grain.of] / 10_000
    least = floor(conventions, parameters)

    def total(side: int) -> Floats:
        usual = kinds.life[kinds.of][grain.of, side]
        life = np.where(origin[grain.of] == DATES, dated, np.where(origin[grain.of] == PLANNED, planned, usual))
        lives = formulas.embodied(in_use, 1.0, formulas.floored(life, least))
        return summed(grain.of, np.where(spread[grain.of], lives, 0.0), len(grain))

    return total(2), total(1), total(0)


def _kinds(
    weights: Weights,
    grain: Grain,
    reading: Reading,
    rules: Rules,
    parameters: Parameters,
    zones: tuple[str, ...],
) -> tuple[Kinds, Figures, Flags]:
    """The kinds of device with their item and default lifespan, the factors, and whether each kind is a server.

    The last item of the factors is that of lines no reference describes (``reading.NO_ITEM``).
    """
    sizes = [2 if name == "size_known" else max(len(weights.words[name]), 1) for name in NAMES]
    place, of = _distinct([grain.codes[name] for name in NAMES], sizes)
    resolved = []
    for codes in zip(*place, strict=True):
        said = dict(zip(NAMES, codes, strict=True))
        words = {name: weights.words[name][code] for name, code in said.items() if name != "size_known"}
        resolved.append(
            reading.resolve(
                words["category"], words["size_class"], bool(said["size_known"]), words["model_key"],
                words["type_word"], words["model"],
            )
        )  # fmt: skip
    items = (*sorted({one.item for one in resolved if one.item}), NO_ITEM)
    figures = figures_of(reading, items, zones, rules)
    categories = [weights.words["category"][code] for code in place[0]]
    policy = [parameters.lifespans.get(category) for category in categories]
    lives = [Interval.exact(years) if years else one.life for one, years in zip(resolved, policy, strict=True)]
    origins = ["policy" if years else one.origin for one, years in zip(resolved, policy, strict=True)]
    server = np.array([one.server for one in resolved], dtype=bool)
    kinds = Kinds(
        item=np.array([items.index(one.item) if one.item else -1 for one in resolved], dtype=np.int64),
        level=np.array([LEVELS.index(one.level) if one.item else MISSING for one in resolved], dtype=np.int64),
        life=np.array([(one.low, one.central, one.high) for one in lives]).reshape(-1, 3),
        life_key=np.zeros(len(resolved), dtype=np.int64),
        origin=np.array([ORIGINS.index(name) for name in origins], dtype=np.int64),
        of=of,
        of_exit=np.zeros(0, dtype=np.int64),
        server=server,
    )
    return kinds, figures, server


def _distinct(columns: list[Ints], sizes: list[int]) -> tuple[list[Ints], Ints]:
    """Distinct rows of several columns, and the number of each row among them."""
    if float(np.prod([float(size) for size in sizes])) < 2**62:
        unique, of = np.unique(np.ravel_multi_index(tuple(columns), sizes), return_inverse=True)
        return [part.astype(np.int64) for part in np.unravel_index(unique, sizes)], of.astype(np.int64)
    table, of = np.unique(np.stack(columns, axis=1), axis=0, return_inverse=True)
    return list(table.T), of.reshape(-1).astype(np.int64)
