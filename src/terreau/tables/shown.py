"""What a workbook shows of a cell and its bare value does not tell: a percent sign, an error (cases telles que vues)."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from terreau.kernel.errors import TerreauError
from terreau.tables.archive import MOST_SHEET, inflated, sheet_parts, unpacked, xml_of
from terreau.tables.limits import Limits

STYLES, CONTENT = "xl/styles.xml", "content.xml"
MOST_TIMES, MOST_NOTED = 1_000, 500_000
"""How often a row or a cell of an ODS may be repeated, and the cells noted of a sheet: beyond, nobody typed them."""
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_EXTENDED = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
PERCENT_FORMATS = frozenset({"9", "10"})
"""The number formats 0% and 0.00%, which no workbook spells out."""
_CELL = rb"""<(?:\w+:)?c(?=\s)([^>]*?\s(?:t\s*=\s*["']e["']|s\s*=\s*["'](?:%b)["'])[^>]*)(?<!/)>(.*?)</(?:\w+:)?c>"""
"""A cell with something in it, in error or of one of some styles; most cells are neither, and are passed over."""
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>([^<]+)</")
_ATTRIBUTE = re.compile(rb"""(?:^|\s)([rst])\s*=\s*["']([^"']*)["']""")
_PLACE = re.compile(rb"([A-Z]{1,3})(\d{1,7})")
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
"""Parts of a number format that are printed as they stand, or colour it: a percent sign there multiplies nothing."""


@dataclass(slots=True)
class Shown:
    """One sheet, by physical line and column (0-based, as its ``RawSheet`` counts them).

    percents: numbers shown as percentages (0.12 as 12 %); errors: what a cell shows for want of a result ("#DIV/0!")
    """

    percents: set[tuple[int, int]] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)


def shown(path: Path, *, name: str, limits: Limits) -> Mapping[str, Shown]:
    """The sheets of a workbook with something to tell, by title.

    The file was weighed and read already. TerreauError tables.damaged_workbook.
    """
    found: dict[str, Shown] = {}
    with unpacked(path, name) as archive:
        parts = sheet_parts(archive)
        styles = _percent_styles(archive) if parts else frozenset()
        for part, title in parts.items():
            found[title] = _seen(archive, part, styles, limits.max_uncompressed)
        if CONTENT in archive.namelist() and archive.getinfo(CONTENT).file_size <= MOST_SHEET:
            found |= _seen_in_ods(xml_of(archive, CONTENT, MOST_SHEET))
    found = {title: one for title, one in found.items() if one.percents or one.errors}
    return _as_read(path, name, found) if found else found


def _percent_styles(archive: zipfile.ZipFile) -> frozenset[bytes]:
    """The styles of cells whose number format multiplies by a hundred."""
    if STYLES not in archive.namelist():
        return frozenset()
    tree = ElementTree.fromstring(xml_of(archive, STYLES))  # noqa: S314 no entity can be declared, see xml_of
    formats = set(PERCENT_FORMATS)
    cells: list[ElementTree.Element] = []
    for entry in tree.iter():
        if entry.tag.endswith("}numFmt") and "%" in _LITERAL.sub("", entry.get("formatCode", "")):
            formats.add(entry.get("numFmtId", ""))
        elif entry.tag.endswith("}cellXfs"):
            cells = list(entry)
    return frozenset(str(rank).encode() for rank, one in enumerate(cells) if one.get("numFmtId") in formats)


def _seen(archive: zipfile.ZipFile, part: str, styles: frozenset[bytes], most: int) -> Shown:
    found = Shown()
    if part not in archive.namelist():
        return found
    wanted = re.compile(_CELL % b"|".join(styles or [b"none"]), re.DOTALL)
    for text in _pieces(archive, part, most):
        for attributes, inside in wanted.findall(text):
            told = dict(_ATTRIBUTE.findall(attributes))
            kind, value = told.get(b"t", b"n"), _VALUE.search(inside)
            place = _PLACE.fullmatch(told.get(b"r", b""))
            if not value or not place:
                continue
            at = (int(place[2]), _column(place[1]))
            if kind == b"e":
                found.errors[at] = value[1].decode("utf-8", "replace").strip()
            elif kind == b"n" and told.get(b"s") in styles:
                found.percents.add(at)
    return found


def _seen_in_ods(content: bytes) -> dict[str, Shown]:
    """The same for the sheets of an ODS, whose rows and cells may stand for many."""
    found: dict[str, Shown] = {}
    title, line = "", 0
    for event, entry in ElementTree.iterparse(io.BytesIO(content), ("start", "end")):  # noqa: S314 see xml_of
        kind = entry.tag.rpartition("}")[2]
        if event == "start" and kind == "table":
            title, line = entry.get(f"{{{_TABLE}}}name", ""), 0
            found[title] = Shown()
        elif event == "end" and kind == "table-row" and title in found:
            times, sheet = _times(entry, "number-rows-repeated"), found[title]
            for column, cell in _told_cells(entry) if len(sheet.percents) + len(sheet.errors) < MOST_NOTED else ():
                for rank in range(line + 1, line + 1 + min(times, MOST_TIMES)):
                    _note_ods(sheet, (rank, column), cell)
            line += times
            entry.clear()
    return found


def _told_cells(row: ElementTree.Element) -> Iterator[tuple[int, ElementTree.Element]]:
    """The cells of a row of an ODS that hold a percentage or an error, at their columns."""
    column = 0
    for cell in row:
        times = _times(cell, "number-columns-repeated")
        percent = cell.get(f"{{{_OFFICE}}}value-type") == "percentage" and cell.get(f"{{{_OFFICE}}}value")
        if percent or cell.get(_EXTENDED) == "error":
            yield from ((column + rank, cell) for rank in range(min(times, MOST_TIMES)))
        column += times


def _times(entry: ElementTree.Element, name: str) -> int:
    """How often a row or a cell stands; once when nothing sensible is said."""
    told = entry.get(f"{{{_TABLE}}}{name}", "")
    return int(told) if told.isdecimal() and len(told) < 9 else 1


def _note_ods(sheet: Shown, at: tuple[int, int], cell: ElementTree.Element) -> None:
    if cell.get(_EXTENDED) == "error":
        sheet.errors[at] = "".join(cell.itertext()).strip() or "#?"
    else:
        sheet.percents.add(at)


def _pieces(archive: zipfile.ZipFile, part: str, most: int) -> Iterator[bytes]:
    """The XML of a sheet in pieces that cut no cell in two."""
    tail = b""
    for chunk in inflated(archive, archive.getinfo(part), most):
        text = tail + chunk
        cut = max(text.rfind(b"row>"), 0)
        tail = text[cut:]
        yield text[:cut]
    yield tail


def _column(letters: bytes) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + letter - 64
    return place - 1


def _as_read(path: Path, name: str, found: dict[str, Shown]) -> dict[str, Shown]:
    """The columns counted from the first one that is filled, as the reader of workbooks does."""
    from python_calamine import CalamineError, CalamineWorkbook

    told = {}
    try:
        book = CalamineWorkbook.from_path(str(path))
        for title, one in found.items():
            start = book.get_sheet_by_name(title).start
            first = start[1] if start else 0
            told[title] = Shown(
                {(line, column - first) for line, column in one.percents},
                {(line, column - first): text for (line, column), text in one.errors.items()},
            )
    except (CalamineError, OSError, ValueError) as error:
        raise TerreauError("tables.damaged_workbook", name=name) from error
    return told
