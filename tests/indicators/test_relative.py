"""A raw value and its relative twin: absent when a term is, never invented, and its range holds every possible ratio."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terreau.indicators.catalogue import indicators
from terreau.indicators.definition import MeterRef
from terreau.indicators.meters import measured_for
from terreau.indicators.relative import pairs, ratio, relative, scale_between
from terreau.indicators.series import series
from terreau.indicators.values import from_meter
from terreau.kernel.errors import TerreauError
from terreau.kernel.interval import Interval
from terreau.kernel.meter import Measured
from terreau.kernel.period import Period
from tests.indicators.small_board import START, a_value, an_indicator

Y2024, Y2025 = date(2024, 12, 31), date(2025, 12, 31)


def test_thirty_of_forty_is_seventy_five_per_cent():
    told = relative(a_value(75.0, unit="%", numerator=30.0, denominator=40.0))
    assert (told.value, told.low, told.high, told.reason) == (75.0, 75.0, 75.0, None)


@pytest.mark.parametrize(
    ("above", "below", "code"),
    [(30.0, 0.0, "denominator_zero"), (30.0, None, "denominator_absent"), (None, 40.0, "numerator_absent"),
     (30.0, -4.0, "denominator_negative"), (0.0, 0.0, "denominator_zero"), (1e300, 1e-300, "denominator_zero")],
)  # fmt: skip
def test_a_ratio_that_lacks_a_term_is_absent_with_the_reason_in_words(above, below, code):
    told = relative(a_value(None, unit="%", numerator=above, denominator=below))
    assert (told.value, told.low, told.high) == (None, None, None)
    assert told.reason.code == f"indicators.{code}"
    assert "Pas de valeur relative" in told.reason.words("fr").what
    assert "No relative value" in told.reason.words("en").what


def test_a_denominator_that_may_be_zero_gives_a_value_without_a_range():
    told = ratio(Interval.exact(10), Interval(0, 5, 10))
    assert (told.value, told.low, told.high) == (2, None, None)
    assert told.reason.code == "indicators.denominator_may_be_zero"


def test_each_day_of_a_pair_is_divided_by_its_own_day_and_never_by_another():
    raw = series(
        "CARBON",
        [a_value(10.0, Y2024, indicator="CARBON"), a_value(9.0, Y2025, indicator="CARBON", low=8.0, high=12.0)],
    )
    people = series("PEOPLE", [a_value(40.0, Y2025, indicator="PEOPLE", method="payroll")])
    lone, whole = pairs(raw, people, scale=1000)
    assert lone.relative.reason.code == "indicators.denominator_absent"
    assert (whole.relative.value, whole.relative.low, whole.relative.high) == (225, 200, 300)
    assert whole.method_mark == " / payroll"


def test_a_denominator_known_for_a_year_holds_for_each_day_of_it():
    raw = series("CARBON", [a_value(10.0, date(2025, 6, 30), indicator="CARBON")])
    year = a_value(50.0, Y2025, indicator="PEOPLE", period=Period(date(2025, 1, 1), Y2025))
    quarter = a_value(40.0, date(2025, 6, 30), indicator="PEOPLE")
    assert pairs(raw, series("PEOPLE", [year]))[0].relative.value == 0.2
    assert pairs(raw, series("PEOPLE", [year, quarter]))[0].relative.value == 0.25


def test_each_raw_indicator_of_the_catalogue_has_a_way_to_its_twin():
    known = {one.key: one for one in indicators()}
    twins = [(one, known[one.pair]) for one in known.values() if one.pair and one.form == "raw"]
    assert twins
    for raw, twin in twins:
        assert scale_between(raw.unit, twin.unit) > 0
    with pytest.raises(TerreauError, match="pair_units"):
        scale_between("kWh", "kg/user")


def test_what_a_meter_measures_becomes_a_value_in_the_unit_of_the_indicator():
    asked = replace(an_indicator("REUSE", "%"), source="meter", meter=MeterRef(key="training.rate"))
    year = Period(date(2025, 1, 1), Y2025)
    measured = Measured(
        meter="training.rate", value=0.3, low=0.25, high=0.5, period=year, numerator=3.0, denominator=10.0
    )
    value = from_meter(
        measured_for(asked, [measured]), asked, id="m1", recorded_at=START, method="rule", method_version="1"
    )
    assert (value.value, value.low, value.high, value.on, value.unit, value.method_mark) == (
        30,
        25,
        50,
        Y2025,
        "%",
        "rule@1",
    )
    assert relative(value).value == 30
    nothing = Measured(meter="training.rate", value=None, low=0.0, high=1.0, period=year)
    assert from_meter(nothing, asked, id="m2", recorded_at=START, method="rule").interval is None


@st.composite
def ranges(draw, least):
    low, central, high = sorted(draw(st.tuples(*[st.floats(least, 1e6)] * 3)))
    return Interval(low, central, high)


@given(ranges(-1e6), ranges(1e-3), st.floats(0, 1), st.floats(0, 1))
@settings(max_examples=50)
def test_the_range_of_a_ratio_holds_every_ratio_its_terms_allow(above, below, here, there):
    told = ratio(above, below)
    one = above.low + here * (above.high - above.low)
    other = below.low + there * (below.high - below.low)
    slack = 1e-9 * max(abs(told.low), abs(told.high), 1)
    assert told.low <= told.value <= told.high
    assert told.low - slack <= one / other <= told.high + slack
