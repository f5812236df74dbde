"""What indicators follow of a footprint: the totals as they are, over people and boundaries, absent without a denominator."""

from decimal import Decimal

import pytest

from terreau.footprint.measuring import measure
from terreau.footprint.meters import METERS, measures
from terreau.footprint.rules import rule_set
from tests.footprint.fleets import chosen, line, weighed
from tests.footprint.small_set import SmallSet

FLEET = [line("laptop", quantity=Decimal(20)), line("monitor", quantity=Decimal(10))]


def result(lines, **facts):
    return measure(weighed(lines), SmallSet(), rule_set(), chosen(**facts))


@pytest.fixture(scope="module")
def told():
    made = result(FLEET, people=10)
    return made, {(one.meter, one.group): one for one in measures(made.as_json(), ["GLPI"])}


def test_the_climate_meter_is_the_total_with_its_bounds(told):
    made, found = told
    total, one = made.total("climate_change").value, found["footprint.climate", ""]
    assert (one.low, one.value, one.high) == (total.low, total.central, total.high)
    assert one.perimeter == ("GLPI",) and one.period == made.matched.weights.period
    assert one.numerator == total.central and one.denominator is None


def test_per_person_divides_the_three_bounds_by_the_headcount(told):
    made, found = told
    total, one = made.total("climate_change").value, found["footprint.climate_per_person", ""]
    assert (one.low, one.value, one.high) == (total.low / 10, total.central / 10, total.high / 10)
    assert (one.numerator, one.denominator) == (total.central, 10)


def test_without_headcount_nothing_is_per_person_and_it_is_said():
    made = result(FLEET)
    found = {one.meter: one for one in measures(made.as_json())}
    assert found["footprint.climate_per_person"].value is None
    assert found["footprint.climate_per_person"].denominator is None
    assert any(row.fr == "Effectif non renseigné" for row in found["footprint.climate_per_person"].papers)
    assert "footprint.boundary_share" not in found


def test_making_and_use_share_the_whole(told):
    made, found = told
    using = sum(
        one.value.central
        for one in made.impacts(["stage"])
        if one.criterion == "climate_change" and one.where["stage"] == "use"
    )
    whole = made.total("climate_change").value.central
    assert found["footprint.making_share", ""].value == pytest.approx(1 - using / whole, rel=1e-12)
    assert found["footprint.making_share", ""].low is None  # no interval is claimed for a share


def test_the_boundary_share_scales_as_its_total_and_its_denominator_gives_it_back(told):
    made, found = told
    total, one = made.total("climate_change"), found["footprint.boundary_share", "climate_change"]
    assert one.value == total.boundary_share
    assert one.high / one.value == pytest.approx(total.value.high / total.value.central)
    assert one.numerator / one.denominator == pytest.approx(one.value)


def test_every_meter_told_is_registered_and_every_registered_one_is_told(told):
    assert {key for key, _ in told[1]} == {one.key for one in METERS}
