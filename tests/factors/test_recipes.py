"""One source decides for each item and criterion; composites say so. Figures of our own, none of any pack."""

import pytest

from terreau.factors.catalogue import factor_set
from terreau.factors.factorset import FactorSet
from terreau.factors.packs import load_pack
from tests.factors.packs_on_paper import PAPERS, write_pack

BASE = '\n[[sources]]\nkey = "BASE"\n' + "\n".join(f"{name} = {value}" for name, value in PAPERS.items())
ROWS = """impact,sheet#phone/p,CC,embodied,50,,,kg CO2 eq,pcf,,,,,
impact,ours#phone/p,CC,manufacturing,30,,,kg CO2 eq,ademe,,,,,
impact,ours#phone/p,CC,distribution,10,,,kg CO2 eq,ademe,,,,,
impact,ours#water/p,water_withdrawal,manufacturing,5,,,m3,ademe,,,,,
impact,base#phone/p,CC,embodied,80,,,kg CO2 eq,ademe,BASE,,,,
impact,base#phone/p,RUM,embodied,0.02,,,kg Sb eq,ademe,BASE,,,,
impact,base#phone/p,AC,embodied,4,,,mol H+ eq,ademe,BASE,,,,
impact,chip#phone/p,RUM,embodied,0.5,0.4,0.7,kg Sb eq,api_model,BASE,,,,
range,phone/plain,CC,,50,25,100,kg CO2 eq,pcf,,,,,"""
PHONE = "phone,plain,yes,Téléphone,Phone,mobiles,no,sheet#phone/p,ours#phone/p,{minerals},base#phone/p,{scaling},ours#water/p,,"


def small_set(tmp_path, scaling="ratio_cc", minerals="", rows=ROWS):
    pack = load_pack(
        write_pack(tmp_path / "small", rows, items=PHONE.format(scaling=scaling, minerals=minerals), more=BASE)
    )
    return FactorSet("small", "", (pack,))


def values(factors):
    return {factor.stage: factor.value.central for factor in factors}


def test_climate_takes_the_harmonised_figure_and_keeps_its_stages(tmp_path):
    factors = small_set(tmp_path).stage_factors("phone/plain", "climate_change")
    assert values(factors) == {"manufacturing": 30, "distribution": 10}
    assert {factor.method for factor in factors} == {"ademe"}


def test_the_range_of_another_family_is_scaled_to_the_harmonised_centre(tmp_path):
    # The sheets say 50, from 25 to 100: half to double. The harmonised 40 goes from 20 to 80.
    factors = small_set(tmp_path).stage_factors("phone/plain", "climate_change")
    assert sum(factor.value.low for factor in factors) == 20
    assert sum(factor.value.high for factor in factors) == 80
    assert all(factor.own_range and "range_scaled" in factor.note for factor in factors)


def test_stages_of_one_figure_share_their_key_so_that_they_are_drawn_together(tmp_path):
    factors = small_set(tmp_path).stage_factors("phone/plain", "climate_change")
    assert len({factor.key for factor in factors}) == 1


def test_a_proxy_is_multiplied_by_the_ratio_of_climates_retained(tmp_path):
    # Climate retained 40, climate of the proxy 80: half of 4 mol.
    (factor,) = small_set(tmp_path).stage_factors("phone/plain", "acidification")
    assert factor.value.central == 2
    assert factor.composite
    assert factor.method == "ademe_ratio"
    assert "ratio_to_climate" in factor.note


def test_scaling_none_takes_the_figure_as_it_is_but_says_the_source_differs(tmp_path):
    (factor,) = small_set(tmp_path, scaling="none").stage_factors("phone/plain", "acidification")
    assert factor.value.central == 4
    assert factor.composite


def test_minerals_of_their_own_beat_the_multi_criteria_base(tmp_path):
    (own,) = small_set(tmp_path, minerals="chip#phone/p").stage_factors("phone/plain", "resource_use_minerals_metals")
    (base,) = small_set(tmp_path).stage_factors("phone/plain", "resource_use_minerals_metals")
    assert own.value.central == 0.5
    assert (own.value.low, own.value.high, own.own_range) == (0.4, 0.7, True)
    assert base.value.central == 0.01


def test_without_a_climate_a_ratio_cannot_be_known(tmp_path):
    rows = "\n".join(line for line in ROWS.splitlines() if "ours#phone" not in line)
    found = small_set(tmp_path, rows=rows)
    assert found.stage_factors("phone/plain", "climate_change") == ()
    assert found.stage_factors("phone/plain", "acidification") == ()


def test_water_comes_from_its_own_column_and_never_from_the_base(tmp_path):
    assert values(small_set(tmp_path).stage_factors("phone/plain", "water_withdrawal")) == {"manufacturing": 5}


def test_a_criterion_nobody_measured_is_missing_not_zero(tmp_path):
    assert small_set(tmp_path).stage_factors("phone/plain", "land_use") == ()


def test_a_ranking_that_mixes_families_can_be_seen(tmp_path):
    found = small_set(tmp_path, minerals="chip#phone/p")
    assert found.family("phone/plain", "climate_change") == "ademe"
    assert found.family("phone/plain", "acidification") == "ademe"
    assert found.family("phone/plain", "resource_use_minerals_metals") == "api_model"
    assert found.family("phone/plain", "land_use") == ""


def test_the_organisation_s_own_figure_comes_before_the_recipe_and_carries_the_ratios(tmp_path):
    own = write_pack(tmp_path / "own", "impact,Téléphone,CC,embodied,160,,,kg CO2 eq,,,,,,")
    small = small_set(tmp_path)
    found = FactorSet("both", "", (load_pack(own), *small.packs))
    assert values(found.stage_factors("phone/plain", "climate_change")) == {"embodied": 160}
    assert values(found.stage_factors("phone/plain", "acidification")) == {"embodied": 8}


def test_two_names_of_one_item_in_a_pack_are_refused(tmp_path):
    rows = """impact,Laptop,CC,embodied,1,,,kg CO2 eq,,,,,,
impact,Ordinateur portable,CC,embodied,2,,,kg CO2 eq,,,,,,"""
    own = write_pack(tmp_path / "own", rows)
    with pytest.raises(Exception, match="two_names"):
        factor_set(own)
