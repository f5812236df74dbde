"""The public contract, the name of a run, and the papers of a figure."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from terreau.footprint import explain
from terreau.footprint.measuring import measure
from terreau.footprint.rules import rule_set, rule_sets
from terreau.footprint.weights import Origin
from terreau.kernel.errors import TerreauError
from tests.footprint.fleets import AT, chosen, line, weighed
from tests.footprint.small_set import ITEMS, SmallSet

FLEET = [
    line("laptop", quantity=Decimal(10), entity="Siège"),
    line("laptop", quantity=Decimal(3), entity="Écoles", zone=None),
    line("monitor", quantity=Decimal(12), size_class="up_to_24in", entity="Écoles", entered_on=None),
    line("rack_server", size_class="standard_2_sockets", own_kwh=Decimal(2000), in_datacentre=True),
    line("keyboard", quantity=Decimal(5)),
    line(None, quantity=Decimal(2)),
]


def result(lines=FLEET, factors=None, **facts):
    return measure(weighed(lines), factors or SmallSet(), rule_set(), chosen(**facts))


def test_the_json_has_the_shape_of_the_contract():
    told = json.loads(result(people=12).to_json())
    assert list(told) == [
        "run", "rules", "factor_set", "parameters", "at", "people", "lines", "coverage", "totals", "impacts",
        "missing", "assumptions",
    ]  # fmt: skip
    assert told["at"] == "2026-09-30"
    assert list(told["totals"][0]) == ["criterion", "unit", "low", "central", "high", "coverage", "boundary_share"]
    assert list(told["impacts"][0]) == ["category", "stage", "criterion", "unit", "low", "central", "high", "quantity"]
    for row in [*told["totals"], *told["impacts"]]:
        assert row["low"] <= row["central"] <= row["high"]
    assert {"key", "fr", "en", "text", "value", "unit", "share", "option"} <= told["assumptions"][0].keys()


def test_impacts_may_be_cut_along_any_axis_and_refuse_any_other():
    made = result()
    siege = [
        one
        for one in made.impacts(["entity"])
        if one.where == {"entity": "Siège"} and one.criterion == "climate_change"
    ]
    assert siege[0].value.central == pytest.approx(10 * 200 / 5 + 10 * 1.5)
    assert siege[0].quantity == 10
    with pytest.raises(TerreauError) as refusal:
        made.impacts(["colour"])
    assert "colour" in refusal.value.words("en").what


def test_the_run_is_named_by_all_that_decides_it():
    weights = weighed(FLEET)
    measured = measure(weights, SmallSet(), rule_set(), chosen()).run
    other_factors = measure(weights, SmallSet(digest="1" * 64), rule_set(), chosen()).run
    other_people = measure(weights, SmallSet(), rule_set(), chosen(people=3)).run
    other_zone = measure(weights, SmallSet(), rule_set(), chosen(zone="DEU")).run
    other_life = measure(weights, SmallSet(), rule_set(), chosen(lifespans={"laptop": 6})).run
    elsewhere = replace(weights, origin=Origin(snapshots=("a" * 64,)))
    decided = replace(weights, origin=Origin(decisions="b" * 64))
    worded = replace(weights, origin=Origin(vocabulary="c"))
    others = [measure(one, SmallSet(), rule_set(), chosen()).run for one in (elsewhere, decided, worded)]
    assert len({measured, other_factors, other_people, other_zone, other_life, *others}) == 8
    assert measure(weights, SmallSet(), rule_set(), chosen()).run == measured


def test_a_wider_factor_gives_a_wider_interval():
    wide = {**ITEMS, "monitor/up_to_24in": replace(ITEMS["monitor/up_to_24in"], climate={"embodied": (20, 84, 900)})}
    narrow, wider = result().total("climate_change"), result(factors=SmallSet(wide)).total("climate_change")
    assert wider.value.central == narrow.value.central
    assert wider.value.low < narrow.value.low
    assert wider.value.high > narrow.value.high


def test_one_uncertain_factor_alone_gives_its_own_bounds():
    exact = replace(ITEMS["monitor/up_to_24in"], life=(6, 6, 6), kwh=(0, 0, 0))
    only = result(
        [line("monitor", size_class="up_to_24in", quantity=Decimal(6))],
        SmallSet({**ITEMS, "monitor/up_to_24in": exact}),
    )
    value = only.total("climate_change").value
    assert (value.low, value.central, value.high) == pytest.approx((60, 84, 300))


def test_the_papers_of_a_figure_add_up_to_it():
    made = result()
    for where in (
        {},
        {"category": "laptop"},
        {"entity": "Écoles"},
        {"stage": "use"},
        {"category": "laptop", "stage": "manufacturing"},
    ):
        told = explain(made, "climate_change", where)
        assert sum(one.value for one in told.ingredients) == pytest.approx(told.value.central, rel=1e-12)
        assert sum(one.share for one in told.ingredients) == pytest.approx(1)
        for one in told.ingredients:
            assert one.term.value == one.value
    assert explain(made, "climate_change").value == made.total("climate_change").value


def test_the_papers_of_a_figure_name_formulas_factors_sources_and_what_is_left_out():
    told = explain(result(), "climate_change", {"category": "laptop"}).as_json("fr")
    assert told["quantity"] == 13
    assert [one["stage"] for one in told["formulas"]] == ["manufacturing", "distribution", "end_of_life", "use"]
    assert told["inputs"][0]["figures"] == "2,6 vies × 180 kg CO₂ éq."
    assert told["inputs"][0]["match"] == "size"
    assert {one["source"] for one in told["factors"]} == {"hand"}
    assert told["sources"][0]["licence"] == "CC0-1.0"
    assert told["sources"][0]["age_days"] == (AT - date(2026, 1, 1)).days
    assert {one["key"] for one in told["assumptions"]} >= {
        "zone",
        "lifespan_category:laptop/standard",
        "kwh:laptop/standard",
    }
    whole = explain(result(), "climate_change").as_json("en")
    assert {(one["category"], one["why"]) for one in whole["missing"]} == {
        ("unknown", "unknown_category"),
        ("keyboard", "no_energy"),
    }
    assert whole["at_least"]


def test_the_papers_of_a_figure_are_also_a_table():
    headings, rows = explain(result(), "climate_change").rows("en")
    assert {row[0] for row in rows} == {
        "figure",
        "formula",
        "input",
        "factor",
        "source",
        "assumption",
        "missing",
        "run",
    }
    assert all(len(row) == len(headings) for row in rows)


@pytest.mark.parametrize(
    ("criterion", "where", "code"),
    [
        ("happiness", {}, "footprint.unknown_criterion"),
        ("climate_change", {"colour": "red"}, "footprint.unknown_axis"),
        ("climate_change", {"stage": "dream"}, "footprint.unknown_axis"),
        ("climate_change", {"category": "submarine"}, "footprint.nothing_to_explain"),
    ],
)
def test_what_cannot_be_explained_is_refused_in_words(criterion, where, code):
    with pytest.raises(TerreauError) as refusal:
        explain(result(), criterion, where)
    assert refusal.value.code == code
    assert refusal.value.words("fr").remedy


def test_assumptions_are_said_in_both_languages_with_what_replaces_them():
    for held in result(zone="DEU", lifespans={"monitor": 7}).assumptions:
        assert held.sentence("fr") != held.sentence("en")
        assert held.option.partition(" ")[0] in {
            "--at",
            "--zone",
            "--rules",
            "--factors",
            "--pue",
            "--lifespan",
            "column",
        }
        assert "{" not in held.sentence("fr") + held.sentence("en")
        assert all(0 <= share <= 1 + 1e-12 for share in held.share.values())


def test_an_unknown_rule_set_is_refused_and_the_known_ones_named():
    assert "terreau-1" in rule_sets()
    with pytest.raises(TerreauError) as refusal:
        rule_set("terreau-0")
    assert "terreau-1" in refusal.value.words("fr").remedy


def test_a_factor_set_with_models_nobody_weighed_is_refused():
    unaware = replace(weighed(FLEET), models_told=frozenset())
    with pytest.raises(TerreauError) as refusal:
        measure(unaware, SmallSet(), rule_set(), chosen())
    assert refusal.value.code == "footprint.models_not_weighed"


def test_importing_the_room_loads_nothing_heavy():
    heavy = "import sys, terreau.footprint; print([m for m in ('numpy', 'duckdb') if m in sys.modules])"
    said = subprocess.run([sys.executable, "-c", heavy], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
