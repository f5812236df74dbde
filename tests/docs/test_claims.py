"""The front page promises no more than what its own example gives."""

import re
from datetime import date
from functools import cache

from terreau.factors.criteria import CRITERIA
from terreau.footprint import footprint
from terreau.indicators.catalogue import indicators
from terreau.levers import levers
from tests.house.rules import REPO

README = (REPO / "README.md").read_text(encoding="utf-8")
EXAMPLE = REPO / "examples/inventories/glpi10_fr_ordinateurs.csv"
IMPACTS = {one.key for one in CRITERIA if one.kind == "impact"}


@cache
def weighed(**options):
    """The example of the front page, as its command weighs it."""
    return footprint([EXAMPLE], at=date(2026, 9, 30), people=2400, **options)


def shares(**options):
    """Coverage of each criterion that has a total, on the example of the front page."""
    return {one.criterion: one.coverage for one in weighed(**options).totals if one.criterion in IMPACTS}


def test_the_limits_told_on_the_front_page_are_those_of_its_example():
    covered = shares()
    assert "dix des seize critères sont couverts à 90 % ou plus" in README
    assert (len([one for one in covered.values() if one >= 0.9]), len(IMPACTS)) == (10, 16)
    assert {key for key, share in covered.items() if share == 0} == {
        "human_toxicity_cancer", "human_toxicity_non_cancer", "ecotoxicity_freshwater", "eutrophication_freshwater",
    }  # fmt: skip
    assert IMPACTS - set(covered) == {"land_use", "water_use"}


def test_the_open_set_covers_climate_as_the_front_page_says_and_little_else():
    covered = shares(factors="terreau-2026.1-open")
    assert round(covered.pop("climate_change"), 2) == 0.9
    assert not any(covered.values())


def test_the_interval_quoted_on_the_front_page_is_the_one_of_its_example():
    low, high = map(int, re.search(r"ici, de (\d+) à (\d+) tonnes", README).groups())
    climate = weighed().total("climate_change").value
    assert (low, high) == (round(climate.low / 1000), round(climate.high / 1000))


def test_the_levers_and_indicators_counted_on_the_front_page_are_those_of_the_catalogues():
    computed = [one for one in levers() if one.kind == "computed"]
    assert f"**{len(computed)} leviers sur {len(levers())} se calculent sur votre parc.**" in README
    assert f"Un catalogue de {len(indicators())}," in README
