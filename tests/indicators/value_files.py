"""Files of values written and read back in a test: their text, their lines, what was said of each."""

import io
from datetime import UTC, date, datetime

from terreau.indicators.importing import read_values
from tests.indicators.small_board import BOARD

AT, NOW = date(2026, 11, 22), datetime(2026, 11, 22, 9, tzinfo=UTC)


def read(tmp_path, text, *, name="valeurs.csv", known=(), **options):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    told = {"name": name, "indicators": BOARD, "at": AT, "recorded_at": NOW, "signed_by": "référente", "known": known}
    return read_values(path, **(told | options))


def workbook(rows):
    from openpyxl import Workbook

    book = Workbook()
    for row in rows:
        book.active.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def codes(line):
    return [one.code.partition(".")[2] for one in line.remarks]


def numbers(told):
    return [None if line.value is None else line.value.value for line in told.lines]


def outcomes(told):
    return [line.outcome for line in told.lines]
