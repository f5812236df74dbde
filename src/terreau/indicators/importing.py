"""Values brought in from a file (import): what each line was understood to say, and what is wrong with it, all at once.

Every line is accepted, doubtful (read, to be looked at) or rejected, with its reasons; nothing is stored here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from terreau.indicators.cells import Percentage, mark_of, number, percent_reading
from terreau.indicators.days import days, is_period
from terreau.indicators.definition import Indicator
from terreau.indicators.lines import Context, LineRead, Points, duplicates, kept_points, read_line
from terreau.indicators.naming import Names
from terreau.indicators.remarks import Remark, remark
from terreau.indicators.table_file import Counts, Row, Sheet, counts, rejected_sheet, sheets_of
from terreau.indicators.value_columns import NEEDED, NUMBERS, VALUES
from terreau.indicators.values import Value
from terreau.tables.findings import Finding
from terreau.tables.limits import UPLOAD, Limits
from terreau.tables.reading import ReadingChoices

PERCENT = "%"
_PLAIN = re.compile(r"-?\d+(?:\.\d+)?(?:e[-+]?\d{1,3})?")
"""A number as a workbook gives it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetReading:
    """What was understood of one sheet: its columns, its decimal mark and how it was known, its bare percentages.

    percentages: "percent" (45 for 45 %), "share" (0,45 for 45 %), "mixed", "undecided", '' when there is none
    """

    sheet: str
    columns: dict[str, str]
    decimal: str
    proven: bool
    percentages: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ValuesRead:
    """A file of values read: each line with what became of it, what was understood, what is wrong with the whole."""

    name: str
    lines: tuple[LineRead, ...]
    counts: Counts
    sheets: tuple[SheetReading, ...]
    findings: tuple[Finding, ...]

    @property
    def values(self) -> tuple[Value, ...]:
        """The values of the lines accepted or doubtful, in the order of the file."""
        return tuple(one.value for one in self.lines if one.value is not None)

    def as_json(self, language: str = "fr") -> dict[str, Any]:
        """Plain values, with the words of ``language``; ``Value.from_json`` reads the values back."""
        count = {
            name: getattr(self.counts, name) for name in ("lines", "accepted", "doubtful", "rejected", "set_aside")
        }
        sheets = [{"sheet": one.sheet, "columns": one.columns, "decimal": one.decimal, "proven": one.proven,
                   "percentages": one.percentages} for one in self.sheets]  # fmt: skip
        return {
            "name": self.name, "counts": count, "sheets": sheets,
            "findings": [one.as_json(language) for one in self.findings],
            "lines": [one.as_json(language) for one in self.lines],
        }  # fmt: skip


def read_values(path: Path, *, name: str, indicators: Sequence[Indicator], at: date, recorded_at: datetime,
                signed_by: str = "", known: Sequence[Value] = (), choices: ReadingChoices | None = None,
                limits: Limits = UPLOAD, language: str = "fr") -> ValuesRead:  # fmt: skip
    """Read the values of a CSV or a workbook: a line for each date, or a line for each indicator and a column for each date.

    indicators: those the file may speak of; at: today, beyond which nothing can have been measured
    known: the values already kept: a day already told becomes a correction, or a recomputation when its method differs
    language: decides the order of dates nothing proves (en: month first)
    TerreauError tables.*, or indicators.columns_missing when no sheet has an indicator and a date.
    """
    sheets = sheets_of(
        path,
        name=name,
        headings=VALUES,
        needed=NEEDED,
        is_period=is_period,
        choices=choices,
        limits=limits,
        as_shown=True,
    )
    names = Names(indicators)
    points = kept_points(known)
    lines: list[LineRead] = []
    readings, findings = [], [one for sheet in sheets for one in sheet.findings]
    for sheet in sheets:
        if sheet.missing:
            why = rejected_sheet(sheet, VALUES)
            findings.append(why)
            lines += [
                LineRead(sheet=row.sheet, line=row.line, outcome="rejected", remarks=(why,)) for row in sheet.rows
            ]
            continue
        reading, told = _sheet(sheet, names, name, at, recorded_at, signed_by, points, language)
        readings.append(reading)
        findings += _about(reading, sheet)
        lines += told
    lines = duplicates(lines)
    return ValuesRead(name=name, lines=tuple(lines), counts=counts([one.outcome for one in lines], sheets),
                      sheets=tuple(readings), findings=tuple(findings))  # fmt: skip


def _sheet(sheet: Sheet, names: Names, name: str, at: date, recorded_at: datetime, signed_by: str,
           known: Points, language: str) -> tuple[SheetReading, list[LineRead]]:  # fmt: skip
    """One sheet: its columns are decided whole, then each line is read."""
    sheet = replace(sheet, rows=tuple(_as_shown(row, names) for row in sheet.rows))
    mark = mark_of((row.get(field) for row in sheet.rows for field in NUMBERS), sheet.usual, workbook=sheet.workbook)
    context = Context(
        file=name, names=names, mark=mark, workbook=sheet.workbook, at=at, recorded_at=recorded_at, signed_by=signed_by,
        days=days((row.get("date") for row in sheet.rows), at=at, language=language), known=known,
        dated={row.get("date"): row.line for row in reversed(sheet.rows) if not row.under},
        heading={field: sheet.heading(field) for field in sheet.understood.fields.values()},
        percentages=percent_reading([one for row in sheet.rows if (one := _percentage(row, names, sheet, mark))]),
    )  # fmt: skip
    columns = {heading: field for field, heading in context.heading.items()}
    reading = SheetReading(sheet=sheet.name, columns=columns | dict.fromkeys(sheet.understood.periods.values(), "value"),
                           decimal=mark.decimal, proven=mark.proven, percentages=context.percentages)  # fmt: skip
    return reading, [read_line(row, context) for row in sheet.rows]


def _as_shown(row: Row, names: Names) -> Row:
    """The row with its percentages as their workbook shows them: 0.12 becomes "12 %".

    A plain ratio is told in shares: what its cell holds is already right.
    """
    indicator = names.find(row.get("indicator"))
    if indicator is None or indicator.unit == "1":
        return row
    written = {
        field: f"{(Decimal(row.get(field)) * 100).normalize():f} %"
        for field in ("value", "low", "high")
        if field in row.shares and _PLAIN.fullmatch(row.get(field))
    }
    return replace(row, cells=row.cells | written) if written else row


def _percentage(row: Row, names: Names, sheet: Sheet, mark: Any) -> Percentage | None:
    """The figure of a line told in %, for the column to be decided; None for another line."""
    indicator = names.find(row.get("indicator"))
    if indicator is None or indicator.unit != PERCENT:
        return None
    value, above, below = (number(row.get(field), mark, workbook=sheet.workbook) for field in NUMBERS[:3])
    if value.value is None:
        return None
    ratio = above.value / below.value if above.value is not None and below.value else None
    return Percentage(value.value, value.percent, ratio)


def _about(reading: SheetReading, sheet: Sheet) -> list[Remark]:
    """What is said of a whole sheet: how its percentages were read when it is not as they are written."""
    codes = {"share": "percent_read_as_share", "mixed": "percent_mixed", "undecided": "percent_undecided"}
    code = codes.get(reading.percentages)
    return [remark(code, column=sheet.heading("value"), sheet=reading.sheet)] if code else []
