"""The reading of an import, run in the confined child process: no Django, no database, plain values in and out.

It leaves in the folder of the draft a candidate snapshot (``snapshot/``) and the reason file (``reasons.csv``).
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from terreau.inventory.arrival import Arrival, NamedFile, keep, take_in
from terreau.inventory.check import CheckReport, SheetReport, report
from terreau.inventory.choices import Choices, heading_keys
from terreau.inventory.decisions import Decisions
from terreau.inventory.difference import difference
from terreau.inventory.reasons import write_reasons
from terreau.kernel.errors import TerreauError
from terreau.tables.engine import engine
from terreau.tables.limits import UPLOAD

if TYPE_CHECKING:
    from terreau.tables.engine import Engine

MOST_LINES = 12
MOST_SAMPLES = 3
MOST_EXAMPLES = 8
AMBIGUOUS = ("dmy", "mdy", "undecided")


def understand(*, folder: str, files: Sequence[Sequence[str]], at: str, choices: Mapping[str, Any],
               decisions: Mapping[str, Any], previous: str | None) -> dict[str, Any]:  # fmt: skip
    """Read the files of a draft and say what was understood.

    files: (name in ``folder``, name the person knows); at: day of the inventory, ISO
    previous: path of the previous snapshot of the same source
    returns {"sheets": [...], "summary": {...}, "snapshot": {"sha256", "lines"}, "difference": {...} or None}
    Raises app.nothing_kept when no line of any sheet could be kept.
    """
    place = Path(folder)
    candidate = place / "snapshot"
    shutil.rmtree(candidate, ignore_errors=True)
    candidate.mkdir()
    named = [NamedFile(path=place / stored, name=name) for stored, name in files]
    with engine() as con:
        arrival = take_in(con, named, Choices.from_json(choices), limits=UPLOAD)
        told = report(con, arrival, at=date.fromisoformat(at), decisions=Decisions.from_json(decisions))
        lines = _sum(one.lines.as_json() for one in told.files)
        if lines.get("read", 0) == lines.get("rejected", 0):
            raise TerreauError(
                "app.nothing_kept", files=", ".join(one.name for one in named), read=lines.get("read", 0)
            )
        record = keep(con, arrival, candidate)
        with (place / "reasons.csv").open("w", encoding="utf-8-sig", newline="") as target:
            write_reasons(con, arrival, target)
        changed = difference(con, Path(previous), record.path, examples=MOST_EXAMPLES).as_json() if previous else None
        return {
            "sheets": [_sheet(con, arrival, one, rank) for rank, one in enumerate(told.files)],
            "summary": _summary(told, lines),
            "snapshot": {"sha256": record.sha256, "lines": record.lines},
            "difference": changed,
        }


def _summary(told: CheckReport, lines: dict[str, int]) -> dict[str, Any]:
    return {
        "lines": lines,
        "kept": _sum(one.kept.as_json() for one in told.files),
        "quantity": float(told.quantity),
        "set_aside": dict(Counter(aside.kind for one in told.files for aside in one.set_aside)),
        "overlaps": [one.as_json() for one in told.overlaps],
        "age_known": told.age_known,
        "unsettled": sum(float(one.quantity) for one in told.unsettled),
    }


def _sheet(con: Engine, arrival: Arrival, one: SheetReport, rank: int) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in ("name", "encoding", "separator", "decimal", "header_line", "profile",
                                                  "language", "type_word")}  # fmt: skip
    samples = _date_samples(con, arrival, one, rank)
    return {
        **told,
        "lines": one.lines.as_json(),
        "kept": one.kept.as_json(),
        "columns": [
            {"key": column.key, "header": column.header, "field": column.field, "proposal": column.proposal,
             "date_order": column.date_order, "filled": column.filled, "samples": samples.get(column.key, [])}
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


def _date_samples(con: Engine, arrival: Arrival, one: SheetReport, rank: int) -> dict[str, list[str]]:
    """Values as written of the columns whose days and months a person may have to tell apart."""
    raw = arrival.sheets[rank].raw
    asked = {column.key for column in one.columns if column.date_order in AMBIGUOUS}
    found = {}
    for index, key in enumerate(heading_keys(raw.headers)):
        if key in asked:
            rows = con.execute(f"SELECT DISTINCT left(c{index}, 20) FROM {raw.relation} WHERE c{index} IS NOT NULL "
                               f"ORDER BY 1 DESC LIMIT {MOST_SAMPLES}").fetchall()  # fmt: skip
            found[key] = [row[0] for row in rows]
    return found


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
