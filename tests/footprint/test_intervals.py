"""Intervals agree with draws, and move with what they are made of."""

import random
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest

from terreau.factors.catalogue import factor_set
from terreau.footprint.cells import cells
from terreau.footprint.draws import drawn_totals
from terreau.footprint.figures import KEYS
from terreau.footprint.inputs import entries
from terreau.footprint.intervals import bounds
from terreau.footprint.matched import match
from terreau.footprint.measuring import whole
from terreau.footprint.rules import rule_set
from tests.footprint.fleets import chosen, line, weighed
from tests.footprint.small_set import ITEMS, SmallSet

CLIMATE = KEYS.index("climate_change")


def total(matched):
    some = cells(matched, np.zeros(len(matched.item), dtype=np.int64))
    found = bounds(entries(some, 1, by_stage=False), matched.rules)
    return found.low[0, CLIMATE], found.central[0, CLIMATE], found.high[0, CLIMATE]


def some_fleet(seed):
    """Thirty lines of random kinds, sizes, ages, zones and consumptions."""
    luck = random.Random(seed)
    kinds = luck.sample(sorted(ITEMS), luck.randint(1, len(ITEMS)))
    lines = []
    for _ in range(30):
        category, _, size = luck.choice(kinds).replace("model:t14", "laptop/standard").partition("/")
        entered = date(2026, 9, 1) - timedelta(days=luck.randint(0, 4000))
        lines.append(
            line(
                category,
                size_class=size,
                quantity=Decimal(luck.randint(1, 60)),
                zone=luck.choice(["FRA", "DEU"]),
                entered_on=luck.choice([None, entered]),
                own_kwh=luck.choice([None, None, Decimal(luck.randint(5, 500))]),
                in_datacentre=luck.random() < 0.3,
                model_key=luck.choice(["", "t14"]),
            )
        )
    return lines


@pytest.mark.parametrize("seed", range(12))
def test_the_bounds_agree_within_ten_percent_with_correlated_draws(seed):
    matched = match(weighed(some_fleet(seed)), SmallSet(), rule_set(), chosen())
    low, central, high = total(matched)
    drawn = drawn_totals(matched, "climate_change", draws=10_000)
    expected_low, expected_high = np.quantile(drawn, [0.025, 0.975])
    assert low == pytest.approx(expected_low, rel=0.10)
    assert high == pytest.approx(expected_high, rel=0.10)


def real_fleet(seed, factors):
    """Forty lines over the items that the real factor set describes."""
    luck = random.Random(seed)
    kinds = luck.sample(factors.items(), luck.randint(1, 20))
    lines = []
    for _ in range(40):
        category, _, size = luck.choice(kinds).partition("/")
        entered = date(2026, 9, 1) - timedelta(days=luck.randint(0, 4000))
        quantity = Decimal(luck.randint(1, 60))
        lines.append(
            line(category, size_class=size, quantity=quantity, zone=luck.choice(["FRA", "DEU"]), entered_on=entered)
        )
    return lines


@pytest.mark.parametrize("seed", range(6))
def test_the_bounds_agree_with_draws_on_the_real_factors_for_every_kind_of_criterion(seed):
    factors = factor_set()
    matched = match(weighed(real_fleet(seed, factors), factors=factors), factors, rule_set(), chosen())
    found = whole(matched)
    for key in ("climate_change", "resource_use_minerals_metals", "electricity"):
        expected = np.quantile(drawn_totals(matched, key, draws=10_000), [0.025, 0.975])
        c = KEYS.index(key)
        assert [found.low[0, c], found.high[0, c]] == pytest.approx(expected, rel=0.10)


@pytest.mark.parametrize(
    "item",
    ["monitor/up_to_24in", "workstation/tower", "ip_camera/standard", "landline_phone/analogue", "laptop/standard"],
)
def test_the_bounds_of_one_kind_of_device_agree_with_draws_even_when_its_ranges_lean(item):
    category, _, size = item.partition("/")
    ages = (date(2024, 1, 1), date(2019, 1, 1))
    lines = [line(category, size_class=size, quantity=Decimal(5), entered_on=entered) for entered in ages]
    matched = match(weighed(lines, factors=factor_set()), factor_set(), rule_set(), chosen())
    found = whole(matched)
    expected = np.quantile(drawn_totals(matched, "climate_change", draws=20_000), [0.025, 0.975])
    assert [found.low[0, CLIMATE], found.high[0, CLIMATE]] == pytest.approx(expected, rel=0.10)


def test_common_seeds_make_two_scenarios_differ_by_what_changed_only():
    weights = weighed([line("laptop", quantity=Decimal(40)), line("monitor", size_class="27in", quantity=Decimal(40))])
    now, later = (match(weights, SmallSet(), rule_set(), chosen(lifespans={"laptop": years})) for years in (5, 4.9))
    gap = drawn_totals(later, "climate_change", draws=2000) - drawn_totals(now, "climate_change", draws=2000)
    apart = drawn_totals(later, "climate_change", draws=2000, seed=1) - drawn_totals(now, "climate_change", draws=2000)
    assert (gap > 0).all()
    assert gap.std() < apart.std() / 6
