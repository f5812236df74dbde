"""A first reading of a received grid (proposition): headings, numbers, banners and allowed words are recognised.

Only a proposal: a person looks at it, corrects it, accepts it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath

from terreau.kernel.errors import TerreauError
from terreau.kernel.text import normal
from terreau.referentials.grids.book import Book, Sheet
from terreau.referentials.grids.mapping import BANNER, COLUMN, SHEET, GridLevel, Mapping, SheetMapping
from terreau.referentials.grids.numbering import depth_of, number_of, split_number
from terreau.referentials.grids.vocabulary import (
    COMMENT,
    EARNED,
    EXPECTED,
    EXPECTS,
    FACETS,
    LEVEL,
    NUMBER,
    POINTS,
    PROOFS,
    QUESTION,
    RUBRIC,
    THEME,
    TICKS,
    VERDICT,
    WHY,
    decimal,
    role_of,
    shares_of,
)

LOOKED_AT, HEADER_WITHIN = 400, 40
SHORT = 30  # a heading may ask "Conforme ?"; a question is longer
MOST_LEVELS, MOST_WORDS = 8, 20


def propose(book: Book) -> Mapping:
    """How ``book`` seems to be laid out; TerreauError referentials.grid_nothing when no sheet asks anything."""
    read = [(sheet, made) for sheet in book.sheets if not sheet.hollow and (made := _sheet(sheet))]
    headed = [pair for pair in read if pair[1].headings]
    kept = headed or read  # a sheet without headings is a cover or a note when others have some
    if not kept:
        raise TerreauError("referentials.grid_nothing", name=book.name)
    sheets = tuple(made for _, made in kept)
    return Mapping(
        title=_title(book, kept[0][0], kept[0][1]),
        version="1",
        themes=_themes(sheets),
        depth=_depth(kept),
        sheets=sheets,
        words=_words(kept),
        levels=_levels(kept),
    )


@dataclass(frozen=True, kw_only=True)
class _Column:
    """What one column holds under its heading."""

    place: int
    texts: tuple[str, ...]
    lines: int
    listed: bool
    formulas: int

    @cached_property
    def filled(self) -> float:
        return len(self.texts) / self.lines if self.lines else 0.0

    @cached_property
    def length(self) -> float:
        """Mean length of its distinct texts: questions are long and seldom twice the same."""
        distinct = set(self.texts)
        return sum(map(len, distinct)) / len(distinct) if distinct else 0.0

    def share(self, is_so: object) -> float:
        """The part of its texts for which ``is_so`` holds."""
        assert callable(is_so)
        return sum(bool(is_so(text)) for text in self.texts) / len(self.texts) if self.texts else 0.0


def _sheet(sheet: Sheet) -> SheetMapping | None:
    lines = _header(sheet)
    first = lines[-1] + 1 if lines else 0
    columns = _columns(sheet, first)
    headings = tuple(_heading(sheet, lines, place) for place in range(len(columns))) if lines else ()
    roles = _roles(sheet, lines, columns)
    if QUESTION not in roles or not columns[roles[QUESTION]].texts:
        return None
    return SheetMapping(sheet=sheet.name, first=first, columns=roles, headings=headings)


def _header(sheet: Sheet) -> list[int]:
    """The lines of headings: the one with most known headings, and its neighbour when it has some too."""
    told = {row: _known(sheet, row) for row in range(min(len(sheet.rows), HEADER_WITHIN))}
    best = max(told, key=lambda row: (len(told[row]), -row), default=0)
    if len(told.get(best, ())) < 2:
        return []
    if best > 0 and len(told[best - 1]) >= 2 and _completes(sheet, best - 1, best):
        return [best - 1, best]
    under = best + 1 < len(sheet.rows) and _completes(sheet, best, best + 1)
    return [best, best + 1] if under and (len(told.get(best + 1, ())) >= 2 or _hangs(sheet, best)) else [best]


def _completes(sheet: Sheet, upper: int, lower: int) -> bool:
    """True when the lower line names columns that the upper one leaves without a heading of their own."""
    return any(text and not sheet.cell(upper, place) for place, text in enumerate(sheet.rows[lower]))


def _known(sheet: Sheet, row: int) -> set[str]:
    """The roles a line suggests; none when it looks like a line of the grid (a number, a question mark, a sentence)."""
    texts = [text for text in sheet.rows[row] if text]
    if len(texts) < 2 or any(
        (text.rstrip().endswith("?") and len(text) > SHORT) or len(text) > 120 or _figures(text) for text in texts
    ):
        return set()
    return {role for text in texts if (role := role_of(text))}


def _figures(text: str) -> bool:
    return any(sign.isdigit() for sign in text) and bool(number_of(text) or decimal(text))


def _hangs(sheet: Sheet, row: int) -> bool:
    """True when a heading of this line goes down over the next one too."""
    return any(area[0] == row and area[2] == row + 1 and sheet.cell(area[0], area[1]) for area in sheet.anatomy.merges)


def _heading(sheet: Sheet, lines: list[int], place: int) -> str:
    return " – ".join(dict.fromkeys(text for line in lines if (text := sheet.spread(line, place))))[:160]


def _columns(sheet: Sheet, first: int) -> list[_Column]:
    last = min(len(sheet.rows), first + LOOKED_AT)
    lines = sum(any(sheet.rows[row]) for row in range(first, last))
    made = []
    for place in range(max(sheet.width, _reach(sheet))):
        texts = tuple(text for row in range(first, last) if (text := sheet.cell(row, place)))
        formulas = sum((row, place) in sheet.anatomy.formulas for row in range(first, last))
        listed = any(sheet.anatomy.words_of(row, place) for row in range(first, min(last, first + 60)))
        made.append(_Column(place=place, texts=texts, lines=lines, listed=listed, formulas=formulas))
    return made


def _reach(sheet: Sheet) -> int:
    """One past the last column where words are allowed: empty answer columns may have no text at all."""
    return max((area[3] + 1 for held in sheet.anatomy.allowed for area in held.areas if area[3] < 200), default=0)


def _roles(sheet: Sheet, lines: list[int], columns: list[_Column]) -> dict[str, int]:
    """Role -> column, from the headings first, then from what the columns hold."""
    roles: dict[str, int] = {}
    remarks: list[int] = []
    for column in columns:
        role = _headed(sheet, lines, column) if lines else ""
        remarks += [column.place] if role == COMMENT else []
        if role == QUESTION and NUMBER not in roles and column.share(number_of) > 0.6 and column.length < 12:
            role = NUMBER
        if role in (QUESTION, NUMBER, THEME) and role in roles:
            role = _settled(role, roles, columns, column)
        if role and role not in roles:
            roles[role] = column.place
    marks = [place for place in remarks if normal(sheet.spread(lines[-1], place)) == "note"]
    if len(remarks) > 1 and marks and POINTS in roles and EARNED not in roles:  # beside remarks, a « note » is a mark
        roles[EARNED] = marks[0]
        roles[COMMENT] = next(place for place in remarks if place != marks[0])
    ticks = [role for role in roles if role in TICKS]
    if len(ticks) == 1:  # one box alone is where the verdict is written
        roles.setdefault(VERDICT, roles.pop(ticks[0]))
    return _completed(roles, columns)


def _settled(role: str, roles: dict[str, int], columns: list[_Column], column: _Column) -> str:
    """Two columns under one role: the question is the longer text, a second theme is a rubric."""
    if role == THEME:
        return RUBRIC
    if role == QUESTION and column.length > columns[roles[QUESTION]].length:
        roles.setdefault(WHY if columns[roles[QUESTION]].length > 60 else RUBRIC, roles[QUESTION])
        roles[QUESTION] = column.place
        return ""
    return WHY if role == QUESTION else ""


def _headed(sheet: Sheet, lines: list[int], column: _Column) -> str:
    """The role of a heading, its own line first, then the ones above; empty columns are there to be filled."""
    own, whole = sheet.spread(lines[-1], column.place), _heading(sheet, lines, column.place)
    role = role_of(own) or role_of(whole)
    above = role_of(sheet.spread(lines[0], column.place)) if len(lines) > 1 else ""
    empty = column.filled < 0.15
    if role in FACETS and (
        above == EXPECTED or role_of(re.sub(r"(?i)documents?|moyens|r[ée]sultats", "", own)) == EXPECTED or not empty
    ):
        return next(name for name, facet in EXPECTS.items() if facet == role)
    if role == EXPECTED and empty:
        return PROOFS
    if role == POINTS and (column.formulas and column.formulas >= 0.8 * len(column.texts) or (empty and above)):
        return EARNED
    return role


def _completed(roles: dict[str, int], columns: list[_Column]) -> dict[str, int]:
    """What no heading said: the long texts are the questions, the numbers their numbers, the listed words verdicts."""
    taken = set(roles.values())
    free = [column for column in columns if column.place not in taken and column.texts]
    if QUESTION not in roles:
        loose = [columns[roles[role]] for role in (THEME, RUBRIC, WHY) if role in roles]
        longest = max([*free, *loose], key=lambda column: column.length * min(column.filled, 0.5), default=None)
        if longest is not None and longest.length >= 12:
            roles = {role: place for role, place in roles.items() if place != longest.place} | {QUESTION: longest.place}
    if NUMBER not in roles:
        numbered = [c for c in free if c.place != roles.get(QUESTION) and c.length < 12 and c.share(number_of) > 0.6
                    and c.share(decimal) < 1 and c.place < roles.get(QUESTION, 0)]  # fmt: skip
        if numbered:
            roles[NUMBER] = numbered[0].place
    if VERDICT not in roles:
        listed = [c for c in columns if c.listed and c.place not in roles.values()]
        if listed:
            roles[VERDICT] = listed[0].place
    return dict(sorted(roles.items(), key=lambda pair: pair[1]))


def _themes(sheets: tuple[SheetMapping, ...]) -> str:
    if all(THEME in sheet.columns for sheet in sheets):
        return COLUMN
    return SHEET if len(sheets) > 1 else BANNER


def _depth(kept: list[tuple[Sheet, SheetMapping]]) -> int:
    """The depth most numbers have, the deeper when two are as frequent."""
    depths: Counter[int] = Counter()
    for sheet, made in kept:
        place = made.columns.get(NUMBER)
        for row in range(made.first, min(len(sheet.rows), made.first + LOOKED_AT)):
            text = sheet.cell(row, made.columns[QUESTION] if place is None else place)
            number = number_of(text) if place is not None else split_number(text)[0]
            depths[depth_of(number)] += 1
    del depths[0]
    return max(depths, key=lambda depth: (depths[depth], depth), default=0)


def _words(kept: list[tuple[Sheet, SheetMapping]]) -> dict[str, str]:
    found: dict[str, None] = {}
    for sheet, made in kept:
        for role in (VERDICT, *FACETS):
            if role in made.columns:
                for row in range(made.first, min(len(sheet.rows), made.first + LOOKED_AT)):
                    found |= dict.fromkeys(sheet.anatomy.words_of(row, made.columns[role]))
    return shares_of(tuple(found)[:MOST_WORDS])


def _levels(kept: list[tuple[Sheet, SheetMapping]]) -> tuple[GridLevel, ...]:
    """The values of the level column, when they are few; those with figures in the order of the figures."""
    found: dict[str, None] = {}
    for sheet, made in kept:
        if LEVEL in made.columns:
            found |= dict.fromkeys(
                text for row in range(made.first, len(sheet.rows)) if (text := sheet.cell(row, made.columns[LEVEL]))
            )
    titles = [text for text in found if len(text) <= 60]
    if not titles or len(titles) > MOST_LEVELS:
        return ()
    figures = {title: re.search(r"\d+", title) for title in titles}
    if all(figures.values()):
        titles.sort(key=lambda title: int(figures[title][0]))  # type: ignore[index]
    return tuple(GridLevel(title=title) for title in titles)


def _title(book: Book, sheet: Sheet, made: SheetMapping) -> str:
    """The first line above the headings that says something, or the name of the file."""
    for row in range(max(0, made.first - 1)):
        texts = [text for text in sheet.rows[row] if text]
        if len(texts) == 1 and 8 <= len(texts[0]) <= 120:
            return " ".join(texts[0].split())
    return PurePath(book.name).stem.replace("_", " ").replace("-", " ").strip()[:120] or book.name
