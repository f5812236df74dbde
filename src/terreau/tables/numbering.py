"""Physical line numbers when the engine passed over blank lines or read cells that hold line breaks (numérotation)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CHUNK = 1 << 20
_BLANK = re.compile(rb"\n(?=\r?\n)")
MANY = 500_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbering:
    """shifts: (from row, lines to add in all) in row order; blanks: physical lines the engine passed over."""

    shifts: tuple[tuple[int, int], ...]
    blanks: tuple[int, ...]


def numbering_of(
    *, rows: int, first_line: int, lines: int, broken: list[tuple[int, int]], blanks: Iterator[int]
) -> Numbering | None:
    """Match what the engine read with the file; None when the two do not add up.

    rows: read by the engine [count]; first_line: physical line of row 0; lines: physical lines of the file [count];
    broken: (row, line breaks inside its cells) in row order; blanks: blank physical lines, in order.
    """
    passed: list[int] = []
    steps: dict[int, int] = {}
    place, inside = 0, 0
    for blank in blanks:
        compact = blank - len(passed)
        while place < len(broken) and first_line + broken[place][0] + inside + broken[place][1] < compact:
            inside += broken[place][1]
            place += 1
        if place < len(broken) and first_line + broken[place][0] + inside < compact:
            continue  # a blank line within a quoted cell
        row = compact - first_line - inside
        steps[row] = steps.get(row, 0) + 1
        passed.append(blank)
        if len(passed) > MANY:
            return None
    for row, breaks in broken:
        steps[row + 1] = steps.get(row + 1, 0) + breaks
    if rows + sum(breaks for _, breaks in broken) + len(passed) + first_line - 1 != lines:
        return None
    return Numbering(shifts=tuple(_summed(steps)), blanks=tuple(passed))


def _summed(steps: dict[int, int]) -> Iterator[tuple[int, int]]:
    total = 0
    for row in sorted(steps):
        total += steps[row]
        yield row, total


def blank_lines(path: Path, first_line: int = 1) -> Iterator[int]:
    """The physical numbers (1-based) of the empty lines of a file, from ``first_line`` on."""
    with path.open("rb", buffering=0) as file:
        tail, line = b"\n", 1  # as if a line had ended just before the file
        while chunk := file.read(CHUNK):
            held = tail + chunk
            reach, place = max(len(held) - 2, 0), 0
            for match in _BLANK.finditer(held, 0):
                if match.start() >= reach:
                    break
                line += held.count(b"\n", place, match.start())
                place = match.start()
                if line >= first_line:
                    yield line
            line += held.count(b"\n", place, reach)
            tail = held[reach:]
        for match in _BLANK.finditer(tail):
            number = line + tail.count(b"\n", 0, match.start())
            if number >= first_line:
                yield number
