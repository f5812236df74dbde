"""The target curve, the gap in words, and what carries the doubt."""

import re

import pytest

from terreau.kernel.errors import TerreauError
from terreau.kernel.interval import Interval
from terreau.plan.target import Gap, Target, against, carried, gain_of
from tests.plan.fleets import CLIMATE, aged, change, outlook
from tests.plan.test_trajectory import MIXED, PLAN

TEN = [aged("laptop", None, 10)]


def test_a_straight_line_to_forty_percent_less_in_four_years_then_flat():
    assert Target(criterion=CLIMATE, share=0.4, year=4).curve(100, 6) == pytest.approx((100, 90, 80, 70, 60, 60, 60))
    assert Target(criterion=CLIMATE, value=50, year=2).curve(100, 3) == pytest.approx((100, 75, 50, 50))


def test_ten_percent_less_every_year():
    assert Target(criterion=CLIMATE, yearly=0.1).curve(100, 3) == pytest.approx((100, 90, 81, 72.9))


def test_the_gap_is_the_share_of_the_reduction_that_is_missing():
    found = outlook(TEN, 4).simulate([change("kwh:laptop", 0.5), change("lifespan:laptop", 6)])
    course = against(found, Target(criterion=CLIMATE, share=0.4, year=4))
    wanted, done = 0.4 * 415, 10 / 5 * 200 - 10 / 6 * 200 + 7.5
    assert course.curve[4] == pytest.approx(415 * 0.6)
    assert course.last.missing.central == pytest.approx(1 - done / wanted)
    assert course.last.short.central == pytest.approx(wanted - done)
    assert course.last.missing.low < course.last.missing.central < course.last.missing.high
    assert course.last.verdict == "missed"


@pytest.mark.parametrize(
    ("low", "high", "french"),
    [
        (0.12, 0.3, "Il manque 12 à 30 % de la baisse visée."),
        (0.35, 1.47, "Il manque au moins 35 % de la baisse visée, et le plan pourrait même peser plus que le départ."),
        (1.1, 1.4, "Toute la baisse visée manque : le plan pèse plus que le départ."),
        (0.121, 0.123, "Il manque 12 % de la baisse visée."),
        (-0.123, -0.121, "La baisse visée est atteinte, avec 12 % de marge."),
        (-0.3, -0.12, "La baisse visée est atteinte, avec 12 à 30 % de marge."),
        (-0.2, 0.1, "On ne peut pas dire si la baisse visée est atteinte : de 10 % de manque à 20 % de marge."),
    ],
)
def test_the_gap_in_words(low, high, french):
    one = Interval(100, 120, 140)
    gap = Gap(
        criterion=CLIMATE, year=3, allowed=100, planned=one, missing=Interval(low, (low + high) / 2, high), short=one
    )
    assert gap.sentence("fr") == french
    shown = re.findall(r"\d+", french)
    assert sorted(re.findall(r"\d+", gap.sentence("en"))) == sorted(shown) and " à " not in gap.sentence("en")


def test_a_target_within_reach_says_its_margin_and_a_doubtful_one_says_so():
    found = outlook(TEN, 4).simulate([change("count:laptop", 0.5)])
    reached = against(found, Target(criterion=CLIMATE, share=0.2, year=4)).last
    assert reached.verdict == "reached" and "marge" in reached.sentence()
    assert [one.verdict for one in against(found, Target(criterion=CLIMATE, share=0.2, year=4)).gaps][-1] == "reached"
    longer = outlook(TEN, 4).simulate([change("lifespan:laptop", 7)])
    gain = gain_of(longer, CLIMATE, 4)
    doubtful = against(longer, Target(criterion=CLIMATE, value=415 - gain.central, year=4)).last
    assert doubtful.missing.central == pytest.approx(0, abs=1e-9) and doubtful.verdict == "open"
    assert "Nobody" in doubtful.sentence("en")


def test_a_target_a_year_is_held_against_the_last_year():
    course = against(outlook(TEN, 5).simulate(), Target(criterion=CLIMATE, yearly=0.1))
    assert course.last.year == 5 and course.last.missing.central == pytest.approx(1.0)
    assert against(outlook(TEN, 3).simulate(), Target(criterion=CLIMATE, share=0.5, year=8)).last.year == 3


def test_a_baseline_of_one_s_own_is_where_the_line_starts():
    course = against(outlook(TEN, 2).simulate(), Target(criterion=CLIMATE, share=0.5, year=2, baseline=500))
    assert course.curve == pytest.approx((500, 375, 250))
    assert course.last.missing.central == pytest.approx((415 - 250) / 250)


def test_the_gain_of_a_plan_has_its_interval_by_common_draws():
    found = outlook(MIXED, 4).simulate(PLAN)
    gain = gain_of(found, CLIMATE, 4)
    assert gain.low < gain.central < gain.high
    assert gain.central == pytest.approx(found.value(CLIMATE, 4, 0).central - found.value(CLIMATE, 4).central)


def test_what_carries_the_doubt_adds_up_to_one():
    found = outlook(MIXED, 4).simulate(PLAN)
    told = carried(found, CLIMATE)
    assert sum(told.values()) == pytest.approx(1)
    assert set(told) == {"factors", "lifespans", "consumptions", "mix", "pue", "second_hand", "growth"}
    assert list(told.values()) == sorted(told.values(), reverse=True)
    assert carried(outlook(TEN, 2, pue=1.2).simulate(), CLIMATE)["pue"] == 0


@pytest.mark.parametrize("percent", [100.0, 99.0, -50.0, -49.5])
def test_growth_at_its_bounds_still_has_its_doubt(percent):
    found = outlook(TEN, 2, growth={"laptop": percent}).simulate()
    within = outlook(TEN, 2, growth={"laptop": percent - 3 if percent > 0 else percent + 3}).simulate()
    at, near = (carried(one, CLIMATE)["growth"] for one in (found, within))
    assert at == pytest.approx(near, rel=0.2) and (at > 0 or percent < 0)  # no fleet halves before devices end


def test_growth_at_both_bounds_at_once_still_has_its_doubt():
    both = [*TEN, aged("monitor", None, 10)]
    at = outlook(both, 2, growth={"laptop": -50.0, "monitor": 100.0}).simulate()
    near = outlook(both, 2, growth={"laptop": -47.0, "monitor": 97.0}).simulate()
    assert carried(at, CLIMATE)["growth"] == pytest.approx(carried(near, CLIMATE)["growth"], rel=0.2)
    assert carried(at, CLIMATE)["growth"] > 0


@pytest.mark.parametrize(
    ("code", "work"),
    [
        ("plan.target_unclear", lambda: Target(criterion=CLIMATE, share=0.4)),
        ("plan.target_unclear", lambda: Target(criterion=CLIMATE, share=0.4, value=3, year=2)),
        ("plan.target_unclear", lambda: Target(criterion=CLIMATE, yearly=0.1, year=2)),
        ("plan.target_year", lambda: Target(criterion=CLIMATE, share=0.4, year=0)),
        ("plan.target_share", lambda: Target(criterion=CLIMATE, share=40, year=3)),
        ("plan.target_share", lambda: Target(criterion=CLIMATE, yearly=-0.1)),
        ("plan.target_value", lambda: Target(criterion=CLIMATE, value=-3, year=3)),
        ("plan.target_not_below", lambda: Target(criterion=CLIMATE, value=500, year=3).curve(400, 3)),
        ("plan.target_value", lambda: Target(criterion=CLIMATE, yearly=0.1, baseline=1e308)),
        ("plan.target_not_below", lambda: Target(criterion=CLIMATE, yearly=0.1, baseline=0).curve(0, 3)),
        ("plan.target_not_below", lambda: Target(criterion=CLIMATE, yearly=1e-20).curve(400, 3)),
        ("plan.target_not_below", lambda: Target(criterion=CLIMATE, share=1e-15, year=3).curve(400, 3)),
        ("plan.criterion_unknown", lambda: against(outlook(TEN).simulate(), Target(criterion="noise", yearly=0.1))),
    ],
)
def test_a_target_that_says_nothing_usable_is_refused_in_words(code, work):
    with pytest.raises(TerreauError) as refusal:
        work()
    assert refusal.value.code == code
    assert all(refusal.value.words(language).remedy for language in ("fr", "en"))


def test_a_lever_left_out_of_a_criterion_is_left_out_of_the_draws_of_its_gap():
    metals = "resource_use_minerals_metals"
    ours = outlook([aged("laptop", 30, 6)], 3)  # metals: electricity of FRA known, of DEU not
    longer, abroad = change("lifespan:laptop", 7), change("zone:*", "DEU")
    target = Target(criterion=metals, share=0.5, year=3)
    both, alone = (against(ours.simulate(plan), target).last for plan in ([longer, abroad], [longer]))
    assert both.missing.central == pytest.approx(alone.missing.central)
    assert (both.missing.low, both.missing.high) == pytest.approx((alone.missing.low, alone.missing.high))
    assert sum(carried(ours.simulate([longer, abroad]), metals).values()) == pytest.approx(1)


def test_a_target_set_two_years_ago_goes_on_from_its_own_start():
    two_years_ago = {"criterion": "climate_change", "baseline": 100.0, "elapsed": 2.0}
    assert Target(**two_years_ago, share=0.4, year=2).curve(100.0, 3) == pytest.approx((80.0, 70.0, 60.0, 60.0))
    assert Target(**two_years_ago, yearly=0.1).curve(100.0, 1) == pytest.approx((81.0, 72.9))
