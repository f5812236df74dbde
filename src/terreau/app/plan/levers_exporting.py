"""Levers to take away: bare numbers, a dot for decimals, one row per lever and criterion."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse

from terreau.app.language import language

if TYPE_CHECKING:
    from terreau.levers import Lever

HEADERS = ("lever", "title", "kind", "domain", "effort", "parameter", "operator", "value", "criterion", "unit", "years",
           "gain_low", "gain_central", "gain_high", "last_year_low", "last_year_central", "last_year_high",
           "published_gain", "published_unit")  # fmt: skip
SIDES = ("low", "central", "high")


def levers_csv(every: Iterable[Lever], told: Mapping[str, Any] | None, years: int, slug: str) -> HttpResponse:
    """Computed levers have a row for each criterion; the others one row, with the figure of a study when there is one."""
    gained = {one["key"]: one for one in told["levers"]["gains"]} if told else {}
    rows: list[list[Any]] = []
    for one in every:
        head = [
            one.key,
            one.title.in_(language()),
            one.kind,
            one.domain,
            one.effort,
            one.parameter or "",
            one.operator,
            one.value,
        ]
        gain = one.published_gain
        tail = [gain.value, gain.unit.in_(language())] if gain else [None, ""]
        for each in gained.get(one.key, {}).get("criteria", ()):
            gains = [each[name][side] for name in ("all_years", "last_year") for side in SIDES]
            rows.append([*head, each["criterion"], each["unit"], years, *gains, *tail])
        if one.key not in gained:
            rows.append([*head, "", "", None, *[None] * 6, *tail])
    return csv_answer(HEADERS, rows, f"leviers-{slug}.csv")


def csv_answer(headers: Iterable[str], rows: Iterable[Iterable[Any]], name: str) -> HttpResponse:
    """A table as CSV: UTF-8 with its mark, so that a French spreadsheet reads the accents."""
    from terreau.tables.export import write_csv

    target = io.StringIO()
    write_csv([list(row) for row in rows], tuple(headers), target)
    answer = HttpResponse("\ufeff" + target.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
