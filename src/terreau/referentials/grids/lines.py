"""Each line of a mapped sheet told apart: criterion, banner of a theme or of a rubric, blank, set aside with a reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from terreau.kernel.text import normal
from terreau.referentials.grids.book import Sheet
from terreau.referentials.grids.grid import ASIDE, BLANK, CRITERION, HEADING, RUBRIC_LINE, THEME_LINE
from terreau.referentials.grids.mapping import COLUMN, SHEET, Mapping, SheetMapping
from terreau.referentials.grids.numbering import depth_of, names_a_part, number_of, split_number
from terreau.referentials.grids.vocabulary import LEVEL, NUMBER, POINTS, QUESTION, READ, RUBRIC, THEME, decimal

_TOTAL = re.compile(
    r"(sous-? ?totaux?|totaux?|total|sub-?totals?|score|moyenne|average|resultat (global|final)|somme|bilan)\b.*"
)
_GATHERED = re.compile(
    r"(total|score|moyenne|somme|average) (general|global|du|de la|des|of|pour|max|obtenu).*|total|totaux"
)

_REMARK = re.compile(
    r"(notes?|nota( bene)?|n\.? ?b\.?|remarques?|remarks?|attention|rappel|reminder|legende|legend|exemples?|examples?|"
    r"aide|consignes?|instructions?|mode d'emploi|important|sources?) ?:.*"
)


def is_remark(text: str) -> bool:
    """True when a text standing alone says it is a note ("Note : …", "NB : …"), not the title of what follows."""
    return bool(_REMARK.fullmatch(normal(text)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One line: its place from 0, its fate, the number and words it gives; ``typed``: its number was typed as a figure."""

    row: int
    fate: str
    number: str = ""
    text: str = ""
    reason: str = ""
    typed: bool = False
    day: bool = False


@dataclass(kw_only=True)
class Sorter:
    """Reads one sheet top to bottom and remembers what the banners above looked like."""

    sheet: Sheet
    mapped: SheetMapping
    mapping: Mapping
    looks: dict[str, str] = field(default_factory=dict)
    open_theme: bool = False
    since: int = 0
    """Criteria met since the last banner."""

    def lines(self) -> Iterator[Told]:
        """Every line of the sheet, in order."""
        for row in range(len(self.sheet.rows)):
            if row < self.mapped.first:
                yield self._above(row)
            else:
                told = self._below(row)
                self.since = self.since + 1 if told.fate == CRITERION else self.since
                if told.fate in (THEME_LINE, RUBRIC_LINE):
                    self.since, self.open_theme = 0, self.open_theme or told.fate == THEME_LINE
                yield told

    def _above(self, row: int) -> Told:
        texts = [text for text in self.sheet.rows[row] if text]
        if not texts:
            return Told(row=row, fate=BLANK)
        headed = bool(self.mapped.headings) and row >= self.mapped.first - 2 and len(texts) > 1
        return Told(row=row, fate=HEADING if headed else ASIDE, text=texts[0], reason="" if headed else "before")

    def _below(self, row: int) -> Told:
        texts = [text for text in self.sheet.rows[row] if text]
        if not texts:
            return Told(row=row, fate=BLANK)
        if _TOTAL.fullmatch(normal(texts[0])) and (self._sums(row) or _GATHERED.fullmatch(normal(texts[0]))):
            return Told(row=row, fate=ASIDE, text=texts[0], reason="total")
        if len(texts) == 1 and is_remark(texts[0]):
            return Told(row=row, fate=ASIDE, text=texts[0], reason="remark")
        place = self.mapped.columns.get(NUMBER)
        question = self._own(row, QUESTION)
        if place is None:
            return self._unnumbered_column(row, question, texts)
        raw = self.sheet.cell(row, place)
        if raw and not question:
            return self._banner_or_aside(row, raw, texts)
        if not raw:
            return self._without_number(row, question, texts)
        number = number_of(raw) or raw
        typed = (row, place) in self.sheet.numbers
        depth = depth_of(number_of(raw))
        shallow = self.mapping.depth > 1 and 0 < depth < self.mapping.depth
        if shallow and (not self._weighed(row) or self._heads(row, place, number)):
            return self._banner(row, number, question, depth)
        return Told(row=row, fate=CRITERION, number=number, text=question, typed=typed,
                    day=(row, place) in self.sheet.days)  # fmt: skip

    def _unnumbered_column(self, row: int, question: str, texts: list[str]) -> Told:
        """Numbers, if any, stand at the start of the questions."""
        if not question:
            return self._banner_or_aside(row, texts[0], texts)
        number, words = split_number(question)
        depth = depth_of(number)
        if names_a_part(question) and number and not self._weighed(row):
            return self._banner(row, number, words, depth)
        if self.mapping.depth > 1 and 0 < depth < self.mapping.depth and not self._weighed(row):
            return self._banner(row, number, words, depth)
        lonely = self._lonely(row, texts)
        if lonely and not number and not question.rstrip().endswith("?") and (self.mapping.depth or self._wide(row)):
            return self._banner(row, "", question, 0)
        if lonely and number and number[0].isalpha() and depth == 1 and not question.rstrip().endswith("?"):
            return self._banner(row, number, words, 0)
        return Told(row=row, fate=CRITERION, number=number, text=words if number else question)

    def _without_number(self, row: int, question: str, texts: list[str]) -> Told:
        """No number though there is a column of numbers: a banner, a criterion all the same, or a note."""
        if not question:
            return self._banner_or_aside(row, texts[0], texts)
        if self._weighed(row) or question.rstrip().endswith("?"):
            number, words = split_number(question)
            return Told(row=row, fate=CRITERION, number=number, text=words if number else question)
        if self._lonely(row, texts):
            number, words = split_number(question)
            if number or self._wide(row) or self._look(row) in self.looks:
                return self._banner(row, number, words, depth_of(number))
            return (
                Told(row=row, fate=ASIDE, text=question, reason="note")
                if self.since
                else self._banner(row, "", question, 0)
            )
        return Told(row=row, fate=CRITERION, text=question)

    def _banner_or_aside(self, row: int, text: str, texts: list[str]) -> Told:
        """A line without a question: a banner when its text is alone, else set aside."""
        number, words = split_number(text)
        if self._lonely(row, texts) and not self._weighed(row) and decimal(text) is None and len(text) <= 200:
            return self._banner(row, number, words if number else text, depth_of(number))
        return Told(row=row, fate=ASIDE, text=texts[0], reason="no_question")

    def _banner(self, row: int, number: str, words: str, depth: int) -> Told:
        """A theme or a rubric: by its depth, else by what looked the same above, else by what stands open."""
        look = self._look(row)
        named = names_a_part(next(text for text in self.sheet.rows[row] if text))
        if self.mapping.themes in (COLUMN, SHEET):
            fate = RUBRIC_LINE
        elif named:
            fate = RUBRIC_LINE if named == "rubric" else THEME_LINE
        elif depth:
            fate = THEME_LINE if depth == 1 or depth < self.mapping.depth - 1 else RUBRIC_LINE
        elif look in self.looks:
            fate = self.looks[look]
        else:
            fate = (
                RUBRIC_LINE if self.open_theme and (not self.since or THEME_LINE in self.looks.values()) else THEME_LINE
            )
        self.looks.setdefault(look, fate)
        return Told(row=row, fate=fate, number=number, text=words)

    def _heads(self, row: int, place: int, number: str) -> bool:
        """True when the next number goes on from this one: "1" then "1.1"; its points are then a total typed by hand."""
        below = (self.sheet.cell(later, place) for later in range(row + 1, min(row + 6, len(self.sheet.rows))))
        following = next((found for text in below if (found := number_of(text))), "")
        return following.startswith((f"{number}.", f"{number}-"))

    def _look(self, row: int) -> str:
        """What sets one kind of banner apart: style, capitals, first column."""
        place = next(place for place, text in enumerate(self.sheet.rows[row]) if text)
        text = self.sheet.rows[row][place]
        style = self.sheet.anatomy.styles.get((row, place), "")
        return f"{style}/{'capitals' if text.isupper() else ''}/{place}"

    def _own(self, row: int, role: str) -> str:
        place = self.mapped.columns.get(role)
        return "" if place is None else self.sheet.cell(row, place)

    def _lonely(self, row: int, texts: list[str]) -> bool:
        """True when one text only stands in the line, those of themes carried from above apart."""
        kept = {self._own(row, role) for role in (THEME, RUBRIC)} - {""}
        return len([text for text in texts if text not in kept] or texts[:1]) == 1 and not kept

    def _wide(self, row: int) -> bool:
        place = next(place for place, text in enumerate(self.sheet.rows[row]) if text)
        return self.sheet.anatomy.span(row, place) >= 3 or self.sheet.rows[row][place].isupper()

    def _weighed(self, row: int) -> bool:
        """True when the line carries what only criteria carry."""
        asked = [role for role in READ if role not in (THEME, RUBRIC, NUMBER, QUESTION)]
        return any(self._own(row, role) for role in asked if role in (POINTS, LEVEL)) and not self._sums(row)

    def _sums(self, row: int) -> bool:
        """True when the points of the line are worked out by a formula: a subtotal."""
        place = self.mapped.columns.get(POINTS)
        if place is None:
            return any((row, column) in self.sheet.anatomy.formulas for column in range(self.sheet.width))
        return (row, place) in self.sheet.anatomy.formulas
