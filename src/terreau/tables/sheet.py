"""What one sheet was understood to be, before anyone interprets a cell (feuille lue)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from terreau.kernel.text import normal
from terreau.tables.engine import Engine
from terreau.tables.findings import Finding
from terreau.tables.set_aside import SetAside
from terreau.tables.stored import FEW, Stored, empty_columns, relation

_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:[.,\s\u00a0\u202f]\d{3})+|\d+)?[.,]\d+")
_MARKS = re.compile(r"[.,]")
_VOTERS = 4_000


@dataclass(frozen=True, slots=True)
class Unread:
    """One cell that its file does not give as it was written: physical line, column (0-based), code of the finding."""

    line: int
    column: int
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RawSheet:
    """One sheet as text. ``sheet`` is "" for CSV; ``encoding``, ``separator``, ``quote`` are "" for workbooks.

    decimal: "," or "."; header_line: physical line (1-based); headers: as written, position is identity;
    relation: a view in the engine with line BIGINT (physical line, 1-based) and c0… VARCHAR (NULL when blank),
    data lines only, in file order; unread: every cell written that could not be read as it is.
    edged: columns (0-based) where some cell begins or ends with a space: elsewhere there is nothing to trim.
    few: so few lines that what is asked of them is better laid in tables than nested in questions.
    """

    file: str
    sheet: str
    name: str
    encoding: str
    separator: str
    quote: str
    decimal: str
    header_line: int
    headers: tuple[str, ...]
    relation: str
    set_aside: tuple[SetAside, ...] = ()
    findings: tuple[Finding, ...] = ()
    unread: tuple[Unread, ...] = ()
    edged: frozenset[int] = frozenset()
    few: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """How the sheet was written: everything of ``RawSheet`` that the cells do not decide."""

    file: str
    sheet: str
    encoding: str = ""
    separator: str = ""
    quote: str = ""
    decimal: str | None = None
    header_line: int
    headers: tuple[str, ...]
    guessed: bool = False
    titles: tuple[SetAside, ...] = ()
    findings: tuple[Finding, ...] = ()
    unread: tuple[Unread, ...] = ()


def raw_sheet(con: Engine, cells: Stored, written: Written) -> RawSheet:
    """The sheet with its view, its decimal mark, what was set aside and what was found."""
    headers = _useful(con, cells, written.headers)
    name, aside = relation(con, cells, headers)
    lines = con.execute(f"SELECT count(*) FROM {name}").fetchone()
    decimal = written.decimal or _decimal(con, name, len(headers), written)
    return RawSheet(
        file=written.file,
        sheet=written.sheet,
        name=f"{written.file} › {written.sheet}" if written.sheet else written.file,
        encoding=written.encoding,
        separator=written.separator,
        quote=written.quote,
        decimal=decimal,
        header_line=written.header_line,
        headers=headers,
        relation=name,
        set_aside=(*written.titles, *aside),
        findings=(*written.findings, *_header_findings(written, headers, lines[0] if lines else 0)),
        unread=tuple(one for one in written.unread if one.column < len(headers)),
        edged=_edged(con, name, len(headers), few=cells.rows <= FEW),
        few=cells.rows <= FEW,
    )


def _edged(con: Engine, name: str, width: int, *, few: bool) -> frozenset[int]:
    """Column by column: where words repeat, the engine asks each of them once (0.1 s per million lines in all)."""
    tests = [f"c{n} < '!' OR ends_with(c{n}, ' ')" for n in range(width)]
    if few:
        told = con.execute(f"SELECT {', '.join(f'bool_or({test})' for test in tests)} FROM {name}").fetchone() or ()
        return frozenset(n for n, edged in enumerate(told) if edged)
    return frozenset(
        n for n, test in enumerate(tests) if con.execute(f"SELECT 1 FROM {name} WHERE {test} LIMIT 1").fetchone()
    )


def _useful(con: Engine, cells: Stored, headers: Sequence[str]) -> tuple[str, ...]:
    """``headers`` as wide as the cells, without the nameless empty columns at the end (trailing separators)."""
    wide = [*headers, *[""] * (cells.width - len(headers))]
    last = max((n + 1 for n, header in enumerate(wide) if header.strip()), default=0)
    hollow = empty_columns(con, cells, range(last, cells.width))
    while len(wide) > max(last, 1) and len(wide) - 1 in hollow:
        wide.pop()
    return tuple(wide)


def _header_findings(written: Written, headers: Sequence[str], lines: int) -> Iterable[Finding]:
    at = written.header_line
    if written.guessed:
        yield Finding(line=at, column="", code="tables.header_guessed", facts={"header": " | ".join(headers)[:120]})
    named = Counter(normal(header) for header in headers if header.strip())
    for header in dict.fromkeys(header for header in headers if named[normal(header)] > 1):
        yield Finding(
            line=at,
            column=header,
            code="tables.duplicate_header",
            facts={"header": header, "count": named[normal(header)]},
        )
    if not lines:
        yield Finding(line=at, column="", code="tables.header_only", facts={"name": written.sheet or written.file})


def _decimal(con: Engine, name: str, width: int, written: Written) -> str:
    """The decimal mark most figures of the file use, on lines spread evenly over it; a workbook writes points."""
    if written.sheet:
        return _voted(con, name, width) or "."
    return _voted(con, name, width) or ("," if written.separator == ";" else ".")


def _voted(con: Engine, name: str, width: int) -> str:
    columns = [f"c{n}" for n in range(width)]
    step, last = con.execute(
        f"SELECT greatest(1, count(*) // {max(20, _VOTERS // width)}), coalesce(max(row), 0) FROM {name}_all"
    ).fetchone() or (1, 0)
    asked = f"row IN (SELECT unnest(range(0, {last + 1}, {step})))"  # of the others, the cells are not even unpacked
    cells = con.execute(f"SELECT DISTINCT unnest([{', '.join(columns)}]) FROM {name}_all WHERE {asked}").fetchall()
    votes = Counter(mark for (cell,) in cells if cell and (mark := decimal_mark(cell)))
    return max(votes, key=lambda mark: (votes[mark], mark == ",")) if votes else ""


def decimal_mark(cell: str) -> str:
    """The decimal mark one cell proves: "1 145,2" and "1.145,24" say ",", "957.41" says "."; "1.145" says nothing."""
    figure = cell.strip(" \t\u00a0\u202f€$£%").removesuffix("EUR").strip()
    if not _NUMBER.fullmatch(figure):
        return ""
    marks = _MARKS.findall(figure)
    decimals = len(figure) - 1 - max(figure.rfind(","), figure.rfind("."))
    if len(set(marks)) == 2:
        return marks[-1]
    lone_thousands = decimals == 3 and not figure.lstrip("+-").startswith("0")
    return "" if len(marks) > 1 or lone_thousands else marks[0]
