"""Cells written in the XML of a sheet, as text: what is around them keeps its bytes.

A cell keeps its style (``s``). Texts are written inline, figures as figures. What is not the plain layout every
spreadsheet writes is refused rather than guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from xml.sax.saxutils import escape

from terreau.kernel.errors import TerreauError
from terreau.referentials.grids.anatomy import area_of
from terreau.referentials.grids.book import address
from terreau.referentials.grids.refusing import refusal

_DATA = re.compile(rb"<(?P<p>(?:\w+:)?)sheetData\s*(?:/>|>(?P<body>.*?)</(?P=p)sheetData>)", re.DOTALL)
_ROW = re.compile(rb"<(?P<p>(?:\w+:)?)row\b(?P<head>[^>]*?)(?:/>|>(?P<body>.*?)</(?P=p)row>)", re.DOTALL)
_CELL = re.compile(rb"<(?P<p>(?:\w+:)?)c\b(?P<head>[^>]*?)(?:/>|>(?P<body>.*?)</(?P=p)c>)", re.DOTALL)
_REF = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_LINE = re.compile(rb'\br="(\d{1,7})"')
_STYLE = re.compile(rb'\bs="(\d{1,6})"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_COLUMN = re.compile(rb"<(?:\w+:)?col\b[^>]*>")
_CALC = re.compile(rb"<((?:\w+:)?)calcPr\b([^>]*?)(/?)>")
Value = str | Fraction


def rewritten(text: bytes, values: Mapping[str, Value], name: str, title: str) -> bytes:
    """The sheet with ``values`` (by cell name) in it; TerreauError referentials.grid_not_filled otherwise."""
    found = list(_DATA.finditer(text))
    if len(found) != 1 or b"<!--" in found[0][0] or b"<![CDATA[" in found[0][0] or _utf16(text):
        raise refusal(name, "layout", title)
    data, prefix = found[0], found[0]["p"]
    by_row: dict[int, dict[int, Value]] = {}
    for ref, value in values.items():
        row, column = area_of(ref)[:2]
        by_row.setdefault(row + 1, {})[column] = value
    body = _rows(data["body"] or b"", by_row, prefix, _Around(text[: data.start()], name, title))
    return text[: data.start()] + b"<%ssheetData>" % prefix + body + b"</%ssheetData>" % prefix + text[data.end() :]


def recalculated(text: bytes) -> bytes:
    """The workbook part asking for its formulas to be worked out when it is opened."""
    found = _CALC.search(text)
    if found:
        kept = re.sub(rb'\s*fullCalcOnLoad="[^"]*"', b"", found[2])
        made = b'<%scalcPr%s fullCalcOnLoad="1"%s>' % (found[1], kept.rstrip(), found[3])
        return text[: found.start()] + made + text[found.end() :]
    # Its place in the order of the schema: right after the defined names, or else after the sheets.
    for name in (rb"definedNames", rb"externalReferences", rb"functionGroups", rb"sheets"):
        end = re.search(rb"</((?:\w+:)?)" + name + rb">", text)
        if end:
            return text[: end.end()] + b'<%scalcPr fullCalcOnLoad="1"/>' % end[1] + text[end.end() :]
    return text


class _Around:
    """What stands before the lines: the styles of columns, and what to call the workbook in a refusal."""

    def __init__(self, before: bytes, name: str, title: str) -> None:
        self.name, self.title = name, title
        self.styles: list[tuple[int, int, bytes]] = []
        for found in _COLUMN.findall(before):
            told = dict(re.findall(rb'\b(min|max|style)="(\d+)"', found))
            if b"style" in told:
                self.styles.append((int(told[b"min"]) - 1, int(told[b"max"]) - 1, told[b"style"]))

    def style(self, row_head: bytes, column: int) -> bytes:
        """The style a new cell takes: that of its line, else of its column, else none."""
        if b'customFormat="1"' in row_head and (found := _STYLE.search(row_head)):
            return found[1]
        return next((style for low, high, style in self.styles if low <= column <= high), b"")

    def refuse(self, reason: str, cell: str = "") -> TerreauError:
        """The refusal, with the place."""
        return refusal(self.name, reason, f"{self.title} {cell}".strip())


def _rows(body: bytes, values: dict[int, dict[int, Value]], prefix: bytes, around: _Around) -> bytes:
    made, left, last, end = [], dict(values), 0, 0
    for found in _ROW.finditer(body):
        told = _LINE.search(found["head"])
        if told is None or int(told[1]) <= last or body[end : found.start()].strip():
            raise around.refuse("layout")
        last = int(told[1])
        made += [_new_row(row, left.pop(row), prefix, around) for row in sorted(left) if row < last]
        made.append(body[end : found.start()])
        cells = left.pop(last, None)
        made.append(found[0] if cells is None else _row(found, cells, prefix, around))
        end = found.end()
    if body[end:].strip():
        raise around.refuse("layout")
    made += [_new_row(row, left[row], prefix, around) for row in sorted(left)]
    return b"".join([*made, body[end:]])


def _new_row(row: int, cells: dict[int, Value], prefix: bytes, around: _Around) -> bytes:
    inner = b"".join(_cell(column, row, cells[column], around.style(b"", column), prefix) for column in sorted(cells))
    return b'<%srow r="%d">%s</%srow>' % (prefix, row, inner, prefix)


def _row(found: re.Match[bytes], cells: dict[int, Value], prefix: bytes, around: _Around) -> bytes:
    told = _LINE.search(found["head"])
    assert told
    row, body, made, left, end, last = int(told[1]), found["body"] or b"", [], dict(cells), 0, -1
    for cell in _CELL.finditer(body):
        ref = _REF.search(cell["head"])
        if ref is None or body[end : cell.start()].strip():
            raise around.refuse("layout")
        column = area_of(ref[0][3:-1].decode())[1]
        if column <= last or int(ref[2]) != row:
            raise around.refuse("layout")
        last = column
        for earlier in sorted(place for place in left if place < column):
            made.append(_cell(earlier, row, left.pop(earlier), around.style(found["head"], earlier), prefix))
        made.append(body[end : cell.start()])
        value = left.pop(column, None)
        made.append(cell[0] if value is None else _replaced(cell, column, row, value, prefix, around))
        end = cell.end()
    if body[end:].strip():
        raise around.refuse("layout")
    for column in sorted(left):
        made.append(_cell(column, row, left[column], around.style(found["head"], column), prefix))
    # "spans" only speeds up reading and would be wrong with a new last cell.
    head = re.sub(rb'\s+spans="[^"]*"', b"", found["head"]) if left else found["head"]
    return b"<%srow%s>%s%s</%srow>" % (prefix, head.rstrip(), b"".join(made), body[end:], prefix)


def _replaced(found: re.Match[bytes], column: int, row: int, value: Value, prefix: bytes, around: _Around) -> bytes:
    if _FORMULA.search(found["body"] or b""):
        ref = _REF.search(found["head"])
        assert ref
        raise around.refuse("formula", ref[0][3:-1].decode())
    style = _STYLE.search(found["head"])
    return _cell(column, row, value, style[1] if style else b"", prefix)


def _cell(column: int, row: int, value: Value, style: bytes, prefix: bytes) -> bytes:
    ref = address(row - 1, column).encode()
    styled = b' s="%s"' % style if style else b""
    if isinstance(value, Fraction):
        whole = value.denominator == 1
        figure = str(value.numerator) if whole else repr(float(value))
        return b'<%sc r="%s"%s><%sv>%s</%sv></%sc>' % (prefix, ref, styled, prefix, figure.encode(), prefix, prefix)
    told = escape(value).replace("\n", "&#10;").encode()
    inner = b'<%sis><%st xml:space="preserve">%s</%st></%sis>' % (prefix, prefix, told, prefix, prefix)
    return b'<%sc r="%s"%s t="inlineStr">%s</%sc>' % (prefix, ref, styled, inner, prefix)


def _utf16(text: bytes) -> bool:
    head = text[:200].lower()
    return head.startswith((b"\xff\xfe", b"\xfe\xff")) or (b"encoding=" in head and b"utf-8" not in head)
