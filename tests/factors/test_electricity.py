"""Electricity by zone: the order of sources, what is excluded, what stays missing."""

import pytest

from terreau.factors.catalogue import factor_set
from terreau.factors.packs import shipped_pack
from terreau.factors.zones import zone_label, zone_of

SET = factor_set()


def test_france_takes_the_ademe_figure_and_other_countries_the_world_table_in_kilograms():
    france, spain = SET.mix("FRA", "climate_change"), SET.mix("ESP", "climate_change")
    assert (france.value.central, france.source_key) == (0.0519, "ADEME-PUBLICODES-2.1.0")
    assert spain.source_key == "CODECARBON-MIX"
    assert 0.1 < spain.value.central < 0.3
    assert {france.unit, spain.unit} == {"kg CO2 eq"}
    assert not france.own_range
    assert france.family == "mix"


def test_water_litres_become_cubic_metres():
    assert SET.mix("FRA", "water_withdrawal").value.central == pytest.approx(3.6737e-3)
    assert SET.mix("FRA", "water_withdrawal").unit == "m3"


def test_minerals_come_from_the_openly_licensed_file_before_any_other():
    factor = SET.mix("FRA", "resource_use_minerals_metals")
    assert (factor.value.central, factor.pack) == (4.858e-08, "electricity-ecologits")


def test_primary_energy_that_equals_fossil_depletion_says_so():
    assert "equals_ADPf" in SET.mix("NOR", "primary_energy").note


def test_what_a_zone_lacks_is_missing_and_never_borrowed_from_the_world():
    assert SET.mix("AFG", "climate_change") is not None
    assert SET.mix("AFG", "resource_use_minerals_metals") is None
    assert SET.mix("FRA", "land_use") is None
    assert SET.mix("ATA", "climate_change") is None
    for area in ("WOR", "WORLD", "EEE", "EU", "EUROPE"):
        assert area not in SET.zones()


def test_no_figure_comes_from_the_repackaged_share_alike_table():
    sources = {factor.source_key for zone in SET.zones() if (factor := SET.mix(zone, "climate_change"))}
    assert sources == {"ADEME-PUBLICODES-2.1.0", "CODECARBON-MIX"}
    assert not any("EMBER" in source.key for source in SET.sources())


def test_no_mix_is_an_outlier_or_a_zero():
    for zone in SET.zones():
        acid, ozone = SET.mix(zone, "acidification"), SET.mix(zone, "ozone_depletion")
        assert acid is None or 0 < acid.value.central < 0.1
        assert ozone is None or ozone.value.central > 0
        climate = SET.mix(zone, "climate_change")
        assert climate is None or 0.01 < climate.value.central < 1.4, zone


def test_a_kilowatt_hour_said_to_emit_nothing_is_a_hole_of_the_table():
    assert SET.mix("CAF", "climate_change") is None


def test_one_kilowatt_hour_counts_as_one():
    factor = SET.mix("FRA", "electricity")
    assert (factor.value.central, factor.unit) == (1, "kWh")


def test_the_base_empreinte_mixes_are_a_removable_pack():
    pack = shipped_pack("base-empreinte")
    if pack is None:
        pytest.skip("the Base Empreinte pack was removed")
    assert pack.redistribution == "to_confirm"
    assert {"zero_means_missing", "negative_credit"} <= {one.reason for one in pack.set_aside}


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("France", "FRA"),
        ("fr", "FRA"),
        ("ALLEMAGNE", "DEU"),
        ("Germany", "DEU"),
        ("Côte d'Ivoire", "CIV"),
        ("cote d’ivoire", "CIV"),
        ("États-Unis", "USA"),
        ("USA", "USA"),
        ("Royaume-Uni", "GBR"),
        ("Atlantide", None),
        ("", None),
    ],
)
def test_countries_are_understood_in_french_and_english(text, zone):
    assert zone_of(text) == zone == SET.zone_of(text)


def test_every_zone_has_a_name_in_both_languages():
    for zone in SET.zones():
        assert len(zone) == 3
        for language in ("fr", "en"):
            assert zone_label(zone, language) != zone
            assert zone_of(zone_label(zone, language)) == zone
