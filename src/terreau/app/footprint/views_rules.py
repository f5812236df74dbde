"""« D'où vient l'écart ? »: our rules and those of NumEcoEval, on the same fleet."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from terreau.app.accounts import access
from terreau.app.footprint import exports, reading, results, words
from terreau.app.footprint import rules as compared


@require_GET
def rules(request: HttpRequest, slug: str) -> HttpResponse:
    """Both totals, what each rule brings, the lines in error."""
    asked = _asked(request, slug)
    if not asked.anything:
        return render(request, "empreinte/empty.html")
    criterion, language = words.asked(request.GET.get("critere")), words.language()
    told = _told(asked, language)
    pages = reading.Pages(slug, criterion.key)
    return render(request, "empreinte/rules.html", {"page": compared.page(told, pages, criterion, language)})


@require_GET
def rules_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """Both totals and the parts of their difference, every criterion."""
    told = _told(_weighed(request, slug), words.language())
    return exports.csv_answer(compared.totals_table(told), "empreinte-regles.csv")


@require_GET
def rules_json(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole comparison, as the public JSON of the engine."""
    return exports.json_answer(_told(_weighed(request, slug), words.language()), "empreinte-regles.json")


@require_GET
def rules_errors(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Every line in error under numecoeval-2.2."""
    path = compared.errors_file(_weighed(request, slug), words.language())
    name = "empreinte-regles-erreurs.csv"
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type="text/csv; charset=utf-8")


def _asked(request: HttpRequest, slug: str) -> results.Asked:
    return results.Asked(access.organisation_readable_by(request.user, slug))


def _weighed(request: HttpRequest, slug: str) -> results.Asked:
    asked = _asked(request, slug)
    if not asked.anything:
        raise Http404
    return asked


def _told(asked: results.Asked, language: str) -> dict[str, Any]:
    return compared.compared(asked, language)
