"""Which formulas of an ODS what is filled would change (formules touchées): theirs are the only values dropped.

A formula that is not understood (INDIRECT, a name we do not know, a whole column) counts as touched.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from terreau.referentials.grids.anatomy import Area, Place
from terreau.referentials.grids.ods_anatomy import local_area, worked_out
from terreau.referentials.grids.ods_cells import Layout, Span

MOST_PASSES = 40
"""Readings of the formulas while more are found touched; those still undecided then count as touched."""
_TEXT = re.compile(r'"(?:[^"]|"")*"')
_BRACKETS = re.compile(r"\[((?:'(?:[^']|'')*'|[^\[\]'])*)\]")
_NAME = re.compile(r"(?<![\w.])[^\W\d][\w.]*")
_CALLED = re.compile(r"([^\W\d][\w.]*)\s*\(")
_ELSEWHERE = frozenset({"INDIRECT", "OFFSET", "MULTIPLE.OPERATIONS", "GETPIVOTDATA"})
_STRETCHED = frozenset({"SUMIF", "AVERAGEIF"})
"""They read as many cells as their first area has, whatever the last one says."""
Areas = dict[str, list[Area]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """A cell worked out: the places it gives, and what it reads by sheet; None when we cannot tell."""

    sheet: str
    row: Span
    cell: Span
    reads: Areas | None


@dataclass(slots=True)
class _Changed:
    """The places that change, by sheet and column, lines in order."""

    held: dict[str, dict[int, list[int]]] = field(default_factory=dict)

    def add(self, sheet: str, places: Iterable[Place]) -> None:
        for row, column in places:
            insort(self.held.setdefault(sheet, {}).setdefault(column, []), row)

    def meets(self, sheet: str, area: Area) -> bool:
        """True when a place of the area changes."""
        columns = self.held.get(sheet, {})
        for column in columns if len(columns) < area[3] - area[1] else range(area[1], area[3] + 1):
            rows = columns.get(column, ())
            at = bisect_left(rows, area[0])
            if area[1] <= column <= area[3] and at < len(rows) and rows[at] <= area[2]:
                return True
        return False


def touched(layout: Layout, filled: Mapping[str, Iterable[Place]]) -> list[Formula]:
    """The formulas whose value depends on a filled place (sheet -> places), directly or through another formula."""
    changed = _Changed()
    for sheet, places in filled.items():
        changed.add(sheet, places)
    left = [
        Formula(sheet=title, row=row, cell=cell, reads=reads_of(cell.told["table:formula"], title, layout.names))
        for title, rows in layout.sheets.items()
        for row in rows
        for cell in row.parts
        if cell.formula
    ]
    found: list[Formula] = []
    for _pass in range(MOST_PASSES):
        before = len(found)
        kept = []
        for one in left:
            if one.reads is None or any(
                changed.meets(sheet, area) for sheet, areas in one.reads.items() for area in areas
            ):
                changed.add(one.sheet, worked_out(one.row, one.cell))
                found.append(one)
            else:
                kept.append(one)
        left = kept
        if len(found) == before:
            return found
    return [*found, *left]


def reads_of(formula: str, own: str, names: Mapping[str, str]) -> Areas | None:
    """What a formula reads: areas by sheet, ``own`` when none is named; None when we cannot tell."""
    language, equals, told = _TEXT.sub('""', formula).partition("=")
    if not equals or language not in ("of:", "oooc:", ""):
        return None
    found: Areas = {}
    for bracket in _BRACKETS.findall(told):
        if "'#" in bracket:  # a cell of another file: nothing filled here changes it
            continue
        area = local_area(f"[{bracket}]", own)
        if area is None:
            return None
        found.setdefault(area[0], []).append(area[1])
    rest = _BRACKETS.sub(" ", told)
    called = {name.upper() for name in _CALLED.findall(rest)}
    shapes = {(area[2] - area[0], area[3] - area[1]) for areas in found.values() for area in areas}
    if ":" in rest or "[" in rest or called & _ELSEWHERE or (called & _STRETCHED and len(shapes) > 1):
        return None
    for name in _NAME.findall(_CALLED.sub("(", rest)):
        area = local_area(names.get(name.lower(), ""), own)
        if area is None:
            return None
        found.setdefault(area[0], []).append(area[1])
    return found
