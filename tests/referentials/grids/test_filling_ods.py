"""A received ODS handed back: read again by another reader, its cells filled and nothing else moved."""

import re
import zipfile
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from odf.opendocument import load
from odf.table import Table, TableCell, TableRow
from python_calamine import CalamineWorkbook

from terreau.kernel.errors import TerreauError
from terreau.referentials.grids.book import open_book
from terreau.referentials.grids.filling import GridAnswer, Left, fill
from terreau.referentials.grids.grid import Cell
from terreau.referentials.grids.proposing import propose
from terreau.referentials.grids.reading import read
from tests.referentials.grids import layouts
from tests.referentials.grids.other_forms import PICTURE, as_ods


def grid_of(path):
    book = open_book(path)
    return read(book, propose(book))


def again(path, sheet):
    """Rows of a sheet as another program reads them."""
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def content(path):
    with zipfile.ZipFile(path) as archive:
        return archive.read("content.xml").decode()


@pytest.fixture(scope="module")
def received(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ods")
    return as_ods(layouts.banners(folder / "grille.xlsx"), folder / "grille.ods")


def test_banners_lists_and_formulas_are_read_as_in_a_workbook(received, tmp_path):
    grid, other = grid_of(received), grid_of(layouts.banners(tmp_path / "grille.xlsx"))
    assert grid.document["themes"] == other.document["themes"]
    assert grid.cells == other.cells
    assert grid.words == other.words
    assert grid.cells["1.1.1"]["verdict"].allowed == ("Oui", "Partiellement", "Non", "Sans objet")


def test_the_cells_are_filled_where_the_grid_wants_them(received, tmp_path):
    answer = GridAnswer(verdicts={"verdict": "partial"}, text="Une note   existe.\nSignée.", comment="À revoir en juin.",
                        proofs=("Note de 2026", "Compte rendu"), earned=Fraction(25, 4))  # fmt: skip
    told = fill(received, grid_of(received), {"1.1.1": answer}, tmp_path / "rendue.ods")
    before, after = again(received, "Grille"), again(tmp_path / "rendue.ods", "Grille")
    assert after[6][3:8] == [
        6.25,
        "Partiellement",
        "Une note   existe.\nSignée.",
        "À revoir en juin.",
        "Note de 2026\nCompte rendu",
    ]
    assert [row for rank, row in enumerate(after) if rank not in (6, 14)] == [
        row for rank, row in enumerate(before) if rank not in (6, 14)
    ]
    assert (after[14][2], after[14][3]) == (before[14][2], ""), (
        "the total of points possible stays, that of points earned goes"
    )
    assert told.cells == 5 and told.left == () and told.emptied == ("Grille D15",)


def test_a_strict_library_reads_it_too(received, tmp_path):
    fill(received, grid_of(received), {"1.1.1": GridAnswer(text="Une note.")}, tmp_path / "rendue.ods")
    table = load(tmp_path / "rendue.ods").spreadsheet.getElementsByType(Table)[0]
    row = table.getElementsByType(TableRow)[6]
    assert str(row.getElementsByType(TableCell)[5]) == "Une note."


def test_everything_else_keeps_its_bytes(received, tmp_path):
    fill(received, grid_of(received), {"1.1.1": GridAnswer(text="Une note existe.")}, tmp_path / "rendue.ods")
    with zipfile.ZipFile(received) as old, zipfile.ZipFile(tmp_path / "rendue.ods") as new:
        assert old.namelist() == new.namelist()
        assert [part for part in old.namelist() if old.read(part) != new.read(part)] == ["content.xml"]
        assert new.read("Pictures/image1.png") == PICTURE
        assert (new.infolist()[0].filename, new.infolist()[0].compress_type) == ("mimetype", zipfile.ZIP_STORED)
    before, after = (
        content(received).split("<table:table-row>"),
        content(tmp_path / "rendue.ods").split("<table:table-row>"),
    )
    changed = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
    assert len(changed) == 1, "the line of the criterion: no formula reads it"
    assert 'table:style-name="ce1" office:value-type="string"><text:p>Une note existe.' in changed[0][1]
    assert 'table:content-validation-name="val0"' in changed[0][1]


@pytest.mark.parametrize(
    ("formula", "kept"),
    [("of:=SUM([.C7:.C13])", True), ("of:=SUM([.D7:.D13])", False), ("of:=[.D16]*2", True), ("of:=[.D15]*2", False),
     ("of:=[$Listes.A1]+[$Grille.$F$9]", True), ("of:=COUNTIF([$'Grille'.F1:.F99];&quot;[.D7]&quot;)", True),
     ("of:=INDIRECT(&quot;D7&quot;)", False), ("of:=SUM(Obtenus)", False), ("of:=SUM(Possibles)", True), ("of:=SUM([.D:.D])", False),
     ("msoxl:=C7", False), ("of:=SUMIF([.E7:.E13];&quot;Oui&quot;;[.C7])", False), ("of:=SUMIF([.E7:.E13];&quot;Oui&quot;;[.C7:.C13])", True),
     ("of:='file:///a.ods'#[.D7]", False), ("of:=['file:///a.ods'#$Grille.D7]", True), ("of:=[.C1]:[.D9]", False), ("of:=PI()*1E3+TRUE()", True)],
)  # fmt: skip
def test_a_formula_loses_its_value_only_when_it_may_read_what_is_filled(received, tmp_path, formula, kept):
    names = (
        '<table:named-expressions><table:named-range table:name="Obtenus" table:cell-range-address="$Grille.$D$7:$Grille.$D$13"/>'
        '<table:named-range table:name="Possibles" table:cell-range-address="$Grille.$C$7:.$C$13"/></table:named-expressions>'
    )
    cell = f'table:formula="{formula}" office:value-type="float" office:value="7"><text:p>7</text:p>'
    named = rewritten(received, tmp_path / "nommee.ods", "</office:spreadsheet>", f"{names}</office:spreadsheet>")
    blank = '<table:table-row table:number-rows-repeated="1048000">'
    line = f"<table:table-row><table:table-cell {cell}</table:table-cell></table:table-row>{blank}"
    path = rewritten(named, tmp_path / "calcul.ods", blank, line, 1)
    told = fill(path, grid_of(path), {"1.1.1": GridAnswer(earned=Fraction(5))}, tmp_path / "rendue.ods")
    assert told.emptied == (("Grille D15",) if kept else ("Grille D15", "Grille A16"))
    assert (cell in content(tmp_path / "rendue.ods")) is kept
    assert f'table:formula="{formula}"' in content(tmp_path / "rendue.ods")


def test_nothing_to_write_leaves_every_value(received, tmp_path):
    assert fill(received, grid_of(received), {}, tmp_path / "rendue.ods").emptied == ()
    assert content(tmp_path / "rendue.ods") == content(received)


def test_figures_in_merged_columns(tmp_path):
    path = as_ods(layouts.columns(tmp_path / "grille.xlsx"), tmp_path / "grille.ods")
    grid = grid_of(path)
    answer = GridAnswer(verdicts={"documents": "yes", "means": "partial", "results": "none"}, text="Mots perdus")
    told = fill(path, grid, {"1.10": answer}, tmp_path / "rendue.ods")
    assert again(tmp_path / "rendue.ods", "Référentiel 2026")[10][6:9] == [2.0, 1.0, 0.0]
    assert told.left == (Left(criterion="1.10", role="answer", reason="no_cell"),)
    assert grid.cells["1.10"].keys() == {"documents", "means", "results"}, "points are worked out by the grid"


def test_two_criteria_of_one_covered_cell_follow_one_another_there(tmp_path):
    path = as_ods(layouts.sheets(tmp_path / "grid.xlsx"), tmp_path / "grid.ods")
    answers = {
        "A.1": GridAnswer(comment="One."),
        "A.2": GridAnswer(comment="Two."),
        "B.3": GridAnswer(comment="Three."),
    }
    fill(path, grid_of(path), answers, tmp_path / "back.ods")
    assert again(tmp_path / "back.ods", "People")[1][4] == "A.1 : One.\nA.2 : Two."
    assert again(tmp_path / "back.ods", "Places")[3][4] == "Three."


def rewritten(path, target, old, new, most=-1):
    """The same file, its content changed, ``most`` times."""
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w") as made:
        for part in source.infolist():
            text = source.read(part)
            made.writestr(
                part, text.replace(old.encode(), new.encode(), most) if part.filename == "content.xml" else text
            )
    return target


def test_a_run_of_equal_lines_is_cut_where_it_is_filled(received, tmp_path):
    line = '<table:table-row><table:table-cell office:value-type="string"><text:p>9.9.{}</text:p></table:table-cell></table:table-row>'
    blank = '<table:table-row table:number-rows-repeated="1048000">'
    path = rewritten(
        received,
        tmp_path / "longue.ods",
        blank,
        line.format(1) + '<table:table-row table:number-rows-repeated="5"/>' + blank,
    )
    grid = replace(
        grid_of(path),
        cells={"a": {"answer": Cell(sheet="Grille", ref="C19")}, "b": {"answer": Cell(sheet="Grille", ref="E16")}},
    )
    fill(path, grid, {"a": GridAnswer(text="Ici."), "b": GridAnswer(text="Au bout.")}, tmp_path / "rendue.ods")
    rows = again(tmp_path / "rendue.ods", "Grille")
    assert (rows[15][0], rows[15][4], rows[18][2], rows[17][2], len(rows)) == ("9.9.1", "Au bout.", "Ici.", "", 19)
    repeats = re.findall(r'number-rows-repeated="(\d+)"', content(tmp_path / "rendue.ods"))
    assert repeats[:2] == ["2", "2"]


def test_a_note_stays_on_its_cell(received, tmp_path):
    note = "<office:annotation><text:p>Dix lignes au plus</text:p></office:annotation>"
    path = rewritten(
        received,
        tmp_path / "note.ods",
        '<table:table-cell table:style-name="ce1"/>',
        f'<table:table-cell table:style-name="ce1">{note}</table:table-cell>',
    )
    fill(path, grid_of(path), {"1.1.1": GridAnswer(text="Une note.")}, tmp_path / "rendue.ods")
    assert f"{note}<text:p>Une note.</text:p>" in content(tmp_path / "rendue.ods")


def refused(path, grid, target):
    with pytest.raises(TerreauError) as trouble:
        fill(path, grid, {"1.1.1": GridAnswer(text="x")}, target)
    assert trouble.value.code == "referentials.grid_not_filled"
    assert not target.exists()
    return trouble.value.facts["reason_fr"]


def test_a_formula_is_never_written_over(received, tmp_path):
    pointed = replace(grid_of(received), cells={"1.1.1": {"answer": Cell(sheet="Grille", ref="C15")}})
    assert "formule (Grille C15)" in refused(received, pointed, tmp_path / "rendue.ods")


@pytest.mark.parametrize(
    ("old", "new"),
    [("<office:body>", '<!DOCTYPE x><office:body>'), ('xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"', 'xmlns:table="urn:autre"'),
     ("<table:covered-table-cell/>", "<table:table><table:table-row/></table:table>"), ("</office:body>", "")],
)  # fmt: skip
def test_an_unusual_file_is_refused_rather_than_guessed(received, tmp_path, old, new):
    path = rewritten(received, tmp_path / "etrange.ods", old, new)
    from hashlib import sha256

    grid = replace(grid_of(received), sha256=sha256(path.read_bytes()).hexdigest())
    assert "sans risque" in refused(path, grid, tmp_path / "rendue.ods")


def test_a_signature_is_not_broken_and_a_macro_is_not_read(received, tmp_path):
    for name in ("META-INF/documentsignatures.xml", "Basic/Standard/Module1.xml"):
        path = tmp_path / "autre.ods"
        path.write_bytes(received.read_bytes())
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr(name, "<x/>")
        if name.startswith("META"):
            assert "signature" in refused(path, grid_of(path), tmp_path / "rendue.ods")
        else:
            with pytest.raises(TerreauError) as trouble:
                open_book(path)
            assert trouble.value.code == "referentials.grid_macros"


def test_the_same_answers_give_the_same_bytes_and_it_fills_again(received, tmp_path):
    for name in ("une.ods", "deux.ods"):
        fill(received, grid_of(received), {"1.1.1": GridAnswer(text="Une note.")}, tmp_path / name)
    assert (tmp_path / "une.ods").read_bytes() == (tmp_path / "deux.ods").read_bytes()
    assert grid_of(tmp_path / "une.ods").document == grid_of(received).document
    fill(
        tmp_path / "une.ods", grid_of(tmp_path / "une.ods"), {"1.1.1": GridAnswer(text="Deux.")}, tmp_path / "trois.ods"
    )
    assert again(tmp_path / "trois.ods", "Grille")[6][5] == "Deux."


@settings(max_examples=20)
@given(text=st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cs",)), min_size=1, max_size=60))
def test_any_text_comes_back_as_written(received, text):
    fill(received, grid_of(received), {"1.1.1": GridAnswer(text=text)}, received.with_name("retour.ods"))
    cell = str(again(received.with_name("retour.ods"), "Grille")[6][5])
    assert not cell.startswith(("=", "+", "@"))
    assert [sign for sign in cell if sign.isalnum()] == [sign for sign in text if sign.isalnum()]
