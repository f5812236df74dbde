"""The cells of one sheet kept beside the engine as text, one column per place (cellules stockées).

A working Parquet file: read once, small, and any later question only touches the columns it names.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from terreau.tables.engine import Engine, folder_of, literal, one_thread, widen
from terreau.tables.laid import WORKING
from terreau.tables.numbering import blank_lines, numbering_of
from terreau.tables.set_aside import SetAside, candidates, kind_sql, named, text_sql

FEW = 20_000
"""Rows up to which a table in memory is quicker than a question over a file: planning costs more than reading [count]."""

_NUMBERS = itertools.count(1)
_SPACES = "' ' || chr(9) || chr(10) || chr(13) || chr(160) || chr(8239) || chr(8199) || chr(8203) || chr(65279)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A Parquet file of ``width`` text columns c0… and ``filled``; ``rows`` [count].

    blanks: physical lines without anything, that the engine passed over.

    numbered: it holds a ``line`` column; otherwise line = row number + ``first_line`` (physical, 1-based).
    """

    path: Path
    width: int
    rows: int
    numbered: bool = False
    first_line: int = 1
    blanks: tuple[int, ...] = ()


def store(
    con: Engine,
    path: Path,
    *,
    separator: str,
    quote: str,
    width: int,
    skip: int = 0,
    first_line: int = 1,
    numbered: bool = False,
    expected: int = 0,
) -> Stored:
    """Copy the cells of a well-formed UTF-8 CSV after ``skip`` records; engine errors pass through.

    first_line: physical line of the first record kept; numbered: the first column is the physical line itself.
    expected: records if every line holds one [count]; knowing it, the groups of rows come out whole (see ``_in_step``).
    """
    target = folder_of(con) / f"cells-{next(_NUMBERS)}.parquet"
    names = [f"c{n}" for n in range(width)]
    columns = {**({"line": "BIGINT"} if numbered else {}), **dict.fromkeys(names, "VARCHAR")}
    spec = "{" + ", ".join(f"{literal(name)}: {literal(kind)}" for name, kind in columns.items()) + "}"
    source = (
        f"read_csv({literal(str(path))}, auto_detect=false, header=false, skip={skip}, delim={literal(separator)}, "
        f"quote={literal(quote)}, escape={literal(quote)}, columns={spec})"
    )
    filled = " + ".join(f"({name} IS NOT NULL)::USMALLINT" for name in names)
    rows = _copied(con, f"SELECT *, {filled} AS filled FROM {_in_step(source, expected)}", target)
    if expected and _ends_blank(con, target, rows):
        rows = _copied(con, f"SELECT *, {filled} AS filled FROM {source}", target)
    widen(con, rows)
    return Stored(path=target, width=width, rows=rows, numbered=numbered, first_line=first_line)


def _copied(con: Engine, select: str, target: Path) -> int:
    with one_thread(con):
        written = con.execute(f"COPY ({select}) TO {literal(str(target))} ({WORKING})").fetchone()
    return int(written[0]) if written else 0


def _in_step(source: str, expected: int) -> str:
    """The records of a CSV, handed on in whole vectors: beside a range of numbers, the engine fills each one up.

    Otherwise the buffers of its CSV reader leave uneven groups, and a snapshot must be sorted to be the same whoever
    wrote the file (1 s and 300 MB per million lines).
    """
    if not expected:
        return source
    return f"(SELECT * EXCLUDE (in_step) FROM {source} POSITIONAL JOIN range({expected}) AS numbers(in_step))"


def _ends_blank(con: Engine, cells: Path, rows: int) -> bool:
    """True when the last row is empty: fewer records than expected, made up with empty ones."""
    last = con.execute(f"SELECT filled FROM read_parquet({literal(str(cells))}) OFFSET {max(rows - 1, 0)}").fetchone()
    return not last or not last[0]


def relation(con: Engine, cells: Stored, headers: Sequence[str]) -> tuple[str, tuple[SetAside, ...]]:
    """The name of a view of the data lines (line, c0…) in file order, and the lines set aside."""
    name = f"sheet_{next(_NUMBERS)}"
    columns = [f"c{n}" for n in range(len(headers))]
    blank = _columns_with_spaces(con, cells, columns)
    shown = [f"{_nullable(c)} AS {c}" if c in blank else c for c in columns]
    filled = " + ".join(f"({c} IS NOT NULL)::USMALLINT" for c in columns) if blank else "filled"
    con.execute(
        f"CREATE VIEW {name}_all AS SELECT row, line, {', '.join(columns)}, {filled} AS filled "
        f"FROM (SELECT row, {_line_sql(cells)} AS line, filled, {', '.join(shown)} FROM {_rows_sql(cells)} AS r)"
    )
    con.execute(  # first the few lines worth a question, then the question
        f"CREATE TABLE {name}_odd AS SELECT * FROM {name}_all WHERE {candidates(columns, headers)}"
    )
    aside = []
    if con.execute(f"SELECT row FROM {name}_odd LIMIT 1").fetchone():
        con.execute(
            f"CREATE TABLE {name}_aside AS SELECT row, line, {kind_sql(columns, headers)} AS kind, "
            f"{text_sql(columns)} AS text FROM {name}_odd WHERE kind IS NOT NULL"
        )
        aside = con.execute(f"SELECT line, kind, text FROM {name}_aside ORDER BY row").fetchall()
    con.execute(f"DROP TABLE {name}_odd")
    kept = f" WHERE row NOT IN (SELECT row FROM {name}_aside)" if aside else ""
    few = cells.rows <= FEW
    con.execute(
        f"CREATE {'TABLE' if few else 'VIEW'} {name} AS SELECT line, {', '.join(columns)} FROM {name}_all{kept}"
    )
    return name, named(sorted([*aside, *((line, "blank", "") for line in cells.blanks)]))


def renumbered(con: Engine, cells: Stored, text: Path, lines: int) -> Stored | None:
    """The same cells carrying their physical lines, read off the file; None when file and cells do not add up."""
    names = [f"c{n}" for n in range(cells.width)]
    breaks = " + ".join(f"coalesce(length({c}) - length(replace({c}, chr(10), '')), 0)" for c in names)
    inside = " OR ".join(f"contains({c}, chr(10))" for c in names)
    broken = con.execute(f"SELECT row, {breaks} FROM {_rows_sql(cells)} WHERE {inside} ORDER BY row").fetchall()
    blanks = blank_lines(text, cells.first_line) if cells.width > 1 else iter(())
    found = numbering_of(rows=cells.rows, first_line=cells.first_line, lines=lines, broken=broken, blanks=blanks)
    if found is None:
        return None
    target = cells.path.with_stem(f"{cells.path.stem}-numbered")
    steps = {0: 0, **dict(found.shifts)}
    con.execute(
        f"COPY (SELECT r.row + {cells.first_line} + s.more AS line, r.* EXCLUDE (row) FROM {_rows_sql(cells)} AS r "
        f"ASOF JOIN (SELECT unnest($starts) AS start, unnest($more) AS more) AS s ON r.row >= s.start ORDER BY r.row) "
        f"TO {literal(str(target))} ({WORKING})",
        {"starts": list(steps), "more": list(steps.values())},
    )
    cells.path.unlink()
    return replace(cells, path=target, numbered=True, blanks=found.blanks)


def empty_columns(con: Engine, cells: Stored, places: Sequence[int]) -> set[int]:
    """Those of ``places`` where no line has a cell."""
    if not places:
        return set()
    counted = ", ".join(f"count({_nullable('c' + str(n))})" for n in places)
    counts = con.execute(f"SELECT {counted} FROM {_rows_sql(cells)}").fetchone()
    return {place for place, count in zip(places, counts or (), strict=True) if not count}


def _rows_sql(cells: Stored) -> str:
    path = literal(str(cells.path))
    return (
        f"(SELECT file_row_number AS row, * EXCLUDE (file_row_number) FROM read_parquet({path}, file_row_number=true))"
    )


def _line_sql(cells: Stored) -> str:
    return "line" if cells.numbered else f"row + {cells.first_line}"


def _nullable(column: str) -> str:
    return f"CASE WHEN {_may_be_blank(column)} AND trim({column}, {_SPACES}) = '' THEN NULL ELSE {column} END"


def _may_be_blank(column: str) -> str:
    """Cheap on purpose: only cells that start with a space or beyond ASCII are worth trimming."""
    return f"({column} < '!' OR {column} >= chr(160))"


def _columns_with_spaces(con: Engine, cells: Stored, columns: Sequence[str]) -> set[str]:
    """Columns where some cell holds nothing but spaces; the statistics of the file clear most of them for free."""
    rows = con.execute(
        f"SELECT path_in_schema, min(stats_min_value) >= '!' AND max(stats_max_value) < chr(160) AND "
        f"count(*) FILTER (stats_min_value IS NULL AND stats_null_count < num_values) = 0 "
        f"FROM parquet_metadata({literal(str(cells.path))}) GROUP BY path_in_schema"
    ).fetchall()
    clear = {column for column, is_clear in rows if is_clear}
    doubtful = [column for column in columns if column not in clear]
    if not doubtful:
        return set()
    tests = ", ".join(f"count(*) FILTER ({c} IS NOT NULL AND {_nullable(c)} IS NULL)" for c in doubtful)
    counts = con.execute(f"SELECT {tests} FROM {_rows_sql(cells)}").fetchone() or ()
    return {column for column, count in zip(doubtful, counts, strict=True) if count}
