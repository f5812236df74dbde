"""Trajectories to take away: words beside keys, bare numbers, a dot, one row per plan, criterion, reading and year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpResponse

from terreau.app.language import language
from terreau.app.plan import levers_words
from terreau.app.plan.levers_exporting import csv_answer, sided
from terreau.app.plan.trajectory_showing import year_zero
from terreau.factors.criteria import criterion

HEADERS = {
    "fr": ("Plan", "Critère", "Clé du critère", "Unité", "Lecture", "Clé de la lecture", "Année"),
    "en": ("Plan", "Criterion", "Criterion key", "Unit", "Reading", "Reading key", "Year"),
}
CURVES = {"fr": ("Sans rien changer", "Avec le plan"), "en": ("Nothing changed", "With the plan")}
TARGET = {"fr": "Cible", "en": "Target"}
READINGS = {
    "amortised": {"fr": "chaque appareil réparti sur sa vie", "en": "each device shared over its life"},
    "flow": {"fr": "ce qui est acheté et consommé chaque année", "en": "what is bought and used each year"},
}


def trajectory_csv(told: Mapping[str, Any] | None, name: str, names: Mapping[str, str] | None = None) -> HttpResponse:
    """The whole of ``told``; ``names``: what each plan is called. A header alone when there is nothing to weigh yet."""
    lang = language()
    headers = (*HEADERS[lang], *sided(CURVES[lang]), TARGET[lang])
    return csv_answer(headers, list(_rows(told, names or {})) if told else [], name)


def _rows(told: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[list[Any]]:
    for plan in told["plans"]:
        aimed = (plan.get("target") or {}).get("curve", ())
        for key, mine in plan["every"].items():
            for reading in READINGS:
                sides = zip(mine[reading]["reference"], mine[reading]["plan"], strict=True)
                for year, (before, after) in enumerate(sides):
                    wanted = (
                        aimed[year]["allowed"]
                        if key == told["criterion"] and reading == "amortised" and aimed
                        else None
                    )
                    yield [names.get(plan["name"], plan["name"]), levers_words.short(key), key, criterion(key).unit,
                           READINGS[reading][language()], reading, year_zero(told) + year, *before, *after, wanted]  # fmt: skip
