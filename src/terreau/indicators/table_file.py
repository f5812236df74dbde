"""A small table a person filled (fichier rempli): its sheets as rows of text by field, every line accounted for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from terreau.indicators.headings import Headings, Understood
from terreau.indicators.remarks import Remark, remark
from terreau.kernel.errors import TerreauError
from terreau.kernel.text import visible
from terreau.tables.engine import engine
from terreau.tables.findings import Finding
from terreau.tables.limits import UPLOAD, Limits
from terreau.tables.reading import RawSheet, ReadingChoices, read_sheets
from terreau.tables.set_aside import SetAside
from terreau.tables.shown import Shown, shown

MOST_LINES = 100_000
"""Lines of a file of values or of attendances: two hundred indicators every week for nine years."""
LOST = {"tables.formula_never_calculated": "formula_uncalculated", "tables.long_number": "long_number_rounded"}
"""What a workbook may have lost of a cell -> our code for its line."""
OUTCOMES = ("accepted", "doubtful", "rejected")


@dataclass(frozen=True, slots=True)
class Row:
    """One data line: its sheet and physical line, its cells by field, blank ones left out.

    lost: field -> code of a cell that its file does not hold as it was written
    under: the heading of its value, when each column is a day or a period
    shares: fields whose number a workbook shows as a percentage (0.12 as 12 %)
    """

    sheet: str
    line: int
    cells: dict[str, str]
    lost: Mapping[str, str]
    under: str = ""
    shares: frozenset[str] = frozenset()

    def get(self, field: str) -> str:
        """The cell of a field, '' when it is blank."""
        return self.cells.get(field, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet: its rows and what was understood of it. usual: the decimal mark expected; workbook: cells are native.

    missing: the fields it cannot do without and lacks; its rows are then rejected together.
    """

    name: str
    headers: tuple[str, ...]
    understood: Understood
    rows: tuple[Row, ...]
    set_aside: tuple[SetAside, ...]
    findings: tuple[Finding, ...]
    usual: str
    workbook: bool
    missing: tuple[str, ...]

    def heading(self, field: str) -> str:
        """The heading under which a field stands in this sheet."""
        return next((self.headers[place] for place, name in self.understood.fields.items() if name == field), field)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Lines of a file, each counted once, or once for each value when its columns are days or periods.

    set_aside: titles, blanks, totals and repeated headings
    """

    lines: int
    accepted: int
    doubtful: int
    rejected: int
    set_aside: int


def sheets_of(path: Path, *, name: str, headings: Headings, needed: Sequence[str], instead: Mapping[str, Sequence[str]] | None = None,
              is_period: Callable[[str], bool] = lambda heading: False, choices: ReadingChoices | None = None,
              limits: Limits = UPLOAD, as_shown: bool = False) -> tuple[Sheet, ...]:  # fmt: skip
    """The sheets of a CSV or a workbook; ``instead``: needed field -> those that may stand for it.

    is_period: says that a heading is a day or a period: a line then gives a row for each of these cells that is filled
    as_shown: keep what a workbook shows of its numbers: errors as texts, percentages in ``Row.shares``
    TerreauError indicators.columns_missing when none has what is needed.
    """
    others = instead or {}
    with engine() as con:
        raw = read_sheets(con, path, name=name, known_header=headings.knows, choices=choices, limits=limits)
        seen = shown(path, name=name, limits=limits) if as_shown and any(one.sheet for one in raw) else {}
        found = []
        for one in raw:
            (count,) = con.execute(f"SELECT count(*) FROM {one.relation}").fetchone() or (0,)
            if count > MOST_LINES:
                raise TerreauError("tables.too_many_lines", name=one.name, lines=count, limit=MOST_LINES)
            understood = headings.understand(one.headers, is_period)
            lost, cells = _lost(one), seen.get(one.sheet, Shown())
            columns = [f"c{place}" for place in (*understood.fields, *understood.periods)]
            asked = ", ".join(["line", *columns])
            rows = con.execute(f"SELECT {asked} FROM {one.relation} ORDER BY line").fetchall()
            found.append(Sheet(
                name=one.sheet, headers=one.headers, understood=understood, set_aside=one.set_aside,
                rows=tuple(made for row in rows for made in _rows(one.sheet, row, understood, lost, cells)),
                findings=(*one.findings, *_strangers(understood, headings, one.header_line)), usual=one.decimal,
                workbook=bool(one.sheet), missing=_missing(understood, needed, others),
            ))  # fmt: skip
    if not found:
        raise TerreauError("tables.empty_file", name=name)
    if all(one.missing for one in found):
        best = min(found, key=lambda one: len(one.missing))
        raise TerreauError("indicators.columns_missing", name=name, **_labels(best.missing, headings))
    return tuple(found)


def rejected_sheet(sheet: Sheet, headings: Headings) -> Remark:
    """Why every line of a sheet is left out: the columns it lacks."""
    labels = [headings.label(name) for name in sheet.missing]
    return remark("sheet_not_understood", sheet=sheet.name, columns=tuple(_Both(one.fr, one.en) for one in labels))


def counts(outcomes: Sequence[str], sheets: Sequence[Sheet]) -> Counts:
    """Every line counted by what became of it."""
    told = {name: outcomes.count(name) for name in OUTCOMES}
    aside = sum(one.lines for sheet in sheets for one in sheet.set_aside)
    return Counts(lines=len(outcomes), set_aside=aside, **told)


@dataclass(frozen=True, slots=True)
class _Both:
    fr: str
    en: str

    def in_(self, language: str) -> str:
        """The words in ``language``."""
        return self.en if language == "en" else self.fr


def _labels(names: Sequence[str], headings: Headings) -> dict[str, str]:
    columns = [headings.label(name) for name in names]
    return {"columns_fr": ", ".join(one.fr for one in columns), "columns_en": ", ".join(one.en for one in columns)}


def _missing(understood: Understood, needed: Sequence[str], others: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The fields of ``needed`` that neither a column holds nor another one stands for."""
    held = {*understood.fields.values(), *(("date",) if understood.periods else ())}
    return tuple(name for name in needed if name not in held and not held & set(others.get(name, ())))


def _lost(raw: RawSheet) -> dict[int, dict[int, str]]:
    """By line and column, the cells that their file does not hold as they were written."""
    found: dict[int, dict[int, str]] = {}
    for one in raw.unread:
        if one.code in LOST:
            found.setdefault(one.line, {})[one.column] = LOST[one.code]
    return found


def _rows(
    sheet: str, told: Sequence[object], understood: Understood, lost: Mapping[int, Mapping[int, str]], cells: Shown
) -> Iterator[Row]:
    """The row of a line, or one for each of its periods that is filled; a line without any still gives one."""
    line, places = int(str(told[0])), (*understood.fields, *understood.periods)
    gone = lost.get(line, {})
    texts = {
        place: cells.errors.get((line, place)) or ("" if cell is None else visible(str(cell)).strip())
        for place, cell in zip(places, told[1:], strict=True)
    }
    held = {field: texts[place] for place, field in understood.fields.items() if texts[place]}
    missed = {field: gone[place] for place, field in understood.fields.items() if place in gone}
    shares = frozenset(field for place, field in understood.fields.items() if (line, place) in cells.percents)
    filled = {place: heading for place, heading in understood.periods.items() if texts[place] or place in gone}
    if not filled:
        yield Row(sheet, line, held, missed, shares=shares)
    for place, heading in filled.items():
        value = {"value": texts[place]} if texts[place] else {}
        yield Row(
            sheet,
            line,
            {**held, "date": heading, **value},
            {**missed, **({"value": gone[place]} if place in gone else {})},
            heading,
            shares | ({"value"} if (line, place) in cells.percents else set()),
        )


def _strangers(understood: Understood, headings: Headings, line: int) -> Iterator[Remark]:
    """The headings nobody knows, each told once with the ones that are expected."""
    expected = tuple(_Both(one.column.fr, one.column.en) for one in headings.known)
    for heading in understood.unknown:
        yield remark("heading_unknown", line=line, column=heading, heading=heading[:80], expected=expected)
