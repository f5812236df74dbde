"""Contract of every pack that comes with Terreau, found by itself."""

import csv
import importlib.util
import sys
import tomllib
from pathlib import Path

import pytest

from terreau.factors.criteria import CRITERIA, named
from terreau.factors.flags import sentences
from terreau.factors.packs import SHIPPED, load_pack
from terreau.factors.rows import REFUSED_FLAGS
from terreau.kernel.errors import words_of

ROOT = Path(__file__).parents[2]
SOURCE_TABLES = ROOT.parent / "shared" / "data" / "factors"
FOLDERS = sorted(path.parent for path in SHIPPED.glob("*/pack.toml"))
packs = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)


@packs
def test_a_shipped_pack_loads_and_each_row_has_its_papers(folder):
    pack = load_pack(folder)
    assert pack.key == folder.name
    assert pack.rows
    for row in pack.rows:
        for key in row.sources:
            source = pack.sources[key]
            assert source.publisher and source.version and source.licence
            assert source.checked_on < source.best_before
            assert source.note("fr") != source.note("en")
            assert source.link.startswith("https://") or source.publisher == "Terreau"


@packs
def test_every_flag_has_words_in_both_languages(folder):
    for row in load_pack(folder).rows:
        for flag in row.flags:
            assert len(sentences(flag, "fr")) == len(sentences(flag, "en")) == 1, flag
            assert flag not in REFUSED_FLAGS


@packs
def test_notes_stand_in_both_languages(folder):
    for row in load_pack(folder).rows:
        assert bool(row.note_fr) == bool(row.note_en)


def test_one_source_has_the_same_papers_in_every_pack():
    seen = {}
    for folder in FOLDERS:
        for key, source in load_pack(folder).sources.items():
            assert seen.setdefault(key, source) == source


def test_what_may_not_be_passed_on_for_sure_stands_in_packs_of_its_own():
    to_confirm = {folder.name for folder in FOLDERS if load_pack(folder).redistribution == "to_confirm"}
    doubtful = ("AGPL", "ODbL", "Base Empreinte")
    for folder in FOLDERS:
        for source in load_pack(folder).sources.values():
            if any(word in source.licence for word in doubtful):
                assert folder.name in to_confirm
                assert source.redistribution == "to_confirm"
    assert not to_confirm & {"terreau-items", "ademe-devices", "electricity-climate", "boundaries-sala2020"}


def test_the_share_alike_database_is_attributed_and_none_of_its_lines_is_here():
    folder = SHIPPED / "manufacturer-sheets"
    if not folder.exists():
        pytest.skip("the pack was removed")
    pack = load_pack(folder)
    assert "Boavizta" in pack.sources["BOAVIZTA-ENVFOOT"].publisher
    assert "ODbL" in pack.sources["BOAVIZTA-ENVFOOT"].note("en")
    impacts = [row for row in pack.rows if row.kind == "impact"]
    assert all(row.criterion == "climate_change" for row in impacts)
    # Medians and ratios; two figures are the difference of a single sheet, and say so.
    assert sum("single_sheet" in row.flags for row in impacts) == 2


def test_nothing_comes_from_the_conformance_file():
    for folder in FOLDERS:
        text = (folder / "pack.toml").read_text("utf-8") + (folder / "factors.csv").read_text("utf-8")
        assert "conformance" not in text.lower()
        assert "NumEcoEval" not in text


def test_criteria_are_the_sixteen_and_four_flows_with_distinct_names():
    assert len(CRITERIA) == 20
    assert sum(one.kind == "impact" for one in CRITERIA) == 16
    for one in CRITERIA:
        assert one.label("fr") and one.label("en")
        for name in (one.key, one.code, one.fr, one.en, one.key.upper()):
            assert named(name) is one
    for field in ("key", "code", "fr", "en"):
        assert len({getattr(one, field) for one in CRITERIA}) == 20


def test_every_error_of_the_room_has_a_remedy_in_both_languages():
    path = ROOT / "src" / "terreau" / "factors" / "errors.toml"
    codes = tomllib.loads(path.read_text("utf-8"))
    used = {
        code
        for module in path.parent.glob("*.py")
        for code in codes
        if f'"factors.{code}"' in module.read_text("utf-8")
    }
    assert used == set(codes)
    for code in codes:
        french, english = words_of(f"factors.{code}", {}, "fr"), words_of(f"factors.{code}", {}, "en")
        assert french.remedy and english.remedy
        assert french.what != english.what


@pytest.mark.shared
@pytest.mark.skipif(not SOURCE_TABLES.exists(), reason="the source tables are not here")
def test_the_shipped_tables_are_those_the_conversion_makes(tmp_path):
    tool = ROOT / "tools" / "factors" / "convert.py"
    spec = importlib.util.spec_from_file_location("convert", tool)
    convert = importlib.util.module_from_spec(spec)
    sys.path.insert(0, str(tool.parent))
    try:
        spec.loader.exec_module(convert)
        convert.main(SOURCE_TABLES, tmp_path)
    finally:
        while str(tool.parent) in sys.path:
            sys.path.remove(str(tool.parent))
    for made in tmp_path.glob("*/*.csv"):
        kept = SHIPPED / made.parent.name / made.name
        if kept.parent.exists():
            assert made.read_text("utf-8") == kept.read_text("utf-8"), made.name


@pytest.mark.shared
@pytest.mark.skipif(not SOURCE_TABLES.exists(), reason="the source tables are not here")
def test_the_climate_of_each_item_is_the_central_value_of_its_category():
    from terreau.factors.catalogue import factor_set

    factors = factor_set()
    with (SOURCE_TABLES / "fleet-categories.csv").open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            item = f"{line['category_key']}/{line['size_class']}"
            said = line["cc_harmonised"] or line["cc_central"]
            found = factors.stage_factors(item, "climate_change")
            if said and (found or not line["cc_factor_key"].startswith("multicriteria#")):
                total = sum(factor.value.central for factor in found)
                assert total == pytest.approx(float(said), rel=1e-3), item
            elif not said:
                assert found == (), item
