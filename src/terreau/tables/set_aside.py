"""Lines that are not data, set aside and said (lignes écartées): titles, blanks, totals, repeated headers.

Everything is one question to the engine; Python only sees the few lines that answer it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from terreau.kernel.text import normal
from terreau.tables.engine import literal

_WORD = r"(?:sous[ -]?totaux|sous[ -]?total|s/total|sub[ -]?total|total|totaux|totals|grand total|cumul|somme)"
_LABEL = rf"(?i)^\s*{_WORD}(?:[^\pL].*)?$"
_FIGURE = r"^[-+]?[\s\d.,\x{a0}\x{202f}]*(?:€|eur|\$|£|%|kwh|w)?$"
_WHOLE = re.compile(r"(?:total|totaux|totals|cumul|somme)(?: (?:general|global|generale))?|grand total")
_AMOUNT = re.compile(r"[\s:]*(?:[-+\d][\d\s.,]*(?:€|eur|\$|£|%|kwh|w)?\s*)*$")
_INITIALS = (("C", "D"), ("G", "H"), ("S", "U"), ("c", "d"), ("g", "h"), ("s", "u"))
"""First letters of the words of a total, as ranges: looking for the words in every line cost 0.1 s per million."""
SHOWN = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """One line that is not data. kind: "title", "blank", "total", "subtotal" or "repeated_header".

    ``lines`` blank lines in a row make one remark, placed on the first of them.
    """

    line: int
    kind: str
    text: str = ""
    lines: int = 1


def titles(records: Iterable[tuple[int, list[str]]]) -> list[SetAside]:
    """The records above the header: titles and blanks."""
    found = []
    for line, cells in records:
        text = " ".join(cell.strip() for cell in cells if cell.strip())
        found.append(SetAside(line=line, kind="title" if text else "blank", text=text[:SHOWN]))
    return found


def candidates(columns: Sequence[str], headers: Sequence[str]) -> str:
    """SQL condition on a table with ``columns`` and ``filled`` (cells with something in them [count]): may be aside.

    A line is looked at when blank, sparse, starting like a total, or starting like the header.
    """
    first = f"coalesce({', '.join([*columns, 'NULL'])})"
    sparse = max(3, len(columns) // 3) if len(columns) > 3 else len(columns) - 1
    lead = next((n for n, header in enumerate(headers) if header.strip()), 0)
    repeated = f"{columns[lead]} = {literal(headers[lead])}"
    may = " OR ".join(f"({lead} >= '{a}' AND {lead} < '{b}')" for lead in columns[:1] for a, b in _INITIALS)
    may = (
        f"({columns[0]} IS NULL OR {columns[0]} < '!' OR {columns[0]} >= chr(127) OR {may})"  # the statistics answer it
    )
    starts = f"({may} AND regexp_matches({first}, '(?i)^\\s*(?:sous|s/|sub|grand|total|totaux|cumul|somme)'))"
    return f"filled <= {sparse} OR {repeated} OR {starts}"


def kind_sql(columns: Sequence[str], headers: Sequence[str]) -> str:
    """SQL giving "blank", "repeated_header", "total" or NULL (data) for one line."""
    listed = "[" + ", ".join(f"coalesce({column}, '')" for column in columns) + "]"
    filled = f"list_filter({listed}, lambda x: x <> '')"
    same = " AND ".join(
        f"trim({column}) = {literal(header.strip())}"
        for column, header in list(zip(columns, headers, strict=False))[:50]
        if header.strip()
    )
    figures = f"list_filter({filled}, lambda x: NOT regexp_full_match(x, {literal('(?i)' + _FIGURE[1:-1])}))"
    label = f"list_extract({figures}, -1)"
    return (
        f"CASE WHEN len({filled}) = 0 THEN 'blank' WHEN {same or 'false'} THEN 'repeated_header' "
        f"WHEN len({figures}) BETWEEN 1 AND 2 AND regexp_matches({label}, {literal(_LABEL)}) THEN 'total' END"
    )


def named(found: Sequence[tuple[int, str, str]]) -> tuple[SetAside, ...]:
    """``(line, kind, text)`` in line order, blank runs folded into one, totals told from subtotals."""
    totals = [line for line, kind, _ in found if kind == "total"]
    folded: list[SetAside] = []
    for line, kind, text in found:
        last = folded[-1] if folded else None
        if kind == "blank" and last and last.kind == "blank" and last.line + last.lines == line:
            folded[-1] = replace(last, lines=last.lines + 1)
            continue
        if kind == "total" and not (_WHOLE.fullmatch(_AMOUNT.sub("", normal(text))) and line == totals[-1]):
            kind = "subtotal"
        folded.append(SetAside(line=line, kind=kind, text=text[:SHOWN]))
    return tuple(folded)


def text_sql(columns: Sequence[str]) -> str:
    """SQL for what a person would read on the line."""
    return f"concat_ws(' ', {', '.join(columns[:50])})"
