"""Years and scenarios given to the footprint's own engine, side by side (années).

Each (reading, scenario, year) is a label over the same rows, so that one call of the engine gives every total with
its interval. Two readings: *amortised*, making spread over the years as the footprint does; *flow*, the whole making
of what is bought in the year, and the use of that year.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from terreau.footprint import formulas
from terreau.footprint.cells import Cells, cells
from terreau.footprint.figures import KEYS, slopes
from terreau.footprint.inputs import entries
from terreau.footprint.intervals import bounds
from terreau.footprint.matched import Matched
from terreau.footprint.rules import Z
from terreau.footprint.weights import Grain
from terreau.plan.fleet import Fleet
from terreau.plan.renewal import SIDES, Course, Flows
from terreau.plan.scenario import Supply

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

READINGS = ("amortised", "flow")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """The years to come under some changes: who is bought when, and what the electricity becomes."""

    course: Course
    flows: Flows
    supply: Supply


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """[reading, scenario, year, criterion]; year 0 is that of the footprint."""

    low: Floats
    central: Floats
    high: Floats

    def with_criteria(self, other: Totals, criteria: Sequence[int]) -> Totals:
        """These totals, some criteria being those of another."""
        low, central, high = self.low.copy(), self.central.copy(), self.high.copy()
        for mine, theirs in ((low, other.low), (central, other.central), (high, other.high)):
            mine[..., criteria] = theirs[..., criteria]
        return Totals(low=low, central=central, high=high)


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """One reading of one scenario, [row, year], year 0 first.

    lives: [side, row, year], lives spent (or bought whole) at (long, central, short) life, the second hand counted
    for its part; present [device·year]; energy: own kWh; zone, pue as in ``Matched``.
    """

    lives: Floats
    present: Floats
    energy: Floats
    zone: Ints
    pue: Ints


def columns_of(fleet: Fleet, one: Scenario, ratios: Floats, reading: str) -> Columns:
    """Columns of ``reading``: what the engine needs, year 0 being the footprint's own (purchases: its own dates)."""
    new, second = lives_of(fleet, one, reading)
    now, supply = fleet.present[:, None], one.supply
    drawn = np.concatenate([now, one.flows.present * supply.kwh], axis=1)
    return Columns(
        lives=new + _second_hand(second, ratios),
        present=drawn,
        energy=drawn * fleet.own_rate[:, None],
        zone=np.concatenate([fleet.zone[:, None], supply.zone], axis=1),
        pue=np.concatenate([fleet.pue[:, None], supply.pue], axis=1),
    )


def totals_of(
    fleet: Fleet, scenarios: Sequence[Scenario], ratios: Floats, readings: Sequence[str] = READINGS
) -> Totals:
    """Every total with its interval, from the footprint's engine."""
    columns = [columns_of(fleet, one, ratios, reading) for reading in readings for one in scenarios]
    some = gathered(fleet, columns)
    years = columns[0].present.shape[1]
    found = bounds(entries(some, len(columns) * years, by_stage=False), fleet.matched.rules)
    shape = len(readings), len(scenarios), years, len(KEYS)
    return Totals(low=found.low.reshape(shape), central=found.central.reshape(shape), high=found.high.reshape(shape))


def gathered(fleet: Fleet, columns: Sequence[Columns]) -> Cells:
    """Cells of all the columns, labelled by column and year."""
    years = columns[0].present.shape[1]
    pile, label = _piled(fleet, columns, years)
    return cells(pile, label, (pile.present > 0) | (pile.lives[1] > 0))


def _piled(fleet: Fleet, columns: Sequence[Columns], years: int) -> tuple[Matched, Ints]:
    """The rows of the fleet once for each column and year: label slowest, row fastest."""
    times = len(columns) * years

    def each(column: NDArray[Any]) -> NDArray[Any]:
        return np.tile(column, times)

    def put(name: str) -> NDArray[Any]:
        return np.concatenate([getattr(one, name).T.reshape(-1) for one in columns])

    long, central, short = (np.concatenate([one.lives[k].T.reshape(-1) for one in columns]) for k in range(SIDES))
    present = put("present")
    nothing = np.zeros(0)
    grain = Grain(
        of=np.zeros(0, np.int64), months=np.zeros(0, np.int64), days=nothing, codes={}, quantity=present,
        quantity_days=nothing, energy_days=nothing,
    )  # fmt: skip
    pile = replace(
        fleet.matched,
        grain=grain,
        figures=fleet.figures,
        item=each(fleet.item),
        zone=put("zone"),
        pue=put("pue"),
        own=each(fleet.own),
        present=present,
        own_energy=put("energy"),
        lives=(long, central, short),
        over=np.zeros(len(present)),
        life_key=each(fleet.life_key),
        spread=np.ones(len(present), dtype=bool),
    )
    return pile, np.repeat(np.arange(times), len(fleet))


def lives_of(fleet: Fleet, one: Scenario, reading: str) -> tuple[Floats, Floats]:
    """Lives of new and of second-hand devices, [(long, central, short) life, row, year], year 0 first.

    Amortised: lives spent in the year, those of the footprint first. Flow: devices bought, as many fewer as lives
    are longer.
    """
    flows = one.flows
    if reading == READINGS[0]:
        first = np.zeros((SIDES, len(fleet)))
        mine = fleet.present > 0
        for side in range(SIDES):
            first[side, mine] = fleet.matched.lives[side][fleet.at[mine]]
        new, second = (flows.lives - flows.second)[::-1], flows.second[::-1]
    else:
        life = one.course.life
        sides = np.stack([life[:, :, 1] / life[:, :, side] for side in (2, 1, 0)])
        first = fleet.bought * np.stack([fleet.life[:, 1] / fleet.life[:, side] for side in (2, 1, 0)])
        new, second = (flows.bought - flows.bought_second) * sides, flows.bought_second * sides
    nothing = np.zeros_like(first)
    return np.concatenate([first[:, :, None], new], axis=2), np.concatenate([nothing[:, :, None], second], axis=2)


def _second_hand(lives: Floats, ratios: Floats) -> Floats:
    """Lives of second-hand devices, for the part of a new one's making that theirs is worth; both doubts in one."""
    low, central, high = (ratios[:, side, None] for side in range(SIDES))
    long, middle, short = lives
    least = 1e-6
    life_up, life_down = slopes(long, middle, short, least)
    own_up, own_down = slopes(low + 0 * middle, central + 0 * middle, high + 0 * middle, least)
    up, down = np.hypot(life_up, own_up), np.hypot(life_down, own_down)
    value = middle * central
    return np.stack([value * np.exp(-Z * down), value, value * np.exp(Z * up)])


def usage_of(fleet: Fleet, supply: Supply) -> Floats:
    """Impact of the use of one device·year, [row, year, criterion], at central values; 0 where something is unknown."""
    figures, matched = fleet.figures, fleet.matched
    kwh = np.where(fleet.own, fleet.own_rate, figures.kwh.central[fleet.item])
    electricity = kwh[:, None] * supply.kwh
    mix = figures.mix.central[supply.zone]
    result: Floats = np.nan_to_num(formulas.use(electricity[..., None], matched.pue_values(supply.pue)[..., None], mix))
    return result


def making_of(fleet: Fleet) -> Floats:
    """Impact of making one device of each row, all stages but use, [row, criterion]; 0 where unknown."""
    result: Floats = np.nansum(fleet.figures.stage.central[fleet.item], axis=1)
    return result
