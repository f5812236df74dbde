"""What a file of values must not pass for sure: impossible figures, percentages of a workbook, errors, mixed dates."""

import pytest

from terreau.indicators.bounds import bounds
from terreau.indicators.catalogue import indicator, indicators
from tests.indicators.small_board import an_indicator
from tests.indicators.value_files import codes, numbers, outcomes, read, workbook

HEAD = "Indicateur;Date;Valeur\n"


@pytest.mark.parametrize(
    ("key", "cell", "code"),
    [
        ("SRV01", "130", "value_above_most"),
        ("SRV01", "100", ""),
        ("ACH03", "15", "value_above_most"),
        ("PARC02", "-3", "value_below_least"),
        ("FIN03", "-5", "value_below_least"),
        ("HEB01", "0,8", "value_below_least"),
        ("HEB01", "1,4", ""),
        ("FOR04", "-12", ""),
        ("EMP03", "240 %", ""),
        ("FIN01", "-4 %", "percent_out_of_range"),
    ],
)
def test_a_value_nothing_can_be_worth_is_looked_at(tmp_path, key, cell, code):
    told = read(tmp_path, f"{HEAD}{key};2024;{cell}\n", indicators=[indicator(key)])
    assert (codes(told.lines[0]), outcomes(told)) == ([code] if code else [], ["doubtful" if code else "accepted"])


def test_the_unit_of_a_remark_is_in_words(tmp_path):
    board = [an_indicator("PAGES", "page/user-year", "down")]
    below = read(tmp_path, HEAD + "PAGES;2024;-3\n", indicators=board).lines[0].remarks[0]
    other = read(tmp_path, HEAD + "PAGES;2024;3 kg\n", indicators=board).lines[0].remarks[0]
    assert "pages par personne et par an" in below.words("fr").what and "page/user" not in str(below.words("en"))
    assert "pages par personne et par an" in other.words("fr").what


def test_every_target_of_the_catalogue_is_within_its_bounds():
    for one in indicators():
        least, most = bounds(one)
        target = one.typical_target
        if target and target.value is not None and target.bound != "change":
            assert (least is None or target.value >= least) and (most is None or target.value <= most), one.key


def formatted(rows, formats, corner=(1, 1)):
    """A workbook with the number formats of some of its cells, written from ``corner``."""
    import io

    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    for down, row in enumerate(rows):
        for right, cell in enumerate(row):
            made = sheet.cell(corner[0] + down, corner[1] + right, cell)
            made.number_format = formats.get((down, right), "General")
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize("corner", [(1, 1), (3, 2)])
def test_a_number_a_workbook_shows_as_a_percentage_is_read_as_it_is_seen(tmp_path, corner):
    rows = [
        ["Indicateur", "Date", "Valeur", "Unité"],
        ["TRAINED", 2021, 0.12, "%"],
        ["TRAINED", 2022, 0.125, "%"],
        ["TRAINED", 2023, 45, "%"],
        ["RATIO", 2023, 0.85, None],
        ["KEPT", 2023, 0.85, None],
    ]
    formats = {(1, 2): "0%", (2, 2): "0.0%;[Red]-0.0%", (3, 2): '0"%"', (4, 2): "0%", (5, 2): "0%"}
    board = [an_indicator("TRAINED", "%"), an_indicator("RATIO", "1"), an_indicator("KEPT", "year")]
    told = read(tmp_path, formatted(rows, formats, corner), name="v.xlsx", indicators=board)
    assert numbers(told) == [12, 12.5, 45, 0.85, None]
    assert outcomes(told) == ["accepted"] * 4 + ["rejected"]
    assert codes(told.lines[4]) == ["unit_differs"]


def test_percentages_of_a_workbook_with_a_column_for_each_year(tmp_path):
    rows = [["Indicateur", 2022, 2023], ["TRAINED", 0.12, 0.5]]
    told = read(tmp_path, formatted(rows, {(1, 1): "0%", (1, 2): "0%"}), name="v.xlsx")
    assert (numbers(told), outcomes(told)) == ([12, 50], ["accepted"] * 2)


def test_bare_shares_called_percentages_are_told_both_ways(tmp_path):
    rows = [["Indicateur", "Date", "Valeur", "Unité"]] + [["TRAINED", 2020 + n, n / 10, "%"] for n in range(1, 5)]
    told = read(tmp_path, workbook(rows), name="v.xlsx")
    assert (numbers(told), outcomes(told)) == ([10, 20, 30, 40], ["doubtful"] * 4)
    assert told.lines[0].remarks[0].words("fr").what == "« 0.1 » a été lu comme 10 % ; ce pourrait être 0,1 %."
    mixed = read(tmp_path, "Indicateur;Date;Valeur\nTRAINED;2023;45\nTRAINED;2024;0,12\n")
    assert mixed.lines[1].remarks[0].words("en").what == "“0,12” was read as 0.12%; it could be 12%."


def test_a_cell_in_error_keeps_its_line_and_says_why(tmp_path):
    rows = [["Indicateur", 2022, 2023, 2024], ["KEPT", "#DIV/0!", 4.5, "#N/A"]]
    told = read(tmp_path, workbook(rows), name="v.xlsx")
    assert [codes(line) for line in told.lines] == [["formula_in_error"], [], ["formula_in_error"]]
    assert told.counts.lines == 3 and "« #DIV/0! »" in told.lines[0].remarks[0].words("fr").what


def test_an_ods_tells_its_percentages_and_its_errors_too(tmp_path):
    import zipfile

    names = {
        "office": "opendocument:xmlns:office:1.0",
        "table": "opendocument:xmlns:table:1.0",
        "text": "opendocument:xmlns:text:1.0",
    }
    spaces = " ".join(f'xmlns:{one}="urn:oasis:names:tc:{name}"' for one, name in names.items())
    spaces += ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    text = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'.format
    share = (
        '<table:table-cell office:value-type="percentage" office:value="0.12"><text:p>12 %</text:p></table:table-cell>'
    )
    wrong = '<table:table-cell office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
    blank = '<table:table-cell table:number-columns-repeated="2"/>'
    rows = [blank + "".join(map(text, ("Indicateur", "2022", "2023"))), blank + text("TRAINED") + share + wrong]
    inside = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    with zipfile.ZipFile(tmp_path / "v.ods", "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        made.writestr(
            "META-INF/manifest.xml", '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
        )
        made.writestr("content.xml", f'<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name="F">{inside}'
                                     "</table:table></office:spreadsheet></office:body></office:document-content>")  # fmt: skip
    told = read(tmp_path, (tmp_path / "v.ods").read_bytes(), name="v.ods")
    assert (numbers(told), outcomes(told)) == ([12, None], ["accepted", "rejected"])
    assert codes(told.lines[1]) == ["formula_in_error"]


def test_dates_in_two_orders_name_the_lines_that_contradict_one_another(tmp_path):
    days = ["30/09/2023", "30/09/2024", "09/30/2025", "03/04/2025"]
    told = read(tmp_path, HEAD + "".join(f"KEPT;{day};4\n" for day in days))
    assert [codes(line) for line in told.lines] == [[], [], ["date_orders_mixed"], ["date_orders_mixed"]]
    said = told.lines[3].remarks[0].words("fr").why
    assert said == "« 30/09/2023 » (ligne 2) dit le jour d’abord, « 09/30/2025 » (ligne 4) dit le mois d’abord."


def test_an_order_proven_and_never_contradicted_reads_the_others(tmp_path):
    told = read(tmp_path, HEAD + "KEPT;30/09/2023;4\nKEPT;30/09/2026;4\nKEPT;03/04/2025;4\n")
    assert outcomes(told) == ["accepted"] * 3
    assert told.values[2].on.isoformat() == "2025-04-03"


def test_an_indicator_like_no_other_is_told_without_a_dash(tmp_path):
    words = read(tmp_path, HEAD + "ZZ99;2024;4\n").lines[0].remarks[0].words("fr")
    assert "–" not in str(words) and "Le catalogue" in words.remedy and "terreau indicators list" in words.remedy
