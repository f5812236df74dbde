"""What the first lines of a CSV say of it (forme): how cells are cut, where the header stands, how wide it is."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from terreau.kernel.errors import TerreauError
from terreau.tables.decoding import DecodedText
from terreau.tables.dialect import Dialect, Record, dialect_of, quotes_are_doubled, records
from terreau.tables.header import DEPTH, Header, header_of
from terreau.tables.limits import Limits

SAMPLE = 256 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What the first lines say of a CSV: dialect, header, the physical line of the first data record, its width."""

    dialect: Dialect
    header: Header
    above: tuple[Record, ...]
    data_line: int
    width: int


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
    width = _usual_width(header, [cells for _, cells in rows[header.index + 1 :]])
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


def _usual_width(header: Header, rows: list[list[str]]) -> int:
    """The width of the header, or more when one line in five has cells beyond it: a column without a name [count]."""
    named = filled_width(list(header.cells))
    beyond = [width for width in map(filled_width, rows) if width > named]
    return max([named, *beyond]) if len(beyond) * 5 > len(rows) else named


def sample_lines(path: Path) -> list[str]:
    """The physical lines of the first 256 kB, without a last one cut in two."""
    with path.open("rb") as file:
        raw = file.read(SAMPLE)
        cut = bool(file.read(1))
    lines = raw.decode("utf-8", errors="replace").removeprefix("\ufeff").split("\n")
    return lines[:-1] if len(lines) > 1 and (cut or not lines[-1]) else lines


def filled_width(cells: list[str]) -> int:
    """Cells up to the last one with something in it [count], at least 1."""
    return max((place + 1 for place, cell in enumerate(cells) if cell.strip()), default=1)
