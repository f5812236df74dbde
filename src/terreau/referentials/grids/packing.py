"""The zip of a received workbook put together again: every part in its order, with its date; only some have new bytes."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping
from fractions import Fraction
from pathlib import Path

from terreau.referentials.grids.grid import Grid
from terreau.referentials.grids.ods_writing import ods_rewritten
from terreau.referentials.grids.refusing import refusal
from terreau.referentials.grids.sheet_writing import recalculated, rewritten
from terreau.tables.archive import MOST_SHEET, part_of, sheet_parts

Value = str | Fraction
_SIGNED = ("_xmlsignatures/", "META-INF/documentsignatures", "META-INF/macrosignatures", "META-INF/packagesignatures")
_MIMETYPE, _CONTENT = "mimetype", "content.xml"


def repacked(workbook: Path, grid: Grid, values: Mapping[str, Mapping[str, Value]], target: Path) -> tuple[str, ...]:
    """Write ``target`` with ``values`` (sheet -> cell name -> value); the formulas left without a value, as "Grille C15".

    TerreauError referentials.grid_not_filled when it cannot be done safely.
    """
    with zipfile.ZipFile(workbook) as source:
        if any(name.startswith(_SIGNED) for name in source.namelist()):
            raise refusal(grid.workbook, "signed")
        changed: dict[str, bytes] = {}
        emptied: tuple[str, ...] = ()
        if grid.kind == "xlsx":
            changed = _xlsx(source, grid, values)
        elif values:
            text, emptied = ods_rewritten(part_of(source, _CONTENT, MOST_SHEET), values, grid.workbook)
            changed[_CONTENT] = text
        _copy(source, changed, target)
    return emptied


def _xlsx(source: zipfile.ZipFile, grid: Grid, values: Mapping[str, Mapping[str, Value]]) -> dict[str, bytes]:
    parts = {title: part for part, title in sheet_parts(source).items()}
    changed: dict[str, bytes] = {}
    formulas = False
    for title, cells in values.items():
        text = source.read(parts[title])
        formulas = formulas or b"<f" in text or b":f>" in text
        changed[parts[title]] = rewritten(text, cells, grid.workbook, title)
    if formulas or _any_formula(source, parts.values()):
        changed["xl/workbook.xml"] = recalculated(source.read("xl/workbook.xml"))
    return changed


def _any_formula(source: zipfile.ZipFile, parts: Iterable[str]) -> bool:
    return any(b"<f>" in (text := source.read(part)) or b"<f " in text for part in parts)


def _copy(source: zipfile.ZipFile, changed: Mapping[str, bytes], target: Path) -> None:
    """The same answers give the same bytes; an ODS says first, uncompressed, what it is."""
    parts = sorted(source.infolist(), key=lambda part: part.filename != _MIMETYPE)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for part in parts:
            told = zipfile.ZipInfo(part.filename, part.date_time)
            plain = part.compress_type != zipfile.ZIP_DEFLATED or part.filename == _MIMETYPE
            told.compress_type = zipfile.ZIP_STORED if plain else zipfile.ZIP_DEFLATED
            told.external_attr, told.create_system = part.external_attr, part.create_system
            made.writestr(told, changed.get(part.filename) or source.read(part))
