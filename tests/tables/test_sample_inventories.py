"""The synthetic inventories read as their README says."""

from collections import Counter

import pytest

from tests.tables.reading_room import EXAMPLES, codes, opened, table

# file: (lines, columns, encoding, separator, decimal), counts from examples/inventories/README.md
LISTS = {
    "glpi10_fr_ordinateurs.csv": (627, 18, "utf-8-sig", ";", "."),
    "glpi11_fr_ecrans.csv": (480, 14, "utf-8", ";", "."),
    "glpi10_fr_telephones.csv": (210, 12, "utf-8-sig", ";", ","),
    "snipeit_en_hardware.csv": (700, 31, "utf-8", ",", "."),
    "snipeit_fr_hardware.csv": (60, 31, "utf-8-sig", ",", ","),
    "intune_devices.csv": (483, 42, "utf-8", ",", "."),
    "rvtools_tabvInfo.csv": (360, 93, "utf-8", ",", "."),
    "rvtools_tabvHost.csv": (52, 74, "utf-8", ",", "."),
    "ocs_fr_machines.csv": (300, 12, "utf-8", ";", ","),
    "g4it_equipements_physiques.csv": (180, 14, "utf-8", ";", ","),
    "parc_ecoles_cp1252.csv": (231, 11, "cp1252", ";", ","),
    "aws_cur_extrait.csv": (240, 10, "utf-8", ",", "."),
}


@pytest.mark.parametrize("name", LISTS)
def test_every_list_gives_the_counts_of_its_readme(name):
    sheet, lines = table(EXAMPLES / name)
    counts = (len(lines), len(sheet.headers), sheet.encoding, sheet.separator, sheet.decimal)
    assert counts == LISTS[name]
    assert codes(sheet) == set()


@pytest.mark.parametrize("name", sorted(set(LISTS) - {"parc_ecoles_cp1252.csv"}))
def test_lines_follow_each_other_from_the_second_line_of_a_clean_export(name):
    sheet, lines = table(EXAMPLES / name)
    assert [line[0] for line in lines] == list(range(2, len(lines) + 2))
    assert sheet.set_aside == ()


def test_the_school_list_sets_aside_titles_blanks_and_totals():
    sheet, lines = table(EXAMPLES / "parc_ecoles_cp1252.csv")
    kinds = Counter(aside.kind for aside in sheet.set_aside)
    assert sheet.header_line == 4
    assert kinds == {"title": 2, "blank": 7, "subtotal": 6, "total": 1}
    assert len(lines) + sum(aside.lines for aside in sheet.set_aside) + 1 == 248
    assert (sheet.set_aside[-1].line, sheet.set_aside[-1].text) == (248, "TOTAL GÉNÉRAL 506")


def test_the_school_list_keeps_its_typography_and_its_own_lines():
    _, lines = table(EXAMPLES / "parc_ecoles_cp1252.csv")
    by_line = {line[0]: line[1:] for line in lines}
    assert by_line[5][1] == "École maternelle Les Œillets"
    assert by_line[15][10] == "reçu d’occasion – reconditionné"
    assert by_line[13][3] == 'iiyama 24" PL2483H'
    assert by_line[12][7] == "3\u00a0480,00"
    assert by_line[6][1] is None


def test_a_glpi_cell_keeps_its_two_apostrophes_and_its_line_tags():
    _, lines = table(EXAMPLES / "glpi10_fr_ordinateurs.csv")
    cells = [cell for line in lines for cell in line[1:] if cell]
    assert any("<br>" in cell for cell in cells)
    assert not any('"' in cell for cell in cells)


def test_headers_are_kept_as_written_even_with_a_cyrillic_letter():
    sheet, _ = table(EXAMPLES / "snipeit_fr_hardware.csv")
    assert sheet.headers[0] == "ID"
    assert "Сatégorie" in sheet.headers
    assert "Type " in sheet.headers


def test_the_workbook_gives_two_sheets_and_says_the_third_is_empty():
    with opened(EXAMPLES / "parc_services_techniques.xlsx") as (con, sheets):
        fixed, mobile = sheets
        counts = [con.execute(f"SELECT count(*) FROM {sheet.relation}").fetchone()[0] for sheet in sheets]
        bought = {
            row[0] for row in con.execute(f"SELECT c5 FROM {fixed.relation} WHERE line IN (5, 6, 142)").fetchall()
        }
        imei = con.execute(f"SELECT c2 FROM {mobile.relation} WHERE line = 2").fetchone()[0]
    assert counts == [140, 60]
    assert [sheet.name for sheet in sheets] == [
        "parc_services_techniques.xlsx › Parc ST",
        "parc_services_techniques.xlsx › Mobiles",
    ]
    assert [sheet.header_line for sheet in sheets] == [4, 1]
    assert bought == {"2023-06-24", "14/01/2025", "2016"}
    assert imei == "350561730320416"
    assert codes(fixed) == {"tables.empty_sheet"}
