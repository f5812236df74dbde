"""What people do to CSV files, and what is read all the same."""

import pytest

from terreau.tables.reading import ReadingChoices
from tests.tables.reading_room import codes, table


@pytest.fixture
def csv(tmp_path):
    """Write text (or bytes) to a file and give its path."""

    def write(content, encoding="utf-8", name="list.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return write


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_any_encoding_and_separator_give_the_same_cells(csv, encoding, separator):
    rows = [["Nom", "Type", "Modèle"], ["PC-01", "écran", "été"], ["00012", "", "Œuf"]]
    if encoding == "utf-16-le" or encoding == "utf-16-be":
        rows += [["PC-03", "portable", "Latitude"]] * 5
    sheet, lines = table(csv("\r\n".join(separator.join(row) for row in rows) + "\r\n", encoding))
    assert sheet.headers == ("Nom", "Type", "Modèle")
    assert lines[:2] == [(2, "PC-01", "écran", "été"), (3, "00012", None, "Œuf")]
    assert sheet.separator == separator
    assert codes(sheet) == set()


def test_line_breaks_inside_quotes_and_blank_lines_do_not_shift_the_line_numbers(csv):
    text = 'Nom;Type\n"PC\n01";a\n\n\n"x\n\ny";b\nPC-03;"c"\n\n'
    sheet, lines = table(csv(text))
    assert lines == [(2, "PC\n01", "a"), (6, "x\n\ny", "b"), (9, "PC-03", "c")]
    assert [(aside.line, aside.kind, aside.lines) for aside in sheet.set_aside] == [(4, "blank", 2), (10, "blank", 1)]


def test_blank_lines_right_under_the_header(csv):
    sheet, lines = table(csv("Nom;Type\n\n\nPC-01;a\n"))
    assert lines == [(4, "PC-01", "a")]
    assert [(aside.line, aside.lines) for aside in sheet.set_aside] == [(2, 2)]


def test_a_byte_that_is_not_utf8_in_a_file_with_its_mark(csv):
    sheet, lines = table(csv("Nom;Type\n".encode("utf-8-sig") + b'caf\xe9;"a\n'))
    assert codes(sheet) == {"tables.mixed_encodings"}
    assert (sheet.encoding, lines) == ("utf-8-sig", [(2, "café", '"a')])


def test_a_header_may_hold_line_breaks(csv):
    sheet, lines = table(csv('Parc;\n"Nom";"Type\n(libre)";Modèle\na;b;c\n'))
    assert (sheet.header_line, sheet.headers[1]) == (2, "Type\n(libre)")
    assert lines == [(4, "a", "b", "c")]


def test_line_feeds_inside_a_file_of_carriage_returns(csv):
    _, lines = table(csv('Nom;Type\r\n"PC\n01";a\r\nPC-02;b\r\n'))
    assert lines == [(2, "PC\n01", "a"), (4, "PC-02", "b")]


def test_an_old_macintosh_file_has_carriage_returns_only(csv):
    _, lines = table(csv("Nom;Type\rPC-01;a\rPC-02;b\r"))
    assert lines == [(2, "PC-01", "a"), (3, "PC-02", "b")]


def test_inner_quotes_nobody_doubled_stay_in_their_cell(csv):
    text = 'Nom;Modèle;Type\n"a";"écran 24" large";"x"\n"b";"iiyama 24"";"y"\n"c";"";"z"\n'
    _, lines = table(csv(text))
    assert lines == [(2, "a", 'écran 24" large', "x"), (3, "b", 'iiyama 24"', "y"), (4, "c", None, "z")]


def test_doubled_inner_quotes_become_one(csv):
    _, lines = table(csv('Nom,Modèle\na,"MacBook 14"" (2021), gris"\nb,"x ""y"" z"\n'))
    assert lines == [(2, "a", 'MacBook 14" (2021), gris'), (3, "b", 'x "y" z')]


def test_a_quote_nobody_closed_spoils_its_own_line_only(csv):
    _, lines = table(csv('Nom;Type\n"PC-01;a\nPC-02;b\n"PC-03";c\n'))
    assert lines == [(2, '"PC-01', "a"), (3, "PC-02", "b"), (4, "PC-03", "c")]


def test_cells_wrapped_in_simple_quotes(csv):
    _, lines = table(csv("'Nom';'Type'\n'PC;01';'a'\n'PC-02';'b'\n"))
    assert lines == [(2, "PC;01", "a"), (3, "PC-02", "b")]


def test_lines_too_long_and_too_short_are_said_and_never_lost(csv):
    sheet, lines = table(csv("Nom;Type;Modèle\na;b;c\nd;e;f;g\nh\ni;j;k\nl;m;n;\n" + "o;p;q\n" * 5))
    found = [(finding.line, finding.code) for finding in sheet.findings]
    assert found == [(3, "tables.long_line"), (4, "tables.short_line")]
    assert lines[1:4] == [(3, "d", "e", "f"), (4, "h", None, None), (5, "i", "j", "k")]
    assert len(lines) == 10


def test_trailing_separators_make_no_column(csv):
    sheet, lines = table(csv("Nom;Type;;;\nPC-01;a;;;\nPC-02;b;;;\n"))
    assert sheet.headers == ("Nom", "Type")
    assert lines == [(2, "PC-01", "a"), (3, "PC-02", "b")]


def test_a_column_without_a_name_but_with_cells_is_kept(csv):
    sheet, lines = table(csv("Nom;Type\nPC-01;a;note\nPC-02;b;note\n"))
    assert sheet.headers == ("Nom", "Type", "")
    assert lines[0] == (2, "PC-01", "a", "note")


def test_cells_of_spaces_are_empty_and_lines_of_them_blank(csv):
    sheet, lines = table(csv("Nom;Type;Modèle\nPC-01; ;\u00a0\n  ;\t;\u202f\nÉcole;É;x\n"))
    assert lines == [(2, "PC-01", None, None), (4, "École", "É", "x")]
    assert [(aside.line, aside.kind) for aside in sheet.set_aside] == [(3, "blank")]


def test_headers_repeated_by_a_printout_are_set_aside(csv):
    sheet, lines = table(csv("Nom;Type\nPC-01;a\nNom;Type\nPC-02;b\n"))
    assert [line[0] for line in lines] == [2, 4]
    assert [(aside.line, aside.kind) for aside in sheet.set_aside] == [(3, "repeated_header")]


def test_totals_are_told_from_devices_whose_name_looks_like_one(csv):
    text = (
        "Nom;Modèle;Qté;Prix\nTOTAL-PC-1;Latitude;1;10\nSite A;Sous-total;12;\nTotaliseur;Canon;1;3\n"
        "Total Energies Pro;HP;2;5\nS/TOTAL :;;3;4,5 €\nTotal;;15;120,00 €\n"
    )
    sheet, lines = table(csv(text))
    assert [line[0] for line in lines] == [2, 4, 5]
    assert [(aside.line, aside.kind) for aside in sheet.set_aside] == [(3, "subtotal"), (6, "subtotal"), (7, "total")]


def test_a_sep_line_of_excel_decides_the_separator(csv):
    sheet, lines = table(csv("sep=|\nNom|Type\na;b|c\n"))
    assert (sheet.separator, sheet.header_line) == ("|", 2)
    assert lines == [(3, "a;b", "c")]


def test_a_stray_windows_byte_late_in_a_utf8_file(csv):
    good = "Nom;Type\n" + "été;é\n" * 150_000
    sheet, lines = table(csv(good.encode() + "caf\u00e9;b\n".encode("cp1252")))
    assert codes(sheet) == {"tables.mixed_encodings"}
    assert lines[-1] == (150_002, "café", "b")


def test_windows_accents_that_only_come_late(csv):
    sheet, lines = table(csv(("Nom;Type\n" + "abc;d\n" * 150_000 + "café;b\n").encode("cp1252")))
    assert (sheet.encoding, lines[-1]) == ("cp1252", (150_002, "café", "b"))


def test_nul_bytes_are_removed_and_said(csv):
    sheet, lines = table(csv(b"Nom;Type\nPC\x00-01;a\nPC-02;b\n"))
    assert lines[0] == (2, "PC-01", "a")
    assert codes(sheet) == {"tables.nul_bytes"}


def test_duplicate_headers_are_said_and_both_kept(csv):
    sheet, lines = table(csv("Nom;Type;Nom\na;b;c\n"))
    assert sheet.headers == ("Nom", "Type", "Nom")
    assert lines == [(2, "a", "b", "c")]
    assert codes(sheet) == {"tables.duplicate_header"}


def test_a_header_alone_is_said(csv):
    sheet, lines = table(csv("Nom;Type\n"))
    assert lines == []
    assert codes(sheet) == {"tables.header_only"}


def test_without_any_known_header_the_guess_is_said(csv):
    sheet, lines = table(csv("Liste\n\nAlpha;Beta\n1;2\n3;4\n"))
    assert (sheet.header_line, sheet.headers) == (3, ("Alpha", "Beta"))
    assert codes(sheet) == {"tables.header_guessed"}
    assert len(lines) == 2


def test_a_person_can_choose_instead_of_the_reader(csv):
    choices = ReadingChoices(encoding="latin-1", separator=",", decimal=".", header_line=2)
    sheet, lines = table(csv("Nom,Type\nAlpha,Beta\né,b\n", "latin-1"), choices=choices)
    assert (sheet.headers, sheet.decimal, sheet.encoding) == (("Alpha", "Beta"), ".", "latin-1")
    assert lines == [(3, "é", "b")]
