"""The interval of each lever's effect: around the central effect, narrower than totals, and the same whatever the others."""

import pytest

from terreau.plan import doubt
from terreau.plan.doubt import effect_intervals
from terreau.plan.gains import rank
from tests.plan.fleets import CLIMATE, aged, change, outlook
from tests.plan.test_trajectory import MIXED, PLAN


def test_central_effects_are_those_of_the_plan_and_stand_inside_their_intervals():
    found = outlook(MIXED, 4).simulate(PLAN)
    told = effect_intervals(found, CLIMATE)
    for year in range(5):
        assert {key: one[year].central for key, one in told.items()} == found.gains(CLIMATE, year)
    assert all(one[4].low < one[4].central < one[4].high for one in told.values())
    assert all(one[0].low == one[0].high == 0 for one in told.values())


def test_alone_the_effect_of_a_lever_is_its_gain():
    ours, lever = outlook([aged("laptop", None, 10), aged("monitor", 30, 4)], 3), change("lifespan:laptop", 7)
    effect = effect_intervals(ours.simulate([lever]), CLIMATE)[lever.key][3]
    gain = rank(ours, [lever]).gains[0].last[CLIMATE]
    assert (effect.low, effect.central, effect.high) == pytest.approx((gain.low, gain.central, gain.high))


def test_first_and_last_to_come_are_close_to_every_order(monkeypatch):
    found = outlook(MIXED, 4).simulate(PLAN)
    every = effect_intervals(found, CLIMATE)
    monkeypatch.setattr(doubt, "MOST_WALKED", 0)
    few = effect_intervals(found, CLIMATE)
    for key, one in every.items():
        scale = one[4].high - one[4].low
        assert few[key][4].central == one[4].central
        assert (few[key][4].low, few[key][4].high) == pytest.approx((one[4].low, one[4].high), abs=0.15 * scale)


def test_a_lever_left_out_of_a_criterion_has_no_effect_on_it():
    found = outlook([aged("laptop", 30, 6)], 2).simulate([change("zone:*", "DEU", key="abroad")])
    assert effect_intervals(found, "resource_use_minerals_metals")["abroad"][2].high == 0
    assert effect_intervals(found, CLIMATE)["abroad"][2].high < 0
