"""The XML of a received ODS, taken apart by place: which bytes are which cell, without changing one of them.

Rows and columns are counted from 0; a run of cells or lines written once and repeated is one span with its ``repeat``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

CELL, COVERED, ROW, TABLE = "table:table-cell", "table:covered-table-cell", "table:table-row", "table:table"
MOST_SPANS = 2_000_000
_SPACES = {
    b"table": b"urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    b"office": b"urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    b"text": b"urn:oasis:names:tc:opendocument:xmlns:text:1.0",
}
_ATTRIBUTE = re.compile(rb"\s+([\w:.-]+)\s*=\s*(\"[^\"<]*\"|'[^'<]*')")
_HEAD = re.compile(rb"<([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'))*)\s*(/?)>")


class OddLayoutError(ValueError):
    """The XML is not laid out as we know how to change it."""


@dataclass(slots=True)
class Span:
    """One element: ``text[start:end]``, its opening tag up to ``inner``, its place and how often it repeats."""

    start: int
    inner: int
    end: int
    place: int
    repeat: int
    name: str
    told: dict[str, str]
    parts: list[Span] = field(default_factory=list)

    @property
    def formula(self) -> bool:
        """True when a formula works this cell out."""
        return "table:formula" in self.told

    def whole(self, name: str) -> int:
        """The whole number of an attribute, 1 without it."""
        return _whole(self.told, name)


@dataclass(slots=True)
class Layout:
    """Sheet title -> its lines, each with its cells; the lists of allowed words and the names the file declares."""

    sheets: dict[str, list[Span]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)


def laid_out(text: bytes) -> Layout:
    """The places of every cell of ``content.xml``; OddLayoutError when it is not the plain layout spreadsheets write."""
    root = text[:20_000]
    if any(b'xmlns:%s="%s"' % pair not in root and b"xmlns:%s='%s'" % pair not in root for pair in _SPACES.items()):
        raise OddLayoutError("namespaces")
    head = re.match(rb"(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*[\"']([\w-]+)", text)
    if head and head[1].lower() not in (b"utf-8", b"utf8", b"us-ascii") or text[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise OddLayoutError("encoding")
    walk = _Walk(text)
    try:
        walk.parser.Parse(text, True)
    except expat.ExpatError as error:
        raise OddLayoutError(str(error)) from error
    return walk.made


def head_of(text: bytes, start: int) -> re.Match[bytes]:
    """The opening tag at ``start``: its name, its attributes, "/" when it closes itself."""
    found = _HEAD.match(text, start)
    if found is None:
        raise OddLayoutError("tag")
    return found


def attributes(head: bytes) -> Iterator[tuple[bytes, bytes]]:
    """(name, the bytes that write it) of each attribute of an opening tag."""
    for found in _ATTRIBUTE.finditer(head):
        yield found[1], found[0]


class _Walk:
    """What the parser met so far."""

    def __init__(self, text: bytes) -> None:
        self.text, self.made = text, Layout()
        self.parser: Any = expat.ParserCreate()
        self.parser.StartElementHandler, self.parser.EndElementHandler = self.start, self.stop
        self.parser.StartDoctypeDeclHandler = self.refuse
        self.open: list[tuple[str, Span | None]] = []
        self.rows: list[Span] | None = None
        self.row: Span | None = None
        self.cell: Span | None = None
        self.line = self.column = self.count = 0

    def refuse(self, *_told: Any) -> None:
        """No spreadsheet declares a document type."""
        raise OddLayoutError("document type")

    def start(self, name: str, told: dict[str, str]) -> None:
        """An element opens."""
        above = self.open[-1][0] if self.open else ""
        span = None
        if name == TABLE and self.rows is not None:
            raise OddLayoutError("table in a table")
        if name == TABLE and above == "office:spreadsheet":
            title = told.get("table:name", "")
            if title in self.made.sheets:
                raise OddLayoutError("two sheets of one name")
            self.rows = self.made.sheets[title] = []
            self.line = 0
        elif self.rows is not None and name == ROW and self.row is None:
            span = self.row = self._span(name, told, self.line, _whole(told, "table:number-rows-repeated"))
            self.rows.append(span)
            self.line, self.column = self.line + span.repeat, 0
        elif self.row is not None and above == ROW and name in (CELL, COVERED):
            repeat = _whole(told, "table:number-columns-repeated")
            span = self.cell = self._span(name, told, self.column, repeat)
            self.row.parts.append(span)
            self.column += repeat
        elif self.cell is not None and above in (CELL, COVERED):
            span = self._span(name, {}, 0, 1)
            self.cell.parts.append(span)
        elif self.row is not None and above == ROW:
            raise OddLayoutError(name)
        elif name == "table:content-validation":
            self.made.lists[told.get("table:name", "")] = told.get("table:condition", "")
        elif name == "table:named-range":
            self.made.names[told.get("table:name", "").lower()] = told.get("table:cell-range-address", "")
        self.open.append((name, span))

    def stop(self, name: str) -> None:
        """An element closes."""
        _name, span = self.open.pop()
        if span is not None:
            at = self.parser.CurrentByteIndex
            closed = self.text[span.inner - 2 : span.inner] == b"/>" and span.end == span.inner
            span.end = span.inner if closed else self.text.index(b">", at) + 1
            if span is self.cell:
                self.cell = None
            elif span is self.row:
                self.row = None
        if name == TABLE and self.open and self.open[-1][0] == "office:spreadsheet":
            self.rows = None

    def _span(self, name: str, told: dict[str, str], place: int, repeat: int) -> Span:
        self.count += 1
        if self.count > MOST_SPANS:
            raise OddLayoutError("too many cells")
        start = self.parser.CurrentByteIndex
        head = head_of(self.text, start)
        if head[1].decode() != name:
            raise OddLayoutError("offset")
        return Span(start=start, inner=head.end(), end=head.end() if head[3] else -1, place=place, repeat=repeat, name=name,
                    told=told)  # fmt: skip


def _whole(told: dict[str, str], name: str) -> int:
    text = told.get(name, "1")
    if not text.isdecimal() or not 0 < len(text) < 9 or int(text) < 1:
        raise OddLayoutError(name)
    return int(text)
