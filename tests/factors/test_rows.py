"""Lines of a pack: units, stages, traps; everything wrong is said at once."""

import pytest

from terreau.factors.packs import load_pack
from terreau.factors.rows import PackError
from terreau.kernel.errors import TerreauError
from tests.factors.packs_on_paper import write_pack


def loaded(tmp_path, rows):
    return load_pack(write_pack(tmp_path / "valmont", rows))


def codes(tmp_path, rows):
    with pytest.raises(PackError) as refused:
        loaded(tmp_path, rows)
    for finding in refused.value.findings:
        for language in ("fr", "en"):
            assert "‹" not in str(finding.words(language))
    assert str(len(refused.value.findings)) in refused.value.words().what
    return [(finding.line, finding.code) for finding in refused.value.findings]


@pytest.mark.parametrize(
    ("criterion", "unit", "value", "expected", "ours"),
    [
        ("climate_change", "g CO2 eq/kWh", "56.039", 0.056039, "kg CO2 eq"),
        ("CC", "kgCO2e", "2", 2, "kg CO2 eq"),
        ("Changement climatique", "kg CO₂ eq", "2", 2, "kg CO2 eq"),
        ("WATER_OFFSITE", "L/kWh", "3.6737", 0.0036737, "m3"),
        ("water_withdrawal", "m³", "194", 194, "m3"),
        ("ionising_radiation", "kBq U-235 eq", "3", 3, "kBq U235 eq"),
        ("acidification", "mol H+ eq/unit", "1,04", 1.04, "mol H+ eq"),
    ],
)
def test_units_are_brought_to_ours(tmp_path, criterion, unit, value, expected, ours):
    row = loaded(tmp_path, f'electricity,FRA,{criterion},,"{value}",,,{unit},,,,,,').rows[0]
    assert row.value.central == pytest.approx(expected, rel=1e-12)
    assert row.unit == ours


def test_a_unit_clash_stops_with_both_units_named(tmp_path):
    with pytest.raises(PackError) as refused:
        loaded(tmp_path, "impact,laptop,climate_change,embodied,200,,,MJ,,,,,,")
    (finding,) = refused.value.findings
    assert (finding.code, finding.facts["unit"], finding.facts["expected"]) == ("factors.unit_clash", "MJ", "kg CO2 eq")


def test_kilograms_of_copper_are_not_a_denominator(tmp_path):
    assert codes(tmp_path, "impact,laptop,climate_change,embodied,200,,,kg CO2 eq/kg,,,,,,") == [
        (2, "factors.unit_clash")
    ]


def test_every_wrong_line_is_said_not_only_the_first(tmp_path):
    rows = """impact,laptop,climate_change,embodied,200,,,MJ,,,,,,
impact,laptop,happiness,embodied,1,,,kg,,,,,,
impact,laptop,climate_change,use,1,,,kg CO2 eq,,,,,,
impact,desktop,climate_change,embodied,dix,,,kg CO2 eq,,,,,,
impact,monitor,climate_change,embodied,10,20,30,kg CO2 eq,,,,,,
guess,monitor,climate_change,embodied,10,,,kg CO2 eq,,,,,,
impact,,climate_change,embodied,10,,,kg CO2 eq,,,,,,
electricity,Atlantide,climate_change,,10,,,kg CO2 eq,,,,,,"""
    assert codes(tmp_path, rows) == [
        (2, "factors.unit_clash"),
        (3, "factors.criterion_unread"),
        (4, "factors.stage_unread"),
        (5, "factors.value_unread"),
        (6, "factors.value_unread"),
        (7, "factors.kind_unread"),
        (8, "factors.subject_unread"),
        (9, "factors.zone_unread"),
    ]


def test_a_misnamed_column_is_refused_rather_than_lost(tmp_path):
    folder = write_pack(tmp_path / "valmont", "laptop,200,kg CO2 eq", headers="subject,valeur,unit")
    with pytest.raises(TerreauError) as refused:
        load_pack(folder)
    assert refused.value.code == "factors.columns"
    assert refused.value.facts["lacking"] == "value"
    assert refused.value.facts["unknown"] == "valeur"


def test_split_and_embodied_never_stand_together(tmp_path):
    rows = """impact,laptop,climate_change,manufacturing,170,,,kg CO2 eq,,,,,,
impact,laptop,climate_change,embodied,185,,,kg CO2 eq,,,,,,"""
    assert codes(tmp_path, rows) == [(3, "factors.split_and_embodied")]


def test_one_stage_is_given_once(tmp_path):
    rows = """electricity,France,climate_change,,0.05,,,kg CO2 eq,,,,,,
electricity,FRA,climate_change,,0.06,,,kg CO2 eq,,,,,,"""
    assert codes(tmp_path, rows) == [(3, "factors.figure_twice")]


@pytest.mark.parametrize(
    "flag",
    [
        "outlier_do_not_use",
        "zero_means_missing",
        "negative_credit",
        "not_for_boundary",
        "unreliable_end_of_life",
        "world_value_below_every_country",
    ],
)
def test_a_figure_its_source_calls_unusable_is_set_aside(tmp_path, flag):
    pack = loaded(tmp_path, f"electricity,DEU,acidification,,2.3,,,mol H+ eq/kWh,,,,read;{flag},,")
    assert pack.rows == ()
    assert [(one.line, one.reason) for one in pack.set_aside] == [(2, flag)]


@pytest.mark.parametrize("code", ["CC_FOS", "CC_BIO", "CC_LUC"])
def test_parts_of_climate_change_are_never_added_to_it(tmp_path, code):
    rows = f"""impact,laptop,CC,embodied,181,,,kg CO2 eq,,,,,,
impact,laptop,{code},embodied,181,,,kg CO2 eq,,,,,,"""
    pack = loaded(tmp_path, rows)
    assert [row.value.central for row in pack.rows] == [181]
    assert [one.reason for one in pack.set_aside] == ["part_of_climate"]


def test_a_net_negative_figure_is_missing(tmp_path):
    rows = """impact,laptop,water_use,manufacturing,100,,,m3 world eq,,,,,,
impact,laptop,water_use,end_of_life,-920,,,m3 world eq,,,,,,
impact,laptop,land_use,embodied,-56,,,Pt,,,,,,"""
    pack = loaded(tmp_path, rows)
    assert pack.rows == ()
    assert {one.reason for one in pack.set_aside} == {"net_negative"}


def test_a_credit_smaller_than_the_making_is_folded_into_one_stage(tmp_path):
    rows = """impact,laptop,water_use,manufacturing,100,,,m3 world eq,,,,,,
impact,laptop,water_use,end_of_life,-20,,,m3 world eq,,,,,,"""
    (row,) = loaded(tmp_path, rows).rows
    assert (row.stage, row.value.central, row.flags) == ("embodied", 80, ("credit_folded",))


def test_a_figure_without_bounds_has_no_range_of_its_own(tmp_path):
    rows = """impact,laptop,climate_change,embodied,200,,,kg CO2 eq,,,,,,
impact,desktop,climate_change,embodied,200,150,300,kg CO2 eq,,,,,,"""
    without, with_bounds = loaded(tmp_path, rows).rows
    assert not without.own_range
    assert with_bounds.own_range
    assert (with_bounds.value.low, with_bounds.value.high) == (150, 300)


@pytest.mark.parametrize(
    "row",
    [
        "lifespan,laptop,,,0,,,year,,,,,,",
        "lifespan,laptop,,,5,-1,8,year,,,,,,",
        "energy,laptop,,,-3,,,kWh/year,,,,,,",
        "pue,datacentre,,,0.9,,,1,,,,,,",
        "range,laptop,CC,,0,0,9,kg CO2 eq,,,,,,",
        "impact,laptop,CC,embodied,nan,,,kg CO2 eq,,,,,,",
        "impact,laptop,CC,embodied,1e999,,,kg CO2 eq,,,,,,",
    ],
)
def test_a_value_the_field_does_not_know_is_refused(tmp_path, row):
    assert codes(tmp_path, row) == [(2, "factors.value_unread")]


def test_a_table_saved_by_a_french_spreadsheet_is_read(tmp_path):
    folder = write_pack(tmp_path / "valmont", "")
    table = "subject;criterion;stage;value;unit;note_fr\nÉcran dalle;climate_change;embodied;70,5;kg CO2 eq;mesuré\n"
    (folder / "factors.csv").write_bytes(table.encode("cp1252"))
    (row,) = load_pack(folder).rows
    assert (row.subject, row.value.central, row.note_fr) == ("Écran dalle", 70.5, "mesuré")


def test_an_item_table_with_a_column_missing_is_refused(tmp_path):
    folder = write_pack(tmp_path / "valmont", "impact,laptop,CC,embodied,1,,,kg CO2 eq,,,,,,")
    (folder / "items.csv").write_text("category,label_fr\nborne,Borne\n", encoding="utf-8")
    with pytest.raises(TerreauError) as refused:
        load_pack(folder)
    assert refused.value.code == "factors.columns"
