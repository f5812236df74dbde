"""A pack without papers is refused, and papers survive loading."""

from datetime import date

import pytest

from terreau.factors.packs import load_pack
from terreau.kernel.errors import TerreauError
from tests.factors.packs_on_paper import PAPERS, write_pack

LAPTOP = "impact,laptop/standard,climate_change,embodied,200,,,kg CO2 eq/unit,,,,,,"


def refusal(folder):
    with pytest.raises(TerreauError) as refused:
        load_pack(folder)
    for language in ("fr", "en"):
        words = refused.value.words(language)
        assert "‹" not in f"{words.what}{words.why}{words.remedy}", "a fact is missing from the words"
    return refused.value.code


def test_the_papers_of_a_pack_survive_loading(tmp_path):
    more = '\n[[sources]]\nkey = "WATTMETRE"\n' + "\n".join(f"{name} = {value}" for name, value in PAPERS.items())
    rows = LAPTOP + "\nenergy,laptop/standard,,,40,,,kWh/year,,WATTMETRE,,,,"
    pack = load_pack(write_pack(tmp_path / "valmont", rows, more=more))
    papers = pack.papers
    assert (papers.key, papers.publisher, papers.title) == (
        "releves-de-la-commune",
        "Commune de Valmont",
        "Relevés de la commune",
    )
    assert (papers.version, papers.licence, papers.redistribution) == ("2026", "Apache-2.0", "private")
    assert (papers.checked_on, papers.best_before) == (date(2026, 1, 15), date(2028, 1, 15))
    assert (papers.link, papers.notes) == ("https://example.org/releves", "Relevés au wattmètre")
    assert [row.sources for row in pack.rows] == [("releves-de-la-commune",), ("WATTMETRE",)]
    assert pack.sources["WATTMETRE"].publisher == "Commune de Valmont"


def test_a_pack_without_papers_is_refused(tmp_path):
    folder = write_pack(tmp_path / "valmont", LAPTOP)
    (folder / "pack.toml").unlink()
    assert refusal(folder) == "factors.no_papers"


@pytest.mark.parametrize("field", [name for name in PAPERS if name != "notes"])
def test_a_pack_with_one_paper_missing_is_refused(tmp_path, field):
    assert refusal(write_pack(tmp_path / "valmont", LAPTOP, without=field)) == "factors.papers_incomplete"


def test_an_empty_licence_is_no_licence(tmp_path):
    assert refusal(write_pack(tmp_path / "valmont", LAPTOP, licence='" "')) == "factors.papers_incomplete"


def test_a_date_that_is_not_one_is_refused(tmp_path):
    assert refusal(write_pack(tmp_path / "valmont", LAPTOP, checked_on='"hier"')) == "factors.papers_date"


def test_redistribution_is_one_of_three_words(tmp_path):
    assert (
        refusal(write_pack(tmp_path / "valmont", LAPTOP, redistribution='"maybe"')) == "factors.redistribution_unknown"
    )


def test_a_broken_pack_toml_is_explained(tmp_path):
    assert refusal(write_pack(tmp_path / "valmont", LAPTOP, title='"unfinished')) == "factors.papers_unreadable"


def test_a_row_whose_source_has_no_papers_is_refused(tmp_path):
    rows = "impact,laptop/standard,climate_change,embodied,200,,,kg CO2 eq,,UNKNOWN,,,,"
    assert refusal(write_pack(tmp_path / "valmont", rows)) == "factors.source_without_papers"


def test_one_source_is_described_once(tmp_path):
    block = '\n[[sources]]\nkey = "A"\n' + "\n".join(f"{name} = {value}" for name, value in PAPERS.items())
    assert refusal(write_pack(tmp_path / "valmont", LAPTOP, more=block + "\n" + block)) == "factors.source_twice"


def test_papers_without_figures_are_refused(tmp_path):
    folder = write_pack(tmp_path / "valmont", LAPTOP)
    (folder / "factors.csv").unlink()
    assert refusal(folder) == "factors.no_table"


def test_a_place_with_nothing_is_refused(tmp_path):
    assert refusal(tmp_path / "nowhere") == "factors.nothing_there"


def test_a_source_is_stale_after_its_best_before(tmp_path):
    papers = load_pack(write_pack(tmp_path / "valmont", LAPTOP)).papers
    assert not papers.stale(date(2028, 1, 15))
    assert papers.stale(date(2028, 1, 16))


def test_sources_that_are_not_tables_are_explained(tmp_path):
    assert refusal(write_pack(tmp_path / "valmont", LAPTOP, sources='"WATTMETRE"')) == "factors.papers_unreadable"


def test_a_pack_keeps_its_key_wherever_it_stands(tmp_path):
    here = load_pack(write_pack(tmp_path / "here", LAPTOP))
    there = load_pack(write_pack(tmp_path / "there", LAPTOP))
    named = load_pack(write_pack(tmp_path / "named", LAPTOP, key='"org:42/releves"'))
    assert (here.key, here.digest) == (there.key, there.digest)
    assert named.key == "org:42/releves"
