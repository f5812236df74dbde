"""Planetary boundaries: the share of one person, checked against the planet."""

import pytest

from terreau.factors.catalogue import factor_set
from terreau.factors.criteria import CRITERIA

SET = factor_set()
WITH_BOUNDARY = [one for one in CRITERIA if one.kind == "impact" and one.key != "land_use"]


@pytest.mark.parametrize("criterion", WITH_BOUNDARY, ids=lambda one: one.key)
def test_the_share_of_one_person_times_the_population_is_the_boundary(criterion):
    boundary = SET.boundary(criterion.key)
    # The published shares have three significant digits.
    assert boundary.per_person * boundary.population == pytest.approx(boundary.world, rel=5e-3)
    assert boundary.unit == criterion.unit
    assert boundary.set_key == "SALA2020"
    assert SET.source(boundary.source_key).licence == "CC-BY-4.0"


def test_climate_allows_985_kilograms_and_minerals_31_7_grams():
    assert SET.boundary("climate_change").per_person == 985
    assert SET.boundary("resource_use_minerals_metals").per_person == 0.0317


def test_water_is_not_the_minerals_figure_pasted():
    # A public file carries 2.19e8 for water, which is the minerals boundary.
    assert SET.boundary("water_use").world == 1.82e14
    assert SET.boundary("water_use").world != SET.boundary("resource_use_minerals_metals").world


def test_land_use_and_flows_have_no_boundary():
    assert SET.boundary("land_use") is None
    for flow in ("primary_energy", "electricity", "raw_material", "water_withdrawal"):
        assert SET.boundary(flow) is None
