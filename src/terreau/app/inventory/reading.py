"""The reading of an import, run in the confined child process: no Django, no database, plain values in and out.

It leaves in the folder of the draft a candidate snapshot (``snapshot/``) and the reason file (``reasons.csv``).
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from terreau.app.inventory.recognising import tool
from terreau.inventory.arrival import NamedFile
from terreau.inventory.checking import CheckReport, ColumnReport, SheetReport
from terreau.inventory.choices import Choices
from terreau.inventory.decisions import Decisions
from terreau.inventory.importing import bring_in
from terreau.kernel.errors import TerreauError
from terreau.tables.limits import UPLOAD

MOST_LINES = 12
MOST_SAMPLES = 3
AMBIGUOUS = ("dmy", "mdy", "undecided")


def understand(*, folder: str, files: Sequence[Sequence[str]], at: str, choices: Mapping[str, Any],
               decisions: Mapping[str, Any], previous: str | None, language: str, max_bytes: int, place: str = "", source: str = "") -> dict[str, Any]:  # fmt: skip
    """Read the files of a draft and say what was understood.

    files: (name in ``folder``, name the person knows); at: day of the inventory, ISO
    previous: path of the previous snapshot of the same source; source: its name; language: of the reason file;
    max_bytes: size of one file at most, as the settings say [byte]
    place: folder, in ``folder``, of what it leaves: two readings of one draft never write in the same
    returns {"sheets": [...], "summary": {...}, "snapshot": {"sha256", "lines"}, "difference": {...} or None}
    Raises app.nothing_kept when no line of any sheet could be kept.
    """
    dropped, left = Path(folder), Path(folder) / place
    left.mkdir(exist_ok=True)
    candidate = left / "snapshot"
    shutil.rmtree(candidate, ignore_errors=True)
    named = [NamedFile(path=dropped / stored, name=name) for stored, name in files]
    imported = bring_in(
        named, at=date.fromisoformat(at), folder=candidate, choices=Choices.from_json(choices),
        decisions=Decisions.from_json(decisions), previous=Path(previous) if previous else None, source=source,
        reasons=left / "reasons.csv", language=language, limits=replace(UPLOAD, max_bytes=max_bytes),
    )  # fmt: skip
    told, record = imported.report, imported.snapshot
    if record is None or not record.lines:
        read = sum(one.lines.read for one in told.files)
        raise TerreauError("app.nothing_kept", files=", ".join(one.name for one in named), read=read)
    return {
        "sheets": [_sheet(one) for one in told.files],
        "summary": summary(told),
        "snapshot": {"sha256": record.sha256, "lines": record.lines},
        "difference": imported.difference.as_json() if imported.difference else None,
    }


def summary(told: CheckReport) -> dict[str, Any]:
    """What the row of a snapshot remembers of its reading: tools, lines, fates, devices [count]."""
    tools = [tool(one.profile, one.kind) for one in told.files]
    return {
        "tools": [one for rank, one in enumerate(tools) if one not in tools[:rank]],
        "lines": _sum(one.lines.as_json() for one in told.files),
        "kept": _sum(one.kept.as_json() for one in told.files),
        "quantity": float(told.quantity),
        "set_aside": dict(Counter(aside.kind for one in told.files for aside in one.set_aside)),
        "overlaps": [one.as_json() for one in told.overlaps],
        "age_known": told.age_known,
        "unsettled": sum(float(one.quantity) for one in told.unsettled),
    }


def _sheet(one: SheetReport) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in ("name", "encoding", "separator", "decimal", "header_line", "profile",
                                                  "language", "type_word")}  # fmt: skip
    return {
        **told,
        "lines": one.lines.as_json(),
        "kept": one.kept.as_json(),
        "columns": [
            {"key": column.key, "header": column.header, "field": column.field, "proposal": column.proposal,
             "date_order": column.date_order, "filled": column.filled, "samples": _samples(one, column)}
            for column in one.columns
        ],
        "set_aside": [[aside.kind, aside.line, aside.text[:80]] for aside in one.set_aside[:40]],
        "remarks": [[found.column, found.code, _plain(found.facts)] for found in one.findings if not found.line],
        "groups": [
            {"code": group.code, "column": group.column, "lines": group.lines, "facts": _plain(group.finding.facts),
             "where": _lines_of(one, group.code, group.column)}
            for group in one.groups
        ],
        "sample_headers": list(one.sample_headers),
        "sample_rows": [[cell[:60] for cell in row] for row in one.sample_rows],
    }  # fmt: skip


def _samples(one: SheetReport, column: ColumnReport) -> list[str]:
    """Values as written of a column whose days and months a person may have to tell apart."""
    if column.date_order not in AMBIGUOUS or column.header not in one.sample_headers:
        return []
    place = one.sample_headers.index(column.header)
    return list(dict.fromkeys(row[place] for row in one.sample_rows if row[place]))[:MOST_SAMPLES]


def _lines_of(one: SheetReport, code: str, column: str) -> list[int]:
    return [found.line for found in one.findings if found.line and (found.code, found.column) == (code, column)][
        :MOST_LINES
    ]


def _plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: fact if isinstance(fact, int | float | str) else str(fact) for name, fact in facts.items()}


def _sum(counts: Any) -> dict[str, int]:
    total: Counter[str] = Counter()
    for one in counts:
        total.update(one)
    return dict(total)
