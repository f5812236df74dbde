"""An import in one go (import): read, check, keep, compare, say why. What a page or a limited process calls.

Everything it returns is plain and can be sent from one process to another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from terreau.inventory.arrival import Arrival, NamedFile, keep, laid_down, take_in
from terreau.inventory.checking import CheckReport, report
from terreau.inventory.choices import Choices
from terreau.inventory.decisions import NONE, Decisions
from terreau.inventory.differing import Difference, difference
from terreau.inventory.quickform import QuickForm, take_form
from terreau.inventory.reasons import HEADINGS, reason_rows
from terreau.kernel.underway import counted, step
from terreau.tables.engine import engine
from terreau.tables.export import write_csv
from terreau.tables.limits import SHELL, Limits
from terreau.tables.snapshot import SnapshotRecord

if TYPE_CHECKING:
    from terreau.tables.engine import Engine


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """The report, the snapshot when one was written, and the difference with the previous one when there is one."""

    report: CheckReport
    snapshot: SnapshotRecord | None
    difference: Difference | None


def bring_in(files: Sequence[Path | str | NamedFile], *, at: date, folder: Path | None = None,
             choices: Choices | None = None, decisions: Decisions = NONE, previous: Path | None = None,
             source: str = "", reasons: Path | None = None, language: str = "fr", limits: Limits = SHELL) -> Imported:  # fmt: skip
    """Read and check ``files``; without ``folder`` nothing is written.

    folder: where the snapshot goes ; previous: snapshot of the same source to compare with ; source: its name
    reasons: where the reason file goes, in ``language``
    """
    with engine() as con:
        arrival = take_in(con, files, choices, at=at, limits=limits)
        return _finish(con, arrival, at, folder, decisions, previous, reasons, language, source)


def bring_in_form(form: QuickForm, *, at: date, folder: Path | None = None, decisions: Decisions = NONE,
                  previous: Path | None = None, reasons: Path | None = None, language: str = "fr") -> Imported:  # fmt: skip
    """The same for the ten-line form."""
    with engine() as con:
        arrival = take_form(con, form, at=at, language=language)
        return _finish(con, arrival, at, folder, decisions, previous, reasons, language)


def _finish(con: Engine, arrival: Arrival, at: date, folder: Path | None, decisions: Decisions,
            previous: Path | None, reasons: Path | None, language: str, source: str = "") -> Imported:  # fmt: skip
    step("lay")
    arrival = laid_down(con, arrival)
    told = report(con, arrival, at=at, decisions=decisions)
    changes = difference(con, previous, arrival.kept, decisions=decisions, source=source) if previous else None
    if reasons:
        headings = HEADINGS["en" if language == "en" else "fr"]
        step("reasons")
        with reasons.open("w", encoding="utf-8-sig", newline="") as target:
            # A line has one reason, now and then two: the count of lines is near enough to say how far this is.
            lines = sum(one.lines.doubtful + one.lines.rejected + one.kept.merged for one in told.files)
            write_csv(counted(reason_rows(con, arrival, language), "reasons", lines), headings, target)
    step("keep")
    return Imported(report=told, snapshot=keep(con, arrival, folder) if folder else None, difference=changes)
