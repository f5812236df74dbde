"""What is not known, masked or assumed is said so, and never passes for a figure."""

import csv
import json
from datetime import date
from decimal import Decimal

import pytest

from terreau.factors.catalogue import factor_set
from terreau.footprint import explain, footprint
from terreau.footprint.measuring import measure
from terreau.footprint.rules import rule_set
from terreau.kernel.errors import TerreauError
from terreau.kernel.term import figure
from tests.factors.packs_on_paper import write_pack
from tests.footprint.fleets import chosen, line, weighed
from tests.footprint.small_set import SmallSet

SERVER = line("rack_server", size_class="standard_2_sockets")


def result(lines, **facts):
    return measure(weighed(lines), SmallSet(), rule_set(), chosen(**facts))


def held(found, key):
    return next((one for one in found.assumptions if one.key == key), None)


@pytest.mark.parametrize(
    ("value", "fr", "en"),
    [
        (54289.6, "54\u202f289,6", "54,289.6"),
        (1.56, "1,56", "1.56"),
        (0, "0", "0"),
        (200, "200", "200"),
        (4.858e-8, "4,858 × 10⁻⁸", "4.858 × 10⁻⁸"),
        (1234567.8, "1\u202f234\u202f570", "1,234,570"),
    ],
)
def test_figures_inside_a_formula_are_written_as_people_write_them(value, fr, en):
    assert (figure(value, "fr"), figure(value, "en")) == (fr, en)


def test_a_boundary_share_needs_one_device_whose_every_stage_is_known():
    keyboards = line("keyboard", quantity=Decimal(9))
    some = result([line("laptop"), keyboards], people=10).total("climate_change")
    assert some.coverage == 0.1
    assert some.boundary_share == pytest.approx(some.value.central / 10 / 985)
    making_only = result([keyboards], people=10).total("climate_change")
    assert (making_only.coverage, making_only.boundary_share) == (0, None)


def test_what_no_factor_tells_is_refused_not_explained_as_zero():
    for where in ({}, {"category": "unknown"}):
        with pytest.raises(TerreauError) as refusal:
            explain(result([line(None, quantity=Decimal(2))]), "climate_change", where)
        assert refusal.value.code == "footprint.nothing_known"
        assert "2 appareils" in refusal.value.words("fr").what
    with pytest.raises(TerreauError) as refusal:
        explain(result([line("laptop", fate="stock")]), "climate_change")
    assert refusal.value.code == "footprint.nothing_counted"


@pytest.mark.parametrize("lines", [[], [line("laptop", fate="stock")], [line(None)]])
def test_a_fleet_of_which_nothing_is_known_has_no_total_and_writes_its_json(lines):
    told = json.loads(result(lines, people=5).to_json())
    assert (told["totals"], told["impacts"]) == ([], [])
    assert {one["key"] for one in told["assumptions"]} == {"at", "zone"}


def test_a_server_whose_place_is_not_told_is_held_to_be_in_a_datacentre_and_it_is_said():
    unsaid = held(result([SERVER]), "assumed_room")
    assert unsaid.option == "column datacentre"
    use = 1500 * 1.56 * 0.05
    assert unsaid.share["climate_change"] == pytest.approx(use / (use + 1200 / 5))
    assert held(result([{**SERVER, "in_datacentre": True}]), "assumed_room") is None
    assert held(result([line("laptop")]), "assumed_room") is None


def test_the_pue_leaves_alone_what_stands_outside_a_datacentre_or_never_takes_one():
    switch = line("network_switch", size_class="access_48_ports")
    outside, inside = result([switch]), result([{**switch, "in_datacentre": True}])
    assert inside.total("electricity").value.central == pytest.approx(1.56 * outside.total("electricity").value.central)
    laptop = result([line("laptop", in_datacentre=True)])
    assert laptop.total("electricity").value.central == pytest.approx(30)
    assert held(laptop, "pue") is None


def test_losses_of_a_ups_in_a_datacentre_are_said_to_be_on_top_of_the_pue():
    factors = factor_set()
    fleet = [line("ups", size_class="line_interactive_1500VA", in_datacentre=True)]
    inside = measure(weighed(fleet, factors=factors), factors, rule_set(), chosen())
    outside = [{**fleet[0], "in_datacentre": False}]
    assert held(inside, "ups").option == "column kwh_per_year"
    assert held(measure(weighed(outside, factors=factors), factors, rule_set(), chosen()), "ups") is None


def test_composite_figures_are_flagged_with_the_share_they_carry():
    factors = factor_set()
    fleet = [line("monitor", size_class="27in"), line("laptop")]
    found = held(measure(weighed(fleet, factors=factors), factors, rule_set(), chosen()), "composite")
    assert 0 < found.share["climate_change"] < 1
    assert found.option == "--factors"


def test_assumptions_say_days_countries_and_labels_as_a_sentence_does():
    found = result([line("laptop", zone=None)], pue=1.4)
    assert held(found, "at").sentence("fr") == "Les douze mois comptés finissent le 30 septembre 2026."
    assert held(found, "at").sentence("en") == "The twelve months counted end on 30 September 2026."
    assert "France (FRA)" in held(found, "zone").sentence("fr")
    assert (
        held(result([SERVER], pue=1.4), "pue_measured").sentence("fr").startswith("PUE des centres de données : 1,4,")
    )
    factors = factor_set()
    real = measure(weighed([line("laptop")], factors=factors), factors, rule_set(), chosen())
    assert held(real, "lifespan_category").sentence("fr") == (
        "Durée de vie, ordinateur portable : 5 ans (de 3 à 8), valeur usuelle de la catégorie."
    )


MASKED = """impact,laptop/standard,climate_change,embodied,173.4567,,,kg CO2 eq/unit,own,,2026,,,
energy,laptop/standard,,,41.2345,,,kWh/year,own,,2026,,,
lifespan,laptop/standard,,,5.4321,,,year,own,,2026,,,"""


def test_masked_values_are_in_no_output(tmp_path):
    pack = write_pack(tmp_path / "bought", MASKED, masked="true")
    parc = tmp_path / "parc.csv"
    parc.write_text("Nom;Type;Statut;Quantité\nP1;Ordinateur portable;En service;7\n", encoding="utf-8")
    detail = tmp_path / "detail.csv"
    made = footprint([parc], factors=pack, at=date(2026, 9, 30), detail=detail)
    assert made.total("climate_change").value.central > 0
    papers = explain(made, "climate_change")
    told = [made.to_json(), detail.read_text(encoding="utf-8")]
    for language in ("fr", "en"):
        told += [json.dumps(papers.as_json(language), ensure_ascii=False), str(papers.rows(language))]
        told += [one.sentence(language) for one in made.assumptions]
    for secret in ("173.4", "173,4", "41.23", "41,23", "41.2 ", "41,2 ", "5.43", "5,43"):
        assert not [text for text in told if secret in text], secret
    rows = list(csv.DictReader(detail.read_text(encoding="utf-8").splitlines()))
    assert {row["kwh_origin"] for row in rows} == {"", "category"}
    assert {(row["kwh"], row["lifespan_years"]) for row in rows} == {("", "")}


def test_a_figure_scaled_on_a_masked_climate_is_masked_too(tmp_path):
    pack = write_pack(
        tmp_path / "bought",
        "impact,monitor/27in,climate_change,embodied,91.5,,,kg CO2 eq/unit,own,,2026,,,",
        masked="true",
    )
    scaled = factor_set(pack).stage_factors("monitor/27in", "acidification")
    assert all(one.masked for one in scaled)
    assert not any(one.masked for one in factor_set().stage_factors("monitor/27in", "acidification"))


def test_a_pue_of_the_organisations_pack_takes_the_place_of_the_usual_one(tmp_path):
    factors = factor_set(write_pack(tmp_path / "ours", "pue,datacentre,,,1.3,,,1,measured,,2026,,,"))
    fleet = [line("rack_server", size_class="standard_2_sockets", in_datacentre=True, own_kwh=Decimal(1000))]
    found = measure(weighed(fleet, factors=factors), factors, rule_set(), chosen())
    assert found.total("electricity").value.central == pytest.approx(1300)
    assert held(found, "pue_measured").value == 1.3
