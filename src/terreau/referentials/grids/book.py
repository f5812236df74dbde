"""A received workbook as plain cells: texts, merged cells, formulas, allowed words; nothing in it is ever run.

Rows and columns are counted from 0 here; ``address`` gives what people read ("E12").
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from terreau.kernel.errors import TerreauError
from terreau.referentials.grids.anatomy import Anatomy, anatomy_of, title_refs
from terreau.referentials.grids.ods_anatomy import ods_anatomy_of
from terreau.tables.archive import inspected, part_of, unpacked
from terreau.tables.limits import MIB, UPLOAD
from terreau.tables.reading import left_alone
from terreau.tables.sniffing import kind_of

MOST_LINES, MOST_COLUMNS, MOST_SHEETS = 20_000, 200, 60
LIMITS = replace(UPLOAD, max_bytes=20 * MIB, max_uncompressed=100 * MIB, max_columns=MOST_COLUMNS)
_MACROS = ("vbaproject.bin", "vbadata.xml")
_MACRO_FOLDERS = ("xl/macrosheets/", "basic/", "scripts/")
_ENCODINGS = ("utf-8", "cp1252")
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))

Place = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet: ``rows`` of texts (a merged range gives its text in its first cell only) and what is around them.

    numbers: places typed as numbers, whose last zeros are lost ("1.10" became 1.1); days: places typed as dates
    hollow: why the sheet is not read ("hidden", "too_long", "too_wide", "empty"), '' when it is
    """

    name: str
    rows: tuple[tuple[str, ...], ...] = ()
    numbers: frozenset[Place] = frozenset()
    days: frozenset[Place] = frozenset()
    anatomy: Anatomy = field(default_factory=Anatomy)
    hollow: str = ""

    def cell(self, row: int, column: int) -> str:
        """The text of a cell, '' outside of the sheet."""
        return self.rows[row][column] if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row]) else ""

    def spread(self, row: int, column: int) -> str:
        """The text of a cell, that of its merged range when it has one."""
        return self.cell(*self.anatomy.anchor(row, column))

    @property
    def width(self) -> int:
        """How many columns."""
        return max((len(row) for row in self.rows), default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """The received file: ``kind`` xlsx, ods or text."""

    name: str
    kind: str
    sha256: str
    sheets: tuple[Sheet, ...]

    def sheet(self, name: str) -> Sheet:
        """The sheet called ``name``; KeyError when there is none."""
        for sheet in self.sheets:
            if sheet.name == name:
                return sheet
        raise KeyError(name)


def open_book(path: Path, name: str = "") -> Book:
    """Every sheet of a spreadsheet or CSV file; TerreauError tables.* or referentials.grid_* in words."""
    name = name or path.name
    LIMITS.checked_size(path, name)
    with left_alone(path, name):
        kind = kind_of(path, name)
        if kind == "parquet":
            raise TerreauError("tables.not_a_table", name=name, kind="Parquet")
        sheets = _text(path, name) if kind == "text" else _workbook(path, name, kind)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if all(sheet.hollow for sheet in sheets):
        too_long = any(sheet.hollow == "too_long" for sheet in sheets)
        raise TerreauError(
            "referentials.grid_too_long" if too_long else "tables.empty_file", name=name, most=MOST_LINES
        )
    return Book(name=name, kind=kind, sha256=digest, sheets=sheets)


def address(row: int, column: int) -> str:
    """(11, 4) is "E12"."""
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def _workbook(path: Path, name: str, kind: str) -> tuple[Sheet, ...]:
    inspected(path, name=name, kind=kind, limits=LIMITS)
    _no_macro(path, name)
    with _understood(name):
        from python_calamine import CalamineWorkbook

        book = CalamineWorkbook.from_path(str(path))
        metas = [meta for meta in book.sheets_metadata if str(meta.typ).endswith(".WorkSheet")]
        if len(metas) > MOST_SHEETS:
            raise TerreauError("referentials.grid_too_many_sheets", name=name, count=len(metas), most=MOST_SHEETS)
        sheets = [_sheet(book.get_sheet_by_name(meta.name), str(meta.visible).endswith(".Visible")) for meta in metas]
    parts = (anatomy_of if kind == "xlsx" else ods_anatomy_of)(
        path, name, {one.name for one in sheets if not one.hollow}
    )
    dressed = tuple(replace(sheet, anatomy=parts.get(sheet.name, Anatomy())) for sheet in sheets)
    values = {sheet.name: sheet for sheet in dressed}
    return tuple(replace(sheet, anatomy=_resolved(sheet.anatomy, sheet.name, values)) for sheet in dressed)


def _sheet(native: Any, visible: bool) -> Sheet:
    """Values as they were last calculated: a formula is never run, and a link to another workbook never followed."""
    if not visible and native.total_height <= 200:  # lists of allowed words often hide there
        return replace(_cells(native), hollow="hidden")
    if not visible:
        return Sheet(name=native.name, hollow="hidden")
    if native.total_height > MOST_LINES:
        return Sheet(name=native.name, hollow="too_long")
    if native.total_width > MOST_COLUMNS:
        return Sheet(name=native.name, hollow="too_wide")
    return _cells(native)


def _cells(native: Any) -> Sheet:
    if native.total_width > MOST_COLUMNS:
        return Sheet(name=native.name, hollow="too_wide")
    raw = native.to_python(skip_empty_area=False)
    rows = tuple(tuple(_shown(value) for value in row) for row in raw)
    numbers, days = set(), set()
    for r, row in enumerate(raw):
        for c, value in enumerate(row):
            if isinstance(value, float | int) and not isinstance(value, bool):
                numbers.add((r, c))
            elif isinstance(value, date | datetime):
                days.add((r, c))
    empty = not any(cell for row in rows for cell in row)
    return Sheet(name=native.name, rows=rows, numbers=frozenset(numbers), days=frozenset(days),
                 hollow="empty" if empty else "")  # fmt: skip


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date | time | timedelta):
        return str(value)
    return _clean(str(value))


def _clean(text: str) -> str:
    """Line breaks kept, other signs that do not show dropped."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "")
    if not text.isprintable():  # most cells hold nothing to drop
        text = "".join(sign for sign in text if sign == "\n" or sign.isprintable() or sign.isspace())
    return text.strip()


def _resolved(anatomy: Anatomy, own: str, sheets: dict[str, Sheet]) -> Anatomy:
    """Allowed words given as a range become the words of that range."""
    made = []
    for allowed in anatomy.allowed:
        words = allowed.words
        if allowed.source:
            title, (r0, c0, r1, c1) = title_refs(allowed.source, own)
            held = sheets.get(title)
            crowd = (r1 - r0 + 1) * (c1 - c0 + 1) > 200
            places = (
                () if held is None or crowd else tuple((r, c) for r in range(r0, r1 + 1) for c in range(c0, c1 + 1))
            )
            words = tuple(held.cell(*place) for place in places if held and held.cell(*place))
        if words:
            made.append(replace(allowed, words=words, source=""))
    return replace(anatomy, allowed=tuple(made))


def _no_macro(path: Path, name: str) -> None:
    """Refuse programs, under their usual names or declared under another."""
    with unpacked(path, name) as archive:
        names = [inside.lower() for inside in archive.namelist()]
        found = any(one.rpartition("/")[2] in _MACROS or one.startswith(_MACRO_FOLDERS) for one in names)
        if not found and "[Content_Types].xml" in archive.namelist():
            kinds = part_of(archive, "[Content_Types].xml", MIB).lower()
            found = b"vbaproject" in kinds or b"macroenabled" in kinds or b"macrosheet" in kinds
    if found:
        raise TerreauError("referentials.grid_macros", name=name)


@contextmanager
def _understood(name: str) -> Iterator[None]:
    """Whatever the reader of workbooks says of a bad file becomes our words, even its panics."""
    from python_calamine import CalamineError, PasswordError

    try:
        yield
    except TerreauError:
        raise
    except PasswordError as error:
        raise TerreauError("tables.password_protected", name=name) from error
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise TerreauError("tables.damaged_workbook", name=name) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise TerreauError("tables.damaged_workbook", name=name) from error


def _text(path: Path, name: str) -> tuple[Sheet, ...]:
    """A CSV or TSV file as one sheet; its separator is the one that cuts most lines alike."""
    text = decoded(path.read_bytes())[0]
    separator = separator_of(text)
    csv.field_size_limit(1_000_000)
    try:
        rows = []
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            rows.append(tuple(_clean(cell) for cell in row[:MOST_COLUMNS]))
            if len(rows) > MOST_LINES:
                return (Sheet(name=Path(name).stem, hollow="too_long"),)
    except csv.Error as error:
        raise TerreauError("tables.damaged_workbook", name=name) from error
    empty = not any(cell for row in rows for cell in row)
    formulas = frozenset((r, c) for r, row in enumerate(rows) for c, cell in enumerate(row) if cell.startswith("="))
    around = Anatomy(formulas=formulas)
    return (Sheet(name=Path(name).stem, rows=tuple(rows), anatomy=around, hollow="empty" if empty else ""),)


def decoded(data: bytes) -> tuple[str, str, bytes]:
    """The text of a file, its encoding, and the mark in front of it (BOM)."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), encoding, mark
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding), encoding, b""
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1"), "latin-1", b""


def separator_of(text: str) -> str:
    """The sign that cuts most lines alike."""
    return max(";\t,|", key=lambda sign: _cuts(text, sign))


def _cuts(text: str, sign: str) -> tuple[int, int]:
    """How many of the first lines this sign cuts, and how often."""
    lines = [line for line in re.split(r"\r\n|\r|\n", text[:200_000])[:200] if line.strip()]
    counts = [line.count(sign) for line in lines]
    return sum(count > 0 for count in counts), sum(counts)
