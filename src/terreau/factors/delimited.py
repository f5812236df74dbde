"""A small delimited file as people save it: comma or semicolon, UTF-8 or Windows (fichier CSV)."""

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from terreau.kernel.errors import TerreauError

Line = tuple[int, list[str]]


def headers_and_lines(path: Path) -> tuple[list[str], Iterator[Line]]:
    """The headers of ``path``, then its non-empty lines as ``(line number, cells)``; TerreauError when it is no text."""
    text = _text(path)
    first = text.partition("\n")[0]
    reader = csv.reader(StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    try:
        headers = next(reader, [])
    except csv.Error:
        raise TerreauError("factors.not_text", file=path.name) from None
    return headers, _lines(reader, len(headers), path)


def _lines(reader: Iterator[list[str]], width: int, path: Path) -> Iterator[Line]:
    line = 1
    try:
        for cells in reader:
            line = reader.line_num  # type: ignore[attr-defined]
            if any(cell.strip() for cell in cells):
                yield line, [cell.strip() for cell in cells] + [""] * (width - len(cells))
    except csv.Error:
        raise TerreauError("factors.not_text", file=path.name) from None


def _text(path: Path) -> str:
    raw = path.read_bytes()
    if b"\0" in raw:
        raise TerreauError("factors.not_text", file=path.name)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")
