"""What the pages give indicators to follow: the meters of the fleet and of its footprint, through their doors."""

import pytest

from terreau.app.footprint import door as footprint
from terreau.app.inventory import door as inventory
from terreau.indicators.catalogue import indicator
from terreau.indicators.meters import PLANNED, known_units, measured_for
from terreau.kernel.meter import meter

pytestmark = pytest.mark.django_db


def test_the_footprint_gives_its_total_and_its_share_per_person(organisation, owner, counted):
    organisation.headcount = 10
    organisation.save()
    measures = footprint.measures(organisation)
    raw, each = (measured_for(indicator(key), measures) for key in ("EMP01", "EMP02"))
    assert raw.value == pytest.approx(raw.numerator) and raw.low < raw.value < raw.high
    assert each.value == pytest.approx(raw.value * 1000 / 10)  # the total is told in tonnes, the share in kilograms
    assert each.denominator == 10 and each.perimeter == ("Tableur",)


def test_the_fleet_gives_screens_and_devices_per_person(organisation, counted):
    organisation.headcount = 10
    organisation.save()
    measures = inventory.measures(organisation)
    assert measured_for(indicator("PARC05"), measures).value == 2
    assert measured_for(indicator("PARC06"), measures).value == 3
    assert measured_for(indicator("PARC13"), measures).value == 0


def test_nothing_imported_gives_nothing(organisation):
    assert footprint.measures(organisation) == () and inventory.measures(organisation) == ()


def test_every_measure_is_of_a_meter_registered_in_the_unit_indicators_expect(organisation, counted):
    for one in (*footprint.measures(organisation), *inventory.measures(organisation)):
        assert meter(one.meter).unit == PLANNED.get(one.meter, known_units()[one.meter])
