"""Files a person takes away: bare numbers, a dot for decimals, cells no spreadsheet will run as a formula."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse, JsonResponse

from terreau.app.footprint import words
from terreau.app.footprint.results import READINGS, Result

Rows = tuple[Sequence[str], Sequence[Sequence[Any]]]
FIGURES = ("criterion", "unit", "low", "central", "high")


def csv_answer(table: Rows, name: str) -> HttpResponse:
    """A table as CSV: UTF-8 with its mark, so that a French spreadsheet reads the accents."""
    from terreau.tables.export import write_csv

    headers, rows = table
    target = io.StringIO()
    write_csv(rows, headers, target)
    answer = HttpResponse("\ufeff" + target.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def json_answer(told: dict[str, Any], name: str) -> HttpResponse:
    """The engine's public JSON, to take away."""
    answer = JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def reading_table(result: Result, table: str, criterion: str | None) -> Rows:
    """Every row of a reading, for one criterion when asked, or the totals of all criteria."""
    if table == "criteria":
        totals = (*FIGURES, "coverage", "boundary_share")
        return totals, [[one.get(name) for name in totals] for one in result.contract["totals"]]
    keys = READINGS[table]
    heads = (*keys, "label", *FIGURES, "quantity")
    rows = result.impacts(table, words.asked(criterion).key) if criterion else result.every_impact(table)
    return heads, [[label(result, keys, one) if name == "label" else one.get(name) for name in heads] for one in rows]


def label(result: Result, keys: Sequence[str], one: dict[str, Any]) -> str:
    """The words of a row."""
    return " / ".join(result.labels.get(one[key], one[key]) for key in keys)
