"""The received workbook handed back: its cells filled, everything else as it came, and never a formula."""

import re
import zipfile
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from python_calamine import CalamineWorkbook

from terreau.kernel.errors import TerreauError
from terreau.referentials.grids.book import open_book
from terreau.referentials.grids.filling import GridAnswer, Left, fill
from terreau.referentials.grids.grid import Cell, grid_from_json
from terreau.referentials.grids.proposing import propose
from terreau.referentials.grids.reading import read
from terreau.referentials.grids.sheet_writing import recalculated
from tests.referentials.grids import layouts

PICTURE = bytes(range(256))


def grid_of(path):
    book = open_book(path)
    return read(book, propose(book))


def parts(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def received(tmp_path):
    """The first layout, with a picture nobody here knows how to draw."""
    path = layouts.banners(tmp_path / "grille.xlsx")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/media/image1.png", PICTURE)
    return path


def test_the_cells_are_filled_where_the_grid_wants_them(received, tmp_path):
    answer = GridAnswer(verdicts={"verdict": "partial"}, text="Une note existe.", comment="À revoir en juin.",
                        proofs=("Note de 2026", "Compte rendu"), earned=Fraction(25, 4))  # fmt: skip
    told = fill(received, grid_of(received), {"1.1.1": answer}, tmp_path / "rendue.xlsx")
    sheet = load_workbook(tmp_path / "rendue.xlsx")["Grille"]
    assert [sheet[ref].value for ref in ("D7", "E7", "F7", "G7", "H7")] == [
        6.25, "Partiellement", "Une note existe.", "À revoir en juin.", "Note de 2026\nCompte rendu",
    ]  # fmt: skip
    assert told.cells == 5
    assert told.left == ()


def test_everything_else_keeps_its_bytes(received, tmp_path):
    fill(received, grid_of(received), {"1.1.1": GridAnswer(text="Une note existe.")}, tmp_path / "rendue.xlsx")
    before, after = parts(received), parts(tmp_path / "rendue.xlsx")
    assert [name for name in before if before[name] != after[name]] == ["xl/worksheets/sheet1.xml"]
    assert list(before) == list(after)
    cell = rb'<c r="F7"[^>]*?(?:/>|>.*?</c>)'
    without = [re.sub(cell, b"", text["xl/worksheets/sheet1.xml"]).replace(b" />", b"/>") for text in (before, after)]
    assert without[0].split(b"<sheetData>")[0] == without[1].split(b"<sheetData>")[0]
    assert without[0] == without[1]
    assert after["xl/media/image1.png"] == PICTURE


@pytest.mark.parametrize(
    ("before", "after"),
    [(b'<calcPr calcId="1"/>', b'<calcPr calcId="1" fullCalcOnLoad="1"/>'),
     (b"<x:sheets><x:sheet/></x:sheets>", b'<x:sheets><x:sheet/></x:sheets><x:calcPr fullCalcOnLoad="1"/>'),
     (b'<calcPr fullCalcOnLoad="0"></calcPr>', b'<calcPr fullCalcOnLoad="1"></calcPr>')],
)  # fmt: skip
def test_formulas_are_worked_out_when_the_workbook_opens(before, after):
    assert recalculated(before) == after


def test_a_list_of_dashes_stays_one(received, tmp_path):
    fill(received, grid_of(received), {"1.1.1": GridAnswer(text="- une note\n- un bilan")}, tmp_path / "rendue.xlsx")
    assert load_workbook(tmp_path / "rendue.xlsx")["Grille"]["F7"].value == "– une note\n- un bilan"


def test_styles_lists_names_and_formulas_are_still_there(received, tmp_path):
    fill(received, grid_of(received), {"1.1.1": GridAnswer(text="Une note existe.")}, tmp_path / "rendue.xlsx")
    book = load_workbook(tmp_path / "rendue.xlsx")
    assert book["Grille"]["F7"].font.italic
    assert book["Grille"]["C15"].value == "=SUM(C7:C13)"
    assert book["Grille"].data_validations.dataValidation[0].formula1 == "Listes!$A$1:$A$4"
    assert book["Mode d'emploi"]["A1"].value == layouts.SECRET
    assert "Bareme" in book.defined_names


def test_not_applicable_is_said_in_the_word_of_the_grid_with_its_reason(received, tmp_path):
    answer = GridAnswer(applicable=False, reason="Nous n’achetons rien.")
    fill(received, grid_of(received), {"2.1.1": answer}, tmp_path / "rendue.xlsx")
    sheet = load_workbook(tmp_path / "rendue.xlsx")["Grille"]
    assert (sheet["E14"].value, sheet["G14"].value) == ("Sans objet", "Sans objet : Nous n’achetons rien.")


def test_figures_stay_figures_and_what_has_no_cell_is_told(tmp_path):
    path = layouts.columns(tmp_path / "grille.xlsx")
    answer = GridAnswer(verdicts={"documents": "yes", "means": "partial", "results": "none"}, text="Mots perdus")
    told = fill(path, grid_of(path), {"1.10": answer}, tmp_path / "rendue.xlsx")
    sheet = load_workbook(tmp_path / "rendue.xlsx").active
    assert [sheet[ref].value for ref in ("G11", "H11", "I11")] == [2, 1, 0]
    assert told.left == (Left(criterion="1.10", role="answer", reason="no_cell"),)
    assert sheet["K11"].value == "=J11/2"


@pytest.mark.parametrize(
    ("headings", "answer", "cells", "left"),
    [
        (["Commentaire"], GridAnswer(verdicts={"verdict": "yes"}, text="Signée."), ["Signée."], ["no_cell"]),
        (["Commentaire"], GridAnswer(verdicts={"verdict": "none"}), [None], ["no_cell"]),
        (["Réponse"], GridAnswer(verdicts={"verdict": "yes"}, text="Signée."), ["Oui\nSignée."], []),
        (["Points", "Points obtenus"], GridAnswer(verdicts={"verdict": "yes"}, earned=Fraction(3)), [None, 3], []),
        (["Points", "Points obtenus"], GridAnswer(verdicts={"verdict": "yes"}), [None, None], ["no_cell"]),
        (["Réponse", "Documents"], GridAnswer(verdicts={"documents": "yes", "means": "none"}), [None, "Oui"], ["no_cell"]),
        (["Réponse", "Preuve attendue"], GridAnswer(verdicts={"documents": "yes", "means": "none"}), [None, None], ["differ"]),
        (["Réponse", "Documents"], GridAnswer(applicable=False, texts={"documents": "Rien à dire."}),
         ["Rien à dire.\nNon applicable", None], []),
    ],
)  # fmt: skip
def test_a_verdict_is_written_or_said_to_be_left(tmp_path, headings, answer, cells, left):
    path, book = tmp_path / "grille.xlsx", Workbook()
    for line in (["N°", "Question", *headings], ["A1", "Une politique existe-t-elle ?"], ["A2", "Est-elle suivie ?"]):
        book.active.append(line)
    book.save(path)
    told = fill(path, grid_of(path), {"A1": answer}, tmp_path / "rendue.xlsx")
    sheet = load_workbook(tmp_path / "rendue.xlsx").active
    assert [sheet.cell(row=2, column=3 + rank).value for rank in range(len(headings))] == cells
    assert told.left == tuple(Left(criterion="A1", role="verdict", reason=one) for one in left)


def test_two_criteria_of_one_cell_follow_one_another_there(tmp_path):
    path = layouts.sheets(tmp_path / "grid.xlsx")
    answers = {"A.1": GridAnswer(comment="One."), "A.2": GridAnswer(comment="Two.")}
    fill(path, grid_of(path), answers, tmp_path / "back.xlsx")
    assert load_workbook(tmp_path / "back.xlsx")["People"]["E2"].value == "A.1 : One.\nA.2 : Two."


def test_one_box_a_verdict_is_ticked(tmp_path):
    path, book = tmp_path / "cases.xlsx", Workbook()
    for line in (
        ["N°", "Question", "Oui", "Non", "NA"],
        ["1.1", "Une politique existe-t-elle ?"],
        ["1.2", "Est-elle suivie ?"],
        ["1.3", "Et relue ?"],
    ):
        book.active.append(line)
    book.save(path)
    grid = grid_of(path)
    assert [step["key"] for step in grid.document["scale"]] == ["none", "yes"]
    answers = {
        "1.1": GridAnswer(verdicts={"verdict": "yes"}),
        "1.2": GridAnswer(verdicts={"verdict": "none"}),
        "1.3": GridAnswer(applicable=False),
    }
    fill(path, grid, answers, tmp_path / "rendue.xlsx")
    sheet = load_workbook(tmp_path / "rendue.xlsx").active
    assert [[cell.value for cell in row] for row in sheet["C2:E4"]] == [
        ["X", None, None],
        [None, "X", None],
        [None, None, "X"],
    ]


def test_the_same_answers_give_the_same_bytes(received, tmp_path):
    grid = grid_of(received)
    for name in ("une.xlsx", "deux.xlsx"):
        fill(received, grid, {"1.1.1": GridAnswer(text="Une note existe.")}, tmp_path / name)
    assert (tmp_path / "une.xlsx").read_bytes() == (tmp_path / "deux.xlsx").read_bytes()


def test_what_filling_needs_goes_through_json(received):
    grid = grid_of(received)
    again = grid_from_json(grid.as_json())
    assert (again.cells, again.words, again.sha256, again.not_applicable) == (
        grid.cells, grid.words, grid.sha256, grid.not_applicable,
    )  # fmt: skip


def test_the_filled_grid_can_be_read_and_filled_again(received, tmp_path):
    answer = {"1.1.1": GridAnswer(verdicts={"verdict": "yes"}, text="Une note existe.")}
    fill(received, grid_of(received), answer, tmp_path / "une.xlsx")
    again = grid_of(tmp_path / "une.xlsx")
    assert again.document == grid_of(received).document
    fill(tmp_path / "une.xlsx", again, {"1.1.1": GridAnswer(text="Deux notes.")}, tmp_path / "deux.xlsx")
    sheet = load_workbook(tmp_path / "deux.xlsx")["Grille"]
    assert (sheet["E7"].value, sheet["F7"].value) == ("Oui", "Deux notes.")


def refused(path, grid, target, answers=None):
    with pytest.raises(TerreauError) as trouble:
        fill(path, grid, answers or {"1.1.1": GridAnswer(text="x")}, target)
    assert trouble.value.code == "referentials.grid_not_filled"
    assert not target.exists()
    return trouble.value.facts["reason_fr"]


def test_a_formula_is_never_written_over(received, tmp_path):
    grid = grid_of(received)
    pointed = replace(grid, cells={"1.1.1": {"answer": Cell(sheet="Grille", ref="C15")}})
    assert "formule (Grille C15)" in refused(received, pointed, tmp_path / "rendue.xlsx")


def test_another_workbook_is_not_filled_in_place_of_the_one_read(received, tmp_path):
    other = layouts.banners(tmp_path / "autre.xlsx")
    assert "plus celui" in refused(other, grid_of(received), tmp_path / "rendue.xlsx")


def test_another_kind_of_file_is_not_filled(received, tmp_path):
    assert "XLSX" in refused(received, replace(grid_of(received), kind="parquet"), tmp_path / "rendue.xlsx")


def test_a_signature_is_not_broken(received, tmp_path):
    with zipfile.ZipFile(received, "a") as archive:
        archive.writestr("_xmlsignatures/sig1.xml", "<x/>")
    assert "signature" in refused(received, grid_of(received), tmp_path / "rendue.xlsx")


def test_a_place_that_cannot_be_written_is_not_said_to_be_a_damaged_workbook(received, tmp_path):
    with pytest.raises(FileNotFoundError):
        fill(received, grid_of(received), {"1.1.1": GridAnswer(text="x")}, tmp_path / "absent" / "rendue.xlsx")


@pytest.mark.parametrize("odd", [b"<sheetData><!-- x -->", b'<sheetData><row><c r="A1"/></row>', b"<sheetData><x/>"])
def test_an_unusual_sheet_is_refused_rather_than_guessed(received, tmp_path, odd):
    target = tmp_path / "etrange.xlsx"
    with zipfile.ZipFile(received) as old, zipfile.ZipFile(target, "w") as new:
        for part in old.infolist():
            text = old.read(part)
            new.writestr(
                part, text.replace(b"<sheetData>", odd) if part.filename == "xl/worksheets/sheet1.xml" else text
            )
    grid = replace(grid_of(received), sha256=open_book(target).sha256)
    assert "sans risque" in refused(target, grid, tmp_path / "rendue.xlsx")


@pytest.fixture(scope="module")
def english(tmp_path_factory):
    path = layouts.sheets(tmp_path_factory.mktemp("texte") / "grid.xlsx")
    return path, grid_of(path)


@settings(max_examples=25)
@given(text=st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cs",)), min_size=1, max_size=60))
def test_any_text_comes_back_as_written_and_never_as_a_formula(english, text):
    path, grid = english
    fill(path, grid, {"A.3": GridAnswer(comment=text)}, path.with_name("back.xlsx"))
    assert b"<f" not in parts(path.with_name("back.xlsx"))["xl/worksheets/sheet2.xml"]
    rows = CalamineWorkbook.from_path(str(path.with_name("back.xlsx"))).get_sheet_by_name("People").to_python()
    told = str(rows[3][4]) if len(rows[3]) > 4 else ""
    assert not told.startswith(("=", "+", "@"))
    assert [sign for sign in told if sign.isalnum()] == [sign for sign in text if sign.isalnum()]
