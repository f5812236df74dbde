"""Cells that a tool has dressed are undressed in the engine."""

import pytest

from terreau.inventory.connectors import connectors
from terreau.tables.engine import engine


@pytest.mark.parametrize(
    ("written", "cell"),
    [
        ("Intel Xeon<br>Intel Xeon", "Intel Xeon"),
        ("Salle 1<hr>Salle 2", "Salle 1"),
        ("&nbsp;", None),
        ("Vidéo &amp; son", "Vidéo & son"),
        ("  ", None),
        ("PC < 5 ans", "PC < 5 ans"),
    ],
)
def test_a_glpi_cell_keeps_its_first_value(written, cell):
    with engine() as con:
        assert con.execute(f"SELECT {connectors()['glpi'].cell('c')} FROM (SELECT ? AS c)", [written]).fetchone() == (
            cell,
        )


def test_a_spreadsheet_cell_is_only_trimmed():
    with engine() as con:
        cells = con.execute(f"SELECT {connectors()['spreadsheet'].cell('c')} FROM (VALUES (' a<br>b '), (' ')) t(c)")
        assert cells.fetchall() == [("a<br>b",), (None,)]
