"""Where indicators come from: the package, another package, the files of an organisation."""

from __future__ import annotations

import sys

import pytest

from terreau.indicators import catalogue
from terreau.indicators.catalogue import indicator, indicators, load
from terreau.indicators.loading import from_document, to_document
from terreau.kernel.errors import TerreauError
from terreau.referentials.yaml_reading import parse_yaml, write_yaml

OWN = """key: REPAS
name: {fr: Réunions sans écran, en: Meetings without a screen}
question: {fr: Savons-nous nous réunir sans projeter ?, en: Can we meet without projecting?}
numerator: {fr: réunions sans écran, en: meetings with no screen on}
denominator: {fr: réunions, en: meetings}
formula: N/N
unit: "%"
theme: use
audience: performance
nature: result
direction: up
frequency: quarterly
source: form
"""
UUID = "5f0c"


def pack(folder, **files):
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def refused(folder) -> TerreauError:
    with pytest.raises(TerreauError) as trouble:
        load(folder, organisation=UUID)
    return trouble.value


def test_the_catalogue_opens_on_the_core_footprint_first():
    found = indicators()
    assert [one.key for one in found[:3]] == ["EMP01", "EMP02", "EMP03"]
    assert len({one.key for one in found}) == len(found)


def test_an_unknown_key_names_the_nearest():
    with pytest.raises(TerreauError) as trouble:
        indicator("PARC99")
    assert trouble.value.code == "indicators.unknown"
    assert "PARC09" in trouble.value.words("en").why
    assert indicator("parc02").key == "PARC02"


def test_a_file_dropped_by_an_organisation_is_one_more_under_a_private_key(tmp_path):
    mine = load(pack(tmp_path, repas=OWN), organisation=UUID)
    assert [(one.key, one.short, one.origin, one.form) for one in mine] == [
        ("org:5f0c/REPAS", "REPAS", "organisation", "relative")
    ]
    assert indicator("org:5f0c/REPAS", [mine]).name.en == "Meetings without a screen"
    assert len(indicators([mine])) == len(indicators()) + 1
    with pytest.raises(TerreauError):
        indicator("org:5f0c/REPAS")


def test_an_organisation_may_use_a_key_of_ours_without_hiding_it(tmp_path):
    mine = load(pack(tmp_path, emp=OWN.replace("REPAS", "EMP01")), organisation=UUID)
    assert indicator("EMP01", [mine]).unit == "t CO2 eq"
    assert indicator("org:5f0c/EMP01", [mine]).unit == "%"


def test_two_files_that_claim_one_key_are_both_named(tmp_path):
    told = refused(pack(tmp_path, one=OWN, two=OWN)).words("fr")
    assert "one.yaml" in told.why and "two.yaml" in told.why


def test_every_mistake_of_a_file_comes_at_once_with_its_place(tmp_path):
    text = (
        OWN.replace('unit: "%"', "unit: parsecs")
        .replace("direction: up\n", "")
        .replace("nature: result", "nature: guess")
    )
    words = refused(pack(tmp_path, repas=text)).words("fr")
    assert words.what.startswith("« repas.yaml » ne décrit pas un indicateur complet ; à reprendre : 3.")
    for name in ("parsecs", "direction", "guess"):
        assert name in words.why


@pytest.mark.parametrize(
    ("written", "mended", "said"),
    [
        ("source: form", "source: meter", "meter"),
        ("source: form", "source: form\nmeter: {key: fleet.mean_age}", "source"),
        ("source: form", "source: form\ncolour: green", "colour"),
        ("source: form", 'source: form\ntypical_target: {words: dix, value: "dix", standing: proposal, verification: inferred}', "dix"),
        ("source: form", "source: form\ntypical_target: {words: dix, standing: read, verification: read}", "source"),
        ("source: form", "source: form\nscope_ghg: [4]", "scope_ghg"),
    ],
)  # fmt: skip
def test_what_contradicts_itself_is_refused(tmp_path, written, mended, said):
    assert said in refused(pack(tmp_path, repas=OWN.replace(written, mended))).words("en").why


def test_what_is_not_yaml_is_refused_in_words(tmp_path):
    assert refused(pack(tmp_path, repas="key: [")).words("fr").remedy
    assert refused(pack(tmp_path, repas=OWN + OWN)).code == "referentials.yaml_twice"


def test_a_definition_written_and_read_again_is_the_same():
    for one in indicators():
        written = write_yaml(to_document(one))
        assert from_document(parse_yaml(written, "again"), "again") == one


def test_another_package_adds_its_own_by_announcing_them(tmp_path, monkeypatch):
    home = tmp_path / "green_pack"
    home.mkdir()
    (home / "__init__.py").write_text("", encoding="utf-8")
    pack(home, repas=OWN)
    papers = tmp_path / "green_pack-1.dist-info"
    papers.mkdir()
    (papers / "METADATA").write_text("Metadata-Version: 2.1\nName: green-pack\nVersion: 1\n", encoding="utf-8")
    (papers / "entry_points.txt").write_text("[terreau.indicators]\ngreen = green_pack\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    catalogue._shipped.cache_clear()
    try:
        assert indicator("REPAS").origin == "package"
    finally:
        catalogue._shipped.cache_clear()
        sys.modules.pop("green_pack", None)
