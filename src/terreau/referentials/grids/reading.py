"""A received grid read as its mapping says: a private edition, the cells to fill, and the fate of every line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from terreau.kernel.errors import TerreauError
from terreau.kernel.text import normal
from terreau.referentials.grids.book import Book, Sheet, address
from terreau.referentials.grids.drafting import Draft, Question, document_of, words_of
from terreau.referentials.grids.examples import in_english, shown_words
from terreau.referentials.grids.grid import ASIDE, CRITERION, RUBRIC_LINE, THEME_LINE, Cell, Grid, Line, Remark
from terreau.referentials.grids.lines import Sorter, Told, is_remark
from terreau.referentials.grids.mapping import BANNER, COLUMN, SHEET, Mapping, SheetMapping, checked
from terreau.referentials.grids.vocabulary import (
    EXPECTED,
    EXPECTS,
    FILLED,
    LEVEL,
    POINTS,
    RUBRIC,
    THEME,
    WHY,
    decimal,
)

MOST_WORDS = 4_000
_SAFE = re.compile(r"[^A-Za-z0-9._-]+")


def read(book: Book, mapping: Mapping) -> Grid:
    """The grid; TerreauError referentials.grid_mapping, or grid_nothing when no criterion came out of it."""
    mapping = checked(mapping, book)
    reader = _Reader(book=book, mapping=mapping)
    for sheet in book.sheets:
        reader.take(sheet)
    if not reader.draft.criteria:
        raise TerreauError("referentials.grid_nothing", name=book.name)
    document = document_of(reader.draft, mapping)
    words, not_applicable = _spoken(book, mapping, document["scale"])
    return Grid(
        workbook=book.name, sha256=book.sha256, kind=book.kind, document=document,
        cells=reader.cells, words=words, not_applicable=not_applicable, lines=tuple(reader.lines),
        remarks=tuple(reader.remarks),
    )  # fmt: skip


def _spoken(book: Book, mapping: Mapping, scale: list[dict[str, Any]]) -> tuple[dict[str, str], str]:
    """Verdict key -> word, and the word for "not applicable": imposed ones, else shown ones, else ours in its language."""
    lang = "en" if in_english(book, mapping) else "fr"
    words = {one["key"]: one["label"] if isinstance(one["label"], str) else one["label"][lang] for one in scale}
    imposed, away = words_of(mapping)
    if not imposed:
        shown, shown_away = shown_words(book, mapping)
        words |= {key: word for key, word in shown.items() if key in words}
        away = away or shown_away
    usual = "Not applicable" if lang == "en" else "Non applicable"
    return words, away or ("" if imposed else usual)


@dataclass(kw_only=True)
class _Reader:
    """What was read so far."""

    book: Book
    mapping: Mapping
    draft: Draft = field(default_factory=Draft)
    cells: dict[str, dict[str, Cell]] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    used: dict[tuple[str, str], str] = field(default_factory=dict)
    last: str = ""

    def take(self, sheet: Sheet) -> None:
        """One sheet, mapped or not: nothing goes unsaid."""
        mapped = next((one for one in self.mapping.sheets if one.sheet == sheet.name), None)
        if mapped is None or sheet.hollow:
            reason = sheet.hollow or "not_mapped"
            self.lines.append(Line(sheet=sheet.name, line=0, fate=ASIDE, text=sheet.name, reason=reason))
            return
        sheet = carried(sheet, mapped)
        if self.mapping.themes == SHEET:
            self.draft.open_theme("", sheet.name)
        elif self.mapping.themes != BANNER or not self.draft.themes:
            self.draft.close()
        for told in Sorter(sheet=sheet, mapped=mapped, mapping=self.mapping).lines():
            key = self._one(sheet, mapped, told)
            self.lines.append(Line(sheet=sheet.name, line=told.row + 1, fate=told.fate, key=key, reason=told.reason,
                                   text=" ".join(told.text.split())[:160]))  # fmt: skip

    def _one(self, sheet: Sheet, mapped: SheetMapping, told: Told) -> str:
        if told.fate == THEME_LINE:
            self.draft.open_theme(told.number, told.text)
        elif told.fate == RUBRIC_LINE:
            self.draft.open_rubric(told.number, told.text, sheet.name)
        elif told.fate == CRITERION:
            return self._criterion(sheet, mapped, told)
        return ""

    def _criterion(self, sheet: Sheet, mapped: SheetMapping, told: Told) -> str:
        at = {role: sheet.cell(told.row, place) for role, place in mapped.columns.items()}
        if self.mapping.themes == COLUMN and (at.get(THEME) or self.draft.theme is None):
            self.draft.theme_called(at.get(THEME) or sheet.name)
        if at.get(RUBRIC):
            self.draft.rubric_called(at[RUBRIC], sheet.name)
        key, number = self._key(sheet, told)
        points = decimal(at[POINTS]) if at.get(POINTS) else None
        if at.get(POINTS) and points is None:
            self._say(sheet, told, "bad_points", text=at[POINTS][:40])
        level = self._level(sheet, told, at.get(LEVEL, ""))
        self.draft.add(Question(
            key=key, number=number, text=self._short(sheet, told, told.text), why=self._short(sheet, told, at.get(WHY, "")),
            expected=self._short(sheet, told, at.get(EXPECTED, "")), points=points, level=level,
            expects={facet: at.get(role, "")[:MOST_WORDS] for role, facet in EXPECTS.items() if role in at},
        ), sheet.name)  # fmt: skip
        self.cells[key] = self._cells(sheet, mapped, told, key)
        self.last = number
        return key

    def _key(self, sheet: Sheet, told: Told) -> tuple[str, str]:
        """A key of our own from the number, and the number to show; what the spreadsheet did to it is told."""
        number = told.number
        if told.day:
            number = ""
        elif told.typed and (restored := _restored(self.last, number)):
            self._say(sheet, told, "zero_restored", number=number, key=restored)
            number = restored
        key = _SAFE.sub("-", normal(number).upper()).strip("-._")[:60]
        if not key:
            key = f"L{told.row + 1}" if len(self.mapping.sheets) == 1 else f"L{len(self.lines) + 1}"
            self._say(sheet, told, "number_is_a_day" if told.day else "no_number", number=told.number, key=key)
        taken = {one.key for one in self.draft.criteria}
        if key in taken:
            fresh = next(f"{key}-{rank}" for rank in range(2, 3_000) if f"{key}-{rank}" not in taken)
            self._say(sheet, told, "duplicate_number", number=number or key, key=fresh)
            key = fresh
        return key, (number or key)[:60]

    def _level(self, sheet: Sheet, told: Told, text: str) -> str:
        if not text:
            return ""
        known = {normal(level.title): level.title for level in self.mapping.levels}
        if normal(text) not in known:
            self._say(sheet, told, "unknown_level", text=text[:60])
        return known.get(normal(text), "")

    def _cells(self, sheet: Sheet, mapped: SheetMapping, told: Told, key: str) -> dict[str, Cell]:
        """Where each thing is to be written; formulas are left to themselves."""
        made = {}
        for role in FILLED:
            if role not in mapped.columns:
                continue
            row, column = sheet.anatomy.anchor(told.row, mapped.columns[role])
            ref = address(row, column)
            if (row, column) in sheet.anatomy.formulas:
                self._say(sheet, told, "formula_cell", cell=ref)
                continue
            if self.used.setdefault((sheet.name, ref), key) != key:
                self._say(sheet, told, "shared_cell", cell=ref)
            made[role] = Cell(sheet=sheet.name, ref=ref, allowed=sheet.anatomy.words_of(row, column))
        return made

    def _short(self, sheet: Sheet, told: Told, text: str) -> str:
        if len(text) > MOST_WORDS:
            self._say(sheet, told, "cut_short", most=str(MOST_WORDS))
        return text[:MOST_WORDS]

    def _say(self, sheet: Sheet, told: Told, code: str, **facts: str) -> None:
        self.remarks.append(Remark(sheet=sheet.name, line=told.row + 1, code=code, facts=facts))


def carried(sheet: Sheet, mapped: SheetMapping) -> Sheet:
    """The sheet with its themes and rubrics written on every line: the text above stands until another one."""
    held: dict[str, str] = {}
    rows = []
    for r, row in enumerate(sheet.rows):
        texts = [text for text in row if text]
        if r >= mapped.first and texts and not (len(texts) == 1 and is_remark(texts[0])):
            new = list(row)
            for role in (THEME, RUBRIC):
                place = mapped.columns.get(role)
                if place is None or place >= len(new):
                    continue
                if new[place]:
                    held |= {role: new[place]} if role == RUBRIC else {THEME: new[place], RUBRIC: ""}
                elif len(texts) > 1:
                    new[place] = held.get(role, "")
            row = tuple(new)
        rows.append(row)
    return replace(sheet, rows=tuple(rows))


def _restored(last: str, number: str) -> str:
    """ "1.10" when "1.1" follows "1.9": a number typed as a figure loses its last zero; '' otherwise."""
    before, after = last.rpartition("."), number.rpartition(".")
    if before[0] and before[0] == after[0] and before[2].isdigit() and after[2].isdigit():
        tens = int(before[2]) + 1
        if tens % 10 == 0 and str(tens).rstrip("0") == after[2]:
            return f"{after[0]}.{tens}"
    return ""


def fates(grid: Grid) -> dict[str, int]:
    """How many lines had each fate."""
    made: dict[str, int] = {}
    for line in grid.lines:
        made[line.fate] = made.get(line.fate, 0) + 1
    return made


def edition_of(grid: Grid, *, key: str | None = None) -> Any:
    """The private edition of a grid just read, checked like any other."""
    from terreau.referentials.loading import edition_from

    return edition_from(grid.document, grid.workbook, key=key)
