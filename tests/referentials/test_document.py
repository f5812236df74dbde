"""An edition is written down and read back unchanged, whatever people type; its workbook runs no formula."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terreau.referentials import library
from terreau.referentials.document import as_document, from_yaml, to_json, to_yaml
from terreau.referentials.loading import edition_from
from terreau.referentials.workbook import write_workbook
from tests.referentials.small import document

typed = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=40).filter(
    lambda text: text.strip()
)
words = st.one_of(typed, st.fixed_dictionaries({"fr": typed, "en": typed}))


@st.composite
def documents(draw):
    made = document()
    made["title"], made["version"] = draw(words), draw(typed)
    first, second, _ = made["themes"][0]["rubrics"][0]["criteria"]
    first["question"], first["why"] = draw(words), draw(words)
    first["expects"] = {
        name: draw(words) for name in draw(st.sets(st.sampled_from(["documents", "means", "results"]), min_size=1))
    }
    first["points"] = draw(st.sampled_from(["0", "20", "1/3", "2.50", 7]))
    first["refs"] = draw(st.lists(typed, max_size=3))
    second["not_applicable_because"] = draw(words)
    second["reformulation"] = draw(st.booleans())
    second["duty"] = draw(st.sampled_from([{"due": "2023-01-01", "every": "P1Y"}, {"every": "P3Y"}]))
    second["reading"] = {"notions": draw(st.lists(words, max_size=2)), "questions": draw(st.lists(words, max_size=2))}
    return made


@settings(max_examples=15)
@given(documents())
def test_whatever_people_type_the_yaml_gives_it_back(made):
    edition = edition_from(made, "jardin.yaml")
    again = from_yaml(to_yaml(edition), "again.yaml")
    assert again == edition
    assert again.digest == edition.digest


def test_a_private_edition_is_exported_without_its_organisation():
    private = edition_from(document(), "jardin.yaml", key="org:1234/jardin")
    assert as_document(private)["key"] == "jardin"
    assert from_yaml(to_yaml(private), "x.yaml", key=private.key) == private


def test_the_public_json_gives_both_keys_and_every_field_each_time():
    told = to_json(edition_from(document(), "jardin.yaml"))
    assert {"key", "version", "authority", "themes"} <= set(told)
    criteria = told["themes"][0]["rubrics"][0]["criteria"]
    assert (criteria[0]["id"], criteria[0]["key"], criteria[0]["number"]) == ("jardin:1.1.1", "1.1.1", "1.1.1")
    assert criteria[0]["question"] == {"fr": "Le compost est-il tenu ?", "en": "Is the compost kept?"}
    assert criteria[0]["facets"][1] == {"key": "means", "expects": {"fr": "Un bac", "en": "A bin"}}
    assert criteria[0]["reformulation"] is False
    assert (criteria[0]["weight"], criteria[1]["weight"], criteria[1]["link"]) == ("3/2", None, "")
    assert len({tuple(criterion) for criterion in criteria}) == 1
    assert json.loads(json.dumps(told)) == told


def test_no_cell_of_the_workbook_may_start_a_formula(tmp_path):
    import openpyxl

    made = document()
    criterion = made["themes"][0]["rubrics"][0]["criteria"][0]
    criterion["question"] = '=HYPERLINK("https://example.org")'
    criterion["why"] = "@SUM(1)\u0007"
    write_workbook(edition_from(made, "jardin.yaml"), tmp_path / "jardin.xlsx")
    book = openpyxl.load_workbook(tmp_path / "jardin.xlsx")
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line if cell.value is not None]
    assert all(cell.data_type != "f" and not str(cell.value).startswith(("=", "@", "+")) for cell in cells)
    assert "'@SUM(1)" in {cell.value for cell in cells}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_workbook_has_one_line_a_criterion_and_its_papers(tmp_path, language):
    import openpyxl

    edition = library.edition("iso26000-nr")
    write_workbook(edition, tmp_path / "x.xlsx", language)
    book = openpyxl.load_workbook(tmp_path / "x.xlsx", read_only=True)
    first, papers = (list(sheet.iter_rows(values_only=True)) for sheet in book)
    assert len(first) == len(edition.criteria) + 1
    column = first[0].index("Question")
    assert [line[column] for line in first[1:]] == [criterion.question.in_(language) for criterion in edition.criteria]
    assert edition.digest in {line[1] for line in papers}
