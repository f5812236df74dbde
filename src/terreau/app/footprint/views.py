"""Readings of the footprint, and the papers of each figure: who asks, what, downstairs, a template."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from terreau.app.accounts import access
from terreau.app.footprint import drawing, exports, papers, reading, redoing, results, words

Shown = dict[str, Any]
PARQUET = "application/vnd.apache.parquet"


@require_GET
def stages(request: HttpRequest, slug: str) -> HttpResponse:
    """« Combien, et d'où ? » by category and life-cycle stage."""
    return _reading(request, slug, "empreinte/reading.html", drawing.by_stage)


@require_GET
def entities(request: HttpRequest, slug: str) -> HttpResponse:
    """By entity of the organisation."""
    return _reading(request, slug, "empreinte/reading.html", drawing.by_entity)


@require_GET
def heaviest(request: HttpRequest, slug: str) -> HttpResponse:
    """The ten heaviest kinds of devices."""
    return _reading(request, slug, "empreinte/reading.html", drawing.ten_heaviest)


@require_GET
def criteria(request: HttpRequest, slug: str) -> HttpResponse:
    """Every criterion, never added together."""
    return _reading(request, slug, "empreinte/criteria.html", reading.all_criteria)


@require_GET
def why(request: HttpRequest, slug: str) -> HttpResponse:
    """« Pourquoi ce chiffre ? »: the papers of one figure."""
    explained, result, pages, where = _explained(request, slug)
    return render(request, "empreinte/why.html", {"page": papers.page(explained["json"], result, pages, where)})


@require_GET
def why_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The same papers, as CSV."""
    explained, result, _pages, _where = _explained(request, slug)
    return exports.csv_answer((explained["heads"], explained["rows"]), f"pourquoi-{result.contract['run'][:8]}.csv")


@require_GET
def why_json(request: HttpRequest, slug: str) -> HttpResponse:
    """The same papers, as the public JSON of the engine."""
    explained, _result, _pages, _where = _explained(request, slug)
    return exports.json_answer(explained["json"], "pourquoi.json")


@require_GET
def redo(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Everything that decides the figure, to do it again elsewhere."""
    explained, result, _pages, where = _explained(request, slug)
    kept = redoing.kept(result.asked, explained["json"]["criterion"], where, result.language)
    name = f"calcul-{explained['json']['run'][:8]}.zip"
    return FileResponse(kept.open("rb"), as_attachment=True, filename=name, content_type="application/zip")


@require_GET
def detail(request: HttpRequest, slug: str) -> HttpResponseBase:
    """One row per line, stage and criterion, as Parquet: the sum of its rows is the total."""
    result = _result(request, slug)
    kept = results.detail(result.asked)
    return FileResponse(kept.open("rb"), as_attachment=True, filename="empreinte-detail.parquet", content_type=PARQUET)


@require_GET
def result_json(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole result, as the public JSON of the engine."""
    result = _result(request, slug)
    return exports.json_answer(result.contract, "empreinte.json")


@require_GET
def reading_csv(request: HttpRequest, slug: str, table: str) -> HttpResponse:
    """The figures of a reading, whole, as CSV: the page shows the heaviest only."""
    if table not in results.READINGS and table != "criteria":
        raise Http404
    result = _result(request, slug)
    return exports.csv_answer(
        exports.reading_table(result, table, request.GET.get("critere")), f"empreinte-{table}.csv"
    )


def _reading(request: HttpRequest, slug: str, template: str, show: Callable[..., Shown]) -> HttpResponse:
    organisation = access.organisation_readable_by(request.user, slug)
    result = results.of(organisation, words.language())
    if result is None:
        return render(request, "empreinte/empty.html")
    criterion = words.asked(request.GET.get("critere"))
    pages = reading.Pages(slug, criterion.key)
    return render(request, template, {"page": show(result, pages, criterion)})


def _result(request: HttpRequest, slug: str) -> results.Result:
    organisation = access.organisation_readable_by(request.user, slug)
    result = results.of(organisation, words.language())
    if result is None:
        raise Http404
    return result


def _explained(request: HttpRequest, slug: str) -> tuple[Shown, results.Result, reading.Pages, dict[str, str]]:
    result = _result(request, slug)
    criterion = words.asked(request.GET.get("critere"))
    where = papers.place(request.GET)
    explained = results.why(result.asked, result.language, criterion.key, where)
    return explained, result, reading.Pages(slug, criterion.key), where
