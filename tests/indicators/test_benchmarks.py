"""Published figures: sample, year and method told; intervals within one method; no comparison that would not hold."""

from __future__ import annotations

import csv
from dataclasses import replace

import pytest

from terreau.factors.criteria import CRITERIA
from terreau.indicators.benchmarks import compare, figures, methods, papers
from terreau.indicators.catalogue import indicator, indicators
from terreau.indicators.units import UNITS
from tests.house.rules import REPO

SHARED = REPO.parent / "shared" / "data" / "factors"


def test_editions_of_one_method_make_an_interval():
    panel = compare(indicator("SRV01")).references[0]
    assert (panel.method.key, panel.low, panel.high, panel.years) == ("ecoindex-panel", 29, 32, (2022, 2023, 2024))
    assert [one.sample.en for one in panel.figures] == ["90 sites", "108 sites, 1,080 pages", "80 sites"]


def test_editions_that_changed_their_method_stay_apart():
    beside = compare(indicator("EMP02")).references
    assert [(one.method.key, one.low, one.high) for one in beside] == [
        ("greenit-2016", 514, 514), ("greenit-2017", 360, 360), ("greenit-2021", 460, 460), ("greenit-2025", 445, 445),
        ("wenr-2021", 265, 265),
    ]  # fmt: skip


def test_they_are_in_the_order_of_the_file_never_from_best_to_worst():
    values = [one.low for one in compare(indicator("EMP02")).references]
    assert values != sorted(values) and values != sorted(values, reverse=True)


def test_a_figure_of_another_kind_is_context_with_its_reason():
    beside = compare(indicator("EMP02"))
    assert [one.method.key for one in beside.context] == ["national-2020"]
    assert "inhabitants" in beside.context[0].why.en and not beside.words


def test_no_comparable_figure_is_an_answer():
    nothing = compare(indicator("FOR02"))
    assert nothing.references == nothing.context == ()
    assert nothing.words.fr.startswith("Aucun chiffre comparable.") and nothing.words.en.startswith(
        "No comparable figure."
    )
    told = compare(indicator("PARC02"))
    assert told.references == () and "cible annoncée" in told.words.fr and "target announced" in told.words.en


def test_another_unit_does_not_compare_and_the_reason_is_told_once():
    words = compare(indicator("PARC06"), "%").words
    assert words.en.count("The unit differs (devices per person, not per cent)") == 1
    assert "WeNR 2021" in words.en and "L’unité diffère" in words.fr


def test_another_perimeter_does_not_compare():
    mine = compare(indicator("EMP02"), perimeter="employee")
    assert [one.method.key for one in mine.references] == ["wenr-2021"]
    assert {one.why.en for one in mine.context} >= {"the perimeter differs from yours"}


def test_a_criterion_is_read_alone():
    metals = compare(indicator("EMP03"), group="resource_use_minerals_metals").references
    assert [(one.low, one.years) for one in metals] == [(54, (2025,))]
    assert compare(indicator("EMP03")).references == ()


def test_an_indicator_of_an_organisation_has_nothing_to_stand_beside():
    assert compare(replace(indicator("EMP02"), key="org:1/EMP02")).references == ()


@pytest.mark.parametrize("one", figures(), ids=lambda one: f"{one.indicator}-{one.method.key}-{one.year}")
def test_every_figure_has_its_papers_sample_and_known_keys(one):
    assert one.indicator in {each.key for each in indicators()}
    assert one.group in {"", *(criterion.key for criterion in CRITERIA)}
    assert one.unit in UNITS and one.sample.fr and one.sample.en and 2010 < one.year < 2030
    assert one.verification in ("read", "computed") and one.papers.seen in ("read", "secondary")


def test_every_method_says_what_it_counts_and_why_it_does_not_compare():
    for row in csv.DictReader((REPO / "src/terreau/indicators/data/benchmarks/methods.csv").open(encoding="utf-8")):
        assert row["comparable"] in ("yes", "no") and (row["comparable"] == "no") == bool(
            row["why_fr"] and row["why_en"]
        )
    assert all(one.name and one.scope.fr and one.scope.en and one.perimeter for one in methods().values())
    assert {one.method.key for one in figures()} == set(methods())


def test_every_source_serves_a_figure_or_a_target():
    used = {one.papers.key for one in figures()} | {
        one.typical_target.source for one in indicators() if one.typical_target
    }
    assert set(papers()) == used - {""}


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="the shared tables are not beside the repository")
def test_every_figure_is_one_of_the_shared_tables_with_its_source_and_year():
    known = set()
    for name in ("benchmarks-organisations", "benchmarks-web", "benchmarks-national-france", "screening-datacentre"):
        with (SHARED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            known |= {(row["source_id"], float(row["value"])) for row in csv.DictReader(file) if row["value"]}
    assert {(one.papers.key, one.value) for one in figures()} <= known


def test_what_an_authority_declares_having_done_is_not_called_a_target():
    told = compare(indicator("ACH01"))
    declared = [one for one in told.context if one.figures[0].papers.key == "CITY-NANTES"]
    assert [(one.method.key, one.low) for one in declared] == [("city-share", 30)]
    assert "cible" not in f"{declared[0].method.name.fr} {declared[0].why.fr}"
