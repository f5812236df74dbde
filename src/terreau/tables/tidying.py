"""A CSV the engine refuses, copied by a patient parser into one it cannot misread (remise au propre).

Undoubled inner quotes, quotes nobody closed, lines too long or too short: each record is written back at the right
width behind its own physical line number, and the lines that were bent are said.
"""

from __future__ import annotations

import csv
import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from terreau.kernel.errors import TerreauError
from terreau.tables.decoding import DecodedText, NotUtf8Error
from terreau.tables.dialect import SEPARATORS, Dialect, Source, quotes_are_doubled, record_of
from terreau.tables.engine import Engine, engine_errors, folder_of
from terreau.tables.findings import Finding
from terreau.tables.shape import Shape, filled_width
from terreau.tables.stored import Stored, store

NAMED_LINES = 20  # a finding names at most so many lines
_NUMBERS = itertools.count(1)


def tidied(con: Engine, text: DecodedText, shape: Shape, name: str) -> tuple[Stored, tuple[Finding, ...]]:
    """The cells of ``text``, and what had to be bent; ``tables.unreadable_csv`` when even that fails."""
    tidy = folder_of(con) / f"tidy-{next(_NUMBERS)}.csv"
    try:
        findings = _copied(text, shape, tidy)
        cells = store(con, tidy, separator=sign_of(shape), quote='"', width=shape.width, numbered=True)
    except engine_errors() as refusal:
        raise TerreauError("tables.unreadable_csv", name=name) from refusal
    except UnicodeDecodeError as error:
        raise NotUtf8Error from error
    finally:
        tidy.unlink(missing_ok=True)
    return cells, findings


def _copied(text: DecodedText, shape: Shape, target: Path) -> tuple[Finding, ...]:
    """Copy each record with its physical line, cut or padded to the width."""
    long: list[tuple[int, int]] = []
    short: list[tuple[int, int]] = []
    width, read = shape.width, 0
    dialect, sign = _whole_dialect(text, shape), sign_of(shape)
    ready = ready_lines(dialect, sign, width)
    with (
        text.path.open(encoding="utf-8-sig", newline="\n") as lines,
        target.open("w", encoding="utf-8", newline="") as out,
    ):
        write = csv.writer(out, delimiter=sign, lineterminator="\n").writerow
        source = Source(enumerate(itertools.islice(lines, shape.data_line - 1, None), shape.data_line))
        for line, written in source:
            read += 1
            if (told := ready(written)) is not None:
                out.write(f"{line}{sign}{told}\n")
                continue
            cells = record_of(written, dialect, source)
            if len(cells) > width:
                if filled_width(cells) > width:
                    long.append((line, filled_width(cells)))
                cells = cells[:width]
            elif len(cells) < width and any(cells):
                short.append((line, len(cells)))
            if "\r" in "".join(cells):
                cells = [cell.replace("\r\n", "\n").replace("\r", " ") for cell in cells]
            write([line, *cells, *[""] * (width - len(cells))])
    if len(short) * 2 > read:
        short = []  # a habit of the export, not an accident
    return tuple(itertools.chain(_bent("tables.long_line", long, width), _bent("tables.short_line", short, width)))


def sign_of(shape: Shape) -> str:
    """What separates the cells of the tidy file: that of the file when it can, so that whole lines are copied."""
    return shape.dialect.separator if shape.dialect.separator in SEPARATORS else ","


def ready_lines(dialect: Dialect, sign: str, width: int) -> Callable[[str], str | None]:
    """A function that gives a line as the tidy file wants it, None when only ``record_of`` can tell its cells.

    Most lines need no parser: no quote at all, or every cell quoted. Where inner quotes were left alone, a cell closes at a
    quote before a separator: when every such separator is followed by a quote, the cells are what lies between.
    """
    quote, between = dialect.quote, dialect.quote + sign + dialect.quote
    if sign != dialect.separator or quote != '"':
        return lambda line: None

    def ready(line: str) -> str | None:
        if "\r" in line:
            return None
        marks = line.count(quote)
        if not marks:
            return line if line.count(sign) == width - 1 else None
        if line[0] != quote or line[-1] != quote or len(line) < 2 or line.count(between, 1, len(line) - 1) != width - 1:
            return None
        if marks == 2 * width:
            return line
        if dialect.doubled or line.count(quote + sign, 1) != width - 1 or quote + " " in line:
            return None
        return quote + between.join([cell.replace(quote, quote * 2) for cell in line[1:-1].split(between)]) + quote

    return ready


def _bent(code: str, lines: list[tuple[int, int]], expected: int) -> Iterator[Finding]:
    for line, found in lines[:NAMED_LINES]:
        facts = {"found": found, "expected": expected, "lines": len(lines)}
        yield Finding(line=line, column="", code=code, facts=facts)


def _whole_dialect(text: DecodedText, shape: Shape) -> Dialect:
    """Whether inner quotes are doubled is asked of the whole file: the first of them may come late."""
    with text.path.open(encoding="utf-8-sig", newline="\n") as source:
        return replace(shape.dialect, doubled=quotes_are_doubled(source, shape.dialect))
