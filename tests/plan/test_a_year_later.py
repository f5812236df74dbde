"""What the trajectory says of next year is what the footprint page says next year, when things went as supposed."""

from datetime import date
from decimal import Decimal

import pytest

from terreau.footprint.measuring import measure
from terreau.footprint.rules import rule_set
from tests.footprint.fleets import chosen, line, weighed
from tests.footprint.small_set import SmallSet
from tests.plan.fleets import CLIMATE, aged, change, outlook

LATER = date(2027, 9, 30)
FLEET = [aged("laptop", 20, 6), aged("laptop", 33, 4), aged("monitor", 40, 8), aged("rack_server", 30, 2, in_datacentre=True),
         aged("network_switch", 24, 3, in_datacentre=True, zone="DEU"), aged("keyboard", 14, 9)]  # fmt: skip


def a_year_later(lines, **facts):
    return measure(weighed(lines, at=LATER), SmallSet(), rule_set(), chosen(at=LATER, **facts))


def test_a_fleet_nobody_renewed_weighs_next_year_what_was_said_with_its_intervals():
    ours = outlook(FLEET, 2).simulate()
    for total in a_year_later(FLEET).totals:
        told = ours.value(total.criterion, 1)
        assert (told.low, told.central, told.high) == pytest.approx(
            (total.value.low, total.value.central, total.value.high), rel=1e-9
        )


def test_devices_renewed_in_their_month_weigh_next_year_what_was_said():
    old, new = (
        {"entered_on": date(2022, 4, 1)},
        {"entered_on": date(2027, 4, 1)},
    )  # 54 months: renewed at 60, in month 6
    now = [line("laptop", quantity=Decimal(10), **old), *FLEET]
    later = [
        line("laptop", quantity=Decimal(10), left_on=date(2027, 4, 1), **old),
        line("laptop", quantity=Decimal(10), **new),
        *FLEET,
    ]
    ours = outlook(now, 2).simulate()
    assert ours.bought()[1] == pytest.approx(10)
    for total in a_year_later(later).totals:
        assert ours.value(total.criterion, 1).central == pytest.approx(total.value.central, rel=1e-3)
        assert ours.value(total.criterion, 1).high == pytest.approx(total.value.high, rel=1e-2)


def test_a_lever_kept_weighs_next_year_what_was_said():
    """A lifespan declared then (here under what ages support, so not cut), a PUE measured: the page's own what-if."""
    plan = [change("lifespan:monitor", 6.5), change("pue", 1.2)]
    told = outlook(FLEET, 2).simulate(plan)
    done = a_year_later(FLEET, lifespans={"monitor": 6.0}, pue=1.2)
    same = outlook(FLEET, 2).simulate([change("lifespan:monitor", 6.0), change("pue", 1.2)])
    for key in (CLIMATE, "resource_use_minerals_metals"):
        total = done.total(key).value
        value = same.value(key, 1)
        assert (value.low, value.central, value.high) == pytest.approx((total.low, total.central, total.high), rel=1e-9)
    assert told.value(CLIMATE, 1).central < same.value(CLIMATE, 1).central
