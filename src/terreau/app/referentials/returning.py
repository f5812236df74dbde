"""« Rendre la grille remplie » : the received workbook, filled with the answers of an assessment."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from terreau.app.files import door as files
from terreau.app.referentials import shelf
from terreau.kernel.errors import TerreauError

if TYPE_CHECKING:
    from terreau.diagnosis.records import AssessmentRecord
    from terreau.referentials.grids.filling import Filled


@dataclass(frozen=True, kw_only=True)
class Returned:
    """The file to hand back; ``left``: (criterion, what, cell, why) of what could not be written, in both languages."""

    content: bytes
    told: Filled
    title: str
    name: str
    left: tuple[tuple[str, Any, str, Any], ...]


def filled(organisation: Any, record: AssessmentRecord) -> Returned:
    """The filled workbook and what could not be written; TerreauError app.grid_no_workbook without one."""
    from terreau.diagnosis.grid_answers import grid_answers
    from terreau.referentials.grids.filling import fill
    from terreau.referentials.grids.grid import grid_from_json

    if not record.edition.startswith(shelf.PRIVATE):
        raise TerreauError("app.grid_no_workbook", title=record.edition)
    row = shelf.row_of(organisation, record.edition, record.version)
    if not row.grid or row.file is None:
        raise TerreauError("app.grid_no_workbook", title=row.title)
    grid, answers = grid_from_json(row.grid), grid_answers(shelf.edition_of(row), record)
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "grille"
        told = fill(files.path_of(organisation, row.file), grid, answers, target)
        content = target.read_bytes()
    name = f"{Path(row.file_name).stem}-remplie{suffix_of(row)}"
    return Returned(
        content=content, told=told, title=row.title, name=name, left=tuple(_left(grid, one) for one in told.left)
    )


def suffix_of(row: Any) -> str:
    """The suffix of the received file, ".xlsx", ".ods", ".csv" or ".tsv": what it is says more than its name."""
    named = Path(row.file_name).suffix.lower()
    kind = row.grid["kind"]
    return f".{kind}" if kind != "text" else (named if named in (".csv", ".tsv", ".txt") else ".csv")


def _left(grid: Any, one: Any) -> tuple[str, Any, str, Any]:
    from terreau.referentials.grids.grid import WHY_LEFT

    cell = grid.cells.get(one.criterion, {}).get(one.role)
    return one.criterion, one.what, f"{cell.sheet} {cell.ref}" if cell else "", WHY_LEFT[one.reason]
