"""How long devices are kept: what left, what was declared, what is usual."""

from datetime import date
from decimal import Decimal

import pytest

from terreau.footprint.measuring import measure
from terreau.footprint.parameters import Parameters
from terreau.footprint.rules import rule_set
from terreau.kernel.errors import TerreauError
from tests.footprint.fleets import AT, chosen, line, weighed
from tests.footprint.small_set import SmallSet


def settled(lines, **facts):
    return measure(weighed(lines), SmallSet(), rule_set(), chosen(**facts)).matched.settled


def gone(quantity, entered, left):
    return line("laptop", fate="retired", quantity=Decimal(quantity), entered_on=entered, left_on=left)


def test_thirty_exits_of_a_category_speak_before_its_policy():
    seven_years = gone(30, date(2016, 1, 10), date(2023, 1, 10))
    life = settled([line("laptop"), seven_years], lifespans={"laptop": 4})["laptop"]
    assert (life.central, life.origin, life.devices) == (7, "observed", 30)
    assert (life.low, life.high) == pytest.approx((6.3, 7.7))


def test_exits_that_disagree_widen_the_interval():
    life = settled(
        [line("laptop"), gone(20, date(2014, 1, 1), date(2018, 1, 1)), gone(20, date(2010, 1, 1), date(2022, 1, 1))]
    )
    assert life["laptop"].central == 8
    assert life["laptop"].high - 8 == pytest.approx(1.96 * 4 / 40**0.5, rel=1e-3)


def test_twenty_nine_exits_are_not_enough():
    assert settled([line("laptop"), gone(29, date(2016, 1, 10), date(2023, 1, 10))]) == {}


def test_a_policy_stands_as_far_as_the_fleet_supports_it():
    old = line("laptop", quantity=Decimal(10), entered_on=date(2017, 10, 1))
    young = line("laptop", quantity=Decimal(2), entered_on=date(2026, 4, 1))
    assert settled([old, young], lifespans={"laptop": 8})["laptop"].origin == "policy"
    capped = settled([old, young], lifespans={"laptop": 12})["laptop"]
    assert (capped.central, capped.origin, capped.declared) == (9, "policy_capped", 12)


def test_a_policy_is_never_cut_below_what_is_usual_for_the_category():
    young = line("laptop", entered_on=date(2026, 4, 1))
    assert settled([young], lifespans={"laptop": 9})["laptop"].central == 5


def test_a_capped_policy_is_flagged_among_the_assumptions():
    found = measure(weighed([line("laptop")]), SmallSet(), rule_set(), chosen(lifespans={"laptop": 9})).assumptions
    told = next(one for one in found if one.key == "lifespan_policy_capped")
    assert told.sentence("fr").startswith("Durée de vie, laptop : 9 ans déclarés, ramenés à 5 ans")
    assert told.option == "--lifespan laptop=…"


def test_what_leaves_early_is_told_apart_and_not_in_the_total():
    left = line("laptop", fate="retired", entered_on=date(2023, 10, 10), left_on=date(2025, 10, 10))
    with_exit = measure(weighed([line("laptop"), left]), SmallSet(), rule_set(), chosen())
    without = measure(weighed([line("laptop")]), SmallSet(), rule_set(), chosen())
    assert with_exit.totals == without.totals
    told = next(one for one in with_exit.assumptions if one.key == "early_exits")
    assert told.residual["climate_change"] == pytest.approx(200 * (1 - 2 / 5))


@pytest.mark.parametrize("years", [0, -3, float("nan"), 1000])
def test_an_absurd_policy_is_refused_in_words(years):
    with pytest.raises(TerreauError) as refusal:
        Parameters(at=AT, lifespans={"laptop": years})
    assert "durée de vie" in refusal.value.words("fr").what.lower()


@pytest.mark.parametrize("facts", [{"people": 0}, {"people": float("inf")}, {"pue": 0.9}, {"pue": 12}])
def test_an_absurd_headcount_or_pue_is_refused_in_words(facts):
    with pytest.raises(TerreauError) as refusal:
        Parameters(at=AT, **facts)
    assert refusal.value.words("en").remedy
