"""The first rows of a heavy workbook, as a workbook of its own (début de classeur): enough to know what it holds.

Only what those rows need is inflated: a workbook of two hundred thousand lines is known as fast as one of a thousand.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from terreau.kernel.errors import TerreauError
from terreau.tables.archive import BROKEN, MOST_PART, inflated, sheet_parts
from terreau.tables.limits import MIB

HEAD = MIB // 2
"""What is read of each sheet [byte of XML]: hundreds of lines."""
MOST_SHEETS = 40
"""Sheets whose first rows are read; the others are left empty [count]."""
MOST_TEXTS = 128 * MIB
"""Shared texts inflated while those of the first rows are looked for [byte]."""
PARTS = ("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml")
TEXTS = "xl/sharedStrings.xml"
CONTENT = "content.xml"
_ROW_END = re.compile(rb"</(\w+:)?row>")
_TEXT_END = re.compile(rb"</(\w+:)?si>|<(\w+:)?si\s*/>")
_SHARED = re.compile(rb'<(?:\w+:)?c [^>]*\bt="s"[^>]*>\s*<(?:\w+:)?v>(\d{1,9})<')
_ODS_NESTED = re.compile(rb"<(/?)(table:table|table:table-row-group|table:table-header-rows)[ >]")
_EMPTY = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData></sheetData></worksheet>'
)


def shortened(path: Path, target: Path) -> Path:
    """``target``, written with the first rows of every sheet of the workbook ``path``; ``path`` itself when it cannot be cut.

    Nothing is said here of a damaged or hostile workbook: whoever reads it whole will, within its own limits.
    """
    try:
        with zipfile.ZipFile(path) as archive, zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as short:
            names = set(archive.namelist())
            sheets = [one for one in sheet_parts(archive) if one in names]
            if sheets:
                _cut_xlsx(archive, short, sheets, names)
            elif CONTENT in names:
                _cut_ods(archive, short, names)
            else:
                return path
    except (*BROKEN, ValueError, TerreauError):
        return path
    return target


def _cut_xlsx(archive: zipfile.ZipFile, short: zipfile.ZipFile, sheets: list[str], names: set[str]) -> None:
    for part in PARTS:
        if part in names:
            short.writestr(part, _whole(archive, part))
    last = -1
    for rank, sheet in enumerate(sheets):
        head = _first_rows(archive, sheet) if rank < MOST_SHEETS else _EMPTY
        last = max([last, *map(int, _SHARED.findall(head))])
        short.writestr(sheet, head)
    if TEXTS in names:
        short.writestr(TEXTS, _first_texts(archive, last + 1))


def _first_rows(archive: zipfile.ZipFile, sheet: str) -> bytes:
    head, whole = _head(archive, sheet, HEAD)
    if whole:
        return head
    ends = list(_ROW_END.finditer(head))
    if not ends:
        raise ValueError(sheet)  # one row longer than that is no list of devices
    prefix = ends[-1][1] or b""
    return head[: ends[-1].end()] + b"</" + prefix + b"sheetData></" + prefix + b"worksheet>"


def _first_texts(archive: zipfile.ZipFile, count: int) -> bytes:
    """The shared texts up to the ``count``-th."""
    kept: list[bytes] = []
    seen, tail = 0, b""
    for chunk in _pieces(archive, TEXTS, MOST_TEXTS):
        held = tail + chunk
        last = 0
        for end in _TEXT_END.finditer(held):
            if seen >= count:
                prefix = end[1] or end[2] or b""
                return b"".join(kept) + held[:last] + b"</" + prefix + b"sst>"
            seen, last = seen + 1, end.end()
        kept.append(held[:last])
        tail = held[last:]
    if seen < count:
        raise ValueError(TEXTS)
    return b"".join(kept) + tail


def _cut_ods(archive: zipfile.ZipFile, short: zipfile.ZipFile, names: set[str]) -> None:
    """The first rows of the first table."""
    for part in names & {"mimetype", "META-INF/manifest.xml"}:
        short.writestr(part, _whole(archive, part))
    head, whole = _head(archive, CONTENT, 2 * HEAD)
    if not whole:
        cut = head.rindex(b"</table:table-row>") + len(b"</table:table-row>")
        opened = _ODS_NESTED.findall(head[:cut])
        closing = b""
        for closed, name in opened:
            closing = closing.removeprefix(b"</" + name + b">") if closed else b"</" + name + b">" + closing
        head = head[:cut] + closing + b"</office:spreadsheet></office:body></office:document-content>"
    short.writestr(CONTENT, head)


def _head(archive: zipfile.ZipFile, part: str, most: int) -> tuple[bytes, bool]:
    """The first ``most`` bytes of a part, and whether that is all of it."""
    held = b""
    for chunk in inflated(archive, archive.getinfo(part), most):
        held += chunk
        if len(held) > most:
            return held[:most], False
    return held, True


def _whole(archive: zipfile.ZipFile, part: str) -> bytes:
    text, whole = _head(archive, part, MOST_PART)
    if not whole:
        raise ValueError(part)
    return text


def _pieces(archive: zipfile.ZipFile, part: str, most: int) -> Iterator[bytes]:
    given = 0
    for chunk in inflated(archive, archive.getinfo(part), most):
        given += len(chunk)
        if given > most:
            raise ValueError(part)
        yield chunk
