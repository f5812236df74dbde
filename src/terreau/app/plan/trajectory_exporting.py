"""Trajectories to take away: bare numbers, a dot for decimals, one row per plan, criterion, reading and year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpResponse

from terreau.app.plan.levers_exporting import csv_answer
from terreau.app.plan.trajectory_showing import year_zero
from terreau.factors.criteria import criterion

SIDES = ("low", "central", "high")
HEADERS = ("plan", "criterion", "unit", "reading", "year", *(f"{name}_{side}" for name in ("reference", "plan") for side in SIDES),
           "target")  # fmt: skip


def trajectory_csv(told: Mapping[str, Any] | None, name: str, names: Mapping[str, str] | None = None) -> HttpResponse:
    """The whole of ``told``; ``names``: what each plan is called. A header alone when there is nothing to weigh yet."""
    return csv_answer(HEADERS, list(_rows(told, names or {})) if told else [], name)


def _rows(told: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[list[Any]]:
    for plan in told["plans"]:
        aimed = (plan.get("target") or {}).get("curve", ())
        for key, mine in plan["every"].items():
            for reading in ("amortised", "flow"):
                sides = zip(mine[reading]["reference"], mine[reading]["plan"], strict=True)
                for year, (before, after) in enumerate(sides):
                    wanted = (
                        aimed[year]["allowed"]
                        if key == told["criterion"] and reading == "amortised" and aimed
                        else None
                    )
                    yield [names.get(plan["name"], plan["name"]), key, criterion(key).unit, reading, year_zero(told) + year,
                           *before, *after, wanted]  # fmt: skip
