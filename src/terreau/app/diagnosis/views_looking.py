"""Looking at what is missing: gaps to a level, readiness on a day, what an auditor would ask, who to remind."""

from __future__ import annotations

import io
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from terreau.app.accounts import access
from terreau.app.diagnosis import gathering, looking, reminding
from terreau.app.diagnosis.entering import assessment_for, is_auditor
from terreau.app.diagnosis.given import Given, read_day
from terreau.app.evidence import door as evidence


@require_GET
def gaps(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """« Que manque-t-il pour le niveau suivant ? »"""
    assessment = assessment_for(request, slug, pk, access.organisation_readable_by)
    order = "apport" if request.GET.get("ordre") == "apport" else "facilite"
    shown = looking.gaps_page(assessment, request.GET.get("niveau", ""), order, auditor=is_auditor(request, assessment))
    page = Paginator(shown["rows"], looking.ROWS).get_page(request.GET.get("page"))
    return render(request, "diagnostic/gaps.html", shown | {"page": page})


@require_GET
def readiness(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """« Serons-nous prêts ce jour-là ? »"""
    shown = _readiness(request, slug, pk)
    return render(request, "diagnostic/readiness.html", shown | _gathered(request, shown["groups"]))


@require_GET
def readiness_csv(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """Everything that stands in the way, to take away."""
    return _csv(_readiness(request, slug, pk), "echeance")


@require_GET
def xray(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """« Que demanderait un auditeur ? »"""
    shown = _xray(request, slug, pk)
    return render(request, "diagnostic/xray.html", shown | _gathered(request, shown["groups"]))


@require_GET
def xray_csv(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """Everything an auditor would ask about, to take away."""
    return _csv(_xray(request, slug, pk), "radiographie")


def _readiness(request: HttpRequest, slug: str, pk: Any) -> dict[str, Any]:
    assessment = assessment_for(request, slug, pk, access.organisation_readable_by)
    asked = Given()
    day = read_day(request.GET.get("le", ""), "le", asked) or assessment.target_on or timezone.localdate()
    opened = evidence.opened_to(request.user, assessment.organisation)
    shown = looking.readiness_page(assessment, day, auditor=is_auditor(request, assessment), opened=opened)
    return shown | {"errors": asked.errors}


def _xray(request: HttpRequest, slug: str, pk: Any) -> dict[str, Any]:
    assessment = assessment_for(request, slug, pk, access.organisation_readable_by)
    opened = evidence.opened_to(request.user, assessment.organisation)
    return looking.xray_page(assessment, auditor=is_auditor(request, assessment), opened=opened)


def _gathered(request: HttpRequest, groups: list[dict[str, Any]]) -> dict[str, Any]:
    """All the kinds, or with ``?quoi=`` one of them whole."""
    count = sum(one["n"] for one in groups)
    only = next((one for one in groups if one["code"] == request.GET.get("quoi")), None)
    if only is None:
        return {"groups": gathering.overview(groups), "count": count, "only": None}
    page = Paginator(only["places"], gathering.A_PAGE).get_page(request.GET.get("page"))
    return {"groups": [only | {"lines": gathering.lines(page), "left": 0}], "count": count, "only": only, "page": page}


def _csv(shown: dict[str, Any], name: str) -> HttpResponse:
    from terreau.tables.export import write_csv

    target = io.StringIO()
    write_csv(gathering.cells(shown["groups"]), gathering.HEADERS, target)
    answer = HttpResponse("\ufeff" + target.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}-{shown["assessment"].organisation.slug}.csv"'
    return answer


@require_http_methods(["GET", "POST"])
def reminders(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """What is due and whose owner nobody has reminded yet."""
    may = access.organisation_editable_by if request.method == "POST" else access.organisation_contributable_by
    assessment = assessment_for(request, slug, pk, may)
    if request.method == "POST":
        done = reminding.remind(assessment, request.user, request.POST.getlist("who"))
        messages.success(request, ngettext("%(n)d rappel noté.", "%(n)d rappels notés.", done) % {"n": done})
        return redirect("diagnosis:reminders", slug, pk)
    shown = reminding.page(assessment)
    page = Paginator(shown["rows"], looking.ROWS).get_page(request.GET.get("page"))
    return render(request, "diagnostic/reminders.html", shown | {"assessment": assessment, "page": page})
