"""The engine and a slow, independent Python implementation agree; what must not matter does not."""

import os
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terreau.footprint.measuring import measure
from terreau.footprint.rules import rule_set
from tests.footprint.fleets import AT, chosen, line, weighed
from tests.footprint.slow import slow_footprint
from tests.footprint.small_set import ITEMS, SmallSet

EXAMPLES = int(os.environ.get("TERREAU_EXAMPLES", "8"))  # of up to 25 lines each; more on demand
PHYSICAL = settings(max_examples=EXAMPLES)
KINDS = sorted(key for key in ITEMS if not key.startswith("model:"))
quantities = st.decimals("0.000001", "5000", places=6)
days = st.one_of(st.none(), st.dates(date(2008, 1, 1), AT + timedelta(days=60)))


@st.composite
def devices(draw):
    """One line within physical ranges."""
    category, _, size = draw(st.sampled_from([*KINDS, "unknown/"])).partition("/")
    return line(
        None if category == "unknown" else category,
        size_class=draw(st.sampled_from([size, None])),
        size_known=draw(st.booleans()),
        model_key=draw(st.sampled_from(["", "t14", "latitude 5540"])),
        quantity=draw(quantities),
        zone=draw(st.sampled_from(["FRA", "DEU", "XKX", None])),
        entity=draw(st.sampled_from(["", "Siège", "Écoles"])),
        fate=draw(st.sampled_from(["counted", "counted", "counted", "retired", "stock"])),
        entered_on=draw(days),
        left_on=draw(st.one_of(st.none(), days)),
        own_kwh=draw(st.one_of(st.none(), st.decimals("0.01", "9000", places=2))),
        in_datacentre=draw(st.booleans()),
        own_pue=draw(st.sampled_from([None, None, Decimal("1.2"), Decimal("1.875")])),
        status_given=draw(st.booleans()),
    )


fleets = st.lists(devices(), min_size=1, max_size=25)
policies = st.dictionaries(st.sampled_from(["laptop", "monitor"]), st.floats(1, 15), max_size=2)


def by_category_and_stage(result):
    return {
        (one.where["category"], one.where["stage"], one.criterion): one.value.central
        for one in result.impacts(["category", "stage"])
    }


@PHYSICAL
@given(fleets, policies)
def test_the_engine_and_the_slow_implementation_agree_to_a_million_millionth(lines, lifespans):
    expected, lives = slow_footprint(lines, SmallSet(), at=AT, lifespans=lifespans)
    result = measure(weighed(lines), SmallSet(), rule_set(), chosen(lifespans=lifespans))
    found = by_category_and_stage(result)
    assert found.keys() == {key for key, value in expected.items()}
    for key, value in expected.items():
        assert found[key] == pytest.approx(float(value), rel=1e-12, abs=0)
    settled = {name: (one.central, one.origin) for name, one in result.matched.settled.items()}
    assert settled.keys() == lives.keys()
    for category, (years, origin) in lives.items():
        assert settled[category] == (pytest.approx(float(years), rel=1e-12), origin)


@PHYSICAL
@given(fleets)
def test_parts_sum_to_the_total_along_every_axis(lines):
    result = measure(weighed(lines), SmallSet(), rule_set(), chosen())
    for by in (["category"], ["category", "stage"], ["entity", "zone"], ["match"], ["item", "stage", "match"]):
        for total in result.totals:
            parts = sum(one.value.central for one in result.impacts(by) if one.criterion == total.criterion)
            assert parts == pytest.approx(total.value.central, rel=1e-12, abs=0)


@PHYSICAL
@given(fleets, st.randoms(use_true_random=False), st.integers(1, 4))
def test_neither_the_order_of_lines_nor_threads_change_one_byte(lines, luck, threads):
    shuffled = [{"line": n, **one} for n, one in enumerate(lines)]
    luck.shuffle(shuffled)
    first = measure(weighed(lines, threads=1), SmallSet(), rule_set(), chosen(people=7))
    second = measure(weighed(shuffled, threads=threads), SmallSet(), rule_set(), chosen(people=7))
    axes = ["entity", "category", "stage"]
    assert first.to_json(axes) == second.to_json(axes)


@PHYSICAL
@given(devices(), st.integers(2, 7))
def test_splitting_a_line_changes_nothing(device, parts):
    device["quantity"] = Decimal(parts * 3)
    whole = measure(weighed([device]), SmallSet(), rule_set(), chosen())
    split = measure(weighed([{**device, "quantity": Decimal(3)}] * parts), SmallSet(), rule_set(), chosen())
    assert whole.totals == split.totals
    assert whole.impacts() == split.impacts()


@PHYSICAL
@given(fleets, st.integers(2, 9))
def test_the_footprint_is_linear_in_quantity(lines, times):
    few = [{**one, "fate": "counted", "left_on": None, "quantity": one["quantity"]} for one in lines]
    many = [{**one, "quantity": one["quantity"] * times} for one in few]
    one = measure(weighed(few), SmallSet(), rule_set(), chosen())
    all_of_them = measure(weighed(many), SmallSet(), rule_set(), chosen())
    for less, more in zip(one.totals, all_of_them.totals, strict=True):
        for bound in ("low", "central", "high"):
            assert getattr(more.value, bound) == pytest.approx(times * getattr(less.value, bound), rel=1e-9, abs=0)
        assert more.coverage == pytest.approx(less.coverage)


@PHYSICAL
@given(st.sampled_from(KINDS), quantities, st.integers(1, 4))
def test_a_device_kept_twice_as_long_weighs_half_as_much(kind, quantity, years):
    category, _, size = kind.partition("/")
    device = line(category, size_class=size, quantity=quantity, entered_on=date(2026, 9, 10))
    weights = weighed([device])
    central = SmallSet().lifespan(kind).value.central
    kept = measure(weights, SmallSet(), rule_set(), chosen(lifespans={category: central / years}))
    twice = measure(weights, SmallSet(), rule_set(), chosen(lifespans={category: central / years / 2}))
    for key, value in by_category_and_stage(kept).items():
        factor = 1 if key[1] == "use" else 2
        assert by_category_and_stage(twice)[key] == pytest.approx(factor * value, rel=1e-12, abs=0)
