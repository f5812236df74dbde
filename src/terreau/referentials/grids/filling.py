"""The received workbook filled in place (grille remplie): the same cells, everything else byte for byte as it came.

Only the cells of the mapping are written, in the XML of their sheet (XLSX, ODS) or in the text (CSV, TSV); styles,
formulas, other sheets, lists of allowed words, images and names are copied unread. Nothing written is ever a formula, and no formula is ever written over.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from terreau.kernel.errors import TerreauError
from terreau.kernel.text import normal
from terreau.referentials.edition import Words
from terreau.referentials.grids.grid import Cell, Grid
from terreau.referentials.grids.packing import repacked
from terreau.referentials.grids.refusing import refusal
from terreau.referentials.grids.text_writing import text_rewritten
from terreau.referentials.grids.vocabulary import ANSWER, COMMENT, EARNED, FACETS, NAMES, PROOFS, TICKS, VERDICT
from terreau.tables.archive import BROKEN
from terreau.tables.export import neutral

FILLABLE = ("xlsx", "ods", "text")
MOST_LETTERS = 32_000
Value = str | Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class GridAnswer:
    """What to write for one criterion. ``verdicts``: facet -> verdict key; ``texts``: facet -> words.

    applicable False with its ``reason``; ``proofs``: titles of evidence; ``earned``: points, None when open
    """

    verdicts: dict[str, str] = field(default_factory=dict, hash=False)
    texts: dict[str, str] = field(default_factory=dict, hash=False)
    text: str = ""
    comment: str = ""
    applicable: bool = True
    reason: str = ""
    proofs: tuple[str, ...] = ()
    earned: Fraction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What could not be written, and why: "no_word", "differ", "no_cell", "free_only", "signs"."""

    criterion: str
    role: str
    reason: str

    @property
    def what(self) -> Words:
        """What was to be written: "Verdict", "Réponse"; empty for a whole criterion."""
        told = NAMES.get(self.role, Words(fr="", en=""))
        return Words(fr=told.fr.partition(",")[0], en=told.en.partition(",")[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What was done: how many cells were written, what was left; ``emptied``: formulas to work out again ("Grille C15")."""

    cells: int
    left: tuple[Left, ...]
    emptied: tuple[str, ...] = ()


def fill(workbook: Path, grid: Grid, answers: Mapping[str, GridAnswer], target: Path) -> Filled:
    """Write ``target``, the received ``workbook`` with ``answers`` (by short criterion key) in their cells.

    The same answers give the same bytes. TerreauError referentials.grid_not_filled when it cannot be done safely.
    """
    if grid.kind not in FILLABLE:
        raise refusal(grid.workbook, "kind")
    if hashlib.sha256(workbook.read_bytes()).hexdigest() != grid.sha256:
        raise refusal(grid.workbook, "changed")
    values, left = values_of(grid, answers)
    by_sheet: dict[str, dict[str, Value]] = {}
    for (sheet, ref), value in values.items():
        by_sheet.setdefault(sheet, {})[ref] = value
    emptied: tuple[str, ...] = ()
    try:
        if grid.kind == "text":
            left += _poorer(workbook, grid, values, target)
        else:
            emptied = repacked(workbook, grid, by_sheet, target)
    except (TerreauError, OSError):  # a full disk is not a damaged workbook
        target.unlink(missing_ok=True)
        raise
    except (*BROKEN, ValueError) as error:
        target.unlink(missing_ok=True)
        raise refusal(grid.workbook, "damaged") from error
    return Filled(cells=len(values), left=left, emptied=emptied)


def values_of(grid: Grid, answers: Mapping[str, GridAnswer]) -> tuple[dict[tuple[str, str], Value], tuple[Left, ...]]:
    """(sheet, cell) -> what is written there, and what cannot be; a cell several criteria share gets all their texts."""
    values: dict[tuple[str, str], Value] = {}
    left: list[Left] = []
    shared = _shared(grid)
    for key, answer in answers.items():
        cells = grid.cells.get(key)
        if cells is None:
            left.append(Left(criterion=key, role="", reason="no_cell"))
            continue
        for role, value in _told(grid, key, answer, cells, left).items():
            place = (cells[role].sheet, cells[role].ref)
            if place in shared and isinstance(value, str) and not cells[role].allowed:
                value = f"{key} : {value}"
            held = values.get(place)
            if held is None or held == value:
                values[place] = value
            elif isinstance(held, str) and isinstance(value, str) and not cells[role].allowed:
                values[place] = f"{held}\n{value}"
            else:
                left.append(Left(criterion=key, role=role, reason="differ"))
    return {place: _safe(value) for place, value in values.items()}, tuple(left)


def _shared(grid: Grid) -> set[tuple[str, str]]:
    seen: set[tuple[str, str]] = set()
    return {
        place
        for cells in grid.cells.values()
        for cell in cells.values()
        if (place := (cell.sheet, cell.ref)) in seen or seen.add(place)  # type: ignore[func-returns-value]
    }


def _told(grid: Grid, key: str, answer: GridAnswer, cells: Mapping[str, Cell], left: list[Left]) -> dict[str, Value]:
    """Role -> value, for the cells this criterion has."""
    made: dict[str, Value] = {}
    texts: list[str] = []
    _verdicts(grid, key, answer, cells, left, made, texts)
    comment = [answer.comment] if answer.comment else []
    if not answer.applicable:
        said = f"{grid.not_applicable or 'Non applicable'} : {answer.reason}".rstrip(" :")
        comment.insert(0, said)
    texts.append(answer.text)
    if PROOFS in cells and answer.proofs:
        made[PROOFS] = "\n".join(answer.proofs)
    body = "\n".join(text for text in texts if text)
    for role, told in ((ANSWER, body), (COMMENT, "\n".join(comment))):
        if role in cells and told and not cells[role].allowed:
            made[role] = told
        elif told:
            other = COMMENT if role == ANSWER else ANSWER
            if other in cells and not cells[other].allowed:
                comment = [told, *comment] if role == ANSWER else comment
                made[other] = "\n".join(str(part) for part in (made.get(other), told) if part)
            elif told:
                left.append(Left(criterion=key, role=role, reason="no_cell" if role not in cells else "free_only"))
    if EARNED in cells and answer.earned is not None:
        made[EARNED] = answer.earned
    return made


def _verdicts(grid: Grid, key: str, answer: GridAnswer, cells: Mapping[str, Cell], left: list[Left],
              made: dict[str, Value], texts: list[str]) -> None:  # fmt: skip
    """The verdict cell, then one cell a facet; what has no cell of its own goes to the answer."""
    _spoken(grid, key, answer, cells, left, texts)
    if VERDICT in cells:
        told = set(answer.verdicts.values())
        if not answer.applicable:
            _word(key, VERDICT, grid.not_applicable, cells, left, made)
        elif len(told) == 1:
            _word(key, VERDICT, grid.words.get(next(iter(told)), ""), cells, left, made)
        elif told:
            left.append(Left(criterion=key, role=VERDICT, reason="differ"))
    _ticks(key, answer, cells, left, made)
    for facet in ("verdict", *FACETS):
        words = answer.texts.get(facet, "")
        verdict = grid.words.get(answer.verdicts.get(facet, ""), "")
        if facet not in cells or facet == VERDICT:  # the verdict cell holds its word, told above
            texts.append(words)
        elif cells[facet].allowed:
            word = verdict if answer.applicable else grid.not_applicable
            if word or words:
                _word(key, facet, word, cells, left, made)
            texts.append(words)
        elif not answer.applicable:
            texts.append(words)
        elif verdict or words:
            made[facet] = f"{verdict} : {words}" if verdict and words and VERDICT not in cells else words or verdict


def _spoken(
    grid: Grid, key: str, answer: GridAnswer, cells: Mapping[str, Cell], left: list[Left], texts: list[str]
) -> None:
    """The verdict that no cell, box or points can say: the first line of a free answer, or else left."""
    said = VERDICT in cells or any(box in cells for box in TICKS) or (EARNED in cells and answer.earned is not None)
    told = [verdict for facet, verdict in answer.verdicts.items() if facet not in cells]
    if said or not told or not answer.applicable:
        return
    word = grid.words.get(told[0], "") if len(set(told)) == 1 else ""
    if ANSWER not in cells or cells[ANSWER].allowed or any(facet in cells for facet in FACETS):
        left.append(Left(criterion=key, role=VERDICT, reason="no_cell"))
    elif word:
        texts.append(word)
    else:
        left.append(Left(criterion=key, role=VERDICT, reason="differ"))


def _ticks(key: str, answer: GridAnswer, cells: Mapping[str, Cell], left: list[Left], made: dict[str, Value]) -> None:
    """A cross in the box of the verdict, when the grid has one column a verdict."""
    boxes = {step: role for role, step in TICKS.items() if role in cells}
    told = set(answer.verdicts.values()) if answer.applicable else {"away"}
    if not boxes or not told:
        return
    box = boxes.get(next(iter(told))) if len(told) == 1 else None
    if box is None:
        left.append(Left(criterion=key, role=VERDICT, reason="no_word" if len(told) == 1 else "differ"))
    else:
        made[box] = "X"


def _word(key: str, role: str, word: str, cells: Mapping[str, Cell], left: list[Left], made: dict[str, Value]) -> None:
    """A word the cell allows, spelt as it spells it; a figure stays one."""
    allowed = cells[role].allowed
    found = next((one for one in allowed if normal(one) == normal(word)), "") if allowed else word
    if not found:
        left.append(Left(criterion=key, role=role, reason="no_word"))
        return
    made[role] = (
        Fraction(found.replace(",", "."))
        if allowed and found.replace(",", ".").replace(".", "", 1).isdecimal()
        else found
    )


def _safe(value: Value) -> Value:
    if not isinstance(value, str):
        return value
    shown = "".join(sign for sign in value if sign in "\n\t" or sign.isprintable() or sign in "\u00a0\u202f")
    shown = shown.strip()[:MOST_LETTERS]
    return f"–{shown[1:]}" if shown.startswith("- ") else neutral(shown)  # a list of dashes is no formula


def _poorer(workbook: Path, grid: Grid, values: Mapping[tuple[str, str], Value], target: Path) -> tuple[Left, ...]:
    """A text file filled; the cells where its encoding lacks a sign that was to be written."""
    held = {ref: value for (_sheet, ref), value in values.items()}
    made, lost = text_rewritten(workbook.read_bytes(), held, grid.workbook)
    target.write_bytes(made)
    owners = {cell.ref: (key, role) for key, cells in grid.cells.items() for role, cell in cells.items()}
    return tuple(Left(criterion=owners[ref][0], role=owners[ref][1], reason="signs") for ref in lost)
