"""A received CSV or TSV handed back: the same encoding, separator, quotes and line ends; only the answered cells change."""

import csv
import io
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terreau.kernel.errors import TerreauError
from terreau.referentials.grids.book import open_book
from terreau.referentials.grids.filling import GridAnswer, Left, fill
from terreau.referentials.grids.proposing import propose
from terreau.referentials.grids.reading import read
from terreau.referentials.grids.text_writing import fields
from tests.referentials.grids import layouts
from tests.referentials.grids.other_forms import as_text


def grid_of(path):
    book = open_book(path)
    return read(book, propose(book))


FORMS = [
    (";", "cp1252", "\r\n", csv.QUOTE_MINIMAL),
    (",", "utf-8-sig", "\n", csv.QUOTE_ALL),
    ("\t", "utf-16", "\r\n", csv.QUOTE_MINIMAL),
    (";", "utf-8", "\r", csv.QUOTE_NONNUMERIC),
]


@pytest.mark.parametrize(("sign", "encoding", "ends", "quoting"), FORMS)
def test_only_the_answered_cells_change(tmp_path, sign, encoding, ends, quoting):
    book = layouts.banners(tmp_path / "grille.xlsx")
    path = as_text(book, "Grille", tmp_path / "grille.csv", sign=sign, encoding=encoding, ends=ends, quoting=quoting)
    answer = GridAnswer(
        verdicts={"verdict": "partial"}, text=f'Une « note » : "oui"{sign} signée.\nRelue.', earned=Fraction(25, 4)
    )
    told = fill(path, grid_of(path), {"1.1.1": answer}, tmp_path / "rendue.csv")
    before, after = path.read_bytes().decode(encoding), (tmp_path / "rendue.csv").read_bytes().decode(encoding)
    rows = list(csv.reader(io.StringIO(after, newline=""), delimiter=sign))
    assert rows[6][3:6] == ["6,25", "En partie", f'Une « note » : "oui"{sign} signée.\nRelue.']
    cut = before.split(ends)
    assert after.startswith(ends.join(cut[:6]) + ends) and after.endswith(ends.join(["", *cut[7:]]))
    assert (tmp_path / "rendue.csv").read_bytes()[:2] == path.read_bytes()[:2], "its mark is kept"
    assert told.cells == 3
    if quoting == csv.QUOTE_ALL:
        assert '"6,25","En partie"' in after


def test_columns_with_facets_and_a_formula_left_alone(tmp_path):
    path = as_text(layouts.columns(tmp_path / "grille.xlsx"), "Référentiel 2026", tmp_path / "grille.tsv", sign="\t")
    answer = GridAnswer(
        verdicts={"documents": "yes", "means": "none"}, texts={"documents": "Une note."}, earned=Fraction(5)
    )
    grid = grid_of(path)
    fill(path, grid, {"1.2": answer}, tmp_path / "rendue.tsv")
    line = (tmp_path / "rendue.tsv").read_text(encoding="utf-8").splitlines()[2].split("\t")
    assert line[6:9] == ["Oui : Une note.", "Non", ""] or line[6] == "Oui : Une note."
    assert line[10] == "=J3/2"


def test_an_english_grid_shorter_than_its_headings(tmp_path):
    path = tmp_path / "grid.csv"
    path.write_text(
        "Ref,Requirement,Max score,Assessment,Comments\nA.1,Invented requirement one in words,2\nA.2,Invented requirement two in words,4\n"
    )
    fill(
        path,
        grid_of(path),
        {"A.1": GridAnswer(comment="One, and more."), "A.2": GridAnswer(text="Two.")},
        tmp_path / "back.csv",
    )
    lines = (tmp_path / "back.csv").read_text().splitlines()
    assert lines[1] == 'A.1,Invented requirement one in words,2,,"One, and more."'
    assert lines[2] == "A.2,Invented requirement two in words,4,,Two."


@pytest.mark.parametrize("text", ["=1+1", "+33 6", "@SUM(A1)", "-2+3", "\t=1", "−1+1"])
def test_nothing_written_starts_a_formula(tmp_path, text):
    path = as_text(layouts.banners(tmp_path / "grille.xlsx"), "Grille", tmp_path / "grille.csv", encoding="cp1252")
    fill(path, grid_of(path), {"1.1.1": GridAnswer(text=text)}, tmp_path / "rendue.csv")
    rows = list(
        csv.reader(io.StringIO((tmp_path / "rendue.csv").read_bytes().decode("cp1252"), newline=""), delimiter=";")
    )
    assert not rows[6][5].startswith(("=", "+", "-", "@", "\t"))


def test_a_sign_the_encoding_lacks_is_replaced_and_told(tmp_path):
    path = as_text(layouts.banners(tmp_path / "grille.xlsx"), "Grille", tmp_path / "grille.csv", encoding="cp1252")
    told = fill(
        path, grid_of(path), {"1.1.1": GridAnswer(text="12\u202f% et ≥ 3", comment="Łódź")}, tmp_path / "rendue.csv"
    )
    assert "12\u00a0% et ? 3" in (tmp_path / "rendue.csv").read_bytes().decode("cp1252")
    assert told.left[:1] == (Left(criterion="1.1.1", role="answer", reason="signs"),)


def test_the_same_answers_give_the_same_bytes_and_it_is_read_again(tmp_path):
    path = as_text(layouts.banners(tmp_path / "grille.xlsx"), "Grille", tmp_path / "grille.csv")
    for name in ("une.csv", "deux.csv"):
        fill(path, grid_of(path), {"1.1.1": GridAnswer(text="Une note.")}, tmp_path / name)
    assert (tmp_path / "une.csv").read_bytes() == (tmp_path / "deux.csv").read_bytes()
    assert [one["title"] for one in grid_of(tmp_path / "une.csv").document["themes"]] == [
        one["title"] for one in grid_of(path).document["themes"]
    ]


def test_fields_nobody_can_tell_apart_are_refused(tmp_path):
    path = tmp_path / "grille.csv"
    path.write_bytes(
        b"N\xb0;Crit\xe8re;R\xe9ponse\r\n1.1;Une question assez longue ?;\r\n1.2;Une autre question longue ?;\x81\r\n"
    )
    grid = grid_of(path)
    fill(path, grid, {"1.1": GridAnswer(text="Oui.")}, tmp_path / "rendue.csv")
    assert (tmp_path / "rendue.csv").read_bytes().count(b"\x81") == 1
    (tmp_path / "utf.csv").write_bytes(
        b"\xef\xbb\xbfN\xc2\xb0;Question;R\xe9ponse\r\n1.1;Une question assez longue ?;\r\n1.2;Une autre question ?;\r\n"
    )
    with pytest.raises(TerreauError) as trouble:
        fill(tmp_path / "utf.csv", grid_of(tmp_path / "utf.csv"), {"1.1": GridAnswer(text="x")}, tmp_path / "non.csv")
    assert trouble.value.code == "referentials.grid_not_filled" and not (tmp_path / "non.csv").exists()


@settings(max_examples=50)
@given(text=st.text(alphabet='ab;,"\r\n \t', max_size=30), sign=st.sampled_from(";,\t"))
def test_fields_are_cut_as_the_usual_reader_cuts_them(text, sign):
    expected = [row or [""] for row in csv.reader(io.StringIO(text, newline=""), delimiter=sign)]
    assert [[piece.told for piece in row] for row in fields(text, sign)] == expected


def test_a_free_verdict_cell_holds_the_word_and_the_text_goes_to_the_answer(tmp_path):
    path = as_text(layouts.banners(tmp_path / "grille.xlsx"), "Grille", tmp_path / "grille.csv")
    answer = GridAnswer(verdicts={"verdict": "yes"}, texts={"verdict": "Relue en juin."})
    fill(path, grid_of(path), {"1.1.1": answer}, tmp_path / "rendue.csv")
    assert (tmp_path / "rendue.csv").read_text(encoding="utf-8").splitlines()[6].split(";")[4:6] == [
        "Oui",
        "Relue en juin.",
    ]
