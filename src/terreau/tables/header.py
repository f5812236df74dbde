"""Where the header row stands under the titles (ligne d'en-têtes), found by the headers somebody knows."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from terreau.tables.dialect import Record, is_separator_hint

DEPTH = 50
_FIGURE = re.compile(r"[\d\s.,:/€$%+-]+\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The header record: its ``index`` among the records, its physical ``line``, its cells; ``known`` ones [count]."""

    index: int
    line: int
    cells: tuple[str, ...]
    known: int


def header_of(records: Sequence[Record], known_header: Callable[[str], bool], line: int | None = None) -> Header | None:
    """The record with most known headers among the first 50 (the first of equals), else the most header-like one.

    line: the physical line a person pointed at. None when there is no filled record.
    """
    filled = [(index, number, cells) for index, (number, cells) in enumerate(records[:DEPTH]) if _is_filled(cells)]
    if line is not None:
        filled = [entry for entry in filled if entry[1] == line] or filled
    if not filled:
        return None
    scored = [(sum(known_header(cell) for cell in cells if cell.strip()), -index) for index, _, cells in filled]
    known, place = max(scored)
    if not known:
        place = -_most_header_like([cells for _, _, cells in filled], [index for index, _, _ in filled])
    index, number, cells = next(entry for entry in filled if entry[0] == -place)
    return Header(index=index, line=number, cells=tuple(cell.removeprefix("\ufeff") for cell in cells), known=known)


def _is_filled(cells: list[str]) -> bool:
    return any(cell.strip() for cell in cells) and not is_separator_hint(cells)


def _most_header_like(rows: list[list[str]], places: list[int]) -> int:
    """The first row about as full as its followers and without figures; else the first such row; else the first."""
    fullness = [sum(bool(cell.strip()) for cell in cells) for cells in rows]
    usual = max(Counter(fullness).items(), key=lambda item: (item[1], item[0]))[0]
    full = [n for n, count in enumerate(fullness) if count >= max(1, usual * 0.7)]
    worded = [n for n in full if not any(_FIGURE.match(cell) for cell in rows[n] if cell.strip())]
    return places[(worded or full or [0])[0]]
