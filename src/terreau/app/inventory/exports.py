"""Files a person takes away: CSV whose cells no spreadsheet will run as a formula, and the template to fill in."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase

from terreau.app.inventory import arrivals, kinds, portraits
from terreau.app.inventory.models import Draft, Snapshot
from terreau.inventory.decisions import Decisions

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


def lines_answer(snapshots: Sequence[Snapshot], decisions: Decisions, name: str) -> HttpResponseBase:
    """Every line of the fleet, what it was taken for and what became of it; read from disk while it is sent."""
    from terreau.inventory.fleet import fleet
    from terreau.kernel.period import Period
    from terreau.tables.engine import engine
    from terreau.tables.export import write_csv

    if not snapshots:
        raise Http404
    sources = arrivals.sources_of(snapshots)
    period = Period.twelve_months_ending(portraits.last_day(snapshots))
    kept = tempfile.TemporaryFile()  # noqa: SIM115 closed by the answer
    target = io.TextIOWrapper(kept, encoding="utf-8-sig", newline="")
    with engine() as con:
        relation = fleet(con, sources, period=period, decisions=decisions)
        con.execute(f"SELECT {', '.join(LINE_COLUMNS)} FROM {relation} ORDER BY file, line, class_level = 'bundle'")
        write_csv(iter(con.fetchone, None), LINE_COLUMNS, target)
    target.detach()  # flushed; the bytes outlive the text
    kept.seek(0)
    return FileResponse(kept, as_attachment=True, filename=name, content_type=FORMATS["csv"])


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
    from terreau.inventory.template import template

    if form not in FORMATS:
        raise Http404
    name = f"terreau-inventaire.{form}" if kinds.language() == "fr" else f"terreau-inventory.{form}"
    return _attached(HttpResponse(template(form, kinds.language()), content_type=FORMATS[form]), name)


def _attached(answer: HttpResponse, name: str) -> HttpResponse:
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
