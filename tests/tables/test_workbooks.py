"""XLSX and ODS: every sheet, native cells made text, traps said or refused."""

import datetime
import zipfile

import openpyxl
import pytest

from terreau.kernel.errors import TerreauError
from terreau.tables.engine import engine
from terreau.tables.limits import Limits
from terreau.tables.reading import ReadingChoices, read_sheets
from tests.tables.reading_room import codes, known_header, opened, table

ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<office:body><office:spreadsheet><table:table table:name="Parc">{rows}</table:table></office:spreadsheet></office:body>
</office:document-content>"""


@pytest.fixture
def xlsx(tmp_path):
    """Write sheets {title: rows} to a workbook and give its path."""

    def write(sheets, name="parc.xlsx"):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
        book.save(tmp_path / name)
        return tmp_path / name

    return write


def ods(path, rows):
    """A spreadsheet as LibreOffice writes it, reduced to its rows."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS.format(rows=rows))
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return path


def text_row(*cells):
    """One ODS row of texts."""
    inner = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in cells
    )
    return f"<table:table-row>{inner}</table:table-row>"


def test_native_cells_become_text_that_loses_nothing(xlsx):
    when = datetime.datetime(2024, 5, 6, 7, 8, 9)
    row = ["00012", 42, 71.9, True, datetime.date(2023, 1, 2), when, None, " "]
    _, lines = table(xlsx({"Parc": [["Nom", "Type", "Prix", "d", "e", "f", "g", "h"], row]}))
    assert lines == [(2, "00012", "42", "71.9", "true", "2023-01-02", "2024-05-06 07:08:09", None, None)]


def test_a_table_lower_and_further_right_keeps_its_line_numbers(tmp_path):
    book = openpyxl.Workbook()
    book.active["C5"], book.active["D5"], book.active["C6"], book.active["D6"] = "Nom", "Type", "PC-01", "portable"
    book.save(tmp_path / "far.xlsx")
    sheet, lines = table(tmp_path / "far.xlsx")
    assert (sheet.header_line, sheet.headers) == (5, ("Nom", "Type"))
    assert lines == [(6, "PC-01", "portable")]


def test_a_formula_never_calculated_is_empty_and_said(xlsx):
    sheet, lines = table(xlsx({"Parc": [["Nom", "Qté"], ["PC-01", "=1+1"], ["PC-02", 3]]}))
    assert lines == [(2, "PC-01", None), (3, "PC-02", "3")]
    assert [(finding.line, finding.code) for finding in sheet.findings] == [(2, "tables.formula_never_calculated")]


def test_a_number_too_long_for_a_spreadsheet_is_said(xlsx):
    sheet, _ = table(xlsx({"Parc": [["Nom", "IMEI"], ["a", 350561730320416], ["b", 8933150319101234567]]}))
    assert [(finding.line, finding.code) for finding in sheet.findings] == [(3, "tables.long_number")]


def test_hidden_sheets_and_notes_are_left_out_and_said(tmp_path, xlsx):
    path = xlsx({"Parc": [["Nom", "Type"], ["a", "b"]], "Listes": [["Nom"], ["x"]], "Notes": [["À lire"], ["merci"]]})
    book = openpyxl.load_workbook(path)
    book["Listes"].sheet_state = "hidden"
    book.save(path)
    with opened(path) as (_, sheets):
        assert [sheet.sheet for sheet in sheets] == ["Parc"]
        assert codes(sheets[0]) == {"tables.hidden_sheet", "tables.sheet_without_headers"}
    with opened(path, choices=ReadingChoices(sheets=("Listes",))) as (_, sheets):
        assert [sheet.sheet for sheet in sheets] == ["Listes"]


def test_totals_of_a_workbook_are_set_aside(xlsx):
    rows = [
        ["Parc du site"],
        [],
        ["Nom", "Type", "Qté"],
        ["a", "b", 2],
        ["Sous-total", None, 2],
        [],
        ["TOTAL", None, 2],
    ]
    sheet, lines = table(xlsx({"Parc": rows}))
    kinds = [(aside.line, aside.kind) for aside in sheet.set_aside]
    assert kinds == [(1, "title"), (2, "blank"), (5, "subtotal"), (6, "blank"), (7, "total")]
    assert lines == [(4, "a", "b", "2")]


def test_an_ods_reads_like_an_xlsx(tmp_path):
    number = '<table:table-row><table:table-cell office:value-type="string"><text:p>b</text:p></table:table-cell>' \
        '<table:table-cell office:value-type="float" office:value="71.9"><text:p>71,9</text:p></table:table-cell></table:table-row>'  # fmt: skip
    sheet, lines = table(ods(tmp_path / "parc.ods", text_row("Nom", "Prix") + text_row("a", "é") + number))
    assert sheet.name == "parc.ods › Parc"
    assert lines == [(2, "a", "é"), (3, "b", "71.9")]


def test_the_content_decides_whatever_the_name(tmp_path, xlsx):
    _, lines = table(xlsx({"Parc": [["Nom", "Type"], ["a", "b"]]}, name="wrong.csv"))
    assert lines == [(2, "a", "b")]
    (tmp_path / "text.xlsx").write_text("Nom;Type\na;b\n", encoding="utf-8")
    assert table(tmp_path / "text.xlsx")[1] == [(2, "a", "b")]


def refusal(path, **limits):
    """The code of the refusal of ``path``."""
    with engine() as con, pytest.raises(TerreauError) as caught:
        read_sheets(con, path, name=path.name, known_header=known_header, limits=Limits(**limits))
    for language in ("fr", "en"):
        words = caught.value.words(language)
        assert "‹" not in str(words)
        assert path.name in words.what
    return caught.value.code


def test_a_workbook_that_inflates_beyond_the_limit_is_not_opened(tmp_path, xlsx):
    path = xlsx({"Parc": [["Nom", "Type"], ["a", "b"]]})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/bomb.bin", b"\0" * 20_000_000)
    assert path.stat().st_size < 100_000
    assert refusal(path, max_uncompressed=10_000_000) == "tables.zip_bomb"


def test_a_directory_that_lies_about_sizes_deceives_nobody(tmp_path, xlsx):
    path = xlsx({"Parc": [["Nom", "Type"], ["a", "b"]]})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/bomb.bin", b"\0" * 20_000_000)
    true, false = (20_000_000).to_bytes(4, "little"), (100).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(true, false))
    assert zipfile.ZipFile(path).getinfo("xl/media/bomb.bin").file_size == 100
    assert refusal(path, max_uncompressed=10_000_000) == "tables.zip_bomb"


def test_one_cell_at_the_far_end_of_a_sheet_reserves_no_memory(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "Nom", "x"
    book.save(tmp_path / "far.xlsx")
    assert refusal(tmp_path / "far.xlsx") == "tables.too_many_cells"


FAR_CELLS = {
    "as Excel writes a number": '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    "its place last": '<row r="1048576"><c s="0" r="XFD1048576"><v>1</v></c></row>',
    "other quotes": "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
    "on two lines": '<row\nr="1048576"><c\nr = "XFD1048576"><v>1</v></c></row>',
    "in a row without a number": '<row><c r="XFD1048576"><v>1</v></c></row>',
}


def with_sheet(path, before, after):
    """The workbook, the XML of its first sheet changed."""
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(before, after).encode()
    with zipfile.ZipFile(path, "w") as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return path


@pytest.mark.parametrize("written", FAR_CELLS)
def test_a_far_cell_is_seen_however_its_program_writes_it(xlsx, written):
    path = xlsx({"Parc": [["Nom", "Type"], ["a", "b"]]})
    assert refusal(with_sheet(path, "</sheetData>", FAR_CELLS[written] + "</sheetData>")) == "tables.too_many_cells"


def test_far_cells_where_nothing_is_written_reserve_nothing(xlsx):
    path = xlsx({"Parc": [["Nom", "Type"], ["a", "b"]]})
    empty = '<row r="1048576"><c r="XFD1048576" s="0"/><c r="XFD1048576"/></row></sheetData>'
    assert table(with_sheet(path, "</sheetData>", empty))[1] == [(2, "a", "b")]


def test_a_truncated_workbook_is_damaged(tmp_path, xlsx):
    whole = xlsx({"Parc": [["Nom", "Type"], *[[f"PC-{n}", "b"] for n in range(500)]]}).read_bytes()
    for kept in (len(whole) // 3, len(whole) - 40):
        path = tmp_path / f"cut-{kept}.xlsx"
        path.write_bytes(whole[:kept])
        assert refusal(path) == "tables.damaged_workbook"


def test_a_workbook_whose_sheet_is_not_xml_is_damaged(tmp_path, xlsx):
    path = xlsx({"Parc": [["Nom", "Type"], ["a", "b"]]})
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"][:200] + b"<<<<"
    with zipfile.ZipFile(path, "w") as target:
        for name, content in parts.items():
            target.writestr(name, content)
    assert refusal(path) == "tables.damaged_workbook"


def test_a_workbook_of_ten_thousand_columns_is_refused(xlsx):
    assert refusal(xlsx({"Parc": [[f"c{n}" for n in range(10_000)]]})) == "tables.too_many_columns"


def test_a_workbook_without_anything_is_empty(xlsx):
    assert refusal(xlsx({"Feuil1": [], "Feuil2": []})) == "tables.empty_file"


def test_entities_declared_in_a_workbook_are_refused(tmp_path, xlsx):
    path = xlsx({"Parc": [["Nom", "Type"], ["a", "b"]]})
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    book = parts["xl/workbook.xml"]
    start = book.find(b"<workbook")
    parts["xl/workbook.xml"] = book[:start] + b'<!DOCTYPE x [<!ENTITY a "b">]>' + book[start:]
    with zipfile.ZipFile(path, "w") as target:
        for name, content in parts.items():
            target.writestr(name, content)
    assert refusal(path) == "tables.damaged_workbook"
