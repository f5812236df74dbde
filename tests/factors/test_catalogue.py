"""The default factor set: figures worked out by hand from the published ones."""

import shutil

import pytest

from terreau.factors.catalogue import assemble, default_key, factor_set, factor_sets
from terreau.factors.criteria import CRITERIA
from terreau.factors.packs import SHIPPED
from terreau.kernel.errors import TerreauError
from tests.factors.packs_on_paper import needs, write_pack

SET = factor_set()


def stages(item, criterion="climate_change"):
    return {factor.stage: factor.value.central for factor in SET.stage_factors(item, criterion)}


def test_the_default_set_is_named_and_listed():
    assert SET.key == default_key() == "terreau-2026.1"
    assert [one.key for one in factor_sets()][0] == SET.key
    assert all(one.label("fr") != one.label("en") for one in factor_sets())


def test_a_laptop_is_170_made_12_3_carried_2_79_ended():
    assert stages("laptop/standard") == {"manufacturing": 170, "distribution": 12.3, "end_of_life": 2.79}
    factors = SET.stage_factors("laptop/standard", "climate_change")
    assert sum(factor.value.central for factor in factors) == pytest.approx(185.09)
    assert {factor.source_key for factor in factors} == {"ADEME-PUBLICODES-2.1.0"}
    assert not any(factor.composite or factor.masked for factor in factors)


@needs("manufacturer-sheets")
def test_the_range_of_a_laptop_is_the_one_of_its_category_spread_over_the_stages():
    factors = SET.stage_factors("laptop/standard", "climate_change")
    assert sum(factor.value.low for factor in factors) == pytest.approx(168)
    assert sum(factor.value.high for factor in factors) == pytest.approx(345)


def test_a_monitor_is_69_84_kilograms():
    assert sum(stages("monitor/up_to_24in").values()) == pytest.approx(64.6 + 1.29 + 3.95)


@needs("manufacturer-sheets")
def test_a_wide_monitor_is_the_24_inch_one_times_the_ratio_of_sheets():
    # 69.84 x 395.713 / 354.453 = 77.97; the sheets of both families span 55 to 475.
    (factor,) = SET.stage_factors("monitor/27in", "climate_change")
    assert factor.value.central == pytest.approx(69.84 * 395.713 / 354.453, rel=1e-4)
    assert (factor.value.low, factor.value.high) == (pytest.approx(55), pytest.approx(475))
    assert (factor.method, factor.composite) == ("ademe_ratio", True)


@needs("manufacturer-sheets")
def test_a_mobile_workstation_follows_the_harmonised_figure_with_the_spread_of_its_sheets():
    # 347.515 from 180 to 465 in the sheets; 262.16 on the scale of the French base.
    (factor,) = SET.stage_factors("laptop/mobile_workstation", "climate_change")
    assert factor.value.central == 262.16
    assert factor.value.low == pytest.approx(262.16 * 180 / 347.515)
    assert factor.value.high == pytest.approx(262.16 * 465 / 347.515)
    assert SET.family("laptop/mobile_workstation", "climate_change") == SET.family("laptop/standard", "climate_change")


@needs("manufacturer-sheets", "boaviztapi-runs")
def test_a_rack_server_comes_from_the_sheets_so_a_ranking_with_laptops_mixes_families():
    (factor,) = SET.stage_factors("rack_server/standard_2_sockets", "climate_change")
    assert factor.value.central == 1258.32
    assert (factor.value.low, factor.value.high) == (pytest.approx(634), pytest.approx(3660))
    assert SET.family("rack_server/standard_2_sockets", "climate_change") == "pcf"
    (minerals,) = SET.stage_factors("rack_server/standard_2_sockets", "resource_use_minerals_metals")
    assert (minerals.value.central, minerals.source_key, minerals.composite) == (0.16, "BOAVIZTAPI-2.5.0-RUN", True)


def test_water_leaves_out_the_end_of_life_that_ademe_calls_unreliable():
    assert stages("laptop/standard", "water_withdrawal") == {"manufacturing": 194, "distribution": 0.0516}


def test_office_hours_replace_home_hours_for_laptops_desktops_and_monitors():
    # Active power x 220 days x 8 hours, from 6 to 10 hours.
    for item, watts in (("laptop/standard", 26.5), ("desktop/standard", 70), ("monitor/up_to_24in", 50)):
        energy = SET.kwh(item)
        assert energy.value.central == pytest.approx(watts * 220 * 8 / 1000)
        assert energy.value.low == pytest.approx(watts * 220 * 6 / 1000)
        assert energy.value.high == pytest.approx(watts * 220 * 10 / 1000)
        assert energy.source_key == "TERREAU-OFFICE"


@needs("manufacturer-sheets", "boaviztapi-runs", "published-facts")
def test_every_item_has_a_lifespan_an_energy_a_name_in_two_languages_and_a_pue_rule():
    for item in SET.items():
        life, energy = SET.lifespan(item), SET.kwh(item)
        assert 1 <= life.value.low <= life.value.high <= 30
        assert energy is not None
        assert energy.unit == "kWh/year"
        assert life.note("fr") != life.note("en")
        assert SET.pue_applies(item) in ("yes", "no", "by_location")
        assert SET.label(item, "fr") and SET.label(item, "en")
        assert SET.item(item).family != "other"


@needs("manufacturer-sheets", "boaviztapi-runs", "published-facts")
def test_recipes_name_figures_that_exist():
    shelves = SET._shelves
    for key, item in shelves.items.items():
        climate = item.climate_harmonised or item.climate
        if climate and not climate.startswith("multicriteria#"):
            assert (climate, "climate_change") in shelves.impacts, key
        if item.minerals and not item.minerals.startswith("multicriteria#"):
            assert (item.minerals, "resource_use_minerals_metals") in shelves.impacts, key
        if item.water:
            assert (item.water, "water_withdrawal") in shelves.impacts, key


def test_the_pue_is_ours_and_wider_than_the_survey_mean():
    pue = SET.pue()
    assert (pue.value.low, pue.value.central, pue.value.high) == (1.2, 1.56, 2.0)
    assert pue.source_key == "TERREAU-PUE"


def test_stages_are_split_or_embodied_never_both():
    for item in SET.items():
        for criterion in CRITERIA:
            names = [factor.stage for factor in SET.stage_factors(item, criterion.key)]
            assert len(names) == len(set(names))
            assert "embodied" not in names or len(names) == 1
            assert len({factor.source_key for factor in SET.stage_factors(item, criterion.key)}) <= 1


def test_no_factor_is_negative_and_every_source_has_papers():
    for item in SET.items():
        for criterion in CRITERIA:
            for factor in SET.stage_factors(item, criterion.key):
                assert factor.value.low >= 0
                assert factor.unit == criterion.unit
                assert all(SET.source(source).licence for source in factor.sources)


def test_a_line_is_matched_as_closely_as_what_is_known_of_it():
    def found(*asked):
        match = SET.match(*asked)
        return match.item, match.level

    assert found("monitor", "27in", True, "") == ("monitor/27in", "size")
    assert found("monitor", "27in", False, "") == ("monitor/27in", "category")
    assert found("monitor", None, False, "") == ("monitor/up_to_24in", "category")
    assert found("monitor", "99in", True, "") == ("monitor/up_to_24in", "fallback")
    assert found("teapot", None, False, "") == (None, "missing")
    assert found(None, None, False, "latitude 5420") == (None, "missing")


def test_a_missing_category_has_no_factor_and_no_zero():
    assert SET.stage_factors("scanner/document", "climate_change") == ()
    assert SET.kwh("scanner/document").value.central == 8


def test_without_the_removable_packs_the_rest_still_answers(tmp_path):
    folder = tmp_path / "packs"
    shutil.copytree(SHIPPED, folder)
    removable = ("base-empreinte", "boaviztapi-runs", "manufacturer-sheets", "published-facts")
    for name in removable:
        if (folder / name).exists():
            shutil.rmtree(folder / name)
    bare = assemble(factor_sets()[0], folder)
    assert set(removable) <= set(bare.absent)
    assert sum(factor.value.central for factor in bare.stage_factors("laptop/standard", "climate_change")) == (
        pytest.approx(185.09)
    )
    assert not any(factor.own_range for factor in bare.stage_factors("laptop/standard", "climate_change"))
    assert bare.stage_factors("laptop/standard", "acidification") == ()
    assert bare.stage_factors("rack_server/standard_2_sockets", "climate_change") == ()
    assert bare.mix("FRA", "climate_change").value.central == 0.0519
    assert bare.mix("FRA", "acidification") is None
    assert bare.digest != SET.digest or bare.absent == SET.absent


def test_a_set_refuses_a_pack_of_another_version(tmp_path):
    folder = tmp_path / "packs"
    shutil.copytree(SHIPPED, folder)
    papers = folder / "terreau-items" / "pack.toml"
    papers.write_text(
        papers.read_text(encoding="utf-8").replace('version = "2026.1"', 'version = "2027.1"', 1), "utf-8"
    )
    with pytest.raises(TerreauError) as refused:
        assemble(factor_sets()[0], folder)
    assert refused.value.code == "factors.version_clash"


def test_a_pack_put_in_front_changes_the_key_and_the_digest(tmp_path):
    own = write_pack(tmp_path / "valmont", "energy,laptop/standard,,,31,,,kWh/year,,,,,,")
    mine = factor_set(own)
    assert mine.key == "terreau-2026.1+releves-de-la-commune"
    assert mine.digest != SET.digest
    assert mine.kwh("laptop/standard").value.central == 31
    assert mine.kwh("desktop/standard") == SET.kwh("desktop/standard")
    assert factor_set("terreau-2026.1", extra=[own]).digest == mine.digest
    (own / "factors.csv").write_text((own / "factors.csv").read_text("utf-8").replace(",31,", ",32,"), "utf-8")
    assert factor_set(own).digest != mine.digest


def test_a_folder_of_packs_is_read_whole(tmp_path):
    write_pack(tmp_path / "a", "energy,laptop/standard,,,31,,,kWh/year,,,,,,")
    write_pack(tmp_path / "b", "energy,laptop/standard,,,99,,,kWh/year,,,,,,\nenergy,tablet,,,7,,,kWh/year,,,,,,")
    mine = factor_set(tmp_path)
    assert mine.kwh("laptop/standard").value.central == 31
    assert mine.kwh("tablet/standard").value.central == 7


def test_an_unknown_set_names_the_known_ones():
    with pytest.raises(TerreauError) as refused:
        factor_set("terreau-1999")
    assert refused.value.code == "factors.unknown_set"
    assert "terreau-2026.1" in refused.value.words().why


def test_an_unknown_source_and_an_unknown_criterion_are_refused():
    with pytest.raises(TerreauError):
        SET.source("NOBODY")
    with pytest.raises(KeyError):
        SET.stage_factors("laptop/standard", "happiness")


def test_a_pack_may_name_an_item_as_people_do(tmp_path):
    rows = "".join(
        f"energy,{name},,,{kwh},,,kWh/year,,,,,,\n"
        for name, kwh in (("Écran", 1), ("Ordinateur fixe", 2), ("rack_server", 3), ("Monitor 25-28 in", 4))
    )
    mine = factor_set(write_pack(tmp_path / "own", rows))
    told = [mine.kwh(item).value.central for item in ("monitor/up_to_24in", "desktop/standard", "monitor/27in")]
    assert told == [1, 2, 4]
    assert mine.kwh("rack_server/standard_2_sockets").value.central == 3
    assert mine.exact_models() == frozenset()
