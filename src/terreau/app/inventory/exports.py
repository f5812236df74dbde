"""Files a person takes away: CSV whose cells no spreadsheet will run as a formula, and the template to fill in."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase

from terreau import __version__
from terreau.app.inventory import arrivals, deciding, kinds, portraits
from terreau.app.inventory.models import Draft, Snapshot
from terreau.app.results import kept_file
from terreau.app.tasks.door import digest_of
from terreau.inventory.decisions import Decisions
from terreau.kernel.underway import counted

LINES = "inventory.lines"
FORMATS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
LINE_COLUMNS = (
    "source", "file", "line", "device", "asset", "entity", "site", "zone", "category", "size_class", "class_level", "maker", "model_key",
    "fate", "status", "quantity", "entered_on", "entry_precision", "left_on", "own_kwh", "doubtful",
)  # fmt: skip


def csv_answer(table: tuple[Sequence[str], Sequence[Sequence[Any]]], name: str) -> HttpResponse:
    """A small table as CSV: UTF-8 with its mark, so that a French spreadsheet reads the accents."""
    from terreau.tables.export import write_csv

    headers, rows = table
    target = io.StringIO()
    write_csv(rows, headers, target)
    return _attached(HttpResponse("\ufeff" + target.getvalue(), content_type=FORMATS["csv"]), name)


def lines_answer(organisation: Any, name: str) -> HttpResponseBase:
    """Every line of the fleet, what it was taken for and what became of it; read from disk while it is sent."""
    kept = lines_file(organisation)
    if kept is None:
        raise Http404
    return FileResponse(kept.open("rb"), as_attachment=True, filename=name, content_type=FORMATS["csv"])


def lines_file(organisation: Any) -> Path | None:
    """The CSV of every line, made at the first asking, by a worker when a page asks; None when nothing is counted."""
    from terreau.inventory import vocabulary

    snapshots, decisions = arrivals.current(organisation), deciding.decisions_of(organisation)
    if not snapshots:
        return None
    decided_by = [__version__, vocabulary.version(), decisions.digest, str(portraits.last_day(snapshots)),
                  sorted((one.source.name, one.sha256) for one in snapshots)]  # fmt: skip
    name = f"lignes-{digest_of(decided_by)}.csv"
    return kept_file(organisation, name, lambda path: _write_lines(path, snapshots, decisions), kind=LINES, inputs={})


def _write_lines(path: Path, snapshots: Sequence[Snapshot], decisions: Decisions) -> None:
    from terreau.inventory.fleet import fleet
    from terreau.kernel.period import Period
    from terreau.tables.engine import engine
    from terreau.tables.export import write_csv

    period = Period.twelve_months_ending(portraits.last_day(snapshots))
    with path.open("w", encoding="utf-8-sig", newline="") as target, engine() as con:
        relation = fleet(con, arrivals.sources_of(snapshots), period=period, decisions=decisions)
        con.execute(f"SELECT {', '.join(LINE_COLUMNS)} FROM {relation} ORDER BY file, line, class_level = 'bundle'")
        write_csv(counted(iter(con.fetchone, None), "write", _lines(snapshots)), LINE_COLUMNS, target)


def _lines(snapshots: Sequence[Snapshot]) -> int:
    return sum(one.summary.get("lines", {}).get("read", 0) for one in snapshots)


def reasons_answer(draft: Draft) -> HttpResponseBase:
    """The reason file made while reading; columns about people are never in it."""
    path = arrivals.read_of(draft) / "reasons.csv"
    if not path.exists():
        raise Http404
    stem = Path(arrivals.names_of(draft)[0]).stem
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=f"{stem}-raisons.csv", content_type=FORMATS["csv"]
    )


def template_answer(form: str) -> HttpResponse:
    """The template to fill in, in the language of the page."""
    from terreau.inventory.template_file import template

    if form not in FORMATS:
        raise Http404
    name = f"terreau-inventaire.{form}" if kinds.language() == "fr" else f"terreau-inventory.{form}"
    return _attached(HttpResponse(template(form, kinds.language()), content_type=FORMATS[form]), name)


def _attached(answer: HttpResponse, name: str) -> HttpResponse:
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
