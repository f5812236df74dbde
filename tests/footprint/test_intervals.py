"""Intervals agree with draws, and move with what they are made of."""

import random
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest

from terreau.footprint.cells import cells
from terreau.footprint.draws import drawn_totals
from terreau.footprint.figures import KEYS
from terreau.footprint.inputs import entries
from terreau.footprint.intervals import bounds
from terreau.footprint.matched import match
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
