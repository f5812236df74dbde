"""A footprint against another: hand-sized fleets, then any fleet, and what one side does not know."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terreau.footprint import compare_rules
from terreau.footprint.figures import KEYS
from terreau.footprint.rules import rule_set
from terreau.kernel.errors import TerreauError
from terreau.plan.difference import PARTS, CriterionDifference, difference
from terreau.plan.shapley import shapley
from terreau.plan.sides import sides_of
from tests.footprint.fleets import line
from tests.footprint.small_set import CLIMATE, ITEMS, SmallSet
from tests.house.rules import REPO
from tests.plan.fleets import measured
from tests.plan.promises import speaks
from tests.plan.shared_parts import parts_by_orders
from tests.plan.slow import slow_worth

CLIMATE_KEY = "climate_change"
INVENTORIES = REPO / "examples/inventories"
EIGHT_YEARS_OLD = date(2018, 10, 1)


def run(*lines, factors=None, **parameters):
    """The footprint of a fleet made by hand."""
    return measured(list(lines), factors, **parameters)


def parts(before, after, criterion=CLIMATE_KEY):
    return {name: part for name, part in difference(before, after).of(criterion).parts.items() if part}


def laptops(number, **facts):
    return line("laptop", quantity=Decimal(number), **facts)


def monitors(number, **facts):
    return line("monitor", size_class="up_to_24in", quantity=Decimal(number), **facts)


def cheaper():
    """The same items, making a laptop published at half its impact."""
    halved = replace(ITEMS["laptop/standard"], climate={"embodied": 100.0})
    return SmallSet({**ITEMS, "laptop/standard": halved}, digest="1" * 64)


def test_the_three_causes_of_the_page_share_minus_nineteen_kilograms():
    before = run(laptops(10))
    after = run(laptops(12, entered_on=EIGHT_YEARS_OLD, own_kwh=Decimal(20), zone="DEU"))
    found = difference(before, after).of(CLIMATE_KEY)
    assert (float(found.before), float(found.after)) == (415, 396)
    assert {name: float(part) for name, part in found.parts.items()} == pytest.approx(
        {"volume": 74.5, "mix": 0, "lifespan": -165, "electricity": 71.5, "factors": 0, "method": 0}
    )
    assert sum(found.parts.values()) == found.difference


def test_a_third_more_of_the_same_devices_is_volume_only():
    assert parts(run(laptops(3), monitors(3)), run(laptops(4), monitors(4))).keys() == {"volume"}


def test_seven_times_the_same_ages_is_volume_only_though_sums_round_apart():
    before = [
        line("smartphone", quantity=Decimal(6), entered_on=date(2017, 8, 1)),
        line("smartphone", entered_on=date(2016, 8, 1)),
        laptops(6, entered_on=date(2017, 8, 15)),
    ]
    after = [{**one, "quantity": one["quantity"] * 7} for one in before]
    assert parts(run(*before), run(*after)).keys() == {"volume"}


def test_a_screen_in_place_of_a_laptop_is_mix_only():
    found = parts(run(laptops(10), monitors(10)), run(laptops(5), monitors(15)))
    assert found.keys() == {"mix"}
    assert float(found["mix"]) == pytest.approx(5 * (17.5 - 41.5))


def test_a_kind_of_device_that_appears_is_mix_and_volume_never_lifespan_nor_electricity():
    assert parts(run(laptops(10)), run(laptops(10), monitors(5))).keys() == {"volume", "mix"}


def test_a_shorter_policy_is_lifespan_only():
    before, after = run(laptops(10)), run(laptops(10), lifespans={"laptop": 4})
    assert {name: float(part) for name, part in parts(before, after).items()} == {"lifespan": 100}


def test_another_country_is_electricity_only():
    found = parts(run(laptops(10)), run(laptops(10, zone="DEU")))
    assert found.keys() == {"electricity"}
    assert float(found["electricity"]) == pytest.approx(10 * 30 * (0.4 - 0.05))


def test_a_better_machine_room_is_electricity_only():
    room = line("rack_server", size_class="standard_2_sockets", quantity=Decimal(4), in_datacentre=True)
    assert parts(run(room, pue=1.8), run(room, pue=1.3)).keys() == {"electricity"}


def test_a_factor_published_again_is_factors_only_and_never_progress():
    before, after = run(laptops(10)), run(laptops(10), factors=cheaper())
    assert {name: float(part) for name, part in parts(before, after).items()} == {"factors": -200}


def test_a_mix_published_again_is_factors_and_a_move_is_electricity():
    greener = SmallSet(climate={**CLIMATE, "FRA": 0.04}, digest="2" * 64)
    assert parts(run(laptops(10)), run(laptops(10), factors=greener)).keys() == {"factors"}
    moved = run(laptops(10, zone="DEU"), factors=greener)
    assert parts(run(laptops(10)), moved).keys() == {"electricity", "factors"}


def test_the_same_run_twice_differs_by_nothing():
    again = run(laptops(10), monitors(3))
    found = difference(again, run(laptops(10), monitors(3)))
    assert all(part == 0 for one in found.criteria for part in one.parts.values())
    assert found.remarks == ()


def test_against_an_empty_inventory_nothing_is_shared_and_it_is_said():
    found = difference(run(), run(laptops(10)))
    assert found.criteria == ()
    assert {one.code for one in found.remarks} == {"plan.criterion_on_one_side"}
    assert found.sides[0].years is None


def test_what_each_side_is_made_of_is_told():
    first, second = difference(run(laptops(10)), run(laptops(12, entered_on=EIGHT_YEARS_OLD))).sides
    assert (first.present, first.years, first.kwh) == (10, 5, 300)
    assert (second.present, second.years, second.kwh) == pytest.approx((12, 8, 360))


def test_two_sizes_read_as_one_item_are_one_kind():
    named = line("laptop", quantity=Decimal(10), size_known=True)
    guessed = line("laptop", quantity=Decimal(10), size_known=False)
    assert parts(run(named), run(guessed)) == {}


def test_a_device_that_one_side_cannot_count_is_said():
    found = difference(run(laptops(10)), run(laptops(10), line("printer", quantity=Decimal(2))))
    said = [one for one in found.remarks if one.code == "plan.left_out_on_one_side"]
    assert {one.facts["criterion"] for one in said} >= {CLIMATE_KEY}
    assert "printer" in said[0].words("fr").what
    assert said[0].facts["side"] == "after"


def test_a_device_that_neither_side_can_count_is_not_a_remark():
    printer = line("printer", quantity=Decimal(2))
    found = difference(run(laptops(10), printer), run(laptops(10), printer))
    assert found.remarks == ()


def test_a_criterion_known_less_on_one_side_is_a_warning():
    bare = SmallSet({key: replace(item, metals=None) for key, item in ITEMS.items()}, digest="3" * 64)
    found = difference(run(laptops(10)), run(laptops(10), factors=bare))
    metals = found.of("resource_use_minerals_metals")
    assert (metals.coverage, metals.uneven, found.of(CLIMATE_KEY).uneven) == ((1, 0), True, False)
    (said,) = (one for one in found.remarks if one.code == "plan.coverage_differs")
    assert "100 % des appareils sont entièrement connus avant, 0 % après" in said.words("fr").what
    assert said.words("fr").what.startswith("Pour « Épuisement des ressources minérales et métalliques »"), (
        "a name, not a key"
    )
    assert "resource_use" not in said.words("en").what


def test_a_criterion_that_one_side_ignores_is_named_and_has_no_parts():
    bare = SmallSet({key: replace(item, metals=None) for key, item in ITEMS.items()}, digest="3" * 64)
    bare.mix = lambda zone, criterion: SmallSet.mix(bare, zone, criterion) if criterion == CLIMATE_KEY else None
    found = difference(run(laptops(10)), run(laptops(10), factors=bare))
    metals = "resource_use_minerals_metals"
    assert found.of(metals) is None
    assert all(speaks(remark) for remark in found.remarks)
    assert [(one.code, one.facts["side"]) for one in found.remarks if one.facts["criterion"] == metals] == [
        ("plan.criterion_on_one_side", "after")
    ]


def test_rules_weighed_apart_need_each_fleet_counted_both_ways():
    ours, theirs = run(laptops(10)), replace(run(laptops(12)), matched=_under("numecoeval-2.2"))
    with pytest.raises(TerreauError) as refusal:
        difference(ours, theirs)
    assert refusal.value.code == "plan.methods_differ"
    assert "numecoeval-2.2" in refusal.value.words("fr").what


def _under(key):
    mine = run(laptops(12)).matched
    return replace(mine, rules=rule_set(key))


def test_a_change_of_rules_is_the_method_and_each_fleet_is_counted_both_ways():
    files = ([INVENTORIES / "glpi10_fr_ordinateurs.csv"], [INVENTORIES / "glpi11_fr_ecrans.csv"])
    first, second = (compare_rules(some, at=date(2026, 9, 30)) for some in files)
    found = difference(first.first, second.second, before_as_after=first.second, after_as_before=second.first).of(
        CLIMATE_KEY
    )
    assert float(found.before) == pytest.approx(first.first.total(CLIMATE_KEY).value.central, rel=1e-9)
    assert float(found.after) == pytest.approx(second.second.total(CLIMATE_KEY).value.central, rel=1e-9)
    assert sum(found.parts.values()) == found.difference
    assert found.parts["method"] != 0
    assert found.parts["factors"] == 0


def test_the_same_fleet_under_two_rules_is_the_method_alone():
    both = compare_rules([INVENTORIES / "glpi11_fr_ecrans.csv"], at=date(2026, 9, 30))
    found = difference(both.first, both.second, before_as_after=both.second, after_as_before=both.first)
    for one in found.criteria:
        assert {name for name, part in one.parts.items() if part} <= {"method"}
        assert float(one.difference) == pytest.approx(both.difference(one.criterion), rel=1e-9)


def test_printed_parts_add_up_to_the_printed_difference():
    thirds = {name: Fraction(1, 3) if n < 3 else Fraction(0) for n, name in enumerate(PARTS)}
    one = CriterionDifference(criterion="x", unit="kg", before=Fraction(0), after=Fraction(1), parts=thirds,
                              coverage=(1.0, 1.0))  # fmt: skip
    assert sum(one.rounded().values()) == 1
    assert sum(one.rounded(2).values()) == 1
    assert sorted(one.rounded(2).values())[-3:] == [Fraction(33, 100), Fraction(33, 100), Fraction(34, 100)]


LINES = st.lists(
    st.builds(
        lambda category, quantity, year, zone, own, room: line(
            category,
            size_class={"monitor": "up_to_24in", "rack_server": "standard_2_sockets"}.get(category, "standard"),
            quantity=Decimal(quantity), entered_on=date(year, 10, 1), zone=zone,
            own_kwh=None if own is None else Decimal(own), in_datacentre=room,
        ),
        st.sampled_from(["laptop", "monitor", "smartphone", "rack_server", "keyboard", "printer"]),
        st.integers(1, 500), st.integers(2014, 2025), st.sampled_from(["FRA", "DEU"]),
        st.one_of(st.none(), st.integers(1, 3000)), st.booleans(),
    ),
    max_size=5,
)  # fmt: skip


@settings(max_examples=8)
@given(LINES, LINES, st.booleans(), st.sampled_from([{}, {"lifespans": {"laptop": 4}}, {"pue": 1.2}]))
def test_any_two_fleets_part_exactly_alike_by_both_ways_and_backwards(before, after, published_again, parameters):
    first, second = run(*before), run(*after, factors=cheaper() if published_again else None, **parameters)
    forwards, backwards = difference(first, second), difference(second, first)
    sides = sides_of(first, second, None, None)
    for one, back in zip(forwards.criteria, backwards.criteria, strict=True):
        assert sum(one.parts.values()) == one.after - one.before
        assert {name: -part for name, part in one.parts.items()} == dict(back.parts)
        assert float(one.before) == pytest.approx(first.total(one.criterion).value.central, rel=1e-9)
        assert float(one.after) == pytest.approx(second.total(one.criterion).value.central, rel=1e-9)
        assert one.parts["method"] == 0
        assert one.parts["factors"] == 0 or published_again
    if forwards.of(CLIMATE_KEY) and not parameters:
        sets = (SmallSet(), cheaper() if published_again else SmallSet())
        for coalition in range(0, 32, 3):
            slowly = slow_worth((before, after), sets, coalition, at=date(2026, 10, 1))
            assert sides.worth(coalition)[KEYS.index(CLIMATE_KEY)] == pytest.approx(float(slowly), rel=1e-9), coalition
    climate = [Fraction(float(sides.worth(coalition)[KEYS.index(CLIMATE_KEY)])) for coalition in range(64)]
    assert shapley(climate) == parts_by_orders(climate)
