"""Show what was understood before anything is written (contrôle d'un inventaire).

``check`` reads files, says line by line what is doubtful or rejected, what becomes of each kept line, and leaves no
trace. ``CheckReport.as_json`` is the public contract of ``terreau inventory check --json``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from terreau.inventory.apart import shown_aside
from terreau.inventory.arrival import Arrival, ArrivedSheet, NamedFile, laid_down, take_in
from terreau.inventory.choices import Choices, heading_keys
from terreau.inventory.counting import (
    CategoryCount,
    Kept,
    LineCounts,
    Overlap,
    ages,
    by_category,
    kept_counts,
    line_counts,
    overlaps,
    samples,
    total_quantity,
)
from terreau.inventory.decisions import NONE, Decisions
from terreau.inventory.device import COLUMN_OF_FIELD
from terreau.inventory.duplicates import remark_merged, remark_of_many
from terreau.inventory.fates import SettledLines, settle_fates
from terreau.inventory.fleet import sourced
from terreau.inventory.remarks import counted, findings
from terreau.inventory.unsettled_lines import UnsettledModel, unsettled
from terreau.kernel.period import Period
from terreau.tables.engine import engine
from terreau.tables.findings import Finding
from terreau.tables.limits import SHELL, Limits
from terreau.tables.reading import SetAside

if TYPE_CHECKING:
    from terreau.tables.engine import Engine

MOST_FINDINGS = 10_000
"""Findings listed per sheet; their groups count them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnReport:
    """One column of a sheet: what it was understood to say, and what a person may change.

    key: how a choice names it ; field: field of the vocabulary, "ignore", "personal" or "unknown"
    proposal: nearest known heading ; date_order: dmy, mdy, ymd, none, undecided or '' ; filled: cells filled down
    """

    key: str
    header: str
    field: str
    proposal: str = ""
    date_order: str = ""
    filled: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingGroup:
    """Findings alike: how many lines [count], one example and its line."""

    code: str
    column: str
    lines: int
    example: str
    line: int
    finding: Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetReport:
    """One sheet as it was understood.

    kind: what the sheet holds as a whole (computers, monitors, phones, '') ; type_word: what a line without type is
    sample_headers, sample_rows: five first lines as written, only the columns in use, nothing about people
    findings: whole-sheet remarks (line 0) then line by line ; all_findings: how many there are in all [count]
    """

    name: str
    file: str
    sheet: str
    encoding: str
    separator: str
    decimal: str
    header_line: int
    profile: str
    language: str
    kind: str
    type_word: str
    mapping: dict[str, str]
    columns: tuple[ColumnReport, ...]
    lines: LineCounts
    kept: Kept
    set_aside: tuple[SetAside, ...]
    findings: tuple[Finding, ...]
    all_findings: int
    groups: tuple[FindingGroup, ...]
    sample_headers: tuple[str, ...]
    sample_rows: tuple[tuple[str, ...], ...]

    def as_json(self, language: str = "fr") -> dict[str, object]:
        """The public shape of one entry of ``files``."""
        return {
            "name": self.name,
            "encoding": self.encoding,
            "separator": self.separator,
            "profile": self.profile,
            "mapping": self.mapping,
            "lines": self.lines.as_json(),
            "kept": self.kept.as_json(),
            "set_aside": [
                {"line": one.line, "kind": one.kind, "text": one.text, "lines": one.lines} for one in self.set_aside
            ],
            "findings": [one.as_json(language) for one in self.findings],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """What a check says of one or several files.

    age_known: share of the counted quantity whose date of entry is known, None when nothing counts
    status_given: share of the counted quantity whose status is said ; quantity: devices counted [count]
    """

    at: date
    files: tuple[SheetReport, ...]
    overlaps: tuple[Overlap, ...]
    categories: tuple[CategoryCount, ...]
    unsettled: tuple[UnsettledModel, ...]
    quantity: Decimal
    age_known: float | None
    status_given: float | None

    @property
    def clean(self) -> bool:
        """True when no line is doubtful or rejected."""
        return not any(sheet.lines.doubtful or sheet.lines.rejected for sheet in self.files)

    def as_json(self, language: str = "fr") -> dict[str, object]:
        """The public contract: files (one entry per sheet) and overlaps."""
        return {
            "files": [sheet.as_json(language) for sheet in self.files],
            "overlaps": [one.as_json() for one in self.overlaps],
        }


def check(files: Sequence[Path | str | NamedFile], *, at: date, choices: Choices | None = None,
          decisions: Decisions = NONE, limits: Limits = SHELL) -> CheckReport:  # fmt: skip
    """Read ``files`` and say what was understood; nothing is written.

    at: last day of the twelve months that separate the retired from the others
    choices: what a person corrected ; decisions: what the organisation settled
    """
    with engine() as con:
        return report(con, take_in(con, files, choices, at=at, limits=limits), at=at, decisions=decisions)


def report(con: Engine, arrival: Arrival, *, at: date, decisions: Decisions = NONE) -> CheckReport:
    """The report of an arrival already in the engine."""
    arrival = laid_down(con, arrival)
    settled = settle_fates(con, sourced(arrival), period=Period.twelve_months_ending(at), decisions=decisions,
                           asked=arrival.asked)  # fmt: skip
    remark_merged(con, arrival.remarks, settled.merged)
    if settled.junk:
        remark_of_many(con, arrival.remarks, settled.relation, settled.junk)
    quantity = total_quantity(con, settled)
    age_known, status_given = ages(con, settled)
    return CheckReport(
        at=at,
        files=tuple(_sheet_report(con, arrival, settled, sheet) for sheet in arrival.sheets),
        overlaps=overlaps(con, settled, {sheet.input: sheet.raw.name for sheet in arrival.sheets}),
        categories=by_category(con, settled),
        unsettled=unsettled(con, settled),
        quantity=quantity,
        age_known=age_known,
        status_given=status_given,
    )


def _sheet_report(con: Engine, arrival: Arrival, settled: SettledLines, sheet: ArrivedSheet) -> SheetReport:
    raw, meaning = sheet.raw, sheet.meaning
    groups = tuple(
        FindingGroup(code=code, column=column or "", lines=lines, example=example or "", line=line,
                     finding=Finding(line=line, column=column or "", code=code, facts=facts))
        for code, column, lines, example, line, facts in counted(con, arrival.remarks, sheet.input)
    )  # fmt: skip
    headers, rows = samples(con, raw, tuple(sorted(meaning.fields)))
    read = line_counts(con, arrival.lines, sheet.input)
    return SheetReport(
        name=raw.name, file=raw.file, sheet=raw.sheet, encoding=raw.encoding, separator=raw.separator,
        decimal=raw.decimal, header_line=raw.header_line, profile=meaning.shown_profile, language=meaning.language,
        kind=meaning.kind, type_word=meaning.type_word, mapping=meaning.mapping(raw), columns=_columns(sheet),
        lines=read, kept=kept_counts(con, settled, sheet.input),
        set_aside=shown_aside(raw.set_aside, people=bool(meaning.personal)),
        findings=(*sheet.findings, *findings(con, arrival.remarks, sheet.input, MOST_FINDINGS)),
        all_findings=len(sheet.findings) + sum(group.lines for group in groups),
        groups=groups, sample_headers=headers, sample_rows=rows,
    )  # fmt: skip


def _columns(sheet: ArrivedSheet) -> tuple[ColumnReport, ...]:
    raw, meaning = sheet.raw, sheet.meaning
    told = []
    for index, key in enumerate(heading_keys(raw.headers)):
        if not key:
            continue
        field = "unknown" if index in meaning.unknown else meaning.fields.get(index, "ignore")
        told.append(ColumnReport(
            key=key, header=raw.headers[index], field="personal" if index in meaning.personal else field,
            proposal=meaning.unknown.get(index) or "", date_order=sheet.orders.get(index, ""),
            filled=sheet.filled.get(index, 0),
        ))  # fmt: skip
    return tuple(told)


FIELDS_TO_CHOOSE = (*COLUMN_OF_FIELD, "user", "ignore")
"""What a person may say of a column in the wizard; "user" drops it as personal."""
