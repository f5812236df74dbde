"""A CSV file to a sheet of text cells (lecture CSV).

Well-formed text goes straight to the engine. What the engine refuses (undoubled quotes, ragged lines) is first copied
by a patient parser into a tidy file that carries each physical line number.
"""

from __future__ import annotations

import csv
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from terreau.kernel.errors import TerreauError
from terreau.tables.decoding import DecodedText, decoded
from terreau.tables.dialect import Dialect, Record, dialect_of, quotes_are_doubled, records
from terreau.tables.engine import Engine, engine_errors, folder_of
from terreau.tables.findings import Finding
from terreau.tables.header import DEPTH, Header, header_of
from terreau.tables.limits import Limits
from terreau.tables.set_aside import titles
from terreau.tables.sheet import RawSheet, Written, raw_sheet
from terreau.tables.stored import Stored, renumbered, store

SAMPLE = 256 * 1024
NAMED_LINES = 20  # a finding names at most so many lines
_NUMBERS = itertools.count(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What the first lines say of a CSV: dialect, header, the physical line of the first data record, its width."""

    dialect: Dialect
    header: Header
    above: tuple[Record, ...]
    data_line: int
    width: int


def read_csv(
    con: Engine,
    path: Path,
    *,
    name: str,
    known_header: Callable[[str], bool],
    limits: Limits,
    encoding: str | None = None,
    separator: str | None = None,
    decimal: str | None = None,
    header_line: int | None = None,
) -> RawSheet:
    """The one sheet of a CSV; TerreauError when nothing in it can be a table."""
    text = decoded(path, folder_of(con), encoding)
    _check_lines(text, name, limits)
    shape = shape_of(text, known_header, separator, header_line, name=name, limits=limits)
    try:
        cells, findings = _cells(con, text, shape)
    except NotUtf8Error:
        text = decoded(path, folder_of(con), encoding, rewrite=True)
        shape = shape_of(text, known_header, separator, header_line, name=name, limits=limits)
        cells, findings = _cells(con, text, shape)
    return raw_sheet(
        con,
        cells,
        Written(
            file=name,
            sheet="",
            encoding=text.encoding,
            separator=shape.dialect.separator,
            quote=shape.dialect.quote,
            decimal=decimal,
            header_line=shape.header.line,
            headers=shape.header.cells,
            guessed=not shape.header.known,
            titles=tuple(titles(shape.above)),
            findings=(*text.findings, *findings),
        ),
    )


def _check_lines(text: DecodedText, name: str, limits: Limits) -> None:
    if text.lines > limits.max_lines:
        raise TerreauError("tables.too_many_lines", name=name, lines=text.lines, limit=limits.max_lines)


def shape_of(
    text: DecodedText,
    known_header: Callable[[str], bool],
    separator: str | None,
    header_line: int | None,
    *,
    name: str,
    limits: Limits,
) -> Shape:
    """Dialect and header, decided on the first 256 kB; TerreauError when there is no filled line or too many columns."""
    lines = sample_lines(text.path)
    dialect = dialect_of(lines, known_header, separator)
    dialect = replace(dialect, doubled=quotes_are_doubled(lines, dialect))
    rows = list(itertools.islice(records(lines, dialect), DEPTH * 4))
    header = header_of(rows, known_header, header_line)
    if header is None:
        raise TerreauError("tables.empty_file", name=name)
    width = max(_filled_width(list(header.cells)), *(_filled_width(cells) for _, cells in rows[header.index :]))
    if width > limits.max_columns:
        raise TerreauError("tables.too_many_columns", name=name, columns=width, limit=limits.max_columns)
    following = rows[header.index + 1][0] if header.index + 1 < len(rows) else text.lines + 1
    return Shape(
        dialect=dialect,
        header=replace(header, cells=header.cells[:width]),
        above=tuple(rows[: header.index]),
        data_line=following,
        width=max(width, min(len(header.cells), limits.max_columns)),
    )


def sample_lines(path: Path) -> list[str]:
    """The physical lines of the first 256 kB, without a last one cut in two."""
    with path.open("rb") as file:
        raw = file.read(SAMPLE)
        cut = bool(file.read(1))
    lines = raw.decode("utf-8", errors="replace").removeprefix("\ufeff").split("\n")
    return lines[:-1] if len(lines) > 1 and (cut or not lines[-1]) else lines


def _filled_width(cells: list[str]) -> int:
    return max((place + 1 for place, cell in enumerate(cells) if cell.strip()), default=1)


class NotUtf8Error(Exception):
    """The first bytes promised UTF-8, a later one broke the promise."""


def _cells(con: Engine, text: DecodedText, shape: Shape) -> tuple[Stored, tuple[Finding, ...]]:
    """The cells as the engine reads them, else as the patient parser copies them."""
    try:
        if shape.dialect.doubled and (cells := _straight(con, text, shape)):
            return cells, ()
    except engine_errors() as refusal:
        if "unicode" in str(refusal).lower():
            raise NotUtf8Error from refusal
    tidy = folder_of(con) / f"tidy-{next(_NUMBERS)}.csv"
    findings = _tidied(text, shape, tidy)
    cells = store(con, tidy, separator=",", quote='"', width=shape.width, numbered=True)
    tidy.unlink()
    return cells, findings


def _straight(con: Engine, text: DecodedText, shape: Shape) -> Stored | None:
    """The cells read by the engine alone; None when its lines cannot be placed in the file."""
    cells = store(
        con,
        text.path,
        separator=shape.dialect.separator,
        quote=shape.dialect.quote,
        width=shape.width,
        skip=shape.header.index + 1,
        first_line=shape.data_line,
    )
    if cells.rows + shape.data_line - 1 == text.lines:
        return cells
    return renumbered(con, cells, text.path, text.lines)


def _tidied(text: DecodedText, shape: Shape, target: Path) -> tuple[Finding, ...]:
    """Copy each record with its physical line, cut or padded to the width; lines that were cut become findings."""
    long: list[tuple[int, int]] = []
    with (
        text.path.open(encoding="utf-8-sig", newline="\n") as source,
        target.open("w", encoding="utf-8", newline="") as out,
    ):
        write = csv.writer(out, lineterminator="\n").writerow
        for line, cells in records(_from(source, shape.data_line), _settled_dialect(text, shape), shape.data_line):
            if len(cells) > shape.width:
                if any(cell.strip() for cell in cells[shape.width :]):
                    long.append((line, _filled_width(cells)))
                cells = cells[: shape.width]
            write([line, *(_plain(cell) for cell in cells), *[""] * (shape.width - len(cells))])
    return tuple(
        Finding(
            line=line,
            column="",
            code="tables.long_line",
            facts={"found": found, "expected": shape.width, "lines": len(long)},
        )
        for line, found in long[:NAMED_LINES]
    )


def _plain(cell: str) -> str:
    return cell.replace("\r\n", "\n").replace("\r", " ") if "\r" in cell else cell


def _from(source: Iterator[str], line: int) -> Iterator[str]:
    return itertools.islice(source, line - 1, None)


def _settled_dialect(text: DecodedText, shape: Shape) -> Dialect:
    """Whether inner quotes are doubled is asked of the whole file: the first of them may come late."""
    with text.path.open(encoding="utf-8-sig", newline="\n") as source:
        return replace(shape.dialect, doubled=quotes_are_doubled(source, shape.dialect))
