"""The file to fill in (modèle de fichier): one heading per column of the device, and it is read back as it is.

Nothing but headings: an example line forgotten in the file would be counted. In the workbook each heading carries its
help and an example as a note, and the columns with a closed list offer their words.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from terreau.inventory.device import CHOICE_WORDS, DEVICE
from terreau.kernel.errors import TerreauError
from terreau.tables.export import neutral
from terreau.tables.schema import Column

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

FORMATS = ("xlsx", "csv")
SHEET = {"fr": "Équipements", "en": "Devices"}
_SHOWN = {"status": "in_use", "ownership": "org", "condition_at_purchase": "new"}
_ROWS_WITH_LISTS = 2_000

Row = Mapping[str, object]
"""Column of the device -> what is written in its cell; a word of a list by its key."""


def template(format: str, language: str = "fr", rows: Sequence[Row] = ()) -> bytes:
    """The file to fill in, as bytes: ``format`` "xlsx" or "csv", headings in ``language``, ``rows`` already filled."""
    if format not in FORMATS:
        raise TerreauError("inventory.template_format", format=format, formats=", ".join(FORMATS))
    spoken = "en" if language == "en" else "fr"
    return _xlsx(spoken, rows) if format == "xlsx" else _csv(spoken, rows)


def cells(row: Row, language: str) -> list[str]:
    """One line of the file, in the order of the headings."""
    return [neutral(_word(column, row.get(column.name), language)) for column in DEVICE]


def _word(column: Column, value: object, language: str) -> str:
    if value is None:
        return ""
    words = CHOICE_WORDS.get(column.name, {}).get(str(value))
    return words[language == "en"] if words else str(value)


def _csv(language: str, rows: Sequence[Row]) -> bytes:
    """UTF-8 with its mark, so that a spreadsheet program opens it with its accents."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter="," if language == "en" else ";", lineterminator="\r\n")
    writer.writerow([column.label(language) for column in DEVICE])
    writer.writerows(cells(row, language) for row in rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8")


def _xlsx(language: str, rows: Sequence[Row]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet: Any = book.active
    sheet.title = SHEET[language]
    sheet.append([column.label(language) for column in DEVICE])
    for row in rows:
        sheet.append([_native(cell) for cell in cells(row, language)])
    _dress(sheet, language)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _native(cell: str) -> str | None:
    return cell or None


def _dress(sheet: Worksheet, language: str) -> None:
    """Headings in bold and frozen, with their help as notes; lists to choose from; cells as text, so zeros stay."""
    from openpyxl.comments import Comment
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    sheet.freeze_panes = "A2"
    for place, column in enumerate(DEVICE, start=1):
        letter = get_column_letter(place)
        heading: Any = sheet.cell(row=1, column=place)
        heading.font = Font(bold=True)
        heading.comment = Comment(_help(column, language), "Terreau", width=320, height=110)
        sheet.column_dimensions[letter].width = max(14, len(column.label(language)) + 2)
        words = CHOICE_WORDS.get(column.name)
        if words:
            listed = ",".join(word[language == "en"] for word in words.values())
            choice = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
            choice.add(f"{letter}2:{letter}{_ROWS_WITH_LISTS}")
            sheet.add_data_validation(choice)
        if column.kind == "text":
            sheet.column_dimensions[letter].number_format = "@"


def _help(column: Column, language: str) -> str:
    text = column.help_en if language == "en" else column.help_fr
    words = CHOICE_WORDS.get(column.name, {})
    example = words[_SHOWN[column.name]][language == "en"] if words else column.example
    label = "Example:" if language == "en" else "Exemple :"
    return f"{text}\n{label} {example}" if example else text
