"""A workbook weighed and searched before it is opened (pesée): a zip can promise little and hold gigabytes.

Every part is inflated once, counted, and thrown away; the sheets of an XLSX are searched on the way for
formulas without a value and for a rectangle of cells that no memory would hold.
"""

from __future__ import annotations

import os
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from terreau.kernel.errors import TerreauError
from terreau.tables.findings import Finding
from terreau.tables.limits import MIB, Limits

CHUNK = 1 << 20
MOST_PART, MOST_SHEET = 8 * MIB, 64 * MIB
"""What is kept in memory of one part, and of the part that holds the cells of a sheet [byte]."""
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ElementTree.ParseError, KeyError)
"""What reading the parts of a damaged or odd workbook raises."""
NAMED_LINES = 20
_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)(?:<v\s*/>|<v></v>)?\s*</c>')
_FAR = re.compile(rb'<c r="([A-Z]{2,3})(\d+)"(?:[^>]*[^/])?>')
_ANYWHERE = re.compile(rb"""\sr\s*=\s*["']([A-Z]{1,3})(\d+)["'](?:[^>]*[^/])?>""")
"""Cells beyond column Z where something is written; the same when a program writes its XML in a way of its own."""
_ROW = re.compile(rb'<row [^>]*?r="(\d+)"')
_ODS_FORMULA = re.compile(rb"<table:table-cell [^>]*table:formula=[^>]*>")


@dataclass(slots=True)
class Uncalculated:
    """Formula cells that no program ever calculated: their places (0-based) by physical line."""

    places: dict[int, list[int]] = field(default_factory=dict)
    count: int = 0

    def findings(self) -> Iterator[Finding]:
        """One remark per line, the first twenty of them."""
        for line in sorted(self.places)[:NAMED_LINES]:
            yield Finding(line=line, column="", code="tables.formula_never_calculated", facts={"cells": self.count})
        if self.count and not self.places:
            yield Finding(line=0, column="", code="tables.formula_never_calculated", facts={"cells": self.count})


def inspected(path: Path, *, name: str, kind: str, limits: Limits) -> dict[str, Uncalculated]:
    """Weigh every part of the archive, and say which formulas have no value, by sheet title.

    TerreauError when it inflates beyond the limits, is damaged, or hides behind a password.
    """
    with unpacked(path, name) as archive:
        _check_directory(archive, name, limits)
        sheets = sheet_parts(archive) if kind == "xlsx" else {}
        return _weighed(archive, sheets, name, limits)


@contextmanager
def unpacked(path: Path, name: str) -> Iterator[zipfile.ZipFile]:
    """The archive of a workbook; TerreauError tables.damaged_workbook for whatever its reading raises."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except BROKEN as error:
        raise TerreauError("tables.damaged_workbook", name=name) from error


def part_of(archive: zipfile.ZipFile, part: str, most: int = MOST_PART) -> bytes:
    """The bytes of a part, cut just after ``most``: no reader of XML takes what is cut for a whole."""
    return b"".join(inflated(archive, archive.getinfo(part), most))


def xml_of(archive: zipfile.ZipFile, part: str, most: int = MOST_PART) -> bytes:
    """A part no entity can be declared in: a document type is refused, since workbooks never declare one."""
    text = part_of(archive, part, most)
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise zipfile.BadZipFile("document type in a workbook")
    return text


def _check_directory(archive: zipfile.ZipFile, name: str, limits: Limits) -> None:
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise TerreauError("tables.password_protected", name=name)
    if sum(part.file_size for part in parts) > limits.max_uncompressed or len(parts) > 10_000:
        raise TerreauError("tables.zip_bomb", name=name, limit=limits.max_uncompressed // MIB)


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Part name -> sheet title, read from the workbook and its relations."""
    if "xl/_rels/workbook.xml.rels" not in archive.namelist():
        return {}
    targets = {
        entry.get("Id", ""): entry.get("Target", "").removeprefix("/xl/").removeprefix("/")
        for entry in _tree(archive, "xl/_rels/workbook.xml.rels").iter()
        if entry.get("Target")
    }
    found = {}
    for entry in _tree(archive, "xl/workbook.xml").iter():
        if entry.tag.endswith("}sheet"):
            relation = next((value for key, value in entry.attrib.items() if key.endswith("}id")), "")
            found["xl/" + targets.get(relation, "").removeprefix("xl/")] = entry.get("name", "")
    return found


def _tree(archive: zipfile.ZipFile, part: str) -> ElementTree.Element:
    return ElementTree.fromstring(xml_of(archive, part))  # noqa: S314 no entity can be declared, see xml_of


def _weighed(archive: zipfile.ZipFile, sheets: dict[str, str], name: str, limits: Limits) -> dict[str, Uncalculated]:
    left = limits.max_uncompressed
    found: dict[str, Uncalculated] = {}
    for part in archive.infolist():
        search = _Search(name, limits, part.filename == "content.xml")
        for chunk in inflated(archive, part, left):
            left -= len(chunk)
            if left < 0:
                raise TerreauError("tables.zip_bomb", name=name, limit=limits.max_uncompressed // MIB)
            if part.filename in sheets or search.is_ods:
                search.feed(chunk)
        if part.filename in sheets or search.is_ods:
            search.feed(b"", final=True)
            found[sheets.get(part.filename, "")] = search.found
    return found


def inflated(archive: zipfile.ZipFile, part: zipfile.ZipInfo, most: int) -> Iterator[bytes]:
    """The real bytes of a part, whatever size the directory announces; stops just after ``most`` bytes."""
    source = archive.fp
    if source is None or part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise zipfile.BadZipFile(part.filename)
    source.seek(part.header_offset)
    local = source.read(30)
    if local[:4] != b"PK\x03\x04" or len(local) < 30:
        raise zipfile.BadZipFile(part.filename)
    source.seek(sum(struct.unpack("<HH", local[26:30])), os.SEEK_CUR)
    remaining, given = part.compress_size, 0
    inflate = zlib.decompressobj(-15) if part.compress_type == zipfile.ZIP_DEFLATED else None
    while remaining > 0 and given <= most:
        raw = source.read(min(CHUNK, remaining))
        if not raw:
            raise EOFError(part.filename)
        remaining -= len(raw)
        while raw and given <= most:
            chunk = inflate.decompress(raw, CHUNK) if inflate else raw
            raw = inflate.unconsumed_tail if inflate else b""
            given += len(chunk)
            yield chunk


class _Search:
    """Looks through the XML of one sheet, chunk by chunk, for what would hurt later."""

    def __init__(self, name: str, limits: Limits, is_ods: bool) -> None:
        self.name, self.limits, self.is_ods = name, limits, is_ods
        self.found = Uncalculated()
        self.rows, self.columns, self.tail = 0, 26, b""

    def feed(self, chunk: bytes, *, final: bool = False) -> None:
        """Search what is complete; keep the rest for the next chunk."""
        held = self.tail + chunk
        cut = (
            len(held)
            if final or len(held) > 8 * CHUNK
            else held.rfind(b"</table:table-cell>" if self.is_ods else b"</c>") + 4
        )
        text, self.tail = held[: max(cut, 0)], held[max(cut, 0) :]
        self._search_ods(text) if self.is_ods else self._search_xlsx(text)

    def _search_ods(self, text: bytes) -> None:
        self.found.count += sum(b"office:value" not in cell for cell in _ODS_FORMULA.findall(text))

    def _search_xlsx(self, text: bytes) -> None:
        if b"<f" in text:
            for letters, row in _CELL.findall(text):
                self.found.count += 1
                self.found.places.setdefault(int(row), []).append(_place(letters))
        usual = text.count(b'r="') <= text.count(b'<c r="') + text.count(b'<row r="') and b"r='" not in text
        for letters, row in set((_FAR if usual else _ANYWHERE).findall(text)):
            self.columns = max(self.columns, _place(letters) + 1)
            self.rows = max(self.rows, int(row))
        rows = _ROW.findall(text)
        self.rows = max([self.rows, *(int(row) for row in rows[-1:])])
        if self.rows * self.columns > self.limits.max_cells:
            raise TerreauError(
                "tables.too_many_cells",
                name=self.name,
                lines=self.rows,
                columns=self.columns,
                limit=self.limits.max_cells,
            )


def _place(letters: bytes) -> int:
    """Column letters to a 0-based place: A is 0, AA is 26."""
    place = 0
    for letter in letters:
        place = place * 26 + letter - 64
    return place - 1
