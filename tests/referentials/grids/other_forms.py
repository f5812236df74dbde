"""The three layouts as an ODS, a CSV and a TSV would hold them: the cells of the workbook, written as those programs do."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    ' office:version="1.3"><office:body><office:spreadsheet>'
)
MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
PICTURE = bytes(range(256))


def as_ods(workbook: Path, target: Path) -> Path:
    """The sheets of an XLSX as an ODS: runs of empty cells and lines repeated, merged cells covered, lists of words."""
    book = load_workbook(workbook)
    lists: list[str] = []
    sheets = "".join(_sheet(sheet, lists) for sheet in book.worksheets)
    told = "".join(
        f'<table:content-validation table:name="val{rank}" table:condition={quoteattr(condition)}/>'
        for rank, condition in enumerate(lists)
    )
    content = f"{HEAD}<table:content-validations>{told}</table:content-validations>{sheets}</office:spreadsheet></office:body></office:document-content>"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        archive.writestr("Pictures/image1.png", PICTURE)
        archive.writestr("META-INF/manifest.xml", MANIFEST)
    return target


def as_text(workbook: Path, sheet: str, target: Path, *, sign: str = ";", encoding: str = "utf-8", ends: str = "\r\n",
            quoting: Any = csv.QUOTE_MINIMAL) -> Path:  # fmt: skip
    """One sheet of an XLSX as a CSV or TSV file."""
    kept = io.StringIO()
    writer = csv.writer(kept, delimiter=sign, lineterminator=ends, quoting=quoting)
    for row in load_workbook(workbook)[sheet].iter_rows(values_only=True):
        writer.writerow(["" if one is None else one for one in row])
    target.write_bytes(kept.getvalue().encode(encoding))
    return target


def _sheet(sheet: Any, lists: list[str]) -> str:
    spans, covered = {}, set()
    for area in sheet.merged_cells.ranges:
        spans[(area.min_row, area.min_col)] = (area.max_row - area.min_row + 1, area.max_col - area.min_col + 1)
        covered |= {
            (row, column)
            for row in range(area.min_row, area.max_row + 1)
            for column in range(area.min_col, area.max_col + 1)
        }
        covered.discard((area.min_row, area.min_col))
    named = _named(sheet, lists)
    hidden = ' table:display="false"' if sheet.sheet_state == "hidden" else ""
    rows = "".join(_row(sheet, row, spans, covered, named) for row in range(1, sheet.max_row + 1))
    rest = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>'
    return f'<table:table table:name={quoteattr(sheet.title)}{hidden}><table:table-column table:number-columns-repeated="1024"/>{rows}{rest}</table:table>'


def _named(sheet: Any, lists: list[str]) -> dict[tuple[int, int], str]:
    made = {}
    for rule in sheet.data_validations.dataValidation:
        told = rule.formula1
        words = ";".join(f'"{word}"' for word in told.strip('"').split(","))
        area = told.replace("Listes!", "[$Listes.").replace(":", ":.") + "]"
        lists.append(f"of:cell-content-is-in-list({words if told.startswith(chr(34)) else area})")
        for one in rule.sqref.ranges:
            low_column, low, high_column, high = range_boundaries(str(one))
            places = ((row, column) for row in range(low, high + 1) for column in range(low_column, high_column + 1))
            made |= dict.fromkeys(places, f"val{len(lists) - 1}")
    return made


def _row(sheet: Any, row: int, spans: Any, covered: Any, named: Any) -> str:
    cells: list[str] = []
    run = 0
    for column in range(1, sheet.max_column + 1):
        cell = _cell(sheet, row, column, spans, covered, named)
        if cell == "<table:table-cell/>":
            run += 1
            continue
        cells += [_empty(run), cell]
        run = 0
    return "<table:table-row>" + "".join([*cells, _empty(run + 1000)]) + "</table:table-row>"


def _empty(run: int) -> str:
    return f'<table:table-cell table:number-columns-repeated="{run}"/>' if run > 1 else "<table:table-cell/>" * run


def _cell(sheet: Any, row: int, column: int, spans: Any, covered: Any, named: Any) -> str:
    held = sheet.cell(row=row, column=column)
    if (row, column) in covered:
        return "<table:covered-table-cell/>"
    told = ' table:style-name="ce1"' if held.has_style else ""
    if (row, column) in named:
        told += f' table:content-validation-name="{named[row, column]}"'
    if (row, column) in spans:
        tall, wide = spans[row, column]
        told += f' table:number-rows-spanned="{tall}" table:number-columns-spanned="{wide}"'
    value = held.value
    if value is None:
        return f"<table:table-cell{told}/>"
    if isinstance(value, int | float):
        return f'<table:table-cell{told} office:value-type="float" office:value="{value}" calcext:value-type="float"><text:p>{value}</text:p></table:table-cell>'
    if value.startswith("="):
        formula = "of:" + re.sub(r"([A-Z]+\d+)(?::([A-Z]+\d+))?", _referred, value)
        return f'<table:table-cell{told} table:formula={quoteattr(formula)} office:value-type="float" office:value="0"><text:p>0</text:p></table:table-cell>'
    return f'<table:table-cell{told} office:value-type="string" calcext:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'


def _referred(found: re.Match[str]) -> str:
    """A reference as OpenFormula writes it: C7:C13 is [.C7:.C13]."""
    return f"[.{found[1]}" + (f":.{found[2]}" if found[2] else "") + "]"
