"""No exported cell becomes a formula; numbers stay numbers."""

import io

import pytest

from terreau.tables.export import neutral, write_csv
from tests.tables.reading_room import table


@pytest.mark.parametrize(
    "cell", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "-", "+33 x", "-1;=2"]
)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(cell):
    assert neutral(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["-12", "-1,5", "+3", "-1 234,50", "-1e-3", "-5 %", "PC-01", "", "a=b", "2024-01-02"])
def test_plain_cells_and_negative_numbers_stay_as_they_are(cell):
    assert neutral(cell) == cell


def test_an_exported_table_reads_back_the_same(tmp_path):
    target = io.StringIO()
    write_csv([["PC;01", -2, None, 'écran 24"'], ["=1", 1.5, "a\nb", "c"]], ["Nom", "Prix", "Type", "Modèle"], target)
    (tmp_path / "out.csv").write_bytes(target.getvalue().encode("utf-8-sig"))
    sheet, lines = table(tmp_path / "out.csv")
    assert sheet.headers == ("Nom", "Prix", "Type", "Modèle")
    assert lines == [(2, "PC;01", "-2", None, 'écran 24"'), (3, "'=1", "1.5", "a\nb", "c")]
