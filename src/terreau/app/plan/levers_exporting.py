"""Levers to take away: words of the reader beside keys, bare numbers, a dot for decimals, one row per lever and criterion."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse

from terreau.app.language import language
from terreau.app.plan import levers_words

if TYPE_CHECKING:
    from terreau.levers import Lever

KEYS = ("low", "central", "high")
SIDES = {"fr": ("bas", "central", "haut"), "en": ("low", "central", "high")}
FIGURES = {
    "fr": ("Gain sur toutes les années", "Gain la dernière année"),
    "en": ("Gain over all years", "Gain of the last year"),
}
KINDS = {
    "computed": {"fr": "calculé sur votre parc", "en": "computed on your fleet"},
    "study_mean": {"fr": "moyenne d’étude", "en": "mean of a study"},
    "enabler": {"fr": "rend possible", "en": "enabler"},
}
HEADERS = {
    "fr": ("Clé du levier", "Levier", "Sorte", "Clé de la sorte", "Domaine", "Clé du domaine", "Effort", "Effort (1 à 3)", "Clé du paramètre", "Clé de l’opération", "Valeur",
           "Critère", "Clé du critère", "Unité", "Années"),
    "en": ("Lever key", "Lever", "Kind", "Kind key", "Domain", "Domain key", "Effort", "Effort (1 to 3)", "Parameter key", "Operation key", "Value",
           "Criterion", "Criterion key", "Unit", "Years"),
}  # fmt: skip
PUBLISHED = {"fr": ("Gain publié", "Unité du gain publié"), "en": ("Published gain", "Unit of the published gain")}


def levers_csv(every: Iterable[Lever], told: Mapping[str, Any] | None, years: int, slug: str) -> HttpResponse:
    """Computed levers have a row for each criterion; the others one row, with the figure of a study when there is one."""
    gained = {one["key"]: one for one in told["levers"]["gains"]} if told else {}
    lang, domains, efforts = language(), levers_words.domains(), levers_words.efforts()
    rows: list[list[Any]] = []
    for one in every:
        head = [one.key, one.title.in_(lang), KINDS[one.kind][lang], one.kind, domains.get(one.domain, one.domain), one.domain,
                efforts.get(one.effort, ""), one.effort, one.parameter or "", one.operator, one.value]  # fmt: skip
        gain = one.published_gain
        tail = [gain.value, gain.unit.in_(lang)] if gain else [None, ""]
        for each in gained.get(one.key, {}).get("criteria", ()):
            gains = [each[name][side] for name in ("all_years", "last_year") for side in KEYS]
            name = levers_words.short(each["criterion"])
            rows.append([*head, name, each["criterion"], each["unit"], years, *gains, *tail])
        if one.key not in gained:
            rows.append([*head, "", "", "", None, *[None] * 6, *tail])
    return csv_answer((*HEADERS[lang], *sided(FIGURES[lang]), *PUBLISHED[lang]), rows, f"leviers-{slug}.csv")


def sided(names: Iterable[str]) -> list[str]:
    """« Cible (bas) », « Cible (central) », « Cible (haut) », and so on for each name, in the language of the reader."""
    return [f"{name} ({side})" for name in names for side in SIDES[language()]]


def csv_answer(headers: Iterable[str], rows: Iterable[Iterable[Any]], name: str) -> HttpResponse:
    """A table as CSV: UTF-8 with its mark, so that a French spreadsheet reads the accents."""
    from terreau.tables.export import write_csv

    target = io.StringIO()
    write_csv([list(row) for row in rows], tuple(headers), target)
    answer = HttpResponse("\ufeff" + target.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
