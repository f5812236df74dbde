"""What a meter says becomes a value of the indicator: its groups added, its unit changed, nothing invented."""

from __future__ import annotations

from datetime import date

import pytest

import terreau.inventory.movements.meters  # noqa: F401 -- registers fleet.*
from terreau.indicators.catalogue import indicator
from terreau.indicators.meters import measured_for
from terreau.indicators.units import UNITS, symbol, unit_name
from terreau.kernel.errors import TerreauError
from terreau.kernel.meter import Measured
from terreau.kernel.period import Period

YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))


def life(group, value, exits, **more):
    return Measured(meter="fleet.lifespan_at_exit", group=group, value=value, low=value, high=value, period=YEAR,
                    numerator=None if value is None else value * exits, denominator=exits, **more)  # fmt: skip


def test_computers_that_left_are_laptops_and_desktops_together_never_a_mean_of_means():
    told = measured_for(
        indicator("PARC02"), [life("laptop", 4.0, 30), life("desktop", 8.0, 10), life("smartphone", 2.0, 99)]
    )
    assert (told.value, told.low, told.high) == (5.0, 5.0, 5.0)
    assert (told.numerator, told.denominator) == (200.0, 40.0)


def test_one_profession_is_read_alone_when_asked():
    def rate(group, trained, people):
        return Measured(meter="training.rate", group=group, value=trained / people, low=None, high=None, period=YEAR,
                        numerator=trained, denominator=people)  # fmt: skip

    measures = [rate("", 12, 40), rate("buyers", 3, 4)]
    assert measured_for(indicator("FOR02"), measures).value == 30.0
    assert measured_for(indicator("FOR02"), measures, group="buyers").value == 75.0
    assert measured_for(indicator("FOR02"), measures, group="lawyers") is None


def test_a_kind_with_no_known_date_adds_nothing():
    told = measured_for(indicator("PARC02"), [life("laptop", 4.0, 30), life("desktop", None, 0)])
    assert (told.value, told.denominator) == (4.0, 30.0)


def test_a_group_without_bounds_beside_one_that_has_some_counts_for_its_value():
    ranged = Measured(meter="fleet.lifespan_at_exit", group="desktop", value=4.0, low=3.0, high=5.0, period=YEAR, numerator=40.0, denominator=10.0)  # fmt: skip
    bare = Measured(meter="fleet.lifespan_at_exit", group="laptop", value=6.0, low=None, high=None, period=YEAR, numerator=60.0, denominator=10.0)  # fmt: skip
    told = measured_for(indicator("PARC02"), [ranged, bare])
    assert (told.low, told.value, told.high) == (4.5, 5.0, 5.5)


def test_a_group_without_a_count_is_in_neither_term():
    bare = Measured(meter="fleet.lifespan_at_exit", group="laptop", value=6.0, low=6.0, high=6.0, period=YEAR, numerator=60.0, denominator=None)  # fmt: skip
    told = measured_for(indicator("PARC02"), [life("desktop", 4.0, 10), bare])
    assert (told.value, told.numerator, told.denominator) == (4.0, 40.0, 10.0)


def test_groups_added_keep_what_decided_them():
    both = [life("laptop", 4.0, 30, version="terreau-1"), life("desktop", 8.0, 10, version="terreau-1")]
    assert measured_for(indicator("PARC02"), both).version == "terreau-1"
    both.append(life("workstation", 8.0, 10, version="terreau-2"))
    assert measured_for(indicator("PARC02"), both).version == "terreau-1 + terreau-2"


def test_nothing_dated_gives_no_value_rather_than_zero():
    told = measured_for(indicator("PARC02"), [life("laptop", None, 0), life("desktop", None, 0)])
    assert told.value is None and told.low is None


def test_a_meter_that_did_not_speak_gives_nothing():
    assert measured_for(indicator("PARC02"), []) is None
    assert measured_for(indicator("PARC02"), [life("smartphone", 2.0, 5)]) is None
    assert measured_for(indicator("COM01"), [life("laptop", 2.0, 5)]) is None


def test_a_share_becomes_a_percentage_and_keeps_its_two_counts():
    rate = Measured(
        meter="fleet.reuse_rate", value=0.45, low=0.4, high=0.6, period=YEAR, numerator=9.0, denominator=20.0
    )
    told = measured_for(indicator("FIN01"), [rate])
    assert (told.value, told.low, told.high) == pytest.approx((45.0, 40.0, 60.0))
    assert (told.numerator, told.denominator) == (9.0, 20.0)


def test_kilograms_become_tonnes_bounds_and_sum_alike():
    weighed = Measured(
        meter="footprint.climate", value=12_000.0, low=9_000.0, high=None, period=YEAR, numerator=12_000.0
    )
    told = measured_for(indicator("EMP01"), [weighed])
    assert (told.value, told.low, told.high, told.numerator) == (12.0, 9.0, None, 12.0)


def test_units_that_do_not_meet_are_refused_with_both_names():
    from dataclasses import replace

    with pytest.raises(TerreauError) as trouble:
        measured_for(
            replace(indicator("FIN01"), unit="year"),
            [Measured(meter="fleet.reuse_rate", value=0.4, low=0.4, high=0.4, period=YEAR)],
        )
    assert trouble.value.code == "indicators.unit_clash"
    assert "year" in trouble.value.words("en").what and "share" in trouble.value.words("en").what


def test_every_unit_has_a_name_in_both_languages():
    for key, unit in UNITS.items():
        assert unit.name.fr and unit.name.en, key
        assert bool(unit.symbol.fr) == bool(unit.symbol.en), key
    assert (symbol("kg CO2 eq/user", "en"), unit_name("day")) == ("kg CO₂ eq/person", "jours")
    assert symbol("furlong") == unit_name("furlong") == "furlong"
