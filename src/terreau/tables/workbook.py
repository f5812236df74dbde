"""Workbooks (classeurs): XLSX and ODS, every sheet, native cells made text that loses nothing."""

from __future__ import annotations

import contextlib
import csv
import datetime
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from terreau.kernel.errors import TerreauError
from terreau.kernel.underway import counted
from terreau.tables.archive import Uncalculated, inspected
from terreau.tables.dialect import Record
from terreau.tables.engine import Engine, folder_of
from terreau.tables.findings import Finding
from terreau.tables.header import DEPTH, Header, header_of
from terreau.tables.limits import Limits
from terreau.tables.set_aside import titles
from terreau.tables.sheet import RawSheet, Unread, Written, raw_sheet
from terreau.tables.stored import store

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

EXACT_DIGITS = 15
NAMED_LINES = 20
_NUMBERS = itertools.count(1)


def read_workbook(
    con: Engine,
    path: Path,
    *,
    kind: str,
    name: str,
    known_header: Callable[[str], bool],
    limits: Limits,
    decimal: str | None = None,
    header_line: int | None = None,
    only: Sequence[str] | None = None,
) -> tuple[RawSheet, ...]:
    """The sheets of a workbook that hold a table; the others are named in the findings of the first one."""
    uncalculated = inspected(path, name=name, kind=kind, limits=limits)
    book = _opened(path, name)
    left_out: list[Finding] = []
    found: list[_SheetRead] = []
    for title in _titles(book, only, left_out):
        with _understood(name):
            native = book.get_sheet_by_name(title)
        sheet = _read(con, native, title, name, limits, uncalculated.get(title, Uncalculated()))
        if sheet is None:
            left_out.append(Finding(line=0, column="", code="tables.empty_sheet", facts={"sheet": title}))
            continue
        sheet.header = header_of(sheet.first, known_header, header_line)
        found.append(sheet)
    useful = _useful(found, left_out)
    if not useful:
        raise TerreauError("tables.empty_file", name=name)
    raw = [_raw(con, sheet, name, decimal) for sheet in useful]
    return (replace(raw[0], findings=(*left_out, *raw[0].findings)), *raw[1:])


@dataclass(slots=True)
class _SheetRead:
    """One sheet copied to a tidy file, waiting for its header."""

    title: str
    tidy: Path
    width: int
    first: list[Record]
    findings: list[Finding] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    header: Header | None = None


@contextlib.contextmanager
def _understood(name: str) -> Iterator[None]:
    """Whatever the reader of workbooks says of a bad file becomes our words, even its panics."""
    from python_calamine import CalamineError, PasswordError

    try:
        yield
    except PasswordError as error:
        raise TerreauError("tables.password_protected", name=name) from error
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise TerreauError("tables.damaged_workbook", name=name) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise TerreauError("tables.damaged_workbook", name=name) from error


def _opened(path: Path, name: str) -> CalamineWorkbook:
    from python_calamine import CalamineWorkbook

    with _understood(name):
        return CalamineWorkbook.from_path(str(path))


def _titles(book: CalamineWorkbook, only: Sequence[str] | None, left_out: list[Finding]) -> Iterator[str]:
    """The work sheets to read; hidden ones only when asked for by name."""
    for sheet in book.sheets_metadata:
        if not str(sheet.typ).endswith(".WorkSheet") or (only is not None and sheet.name not in only):
            continue
        if only is None and not str(sheet.visible).endswith(".Visible"):
            left_out.append(Finding(line=0, column="", code="tables.hidden_sheet", facts={"sheet": sheet.name}))
            continue
        yield sheet.name


def _useful(found: list[_SheetRead], left_out: list[Finding]) -> list[_SheetRead]:
    """Sheets with known headers; when there are none, all of them, so that a person can point at the header."""
    known = [sheet for sheet in found if sheet.header and sheet.header.known]
    if not known:
        return [sheet for sheet in found if sheet.header]
    for sheet in found:
        if sheet not in known:
            facts = {"sheet": sheet.title}
            left_out.append(Finding(line=0, column="", code="tables.sheet_without_headers", facts=facts))
    return known


def _read(
    con: Engine, sheet: CalamineSheet, title: str, name: str, limits: Limits, uncalculated: Uncalculated
) -> _SheetRead | None:
    """Copy a sheet as text, each row behind its line number; None when nothing is written in it."""
    if sheet.start is None or sheet.end is None:
        return None
    width, height = sheet.width, sheet.end[0] + 1
    if width > limits.max_columns:
        width = _filled_columns(sheet)
    if width > limits.max_columns:
        raise TerreauError("tables.too_many_columns", name=f"{name} › {title}", columns=width, limit=limits.max_columns)
    if height > limits.max_lines:
        raise TerreauError("tables.too_many_lines", name=name, lines=height, limit=limits.max_lines)
    read = _SheetRead(title, folder_of(con) / f"sheet-{next(_NUMBERS)}.csv", width, [])
    with _understood(name):
        _copy(counted(sheet.iter_rows(), "read", height), read, uncalculated, sheet.start[1])
    return read if any(any(cells) for _, cells in read.first) else None


def _filled_columns(sheet: CalamineSheet) -> int:
    """Columns up to the last one where something is written [count]."""
    return max(
        (place + 1 for row in sheet.iter_rows() for place, cell in enumerate(row) if cell not in ("", None)), default=0
    )


def _copy(rows: Iterable[Sequence[object]], read: _SheetRead, uncalculated: Uncalculated, first_column: int) -> None:
    long: dict[int, int] = {}
    with read.tidy.open("w", encoding="utf-8", newline="", errors="replace") as out:
        write = csv.writer(out, lineterminator="\n").writerow
        for line, row in enumerate(rows, 1):
            cells = [cell if type(cell) is str else text_of(cell) for cell in row[: read.width]]
            for place, value in enumerate(row[: read.width]):
                if type(value) is float and abs(value) >= 10**EXACT_DIGITS:
                    long[line] = place
                    read.unread.append(Unread(line, place, "tables.long_number"))
            for place in uncalculated.places.get(line, ()):
                if first_column <= place < first_column + len(cells):
                    cells[place - first_column] = ""
                    read.unread.append(Unread(line, place - first_column, "tables.formula_never_calculated"))
            if len(read.first) < DEPTH * 4:
                read.first.append((line, cells))
            write([line, *(_plain(cell) for cell in cells), *[""] * (read.width - len(cells))])
    read.findings = [*_long_numbers(long), *uncalculated.findings()]


def _plain(cell: str) -> str:
    if "\r" in cell:
        cell = cell.replace("\r\n", "\n").replace("\r", " ")
    return cell.replace("\0", "") if "\0" in cell else cell


def text_of(cell: object) -> str:
    """A native cell as text: ISO dates, whole numbers without ".0", other numbers with a point, true or false."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e22 else repr(cell)
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat() if cell.time() == datetime.time() else cell.isoformat(" ", "seconds")
    return "" if cell is None else str(cell)


def _long_numbers(long: dict[int, int]) -> Iterator[Finding]:
    for line, place in itertools.islice(long.items(), NAMED_LINES):
        facts = {"digits": EXACT_DIGITS, "lines": len(long), "place": place + 1}
        yield Finding(line=line, column="", code="tables.long_number", facts=facts)


def _raw(con: Engine, read: _SheetRead, name: str, decimal: str | None) -> RawSheet:
    header = read.header
    assert header is not None
    cells = store(con, read.tidy, separator=",", quote='"', width=read.width, skip=header.index + 1, numbered=True)
    read.tidy.unlink()
    written = Written(
        file=name,
        sheet=read.title,
        decimal=decimal,
        header_line=header.line,
        headers=header.cells,
        guessed=not header.known,
        titles=tuple(titles(read.first[: header.index])),
        findings=tuple(read.findings),
        unread=tuple(read.unread),
    )
    return raw_sheet(con, cells, written)
