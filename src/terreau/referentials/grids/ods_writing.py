"""Cells written in the XML of an ODS, as text: repeated cells and lines are split where needed, the rest keeps its bytes.

A cell keeps its style, its list of words, its note and its drawings. Formulas that read what is filled lose the value
they were last given, so that the program that opens the file works them out again; the others keep their bytes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from xml.sax.saxutils import escape

from terreau.referentials.grids.anatomy import Place, area_of
from terreau.referentials.grids.book import MOST_COLUMNS, address
from terreau.referentials.grids.ods_anatomy import worked_out
from terreau.referentials.grids.ods_cells import COVERED, OddLayoutError, Span, attributes, head_of, laid_out
from terreau.referentials.grids.ods_formulas import touched
from terreau.referentials.grids.refusing import refusal

Value = str | Fraction
_COLUMNS, _ROWS = b"table:number-columns-repeated", b"table:number-rows-repeated"
_VALUES = {b"office:value-type", b"office:value", b"office:date-value", b"office:time-value", b"office:boolean-value",
           b"office:string-value", b"office:currency", b"calcext:value-type"}  # fmt: skip
_WORDS = ("text:p", "text:h", "text:list")
_SPACES = re.compile(r"^ +| {2,}| +$")


def ods_rewritten(text: bytes, by_sheet: Mapping[str, Mapping[str, Value]], name: str) -> tuple[bytes, tuple[str, ...]]:
    """``content.xml`` with values (sheet -> cell name -> value), and the formulas ("Grille C15") left without a value.

    TerreauError referentials.grid_not_filled when it cannot be done safely.
    """
    try:
        layout = laid_out(text)
        if missing := set(by_sheet) - set(layout.sheets):
            raise refusal(name, "layout", ", ".join(sorted(missing)))
        wanted = {
            title: {area_of(ref)[:2]: value for ref, value in values.items()} for title, values in by_sheet.items()
        }
        stale = touched(layout, wanted)
        emptied = {id(one.cell) for one in stale}
        edits: list[tuple[int, int, bytes]] = []
        for title, rows in layout.sheets.items():
            edits += _Sheet(text, title, name, emptied).edits(rows, wanted.get(title, {}))
    except OddLayoutError as odd:
        raise refusal(name, "layout") from odd
    made, end = [], 0
    for start, stop, fresh in edits:
        made += [text[end:start], fresh]
        end = stop
    told = (f"{one.sheet} {address(one.row.place, one.cell.place)}" for one in stale)
    return b"".join([*made, text[end:]]), tuple(told)


class _Sheet:
    """One sheet being written; ``emptied``: the formulas (by identity) that lose their value."""

    def __init__(self, text: bytes, title: str, name: str, emptied: set[int]) -> None:
        self.text, self.title, self.name, self.emptied = text, title, name, emptied

    def edits(self, rows: list[Span], values: Mapping[Place, Value]) -> list[tuple[int, int, bytes]]:
        """(start, end, new bytes) of each line that changes, in order."""
        wanted: dict[int, dict[int, Value]] = {}
        for (line, column), value in values.items():
            wanted.setdefault(line, {})[column] = value
        self._never_over_a_formula(rows, wanted)
        left, made = dict(wanted), []
        for row in rows:
            inside = sorted(place for place in left if row.place <= place < row.place + row.repeat)
            if inside or any(id(cell) in self.emptied for cell in row.parts):
                made.append((row.start, row.end, self._lines(row, {place: left.pop(place) for place in inside})))
        if left:
            raise refusal(self.name, "layout", f"{self.title} {min(left) + 1}")
        return made

    def _never_over_a_formula(self, rows: list[Span], wanted: dict[int, dict[int, Value]]) -> None:
        for row in rows:
            for cell in row.parts:
                if cell.formula:
                    for line, column in worked_out(row, cell):
                        if column in wanted.get(line, {}):
                            raise refusal(self.name, "formula", f"{self.title} {address(line, column)}")

    def _lines(self, row: Span, wanted: dict[int, dict[int, Value]]) -> bytes:
        """A line, or a run of equal lines cut where one of them changes."""
        made, done = [], 0
        for place in sorted(wanted):
            before = place - row.place - done
            if before:
                made.append(self._line(row, before, {}))
            made.append(self._line(row, 1, wanted[place]))
            done += before + 1
        if row.repeat > done:
            made.append(self._line(row, row.repeat - done, {}))
        return b"".join(made)

    def _line(self, row: Span, repeat: int, values: Mapping[int, Value]) -> bytes:
        head = self._head(row, _ROWS, repeat, set())
        inner, end = [], row.inner
        left = dict(values)
        for cell in row.parts:
            inner.append(self.text[end : cell.start])
            inside = sorted(place for place in left if cell.place <= place < cell.place + cell.repeat)
            inner.append(self._cells(cell, {place: left.pop(place) for place in inside}))
            end = cell.end
        reach = max((cell.place + cell.repeat for cell in row.parts), default=0)
        for place in sorted(left):
            if place > reach:
                inner.append(_empty(place - reach))
            inner.append(b"<table:table-cell" + _filled(left[place]) + b"</table:table-cell>")
            reach = place + 1
        tail = self.text[end : row.end] if row.end > row.inner else b"</table:table-row>"
        return b"".join([head + b">", *inner, tail])

    def _cells(self, cell: Span, values: Mapping[int, Value]) -> bytes:
        """A cell, or a run of equal cells cut where one of them is filled."""
        if not values:
            return self._without_value(cell) if id(cell) in self.emptied else self.text[cell.start : cell.end]
        if cell.name == COVERED or max(values) >= 2 * MOST_COLUMNS:
            raise OddLayoutError("covered")
        made, done = [], 0
        for place in sorted(values):
            before = place - cell.place - done
            if before:
                made.append(self._run(cell, before))
            kept = b"".join(self.text[part.start : part.end] for part in cell.parts if part.name not in _WORDS)
            made.append(self._head(cell, _COLUMNS, 1, _VALUES) + _filled(values[place], kept) + b"</table:table-cell>")
            done += before + 1
        if cell.repeat > done:
            made.append(self._run(cell, cell.repeat - done))
        return b"".join(made)

    def _run(self, cell: Span, repeat: int) -> bytes:
        head = self._head(cell, _COLUMNS, repeat, set())
        return head + (b"/>" if cell.end == cell.inner else b">" + self.text[cell.inner : cell.end])

    def _without_value(self, cell: Span) -> bytes:
        """A formula whose value is to be worked out again."""
        head = self._head(cell, _COLUMNS, cell.repeat, _VALUES)
        kept = b"".join(self.text[part.start : part.end] for part in cell.parts if part.name not in _WORDS)
        return head + (b">" + kept + b"</" + cell.name.encode() + b">" if kept else b"/>")

    def _head(self, span: Span, counted: bytes, repeat: int, dropped: set[bytes]) -> bytes:
        """The opening tag, left open, with another count and without some attributes."""
        found = head_of(self.text, span.start)
        kept = b"".join(told for name, told in attributes(found[2]) if name != counted and name not in dropped)
        count = b' %s="%d"' % (counted, repeat) if repeat > 1 else b""
        return b"<" + found[1] + kept + count


def _empty(count: int) -> bytes:
    return b"<table:table-cell" + (b' %s="%d"' % (_COLUMNS, count) if count > 1 else b"") + b"/>"


def _filled(value: Value, kept: bytes = b"") -> bytes:
    """The end of an opening tag and what is inside; ``kept``: notes and drawings of the cell."""
    if isinstance(value, Fraction):
        figure = (str(value.numerator) if value.denominator == 1 else repr(float(value))).encode()
        return b' office:value-type="float" office:value="%s">%s<text:p>%s</text:p>' % (figure, kept, figure)
    told = b"".join(b"<text:p>%s</text:p>" % _spaced(line) for line in value.split("\n"))
    return b' office:value-type="string">' + kept + told


def _spaced(line: str) -> bytes:
    """One line of text; several spaces are written as such, or they would be read as one."""
    spaced = _SPACES.sub(lambda found: f"\0{len(found[0])}\0", line)
    told = re.sub("\0(\\d+)\0", r'<text:s text:c="\1"/>', escape(spaced))
    return told.replace("\t", "<text:tab/>").encode()
