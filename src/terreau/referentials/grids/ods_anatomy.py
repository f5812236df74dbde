"""What an ODS says around its values, as ``anatomy`` says it of an XLSX: merged cells, formulas, allowed words."""

from __future__ import annotations

import re
from pathlib import Path

from terreau.referentials.grids.anatomy import MOST_MERGES, STYLED, Allowed, Anatomy, Area, Place, area_of
from terreau.referentials.grids.ods_cells import CELL, Layout, OddLayoutError, Span, laid_out
from terreau.tables.archive import MOST_SHEET, part_of, unpacked

MOST_PLACES = 50_000
MOST_AREAS = 5_000
_LIST = re.compile(r"(?:of:|oooc:|msoxl:)?\s*cell-content-is-in-list\((.*)\)", re.DOTALL)
_WORD = re.compile(r'"((?:[^"]|"")*)"')
_AREA = re.compile(
    r"\[?(?:(?:\$?(?:'((?:[^']|'')+)'|([^'.\[\]$:]+)))?\.)?(\$?[A-Z]{1,3}\$?\d{1,7})"
    r"(?::(?:(?:\$?(?:'((?:[^']|'')+)'|([^'.\[\]$:]+)))?\.)?(\$?[A-Z]{1,3}\$?\d{1,7}))?\]?"
)


def ods_anatomy_of(path: Path, name: str, wanted: set[str]) -> dict[str, Anatomy]:
    """Sheet title -> what is around its values, for the sheets ``wanted``; none of an unusual file, still read."""
    try:
        with unpacked(path, name) as archive:
            layout = laid_out(part_of(archive, "content.xml", MOST_SHEET))
    except OddLayoutError:
        return {}
    return {title: _of(rows, layout) for title, rows in layout.sheets.items() if title in wanted}


def _of(rows: list[Span], layout: Layout) -> Anatomy:
    merges: list[Area] = []
    formulas: set[Place] = set()
    styles: dict[Place, str] = {}
    areas: dict[str, list[Area]] = {}
    for row in rows:
        for cell in row.parts:
            tall, wide = row.place + row.repeat - 1, cell.place + cell.repeat - 1
            if cell.name == CELL and (area := merged(row, cell)) and len(merges) < MOST_MERGES:
                merges.append(area)
            if cell.formula and len(formulas) < MOST_PLACES:
                formulas.update(worked_out(row, cell))
            if row.repeat == 1 and cell.place < STYLED and (style := cell.told.get("table:style-name")):
                styles |= {(row.place, place): style for place in range(cell.place, min(wide + 1, STYLED))}
            if listed := cell.told.get("table:content-validation-name"):
                _grown(areas.setdefault(listed, []), (row.place, cell.place, tall, wide))
    allowed = (_allowed(areas[name], layout.lists.get(name, ""), layout.names) for name in areas)
    return Anatomy(merges=tuple(merges), formulas=frozenset(formulas), styles=styles,
                   allowed=tuple(one for one in allowed if one))  # fmt: skip


def merged(row: Span, cell: Span) -> Area | None:
    """The area a merged cell covers, None when it is alone."""
    tall, wide = cell.whole("table:number-rows-spanned"), cell.whole("table:number-columns-spanned")
    return None if (tall, wide) == (1, 1) else (row.place, cell.place, row.place + tall - 1, cell.place + wide - 1)


def worked_out(row: Span, cell: Span) -> set[Place]:
    """The places a formula fills: its own, repeated, or those of its matrix."""
    tall = max(row.repeat, cell.whole("table:number-matrix-rows-spanned"))
    wide = max(cell.repeat, cell.whole("table:number-matrix-columns-spanned"))
    if tall * wide > MOST_PLACES:
        return {(row.place, cell.place)}
    return {(row.place + down, cell.place + right) for down in range(tall) for right in range(wide)}


def _grown(areas: list[Area], fresh: Area) -> None:
    """One more area, joined to the last when it stands right under it."""
    if areas and (last := areas[-1])[1] == fresh[1] and last[3] == fresh[3] and last[2] + 1 == fresh[0]:
        areas[-1] = (last[0], last[1], fresh[2], last[3])
    elif len(areas) < MOST_AREAS:
        areas.append(fresh)


def _allowed(areas: list[Area], condition: str, names: dict[str, str]) -> Allowed | None:
    """The words of a list, or the range they stand in, said as an XLSX says it ("'Listes'!$A$1:$A$4")."""
    found = _LIST.fullmatch(condition.strip())
    if found is None:
        return None
    told = found[1].strip()
    if told.startswith('"'):
        words = tuple(word.replace('""', '"').strip() for word in _WORD.findall(told))
        return Allowed(areas=tuple(areas), words=tuple(word for word in words if word))
    area = _AREA.fullmatch(names.get(told.lower(), told))
    if area is None:
        return None
    title = _title(area[1], area[2])
    sheet = "'" + title.replace("'", "''") + "'!" if title else ""
    return Allowed(areas=tuple(areas), source=f"{sheet}{area[3]}" + (f":{area[6]}" if area[6] else ""))


def local_area(text: str, own: str) -> tuple[str, Area] | None:
    """The sheet (``own`` when none is named) and the area of "[$Grille.C7:.C13]"; None when it is not one of one sheet."""
    found = _AREA.fullmatch(text)
    if found is None:
        return None
    title, last = _title(found[1], found[2]) or own, _title(found[4], found[5])
    return None if last not in ("", title) else (title, area_of(f"{found[3]}:{found[6] or found[3]}"))


def _title(quoted: str | None, plain: str | None) -> str:
    return (quoted or "").replace("''", "'") or plain or ""
