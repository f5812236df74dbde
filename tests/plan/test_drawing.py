"""Common draws agree with the reference of the footprint, draw by draw, and with the engine's own intervals."""

import random

import numpy as np
import pytest

from terreau.footprint.draws import drawn_totals
from terreau.footprint.figures import KEYS
from terreau.plan.drawing import Draws, Luck
from terreau.plan.scenario import ratios_of
from terreau.plan.trajectory import ratios_by_category
from tests.plan.fleets import CLIMATE, aged, change, outlook
from tests.plan.test_trajectory import MIXED, PLAN, some_lines

CRITERIA = (CLIMATE, "resource_use_minerals_metals", "electricity")


def drawn_of(ours, changes=(), reading="amortised", draws=1000):
    changes = ours.ready(changes)
    fleet = ours.fleet(changes)
    scenarios = [ours.scenario(fleet), ours.scenario(fleet, changes)]
    ratios = ratios_of(fleet, ratios_by_category(changes))
    luck = Luck(rules=fleet.matched.rules, draws=draws)
    return Draws(figures=fleet.figures, luck=luck).of(fleet, scenarios, ratios, reading)


YOUNG = [aged("laptop", 20, 6), aged("laptop", None, 4), aged("monitor", 30, 8), aged("smartphone", 12, 5),
         aged("rack_server", 30, 2, in_datacentre=True), aged("network_switch", 24, 3, in_datacentre=True, zone="DEU"),
         aged("keyboard", 14, 9), aged("monitor", 18, 3, size_class="27in")]  # fmt: skip


@pytest.mark.parametrize("criterion", CRITERIA)
def test_year_zero_is_drawn_as_the_footprint_draws_it_one_draw_at_a_time(criterion):
    ours = outlook(YOUNG, 2)  # every device younger than its shortest lifespan: three points are then exact
    got = drawn_of(ours)[:, 0, 0, KEYS.index(criterion)]
    assert got == pytest.approx(drawn_totals(ours.footprint.matched, criterion, draws=1000), rel=1e-9)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("criterion", CRITERIA)
def test_old_fleets_are_drawn_alike_within_a_few_percent(seed, criterion):
    ours = outlook(some_lines(random.Random(seed)), 2)
    got = drawn_of(ours)[:, 0, 0, KEYS.index(criterion)]
    expected = drawn_totals(ours.footprint.matched, criterion, draws=1000)
    assert np.quantile(got, [0.025, 0.5, 0.975]) == pytest.approx(np.quantile(expected, [0.025, 0.5, 0.975]), rel=0.05)
    assert got == pytest.approx(expected, rel=0.15)


@pytest.mark.parametrize("seed", range(5))
def test_the_plan_is_drawn_within_the_bounds_the_engine_gives(seed):
    ours = outlook([*some_lines(random.Random(seed)), *MIXED], 4)
    found = ours.simulate(PLAN)
    for reading in ("amortised", "flow"):
        values = drawn_of(ours, PLAN, reading, draws=4000)
        for year in (1, 4):
            for key in CRITERIA:
                told = found.value(key, year, 1, reading)
                low, high = np.quantile(values[:, 1, year, KEYS.index(key)], [0.025, 0.975])
                assert (told.low, told.high) == pytest.approx((low, high), rel=0.10, abs=1e-12)


def test_what_a_lever_does_not_touch_is_drawn_the_same_on_both_sides():
    values = drawn_of(outlook(MIXED, 3), [change("lifespan:laptop", 7)])
    electricity = values[..., KEYS.index("electricity")]
    assert electricity[:, 0] == pytest.approx(electricity[:, 1], rel=1e-12)
    gain = values[:, 0, 3, KEYS.index(CLIMATE)] - values[:, 1, 3, KEYS.index(CLIMATE)]
    assert gain.std() < values[:, 0, 3, KEYS.index(CLIMATE)].std() / 2
