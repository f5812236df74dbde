"""How a CSV separates and quotes its cells (dialecte), decided on its first lines, and a parser nothing can upset.

The parser forgives what the engine refuses: inner quotes nobody doubled (OCS), quotes nobody closed, ragged lines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

SEPARATORS = (";", ",", "\t", "|")
_EXCEL_HINT = re.compile(r'\A\ufeff?"?sep=(.)"?\s*\Z', re.IGNORECASE)
_VAIN_SEARCHES = 10  # quotes that never close, after which no line is borrowed any more
_TANGLED = -2
_LONGEST_CELL = 100  # physical lines a quoted cell may run over before its quote is taken as a plain character
_SAMPLE_RECORDS = 200

Record = tuple[int, list[str]]  # physical line where it starts (1-based), cells


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """One separator, one quote ("" when the file quotes nothing); ``doubled``: inner quotes are written twice."""

    separator: str
    quote: str = '"'
    doubled: bool = True


def dialect_of(lines: list[str], known_header: Callable[[str], bool], separator: str | None = None) -> Dialect:
    """The dialect under which ``lines`` (first physical lines) read best: known headers first, then regular widths."""
    quote = _quote_of(lines)
    hint = _EXCEL_HINT.match(lines[0]) if lines else None
    if separator or hint:
        return Dialect(separator=separator or (hint.group(1) if hint else ";"), quote=quote)
    written = [sign for sign in SEPARATORS if any(sign in line for line in lines)] or SEPARATORS[:1]
    best = max(written, key=lambda sign: _merit(lines, Dialect(separator=sign, quote=quote), known_header))
    return Dialect(separator=best, quote=quote)


def is_separator_hint(cells: list[str]) -> bool:
    """True for the ``sep=;`` line some programs write first."""
    return bool(cells) and cells[0].lower().removeprefix("\ufeff").strip('"').startswith("sep=")


def _quote_of(lines: Iterable[str]) -> str:
    """Simple quotes only when every filled cell of the lines is wrapped in them."""
    text = [line.strip() for line in lines if line.strip()][:20]
    simple = sum(line[0] == line.rstrip(";,\t|")[-1:] == "'" for line in text)
    return "'" if text and simple == len(text) else '"'


def _merit(lines: list[str], dialect: Dialect, known_header: Callable[[str], bool]) -> tuple[int, float, int]:
    rows = [cells for _, cells in _first(records(lines, dialect))]
    known = max((sum(known_header(cell) for cell in cells if cell) for cells in rows[:50]), default=0)
    widths = Counter(len(cells) for cells in rows if any(cells))
    width, count = max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]), default=(1, 0))
    if width < 2:
        return known, 0.0, 0
    return known, round(count / widths.total(), 1), width


def _first(found: Iterator[Record]) -> list[Record]:
    return [record for record, _ in zip(found, range(_SAMPLE_RECORDS), strict=False)]


def records(lines: Iterable[str], dialect: Dialect, start: int = 1) -> Iterator[Record]:
    """Each record with the physical line where it starts. ``lines`` come with or without their line break."""
    source = Source(enumerate(lines, start))
    for number, line in source:
        yield number, record_of(line, dialect, source)


def record_of(line: str, dialect: Dialect, source: Source) -> list[str]:
    """The cells of the record that begins with ``line``; lines it runs over are taken from ``source``."""
    if dialect.quote and dialect.quote in line:
        return _wrapped(line, dialect) or _quoted_record(line, dialect, source)
    return line.split(dialect.separator)


class Source:
    """Numbered lines without their line break, that can be given back."""

    def __init__(self, lines: Iterator[tuple[int, str]]) -> None:
        self.lines = lines
        self.returned: list[tuple[int, str]] = []
        self.patience = _VAIN_SEARCHES

    def __iter__(self) -> Iterator[tuple[int, str]]:
        while True:
            number, line = self.returned.pop() if self.returned else next(self.lines, (0, ""))
            if not number:
                return
            yield number, line.rstrip("\r\n")


def _wrapped(line: str, dialect: Dialect) -> list[str] | None:
    """The cells of a line that quotes every one of them and nothing else, by far the most usual; None for any other."""
    quote, sign = dialect.quote, dialect.separator
    whole = line[: -len(sign)] if line.endswith(quote + sign) else line
    if not (whole.startswith(quote) and whole.endswith(quote) and len(whole) > 1):
        return None
    cells = whole[1:-1].split(quote + sign + quote)
    if line.count(quote) != 2 * len(cells):
        return None
    return cells if whole is line else [*cells, ""]


def _quoted_record(line: str, dialect: Dialect, source: Source) -> list[str]:
    """The cells of ``line``, borrowing lines while a quoted cell stays open; lines borrowed in vain go back."""
    cells, opened = _cells(line, 0, dialect)
    borrowed: list[tuple[int, str]] = []
    text = line
    while opened >= 0:
        following = next(iter(source), None) if source.patience and len(borrowed) < _LONGEST_CELL else None
        more, then = ([], _TANGLED) if following is None else (cells, opened)
        if following is not None:
            borrowed.append(following)
            seen, text = len(text) + 1, f"{text}\n{following[1]}"
            more, then = _cells(text, opened, dialect, seen)
        if then == _TANGLED:
            source.returned.extend(reversed(borrowed))
            source.patience -= bool(source.patience)
            return cells + line[opened:].split(dialect.separator)
        if then != opened:  # the open cell has closed; another may have opened further on
            cells, opened, line = cells + more, then, text
            borrowed = []
    return cells


def _cells(text: str, place: int, dialect: Dialect, seen: int = 0) -> tuple[list[str], int]:
    """The cells of ``text`` from ``place`` on, and where the one that never closes starts: -1 when all do.

    seen: a closing quote was already looked for up to there. _TANGLED: the open cell runs into what opens another.
    """
    sign, quote = dialect.separator, dialect.quote
    cells: list[str] = []
    while True:
        if text.startswith(quote, place):
            end = _closing(text, max(place + 1, seen), dialect, seen)
            if end < 0:
                return cells, _TANGLED if end == _TANGLED else place
            inner = text[place + 1 : end]
            cells.append(inner.replace(quote * 2, quote) if dialect.doubled else inner)
            place = end + 1
            while text.startswith(" ", place):
                place += 1
        else:
            end = text.find(sign, place)
            end = len(text) if end < 0 else end
            cells.append(text[place:end])
            place = end
        if place >= len(text):
            return cells, -1
        place += len(sign)


def _closing(text: str, place: int, dialect: Dialect, borrowed: int) -> int:
    """Where a quoted cell closes: a quote followed by a separator or the end; -1 when it does not.

    borrowed: from there on, a quote that looks like an opening one means that the cell never was one: _TANGLED.
    """
    quote = dialect.quote
    while (end := text.find(quote, place)) >= 0:
        run = end + 1
        while text.startswith(quote, run):
            run += 1
        alone = (run - end) % 2 == 1
        if alone or not dialect.doubled:
            after = run
            while text.startswith(" ", after):
                after += 1
            if after >= len(text) or text.startswith(dialect.separator, after):
                return run - 1
        if alone and borrowed and text[end - 1] in ("\n", dialect.separator):
            return _TANGLED
        place = run
    return -1


def quotes_are_doubled(lines: Iterable[str], dialect: Dialect) -> bool:
    """False when the inner quotes of quoted cells were left alone (OCS), so that only a separator closes a cell."""
    sign, quote = re.escape(dialect.separator), re.escape(dialect.quote)
    inside = rf"[^{sign}{quote}\r\n]"
    opening = re.compile(rf"(?:^|{sign}){quote}")
    alone = re.compile(rf"{inside}{quote}(?={inside}|{quote}{sign}{quote})")
    twice = re.compile(rf"{inside}{quote}{quote}(?={inside}|{quote}(?:{sign}|$))")
    between, habit = dialect.quote + dialect.separator + dialect.quote, 0
    for line in lines:
        text = line.rstrip("\r\n")
        if (
            text.count(dialect.quote) == 2 * text.count(between, 1, len(text) - 1) + 2
            and text[0] == text[-1] == dialect.quote
        ):
            continue  # every cell is quoted and nothing else is: by far the most usual, told at once
        if dialect.quote in text and _wrapped(text, dialect) is None and opening.search(text):
            habit += len(twice.findall(text)) - len(alone.findall(text))
    return habit >= 0
