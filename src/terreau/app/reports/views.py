"""The reports of an organisation: listed, begun, read."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from terreau.app.accounts import access
from terreau.app.calendar import door as calendar
from terreau.app.language import language
from terreau.app.reports import composing, drafting_figures, entering, writing
from terreau.app.reports.forms import ReportForm
from terreau.app.reports.models import Kind, Publication, Report
from terreau.publishing.blocks import Document

ROWS = 20


@require_GET
def reports(request: HttpRequest, slug: str) -> HttpResponse:
    """« Que disons-nous de ce que nous avons fait ? »"""
    organisation = entering.organisation_for(request, slug)
    found = (
        Report.objects.filter(organisation=organisation)
        .annotate(number=Max("publications__number"))
        .order_by("-made_on", "id")
    )
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    return render(request, "reports/list.html", {"page": page, "debate": calendar.facts_of(organisation).debate_on})


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """A report to begin: its kind, its title, its period; drafted at once."""
    organisation = access.organisation_editable_by(request.user, slug)
    if request.method == "GET":
        drafting_figures.ready(organisation)
    form = ReportForm(request.POST or None, initial=_proposed(organisation, request.GET.get("sorte", "")))
    if request.method == "POST" and form.is_valid():
        made = writing.begin(organisation, request.user, form.cleaned_data)
        messages.success(request, _("Le rapport est proposé d’après vos chiffres : relisez chaque partie."))
        return redirect("reports:report", slug, made.pk)
    return render(request, "reports/new.html", {"form": form})


def _proposed(organisation: Any, kind: str) -> dict[str, Any]:
    """The last whole year for a yearly report; since January for a review."""
    today = timezone.localdate()
    kind = kind if kind in Kind.values else Kind.YEARLY
    if kind == Kind.REVIEW:
        title, start, end = _("Revue de direction, %(year)s") % {"year": today.year}, date(today.year, 1, 1), today
    else:
        year = today.year if today.month >= 10 else today.year - 1
        large = calendar.is_large_authority(organisation)
        told = _("Rapport sur la situation en matière de développement durable : numérique responsable, %(year)s") if large else _("Numérique responsable : rapport annuel, %(year)s")  # fmt: skip
        title, start, end = told % {"year": year}, date(year, 1, 1), date(year, 12, 31)
    return {"kind": kind, "title": title, "period_start": start, "period_end": end, "language": language()}


@require_GET
def report(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """Where a report stands, part by part."""
    found = entering.report_for(request, slug, pk)
    parts = composing.standings(found)
    shown = {
        "report": found, "parts": parts, "drafting": composing.last_drafting(found), "to_read": [one for one in parts if one.to_read_again],
        "publications": found.publications.defer("content").select_related("by")[:10],
    }  # fmt: skip
    return render(request, "reports/report.html", shown)


@require_GET
def read(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """The draft as it would be published."""
    found = entering.report_for(request, slug, pk)
    return _read(request, found, composing.document(composing.content(found)))


@require_GET
def publication(request: HttpRequest, slug: str, pk: Any, number: int) -> HttpResponse:
    """One version published, as it was."""
    found = entering.report_for(request, slug, pk)
    row = get_object_or_404(Publication, report=found, number=number)
    return _read(request, found, composing.document(row.content, row), row)


def _read(request: HttpRequest, found: Report, document: Document, row: Publication | None = None) -> HttpResponse:
    """A document a few parts at a time, so that a page stays light; files hold it whole."""
    told = document.as_json()
    page = Paginator(composing.leaves(told["blocks"]), 1).get_page(request.GET.get("page"))
    shown = {
        "report": found,
        "publication": row,
        "document": told,
        "page": page,
        "blocks": page.object_list[0] if page.object_list else [],
    }
    return render(request, "reports/read.html", shown)
