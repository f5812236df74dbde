"""The engine agrees with a device-by-device, month-by-month walk written apart, on fleets drawn at random."""

import random
from decimal import Decimal

import pytest

from terreau.plan.changes import checked
from tests.plan.fleets import RATIO, aged, change, outlook, walked
from tests.plan.naive import Kind, Naive

YEARS = 6
CATEGORIES = ("laptop", "monitor", "smartphone", "rack_server", "network_switch", "keyboard")


def some_fleet(luck):
    """A few kinds of device, each with a few ages, some unknown, some past their lifespan; as lines and as pieces."""
    lines, kinds = [], []
    for category in luck.sample(CATEGORIES, luck.randint(1, 4)):
        zone, room = luck.choice(["FRA", "DEU"]), luck.random() < 0.5
        own = luck.choice([None, 45])
        devices = [(luck.choice([None, luck.randint(12, 130)]), luck.randint(1, 9)) for _ in range(luck.randint(1, 4))]
        facts = {"zone": zone, "in_datacentre": room, "own_kwh": None if own is None else Decimal(own)}
        lines += [aged(category, months, many, **facts) for months, many in devices]
        kinds.append((Kind(category, zone=zone, own_kwh=own, room=room), devices))
    return lines, kinds


def some_changes(luck):
    """A few levers of every kind, with starts of their own."""
    pool = [
        change("lifespan:laptop", luck.choice([3, 4.5, 7, 8]), luck.randint(1, 3)),
        change("lifespan:monitor", luck.choice([-1, 2, 2.5]), luck.randint(1, 3), operator="add"),
        change("lifespan:rack_server", 8, luck.randint(1, 3)),
        change("count:monitor", luck.choice([0.5, 0.67, 1.2]), luck.randint(1, 3)),
        change("count:laptop", 0.9, luck.randint(1, 3)),
        change("second_hand:smartphone", 0.6, luck.randint(1, 3)),
        change("second_hand:laptop", 0.25, luck.randint(1, 3)),
        change("kwh:monitor", 0.7, luck.randint(1, 3)),
        change("replace:laptop:smartphone", 0.4, luck.randint(1, 3)),
        change("zone:*", "DEU", luck.randint(2, 4)),
        change("zone:rack_server", "FRA", luck.randint(1, 3)),
        change("pue", 1.2, luck.randint(1, 3)),
    ]
    return luck.sample(pool, luck.randint(0, 7))


@pytest.mark.parametrize("seed", range(24))
def test_each_year_of_both_readings_is_that_of_a_walk_device_by_device(seed):
    luck = random.Random(seed)
    lines, kinds = some_fleet(luck)
    changes = some_changes(luck)
    growth = {"laptop": luck.choice([0, 3, -15]), "monitor": luck.choice([0, 10, -5])}
    backlog = luck.choice([None, 2])
    ours = outlook(lines, YEARS, growth=growth, backlog=backlog)
    changes = checked(changes, YEARS, ours.categories)
    central, purchases = walked(ours, changes)
    ratios = {"smartphone": RATIO.central, "laptop": RATIO.central}
    slow = Naive(YEARS, changes, growth, backlog, ratios)
    for kind, devices in kinds:
        slow.add(kind, devices)
    slow.run()
    slow.bought += [0.0] * (YEARS - len(slow.bought))
    assert list(central[0]) == pytest.approx(slow.amortised, rel=1e-9)
    assert list(central[1]) == pytest.approx(slow.flow, rel=1e-9)
    assert list(purchases) == pytest.approx(slow.bought, rel=1e-9, abs=1e-9)
