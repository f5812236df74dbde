"""One file in the G4IT layout is a pack: its source and version columns are its papers."""

from datetime import date

import pytest

from terreau.factors.catalogue import factor_set
from terreau.factors.packs import load_pack
from terreau.factors.rows import PackError
from terreau.kernel.errors import TerreauError

HEADER = (
    "criterion;lifecycle_step;name;category;avg_electricity_consumption;description;location;level;source;tier;"
    "unit;value;subscriber;version;is_hidden"
)
LINES = """CLIMATE_CHANGE;FABRICATION;Laptop;Terminal;50;;;2-Equipement;LicensedBase;;kg CO2 eq;150;;20220211;
CLIMATE_CHANGE;DISTRIBUTION;Laptop;Terminal;50;;;2-Equipement;LicensedBase;;kg CO2 eq;4,5;;20220211;
CLIMATE_CHANGE;FIN_DE_VIE;Laptop;Terminal;50;;;2-Equipement;LicensedBase;;kg CO2 eq;1;;20220211;
CLIMATE_CHANGE;UTILISATION;Laptop;Terminal;50;;;2-Equipement;LicensedBase;;kg CO2 eq;12;;20220211;
Climate change;MANUFACTURING;Latitude 5420;Terminal;33;;;2-Equipement;LicensedBase;;kg CO2 eq;210;;20220211;true
RESOURCE_USE;MANUFACTURING;Latitude 5420;Terminal;33;;;2-Equipement;LicensedBase;;kg Sb eq;0.009;;20220211;true
CLIMATE_CHANGE;FABRICATION;mix Chile;electricity-mix;;;Chili;0-Base data;LicensedBase;;kg CO2 eq;0.4;;20220211;
CLIMATE_CHANGE;FABRICATION;1 kg of copper;Material;;;;0-Base data;LicensedBase;;kg CO2 eq;7;;20220211;
WATER_USE;MANUFACTURING;Laptop;Terminal;50;;;2-Equipement;LicensedBase;;m3 world eq;-820;;20220211;
"""


def written(tmp_path, lines=LINES, header=HEADER, encoding="utf-8", name="item_impacts.csv"):
    path = tmp_path / name
    path.write_bytes(f"{header}\n{lines}".encode(encoding))
    return path


def totals(factors):
    return {factor.stage: factor.value.central for factor in factors}


def test_a_known_category_name_becomes_its_item(tmp_path):
    found = factor_set(written(tmp_path))
    factors = found.stage_factors("laptop/standard", "climate_change")
    assert totals(factors) == {"manufacturing": 150, "distribution": 4.5, "end_of_life": 1}
    assert {factor.source_key for factor in factors} == {"LicensedBase 20220211"}
    assert found.kwh("laptop/standard").value.central == 50


def test_its_papers_are_its_source_and_version_and_its_licence_is_private(tmp_path):
    pack = load_pack(written(tmp_path))
    source = pack.sources["LicensedBase 20220211"]
    assert (source.publisher, source.version) == ("LicensedBase", "20220211")
    assert (source.licence, source.redistribution, pack.redistribution) == ("private", "private", "private")
    assert source.checked_on == date(2022, 2, 11)


def test_any_other_name_is_an_exact_model(tmp_path):
    found = factor_set(written(tmp_path))
    assert found.exact_models() == {"latitude 5420"}
    match = found.match("laptop", "standard", True, "Latitude 5420")
    assert (match.item, match.level) == ("model:latitude 5420@laptop/standard", "exact")
    assert totals(found.stage_factors(match.item, "climate_change")) == {"manufacturing": 210}
    assert found.kwh(match.item).value.central == 33
    assert found.lifespan(match.item) == found.lifespan("laptop/standard")
    assert found.pue_applies(match.item) == "no"
    assert found.label(match.item) == "Latitude 5420"
    alias = found.match("laptop", "standard", True, "dell latitude-5420")
    assert (alias.item, alias.level) == ("model:latitude 5420@laptop/standard", "alias")
    assert found.match("laptop", "standard", True, "latitude 7420").level == "size"
    assert found.models_among(["latitude 5420", "dell latitude 5420", "x1"]) == {
        "latitude 5420": "exact",
        "dell latitude 5420": "alias",
    }


def test_what_the_file_does_not_say_of_a_model_is_lent_by_its_item_and_flagged(tmp_path):
    found = factor_set(written(tmp_path))
    factors = found.stage_factors("model:latitude 5420@laptop/standard", "water_withdrawal")
    assert factors
    assert all(factor.composite and "of_the_item" in factor.note for factor in factors)
    assert found.stage_factors("model:latitude 5420", "water_withdrawal") == ()


def test_hidden_values_are_masked(tmp_path):
    found = factor_set(written(tmp_path))
    hidden = found.stage_factors("model:latitude 5420@laptop/standard", "climate_change")
    shown = found.stage_factors("laptop/standard", "climate_change")
    assert all(factor.masked for factor in hidden)
    assert not any(factor.masked for factor in shown)


def test_an_electricity_mix_stored_under_the_making_step_is_a_mix(tmp_path):
    found = factor_set(written(tmp_path))
    assert found.mix("CHL", "climate_change").value.central == 0.4
    assert found.mix("CHL", "climate_change").family == "mix"
    assert found.mix("FRA", "climate_change").value.central == 0.0519


def test_use_materials_and_credits_are_set_aside_with_their_reason(tmp_path):
    reasons = {(one.line, one.reason) for one in load_pack(written(tmp_path)).set_aside}
    assert reasons == {(5, "use_stage"), (9, "not_equipment"), (10, "net_negative")}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_encodings_commas_and_camel_case_are_read(tmp_path, encoding):
    header = "criterion,lifecycleStep,name,value,unit,source"
    path = written(tmp_path, 'CLIMATE_CHANGE,Fabrication,Écran dalle,"70,5",kg CO2 eq,Étude\n', header, encoding)
    (row,) = load_pack(path).rows
    assert (row.subject, row.value.central, row.stage) == ("Écran dalle", 70.5, "manufacturing")


def test_a_file_without_unit_says_the_unit_was_assumed(tmp_path):
    path = written(
        tmp_path, "CLIMATE_CHANGE;FABRICATION;Laptop;150;Base\n", "criterion;lifecycle_step;name;value;source"
    )
    (row,) = load_pack(path).rows
    assert row.flags == ("unit_assumed",)


def test_a_line_without_source_is_refused(tmp_path):
    lines = LINES.replace("LicensedBase;;kg CO2 eq;150", ";;kg CO2 eq;150")
    with pytest.raises(PackError) as refused:
        load_pack(written(tmp_path, lines))
    assert [(one.line, one.code) for one in refused.value.findings] == [(2, "factors.line_without_source")]


def test_two_values_for_one_figure_are_refused_but_the_same_value_twice_is_one(tmp_path):
    first = LINES.splitlines()[0]
    assert len(load_pack(written(tmp_path, LINES + first + "\n")).rows) == len(load_pack(written(tmp_path)).rows)
    with pytest.raises(PackError) as refused:
        load_pack(written(tmp_path, LINES + first.replace(";150;", ";151;") + "\n"))
    assert [one.code for one in refused.value.findings] == ["factors.figure_twice"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "factors.not_g4it"),
        (b"name;price\nLaptop;900\n", "factors.not_g4it"),
        (b"PK\x03\x04\x00\x00", "factors.not_text"),
        ((HEADER + "\n").encode(), "factors.no_papers"),
    ],
)
def test_a_file_that_is_not_one_is_refused_with_a_remedy(tmp_path, content, code):
    path = tmp_path / "thing.csv"
    path.write_bytes(content)
    with pytest.raises(TerreauError) as refused:
        factor_set(path)
    assert refused.value.code == code
    assert refused.value.words("fr").remedy


def test_the_name_of_the_file_does_not_change_the_digest(tmp_path):
    first, copy = load_pack(written(tmp_path)), load_pack(written(tmp_path, name="copy.csv"))
    assert (first.key, first.digest, first.sources) == (copy.key, copy.digest, copy.sources)
    assert first.key == "g4it-licensedbase"


def test_a_model_of_the_file_whose_category_nobody_knows_waits_to_be_settled_instead_of_stopping_the_run(tmp_path):
    found = factor_set(written(tmp_path))
    match = found.match(None, None, False, "Latitude 5420")
    assert (match.item, match.level) == (None, "missing")
    assert found.match("laptop", None, False, "Latitude 5420").level == "exact"
