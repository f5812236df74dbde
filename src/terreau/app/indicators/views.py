"""The board, its views, its page for a committee, and everything as CSV."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from terreau.app.accounts import access
from terreau.app.indicators import board as reading
from terreau.app.indicators.models import Audience, Following
from terreau.app.indicators.naming import definitions_of
from terreau.app.language import language
from terreau.indicators.words import AUDIENCES

ROWS = 12
"""Lines of the table: each draws a curve."""


@require_GET
def board(request: HttpRequest, slug: str) -> HttpResponse:
    """« Que suivons-nous, et où en sommes-nous ? »"""
    organisation = access.organisation_examinable_by(request.user, slug)
    shown = _shown(organisation, request.GET.get("vue", ""))
    beside = [row for row in shown["rows"] if row.role != "flagship"]
    page = Paginator(beside, ROWS).get_page(request.GET.get("page"))
    flagship = [row for row in shown["rows"] if row.role == "flagship"] if page.number == 1 else []
    told = reading.lines(organisation, _rows(organisation, [*flagship, *page]), timezone.localdate(), shown["known"])
    shown |= {"page": page, "flagship": told[: len(flagship)], "beside": told[len(flagship) :]}
    return render(request, "indicators/board.html", shown)


@require_GET
def committee(request: HttpRequest, slug: str) -> HttpResponse:
    """One view of the board on paper, for a committee."""
    organisation = access.organisation_examinable_by(request.user, slug)
    shown = _shown(organisation, request.GET.get("vue", ""))
    page = Paginator(shown["rows"], 2 * ROWS).get_page(request.GET.get("page"))
    told = reading.lines(organisation, _rows(organisation, page), timezone.localdate(), shown["known"])
    shown |= {"page": page, "lines": told, "today": timezone.localdate()}
    return render(request, "indicators/committee.html", shown)


@require_GET
def csv(request: HttpRequest, slug: str) -> HttpResponse:
    """Every value ever recorded, to take away."""

    organisation = access.organisation_examinable_by(request.user, slug)
    kept = reading.values_of(organisation, proofs=True)
    return as_file(organisation, [one for held in kept.values() for one in held], kept, "")


def as_file(organisation: Any, values: Any, keys: Any, name: str) -> HttpResponse:
    """Values as a CSV to take away."""
    from terreau.indicators.exporting import write_values

    target = io.StringIO()
    write_values(values, definitions_of(organisation, keys).values(), target, language())
    answer = HttpResponse("\ufeff" + target.getvalue(), content_type="text/csv; charset=utf-8")
    parts = "-".join(part for part in (_("indicateurs"), slugify(name), organisation.slug) if part)
    answer["Content-Disposition"] = f'attachment; filename="{parts}.csv"'
    return answer


def _shown(organisation: Any, asked: str) -> dict[str, Any]:
    """The rows of one view, and how many each view has."""
    light = Following.objects.filter(organisation=organisation).order_by()
    rows: list[Any] = list(light.values_list("pk", "indicator", "role", "audience", named=True))
    known = definitions_of(organisation, [row.indicator for row in rows])
    shown_to = {row.pk: row.audience or known[row.indicator].audience for row in rows}
    counts = Counter(shown_to.values())
    view = asked if asked in Audience.values else ""
    listed = [row for row in rows if not view or shown_to[row.pk] == view]
    listed.sort(key=lambda row: (row.role != "flagship", known[row.indicator].name.in_(language()).casefold()))
    views = [("", _("Tout"), len(rows)), *((key, said.in_(language()), counts[key]) for key, said in AUDIENCES.items())]
    return {"rows": listed, "known": known, "view": view, "views": views, "total": len(rows),
            "view_words": {key: label for key, label, _n in views}.get(view, "") if view else ""}  # fmt: skip


def _rows(organisation: Any, light: Iterable[Any]) -> list[Following]:
    """The whole rows of those a page shows, in its order."""
    keys = [row.pk for row in light]
    found = Following.objects.in_bulk(keys)
    for row in found.values():
        row.organisation = organisation
    return [found[key] for key in keys]
