"""What is not a line of devices: a second table under the first, totals where people are named (à part)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from terreau.inventory.headers import known_header, understand
from terreau.inventory.keys import fresh
from terreau.kernel.text import normal
from terreau.tables.findings import Finding
from terreau.tables.reading import RawSheet, SetAside
from terreau.tables.sheet import Unread

if TYPE_CHECKING:
    from terreau.tables.engine import Engine

_One = TypeVar("_One", Finding, Unread)
_LOOKED_AT = 500
"""Gaps in a sheet behind which a second table is looked for [count]."""
_BEHIND = 3
"""Lines looked at behind each gap: a title or two may stand before the headings [count]."""
_MOSTLY = 0.6
"""Share of the cells of a line that must be known headings."""
_WORDS = re.compile(
    r"(?:sous[ -]?tota\w+|sub[ -]?tota\w+|s/total|grand total|tota\w*|cumul|somme|[-+]?[\d.,\s]*\d)(?:\s*[€$£%])?", re.I
)


def shown_aside(aside: Sequence[SetAside], *, people: bool) -> tuple[SetAside, ...]:
    """What was set aside, as shown: on a sheet that names people, a total keeps its word and its figures only."""
    if not people:
        return tuple(aside)
    return tuple(
        replace(one, text=" ".join(word.strip() for word in _WORDS.findall(one.text)))
        if one.kind in ("total", "subtotal") else one
        for one in aside
    )  # fmt: skip


def tables_of(con: Engine, raw: RawSheet) -> tuple[RawSheet, ...]:
    """The tables of one sheet: most have one; each heading line under a gap begins another, named ``… #2``."""
    starts = list(_starts(con, raw))
    if not starts:
        return (raw,)
    bounds = [*(_first_title(con, raw, line) for line, _ in starts), None]
    headings = dict(starts)
    parts = [_part(con, raw, 1, raw.header_line, raw.headers, None, bounds[0])]
    for place, (line, headers) in enumerate(headings.items(), 2):
        parts.append(_part(con, raw, place, line, headers, bounds[place - 2], bounds[place - 1]))
    return tuple(parts)


def _starts(con: Engine, raw: RawSheet) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Line and headings of each table that begins behind a gap."""
    gaps = [one.line + one.lines for one in raw.set_aside if one.line > raw.header_line][:_LOOKED_AT]
    near = sorted({gap + step for gap in gaps for step in range(_BEHIND)})
    if not near:
        return
    rows = con.execute(
        f"SELECT * FROM {raw.relation} WHERE line IN (SELECT unnest(?)) ORDER BY line", [near]
    ).fetchall()
    for line, *cells in rows:
        headers = tuple(cell or "" for cell in cells)
        if _heads(headers, raw.headers):
            yield line, headers


def _heads(cells: Sequence[str], headers: Sequence[str]) -> bool:
    """True when a line of data is a line of headings, others than those of its sheet."""
    written = [cell for cell in cells if cell.strip()]
    known = [cell for cell in written if known_header(cell)]
    if len(known) < 2 or len(known) < _MOSTLY * len(written):
        return False
    said = set(understand(cells).fields.values()) - {"user"}
    return len(said) > 1 and {normal(cell) for cell in written} != {normal(header) for header in headers if header}


def _first_title(con: Engine, raw: RawSheet, line: int) -> int:
    """The first line of the titles above the headings of ``line``, itself when there is none."""
    rows = con.execute(f"SELECT * FROM {raw.relation} WHERE line BETWEEN ? AND ? ORDER BY line DESC",
                       [line - _BEHIND, line - 1]).fetchall()  # fmt: skip
    first = line
    for above, *cells in rows:
        if above != first - 1 or sum(bool(cell) for cell in cells) > 1:
            break
        first = above
    return first


def _part(con: Engine, raw: RawSheet, place: int, line: int, headers: tuple[str, ...], first: int | None,
          end: int | None) -> RawSheet:  # fmt: skip
    """One table of a sheet: from its titles (``first``) to the next table (``end``), headings on ``line``."""
    name = fresh("table")
    until = f"AND line < {end}" if end else ""
    con.execute(f"CREATE TEMP VIEW {name} AS SELECT * FROM {raw.relation} WHERE line > {line} {until}")
    within = range(first or 0, end or 1 << 62)
    aside = [one for one in raw.set_aside if one.line in within]
    if first is None:
        return replace(raw, relation=name, set_aside=tuple(aside), findings=_within(raw.findings, within),
                       unread=_within(raw.unread, within))  # fmt: skip
    rows = con.execute(f"SELECT * FROM {raw.relation} WHERE line BETWEEN {first} AND {line} ORDER BY line").fetchall()
    titles = [SetAside(line=above, kind="title" if above < line else "repeated_header",
                       text=" ".join(cell for cell in cells if cell)[:120]) for above, *cells in rows]  # fmt: skip
    sheet = f"{raw.sheet} #{place}".strip()
    return replace(raw, name=f"{raw.file} › {sheet}", sheet=sheet, header_line=line, headers=headers, relation=name,
                   set_aside=tuple(sorted((*titles, *aside), key=lambda one: one.line)),
                   findings=tuple(one for one in _within(raw.findings, within) if one.line),
                   unread=_within(raw.unread, within))  # fmt: skip


def _within(found: Iterable[_One], lines: range) -> tuple[_One, ...]:
    return tuple(one for one in found if one.line in lines)
