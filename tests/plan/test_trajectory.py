"""A fleet over the years to come: year 0 is the footprint, levers add up whatever their order, time only helps."""

import random
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terreau.footprint.figures import KEYS
from terreau.kernel.errors import TerreauError
from terreau.plan.changes import Change
from terreau.plan.target import between
from terreau.plan.trajectory import Outlook
from terreau.plan.yearly import READINGS
from tests.footprint.fleets import line
from tests.plan.fleets import CLIMATE, aged, change, outlook, walked

ENERGY = "electricity"
MIXED = [
    aged("laptop", None, 10), aged("laptop", 96, 3), aged("laptop", 30, 6), aged("monitor", 40, 8),
    aged("monitor", 90, 4), aged("smartphone", 15, 5), aged("rack_server", 40, 1, in_datacentre=True),
    aged("network_switch", 60, 2, in_datacentre=True, zone="DEU"), aged("keyboard", 20, 9),
]  # fmt: skip
PLAN = [
    change("lifespan:laptop", 7), change("lifespan:laptop", 1, 3, operator="add"), change("count:monitor", 0.67, 2),
    change("second_hand:smartphone", 0.5), change("kwh:monitor", 0.8, 2), change("replace:laptop:smartphone", 0.3, 2),
    change("zone:rack_server", "DEU", 3), change("pue", 1.2),
]  # fmt: skip


def test_year_zero_is_the_footprint_to_the_last_bit():
    ours = outlook(MIXED, 4)
    found = ours.simulate(PLAN)
    for total in ours.footprint.totals:
        for scenario in (0, 1):
            assert found.value(total.criterion, 0, scenario) == total.value


def test_the_rows_given_to_the_engine_for_year_zero_would_make_the_same_footprint():
    from terreau.plan.scenario import ratios_of
    from terreau.plan.yearly import totals_of

    ours = outlook(MIXED, 4)
    fleet = ours.fleet()
    found = totals_of(fleet, (ours.scenario(fleet),), ratios_of(fleet, {}))
    for total in ours.footprint.totals:
        c = KEYS.index(total.criterion)
        got = found.low[0, 0, 0, c], found.central[0, 0, 0, c], found.high[0, 0, 0, c]
        assert got == pytest.approx((total.value.low, total.value.central, total.value.high), rel=1e-12)


def test_without_a_lever_the_plan_is_the_reference():
    found = outlook(MIXED, 5).simulate()
    for side in (found.totals.low, found.totals.central, found.totals.high):
        assert (side[:, 0] == side[:, 1]).all()


def test_a_fleet_renewed_evenly_weighs_the_same_each_year():
    found = outlook([aged("laptop", None, 10)], 10).simulate()
    assert [found.value(CLIMATE, y).central for y in range(11)] == pytest.approx([415.0] * 11)  # 10 ÷ 5 × 200 + 15
    assert [found.value(CLIMATE, y, reading="flow").central for y in range(11)] == pytest.approx([415.0] * 11)
    assert found.bought() == pytest.approx([2.0] * 11)


def test_the_order_of_levers_changes_nothing():
    ours = outlook(MIXED, 4)
    one, other = ours.simulate(PLAN), ours.simulate(PLAN[::-1])
    assert (one.totals.central == other.totals.central).all()
    assert one.as_json() == other.as_json()


@pytest.mark.parametrize("reading", READINGS)
def test_the_engine_and_its_short_cut_for_central_values_agree(reading):
    ours = outlook(MIXED, 5)
    found, (central, bought) = ours.simulate(PLAN), walked(ours, PLAN)
    told = [found.value(CLIMATE, year, 1, reading).central for year in range(1, 6)]
    assert told == pytest.approx(list(central[READINGS.index(reading)]), rel=1e-12)
    assert found.bought()[1:] == pytest.approx(list(bought))


@pytest.mark.parametrize("reading", READINGS)
def test_effects_add_up_to_the_gain_for_every_criterion_and_year(reading):
    ours = outlook(MIXED, 5)
    found = ours.simulate(PLAN)
    for key in found.criteria:
        for year in range(6):
            gain = found.value(key, year, 0, reading).central - found.value(key, year, 1, reading).central
            scale = found.value(key, year, 0, reading).central
            assert sum(found.gains(key, year, reading).values()) == pytest.approx(gain, rel=1e-9, abs=1e-9 * scale)


def test_two_levers_that_say_the_same_share_their_gain_evenly():
    found = outlook([aged("laptop", None, 10)], 3).simulate([
        change("lifespan:laptop", 8, key="a"), change("lifespan:laptop", 8, key="b")
    ])  # fmt: skip
    gains = found.gains(CLIMATE, 3)
    assert gains["a"] == pytest.approx(gains["b"]) == pytest.approx((400 - 250) / 2)
    pair = found.overlaps(CLIMATE)[0]
    assert pair["levers"] == ["a", "b"] and pair["counted_twice"] == pytest.approx(3 * 150)


def test_a_lever_on_a_category_nobody_has_gains_nothing_and_says_so():
    ours = outlook([aged("laptop", None, 10)], 3)
    found = ours.simulate([change("lifespan:monitor", 9, key="screens"), change("lifespan:laptop", 6, key="laptops")])
    assert found.gains(CLIMATE, 3)["screens"] == 0
    assert any(one.key == "without_object" and one.facts["lever"] == "screens" for one in found.hypotheses)


@pytest.mark.parametrize("screens", [2, 0])
def test_a_lever_on_devices_all_gone_on_the_last_day_has_no_object(screens):
    gone = line("laptop", quantity=Decimal(3), entered_on=date(2023, 1, 1), left_on=date(2026, 1, 1))
    found = outlook([gone, *[aged("monitor", 30, 2)] * (screens > 0)], 2).simulate([
        change("lifespan:laptop", 8, key="gone"), change("lifespan:monitor", 9, key="screens")
    ])  # fmt: skip
    told = {one.subject for one in found.hypotheses if one.key == "without_object"}
    assert told == ({"gone"} if screens else {"gone", "screens"})


def test_a_lever_on_what_a_renewal_brings_in_has_an_object():
    found = outlook([aged("laptop", 30, 3)], 4).simulate([
        change("replace:laptop:smartphone", 0.5), change("lifespan:smartphone", 4)
    ])  # fmt: skip
    assert all(one.key != "without_object" for one in found.hypotheses)


def some_lines(luck):
    lines = []
    for category in luck.sample(["laptop", "monitor", "smartphone", "rack_server"], luck.randint(1, 3)):
        for _ in range(luck.randint(1, 4)):
            lines.append(aged(category, luck.choice([None, luck.randint(12, 150)]), luck.randint(1, 9)))
    return lines


HELPFUL = [
    ("lifespan:laptop", 8, "set"), ("lifespan:monitor", 2, "add"), ("count:laptop", 0.7, "multiply"),
    ("count:monitor", 0.4, "multiply"), ("kwh:monitor", 0.5, "multiply"), ("second_hand:laptop", 0.5, "set"),
    ("pue", 1.1, "set"), ("second_hand:smartphone", 1.0, "set"),
]  # fmt: skip


GROWTHS = st.sampled_from([{}, {"*": 6.0}, {"laptop": -20.0, "monitor": -8.0}])


@given(st.integers(0, 10_000), st.sampled_from(HELPFUL), st.sampled_from([None, 2.0]), GROWTHS)
@settings(max_examples=7)
def test_a_later_start_never_gains_more_cumulatively(seed, lever, backlog, growth):
    ours = outlook(some_lines(random.Random(seed)), 9, backlog=backlog, growth=growth)
    parameter, value, operator = lever
    plans = [walked(ours, [change(parameter, value, start, operator)])[0].cumsum(axis=1) for start in (1, 2, 4, 8)]
    for early, late in zip(plans, plans[1:], strict=False):
        assert (early <= late + 1e-9 * late.max()).all()


@given(st.integers(0, 10_000), st.sampled_from([1, 3]), st.sampled_from([None, 1.5]), GROWTHS)
@settings(max_examples=7)
def test_a_longer_life_never_adds_purchases_cumulatively(seed, start, backlog, growth):
    ours = outlook(some_lines(random.Random(seed)), 9, backlog=backlog, growth=growth)
    kept = [[change(f"lifespan:{category}", years, start) for category in ("laptop", "monitor", "smartphone", "rack_server")]
            for years in (2, 3.3, 5, 5.04, 7, 12)]  # fmt: skip
    bought = [np.cumsum(walked(ours, plan)[1]) for plan in kept]
    for short, long in zip(bought, bought[1:], strict=False):
        assert (long <= short + 1e-9).all()


@given(st.integers(0, 10_000))
@settings(max_examples=2)
def test_ten_times_as_many_devices_weigh_ten_times_as_much(seed):
    lines = some_lines(random.Random(seed))
    many = [{**one, "quantity": one["quantity"] * 10} for one in lines]
    one, ten = (outlook(some, 6).simulate(PLAN) for some in (lines, many))
    assert ten.totals.central == pytest.approx(one.totals.central * 10, rel=1e-9)
    assert ten.totals.high == pytest.approx(one.totals.high * 10, rel=1e-9)
    for key in one.effects.by:
        assert ten.effects.by[key] == pytest.approx(one.effects.by[key] * 10, rel=1e-6, abs=1e-6)


def test_a_device_past_its_lifespan_is_renewed_in_its_turn_and_a_lever_does_not_change_the_turn():
    ours = outlook([aged("laptop", 72, 6), aged("laptop", 84, 6)], 6, backlog=2)
    assert ours.simulate().bought() == pytest.approx((0, 6, 6, 0, 0, 0, 6))
    longer = ours.simulate([change("lifespan:laptop", 6)])  # already reached by all: the same turn
    assert longer.bought()[:3] == pytest.approx((0, 6, 6))
    assert sum(ours.simulate([change("lifespan:laptop", 9)]).bought()[:3]) == pytest.approx(0)


def test_a_shrinking_fleet_throws_nothing_away_before_its_time():
    found = outlook([aged("monitor", 12, 12)], 6).simulate([change("count:monitor", 0.5)])
    present = found.scenarios[1].flows.present.sum(axis=0)
    assert present[:5] == pytest.approx([12] * 5) and present[5] == pytest.approx(6)
    assert found.bought() == pytest.approx((12, 0, 0, 0, 0, 0, 6))


def test_a_longer_life_does_not_hold_back_a_device_nobody_wants_any_more():
    ours = outlook([aged("monitor", 12, 12)], 8)
    fewer, both = (
        ours.simulate([change("count:monitor", 0.5), *more]) for more in ([], [change("lifespan:monitor", 9)])
    )
    for plan in (fewer, both):
        assert plan.scenarios[1].flows.present.sum(axis=0) == pytest.approx([12] * 5 + [6] * 3)
    assert sum(fewer.bought()[1:]) == pytest.approx(6) and sum(both.bought()[1:]) == pytest.approx(0)


def test_the_fleet_projected_is_that_of_the_last_day():
    came = line("laptop", quantity=Decimal(4), entered_on=date(2026, 7, 20))  # there a fifth of the year
    left = line("laptop", quantity=Decimal(3), entered_on=date(2023, 7, 21), left_on=date(2026, 7, 20))
    stayed = line("laptop", quantity=Decimal(2), entered_on=date(2023, 9, 30))
    found = outlook([came, left, stayed], 2).simulate()
    present = found.scenarios[0].flows.present.sum(axis=0)
    assert found.fleet.present.sum() == pytest.approx(4 / 5 + 3 * 292 / 365 + 2)
    assert found.fleet.number.sum() == pytest.approx(6) and present == pytest.approx([6, 6])
    assert found.value(CLIMATE, 1).central == pytest.approx(6 * (200 / 5 + 1.5))


def test_growth_is_bought_new_and_a_fall_cancels_renewals():
    more = outlook([aged("laptop", None, 10)], 2, growth={"laptop": 10}).simulate()
    assert more.bought() == pytest.approx((2, 3, 3.1))
    fewer = outlook([aged("laptop", None, 10)], 2, growth={"*": -10}).simulate()
    assert fewer.bought() == pytest.approx((2, 1, 1.1))
    assert fewer.scenarios[1].flows.present.sum(axis=0)[1] < 10


@pytest.mark.parametrize(
    ("code", "work"),
    [
        ("plan.years_out_of_bounds", lambda: outlook(MIXED, 0)),
        ("plan.years_out_of_bounds", lambda: outlook(MIXED, 31)),
        ("plan.category_unknown", lambda: outlook(MIXED, 3, growth={"lapto": 2})),
        ("plan.growth_out_of_bounds", lambda: outlook(MIXED, 3, growth={"laptop": 400})),
        ("plan.backlog_out_of_bounds", lambda: outlook(MIXED, 3, backlog=0)),
        ("plan.category_unknown", lambda: outlook(MIXED, 3, growth={"model:t14": 2})),
        ("plan.category_unknown", lambda: outlook(MIXED).simulate([change("lifespan:lapto", 7)])),
        ("plan.category_unknown", lambda: outlook(MIXED).simulate([change("lifespan:", 7)])),
        ("plan.category_unknown", lambda: outlook(MIXED).simulate([change("replace:laptop:", 0.5)])),
        ("plan.parameter_unknown", lambda: outlook(MIXED).simulate([change("colour:laptop", 7)])),
        ("plan.parameter_unknown", lambda: outlook(MIXED).simulate([change("lifespan:*", 7)])),
        ("plan.parameter_unknown", lambda: outlook(MIXED).simulate([change("replace:laptop:laptop", 0.5)])),
        ("plan.value_out_of_bounds", lambda: outlook(MIXED).simulate([change("lifespan:laptop", 70)])),
        ("plan.value_out_of_bounds", lambda: outlook(MIXED).simulate([change("count:laptop", float("nan"))])),
        ("plan.start_out_of_bounds", lambda: outlook(MIXED).simulate([change("pue", 1.2, 0)])),
        ("plan.start_out_of_bounds", lambda: outlook(MIXED).simulate([change("pue", 1.2, 6)])),
        ("plan.zone_unknown", lambda: outlook(MIXED).simulate([change("zone:*", "Atlantide")])),
        ("plan.lever_twice", lambda: outlook(MIXED).simulate([change("pue", 1.2), change("pue", 1.2)])),
        ("plan.levers_clash", lambda: outlook(MIXED).simulate([change("zone:*", "DEU"), change("zone:*", "FRA")])),
        ("plan.shares_beyond_one", lambda: outlook(MIXED).simulate([
            change("replace:laptop:smartphone", 0.6), change("replace:laptop:monitor", 0.6)])),
        ("plan.too_many_together", lambda: outlook(MIXED).simulate([
            change("lifespan:laptop", 5 + n, key=f"k{n}") for n in range(13)])),
        ("plan.no_ratio", lambda: outlook(MIXED).simulate([
            Change(key="a", parameter="second_hand:rack_server", operator="set", value=0.5)])),
        ("plan.nothing_to_project", lambda: outlook([{**aged("laptop", 12), "category": None}]).simulate()),
    ],
)  # fmt: skip
def test_what_cannot_be_projected_is_refused_in_words(code, work):
    with pytest.raises(TerreauError) as refusal:
        work()
    assert refusal.value.code == code
    for language in ("fr", "en"):
        words = refusal.value.words(language)
        assert words.what and words.why and words.remedy and "‹" not in str(words)


def test_rules_that_read_lifespans_in_dates_are_not_projected():
    from dataclasses import replace

    from terreau.footprint.rules import COMPATIBLE, rule_set

    result = outlook(MIXED).footprint
    matched = replace(result.matched, rules=rule_set(COMPATIBLE))
    with pytest.raises(TerreauError, match="other_rules"):
        Outlook(footprint=replace(result, matched=matched), years=3)


def test_every_hypothesis_is_told_in_both_languages():
    found = outlook(MIXED, 3, growth={"laptop": 2, "*": -1}).simulate(PLAN)
    told = [one.as_json("en") for one in found.hypotheses]
    assert {one["key"].partition(":")[0] for one in told} >= {
        "same_size", "unknown_age", "backlog", "growth", "growth_all", "life_kept", "lever_count", "lever_kwh",
        "lever_replace", "lever_zone", "lever_pue", "second_hand", "calendar",
    }  # fmt: skip
    assert all(one["fr"] and one["en"] and "{" not in one["fr"] + one["en"] for one in told)


@pytest.mark.parametrize(("lines", "told"), [([aged("laptop", None, 6)], [6]), ([aged("laptop", 30, 6)], [])])
def test_devices_without_a_date_are_counted_among_those_projected_only(lines, told):
    unknown = line("printer", quantity=Decimal(5), entered_on=None)  # nobody knows what one weighs
    found = outlook([*lines, unknown], 2).simulate()
    assert [one.facts["count"] for one in _said(found, "unknown_age")] == told


def test_a_line_that_tells_its_own_consumption_keeps_it_when_renewed():
    found = outlook([aged("laptop", 48, 2, own_kwh=Decimal(100))], 3).simulate()
    assert found.value(ENERGY, 3).central == pytest.approx(200)


def test_plans_side_by_side_differ_by_what_they_change_only():
    ours = outlook(MIXED, 3)
    plans = {
        "a": [change("lifespan:laptop", 7)],
        "b": [change("lifespan:laptop", 7), change("replace:laptop:monitor", 0.5)],
    }
    found = ours.side_by_side(plans)
    assert found["a"].fleet is found["b"].fleet
    alone = ours.simulate(plans["a"])
    assert found["a"].totals.central == pytest.approx(alone.totals.central)
    gap = between(found["a"], found["b"], CLIMATE, 3)
    assert gap.central == pytest.approx(found["a"].value(CLIMATE, 3).central - found["b"].value(CLIMATE, 3).central)
    assert gap.high - gap.low < found["a"].value(CLIMATE, 3).high - found["b"].value(CLIMATE, 3).low
    with pytest.raises(ValueError, match="side by side"):
        between(found["a"], alone, CLIMATE, 3)


def test_a_lever_that_shortens_a_lifespan_says_so():
    ours = outlook([aged("laptop", None, 10)], 3)
    told = [[one.key for one in ours.simulate([change("lifespan:laptop", years)]).hypotheses] for years in (4, 6)]
    assert "shorter" in told[0] and "shorter" not in told[1]


@pytest.mark.parametrize(("told", "asked"), [(1.2, 1.2), (1.2, 1.4), (None, 1.6)])
def test_rooms_already_better_than_the_pue_asked_stay_as_they_are(told, asked):
    ours = outlook([aged("rack_server", 40, 2, in_datacentre=True)], 3, pue=told)
    found = ours.simulate([change("pue", asked, key="rooms")])
    assert (found.totals.central[:, 0] == found.totals.central[:, 1]).all()
    assert (found.totals.high[:, 0] == found.totals.high[:, 1]).all()
    assert any(one.key == "already_low_pue" and one.facts["lever"] == "rooms" for one in found.hypotheses)


def test_a_pue_under_that_of_the_run_lightens_by_their_difference():
    ours = outlook([aged("rack_server", 40, 2, in_datacentre=True)], 3, pue=1.5)
    found = ours.simulate([change("pue", 1.2, key="rooms")])
    assert found.gains(CLIMATE, 3)["rooms"] == pytest.approx(2 * 1500 * 0.05 * 0.3)
    assert all(one.key != "already_low_pue" for one in found.hypotheses)


@pytest.mark.parametrize(
    ("plan", "growth", "told"),
    [
        ([change("lifespan:monitor", 12), change("count:monitor", 0.5)], {}, True),
        ([change("lifespan:monitor", 2, operator="add")], {"*": -5.0}, True),
        ([change("lifespan:monitor", 12), change("count:laptop", 0.5)], {}, False),
        ([change("lifespan:monitor", 4), change("count:monitor", 0.5)], {}, False),
        ([change("lifespan:monitor", 12)], {"*": -5.0, "monitor": 0.0}, False),
    ],
)
def test_fewer_devices_kept_longer_leave_a_making_that_is_told(plan, growth, told):
    found = outlook([aged("monitor", 12, 12), aged("laptop", 12, 3)], 3, growth=growth).simulate(plan)
    assert ["monitor"] * told == [one.subject for one in found.hypotheses if one.key == "leftover"]


def _said(found, key):
    return [one for one in found.hypotheses if one.key == key]


@pytest.mark.parametrize(("late", "told"), [(1, True), (0.5, False)])
def test_a_longer_life_says_when_devices_are_already_kept_so_long(late, told):
    lines = [aged("laptop", 96, late), aged("laptop", 30, 9), aged("monitor", 150, 9)]
    ours = outlook(lines, 6)
    (longer, shorter) = (ours.simulate([change("lifespan:laptop", years)]) for years in (8, 4))
    assert [one.facts["count"] for one in _said(longer, "already_kept")] == pytest.approx([1] * told)
    assert _said(shorter, "already_kept") == []


@pytest.mark.parametrize(
    ("declared", "asked", "operator", "told"),
    [(7, 7, "set", True), (7, 6, "set", True), (7, 8, "set", False), (7, 2, "add", True), (7, 3, "add", False),
     (5, 6, "set", False)],
)  # fmt: skip
def test_a_longer_life_says_when_it_is_the_policy_not_yet_proven_by_ages(declared, asked, operator, told):
    ours = outlook([aged("laptop", 30, 10)], 3, lifespans={"laptop": declared})
    found = ours.simulate([change("lifespan:laptop", asked, operator=operator)])
    facts = [(one.facts["declared"], one.facts["kept"]) for one in _said(found, "already_declared")]
    assert facts == [(7, 5)] * told


def test_a_second_hand_share_says_that_the_reference_buys_new():
    found = outlook([aged("laptop", None, 10)], 2).simulate([change("second_hand:laptop", 0.5)])
    (told,) = (one for one in found.hypotheses if one.key == "second_hand")
    assert "que du neuf" in told.sentence("fr") and "new devices only" in told.sentence("en")


def test_purchases_by_category_add_up():
    found = outlook(MIXED, 4).simulate(PLAN)
    for scenario in (0, 1):
        by = found.bought_by_category(scenario)
        assert [sum(one) for one in zip(*by.values(), strict=True)] == pytest.approx(found.bought(scenario))
    assert found.as_json()["criteria"][0]["at_least"] is True  # nobody knows what a keyboard draws


def test_a_pace_of_purchases_unlike_that_of_the_year_is_pointed_out():
    told = [[one.key for one in outlook(lines, 5).simulate().hypotheses] for lines in (
        [aged("laptop", None, 10)], [aged("laptop", 100, 10)])]  # fmt: skip
    assert "pace" not in told[0] and "pace" in told[1]
