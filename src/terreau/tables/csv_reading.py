"""A CSV file to a sheet of text cells (lecture CSV).

Well-formed text goes straight to the engine. What the engine refuses (undoubled quotes, ragged lines) is first copied
by a patient parser into a tidy file that carries each physical line number.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from terreau.kernel.errors import TerreauError
from terreau.tables.decoding import DecodedText, NotUtf8Error, decoded
from terreau.tables.engine import Engine, engine_errors, folder_of
from terreau.tables.findings import Finding
from terreau.tables.limits import Limits
from terreau.tables.set_aside import titles
from terreau.tables.shape import Shape, shape_of
from terreau.tables.sheet import RawSheet, Written, raw_sheet
from terreau.tables.stored import Stored, renumbered, store
from terreau.tables.tidying import tidied


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
    text = decoded(path, folder_of(con), encoding, name=name)
    _check_lines(text, name, limits)
    shape = shape_of(text, known_header, separator, header_line, name=name, limits=limits)
    try:
        cells, findings = _cells(con, text, shape, name)
    except NotUtf8Error:
        text = decoded(path, folder_of(con), encoding, name=name, rewrite=True)
        shape = shape_of(text, known_header, separator, header_line, name=name, limits=limits)
        cells, findings = _cells(con, text, shape, name)
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


def _cells(con: Engine, text: DecodedText, shape: Shape, name: str) -> tuple[Stored, tuple[Finding, ...]]:
    """The cells as the engine reads them, else as the patient parser copies them."""
    try:
        if shape.dialect.doubled and (cells := _straight(con, text, shape)):
            return cells, ()
    except engine_errors() as refusal:
        if "unicode" in str(refusal).lower():
            raise NotUtf8Error from refusal
    return tidied(con, text, shape, name)


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
        expected=text.lines - shape.data_line + 1,
    )
    if cells.rows + shape.data_line - 1 == text.lines:
        return cells
    return renumbered(con, cells, text.path, text.lines)
