"""The fleet as it stands: devices per person, ages and stock counted by hand, absent without what they divide by."""

from datetime import date

from terreau.inventory.standing_meters import Standing, measures
from terreau.kernel.meter import meter
from terreau.kernel.period import Period

YEAR = Period.twelve_months_ending(date(2026, 9, 30))
FLEET = (
    Standing(category="laptop", counted=20, stock=5, aged=10, years=35),
    Standing(category="monitor", counted=30, stock=0, aged=30, years=150),
    Standing(category="rack_server", counted=4, stock=0, aged=0, years=0),
    Standing(category="", counted=2, stock=1, aged=0, years=0),
)


def told(people=10.0, **more):
    return {(one.meter, one.group): one for one in measures(FLEET, people=people, period=YEAR, **more)}


def test_a_server_or_an_unknown_device_is_not_one_a_person_holds():
    found = told()
    assert found["fleet.devices_per_person", ""].value == 5  # 20 laptops and 30 screens, ten people
    assert found["fleet.devices_per_person", "monitor"].value == 3
    assert ("fleet.devices_per_person", "") in found and all(meter(key) for key, _ in found)


def test_without_headcount_nothing_is_per_person():
    one = told(people=None)["fleet.devices_per_person", ""]
    assert (one.value, one.numerator, one.denominator) == (None, 50, None)
    assert any(row.fr == "Effectif non renseigné" for row in one.papers)


def test_ages_are_weighed_by_devices_and_leave_the_unknown_out_counted():
    found = told()
    assert found["fleet.mean_age", "laptop"].value == 3.5
    assert found["fleet.mean_age", ""].value == 185 / 40
    assert [row.value for row in found["fleet.mean_age", ""].excluded] == [16]
    assert found["fleet.mean_age", "rack_server"].value is None


def test_stock_is_told_raw_and_as_a_share():
    found = told()
    assert found["fleet.in_stock", ""].value == 6
    assert found["fleet.in_stock_rate", ""].value == 6 / 62


def test_second_hand_is_between_what_is_told_and_what_is_not():
    one = told(arrived=(10, 4, 1))["fleet.second_hand_share", ""]
    assert (one.low, one.value, one.high) == (0.1, 0.25, 0.7)
    assert {row.role: row.value for row in one.papers} == {
        "numerator": 1,
        "denominator": 4,
        "between": 6,
        "context": 10,
    }
    silent = told(arrived=(10, 0, 0))["fleet.second_hand_share", ""]
    assert silent.value is silent.low is None and "État à l'achat" in silent.papers[-1].fr


def test_second_hand_ones_alone_make_no_share_until_every_device_is_told():
    ticked = told(arrived=(10, 4, 4))["fleet.second_hand_share", ""]
    assert ticked.value is None and ticked.papers[-1].en.startswith("Only refurbished devices are told")
    assert told(arrived=(4, 4, 4))["fleet.second_hand_share", ""].value == 1
    assert told(arrived=(10, 4, 0))["fleet.second_hand_share", ""].value == 0


def test_an_empty_fleet_says_nothing():
    assert measures((), people=10, period=YEAR) == ()
