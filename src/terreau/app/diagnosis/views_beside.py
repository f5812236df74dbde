"""Beside the answers: interviews and the questions to take there, practices the grid does not ask for."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from terreau.app.accounts import access
from terreau.app.diagnosis import given
from terreau.app.diagnosis.beside import evidence_at, proofs_of
from terreau.app.diagnosis.editions import edition_of, said
from terreau.app.diagnosis.entering import assessment_for
from terreau.app.diagnosis.forms import InterviewForm, OffGridForm
from terreau.app.diagnosis.models import Assessment, Interview, OffGrid
from terreau.app.diagnosis.parting import facet_name
from terreau.app.diagnosis.recording import OFF_GRID
from terreau.app.diagnosis.showing import crumbs, facets_of
from terreau.app.journal import door as journal
from terreau.kernel.errors import TerreauError

ASKED_AT_ONCE = 25
PRINTED_AT_ONCE = {"dmr": 35, "single": 50}
"""Questions of one page to print, by mode: as many as a light page holds; a profession rarely has more."""


@require_GET
def interviews(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """Whom we listened to, and the questions to take to the next one."""
    assessment = assessment_for(request, slug, pk, access.organisation_readable_by)
    edition = edition_of(assessment)
    page = Paginator(assessment.interviews.all(), ASKED_AT_ONCE).get_page(request.GET.get("page"))
    rows = [{"interview": one, "numbers": [key.rpartition(":")[2] for key in one.criteria]} for one in page]
    asked = [
        (key, said(words), sum(key in one.professions for one in edition.criteria))
        for key, words in edition.professions.items()
    ]
    return render(
        request,
        "diagnostic/interviews.html",
        {"assessment": assessment, "rows": rows, "page": page, "professions": [one for one in asked if one[2]]},
    )


@require_http_methods(["GET", "POST"])
def interview(request: HttpRequest, slug: str, pk: Any, interview: int = 0) -> HttpResponse:
    """One interview: noted, corrected, taken away."""
    assessment = assessment_for(request, slug, pk, access.organisation_contributable_by)
    _still_open(request, assessment)
    edition = edition_of(assessment)
    found = (
        get_object_or_404(Interview, assessment=assessment, pk=interview)
        if interview
        else Interview(assessment=assessment)
    )
    if request.method == "POST" and "remove" in request.POST and found.pk:
        with transaction.atomic():
            found.delete()
            journal.record(
                assessment.organisation,
                request.user,
                "diagnosis.interview_removed",
                {"assessment": assessment.title, "role": found.role},
            )
        return redirect("diagnosis:interviews", slug, pk)
    form = InterviewForm(edition, request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        found.criteria = form.cleaned_data["criteria_text"]
        with transaction.atomic():
            form.save()
            journal.record(
                assessment.organisation,
                request.user,
                "diagnosis.interviewed",
                {"assessment": assessment.title, "role": found.role},
            )
        messages.success(
            request, _("Entretien enregistré. Une déclaration reste plus faible qu'un document ou une mesure.")
        )
        return redirect("diagnosis:interviews", slug, pk)
    return render(
        request,
        "diagnostic/interview.html",
        {"assessment": assessment, "form": form, "interview": found, "crumbs": crumbs(assessment)},
    )


@require_GET
def questions(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """The questions to ask, by profession, on paper: one brings it to the conversation."""
    assessment = assessment_for(request, slug, pk, access.organisation_readable_by)
    edition = edition_of(assessment)
    profession = request.GET.get("metier", "")
    asked = [one for one in edition.criteria if not profession or profession in one.professions]
    page = Paginator(asked, PRINTED_AT_ONCE.get(edition.mode, ASKED_AT_ONCE)).get_page(request.GET.get("page"))
    rows = [{"number": one.number, "question": said(one.question),
             "more": [said(words) for words in one.reading.questions] if one.reading else [said(facet.expects) for facet in one.facets if facet.expects]}
            for one in page]  # fmt: skip
    professions = [(key, said(words), key == profession) for key, words in edition.professions.items()]
    title = said(edition.professions[profession]) if profession in edition.professions else _("Tous les métiers")
    return render(request, "diagnostic/questions.html", {"assessment": assessment, "rows": rows, "page": page, "title": title,
                                                         "professions": professions, "crumbs": crumbs(assessment),
                                                         "official": edition.link if edition.reformulation else ""})  # fmt: skip


@require_GET
def off_grid(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """« Ce que la grille ne demande pas »"""
    assessment = assessment_for(request, slug, pk, access.organisation_readable_by)
    edition = edition_of(assessment)
    labels = {one.key: said(one.label) for one in edition.scale}
    page = Paginator(assessment.off_grid.all(), ASKED_AT_ONCE).get_page(request.GET.get("page"))
    proofs = proofs_of(assessment, [f"{OFF_GRID}:{one.pk}" for one in page])
    rows = [
        {"practice": one, "proofs": proofs[f"{OFF_GRID}:{one.pk}"], "add": evidence_at(assessment, f"{OFF_GRID}:{one.pk}")["new"],
         "facets": [(facet_name(key), labels.get(kept.get("verdict") or "", "")) for key, kept in one.facets.items()]}
        for one in page
    ]  # fmt: skip
    return render(request, "diagnostic/off_grid.html", {"assessment": assessment, "rows": rows, "page": page})


@require_http_methods(["GET", "POST"])
def practice(request: HttpRequest, slug: str, pk: Any, practice: Any = None) -> HttpResponse:
    """One practice hors grille, with the facets of the grid."""
    assessment = assessment_for(request, slug, pk, access.organisation_contributable_by)
    _still_open(request, assessment)
    edition = edition_of(assessment)
    found = (
        get_object_or_404(OffGrid, assessment=assessment, pk=practice) if practice else OffGrid(assessment=assessment)
    )
    if request.method == "POST" and "remove" in request.POST and practice:
        _removed(request, assessment, found)
        return redirect("diagnosis:off_grid", slug, pk)
    form = OffGridForm(edition, request.POST or None, instance=found)
    sent = (
        given.read(request.POST, edition.criteria[0], edition, found, prefix="p-") if request.method == "POST" else None
    )
    if sent and form.is_valid() and not sent.errors:
        found.facets = sent.fields["facets"]
        with transaction.atomic():
            form.save()
            journal.record(
                assessment.organisation,
                request.user,
                "diagnosis.off_grid_kept",
                {"assessment": assessment.title, "title": found.title},
            )
        messages.success(request, _("Pratique enregistrée."))
        return redirect("diagnosis:off_grid", slug, pk)
    facets = [] if edition.mode == "reading" else facets_of(edition, edition.criteria[0], found, prefix="p-")
    shown = [_without_expectation(one) for one in facets]
    return render(request, "diagnostic/practice.html", {"assessment": assessment, "form": form, "facets": shown, "practice": found,
                                                        "kept": bool(practice), "crumbs": crumbs(assessment)})  # fmt: skip


def _still_open(request: HttpRequest, assessment: Assessment) -> None:
    if request.method == "POST" and assessment.state != Assessment.State.OPEN:
        raise TerreauError("app.answer_closed")


def _without_expectation(facet: Any) -> Any:
    from dataclasses import replace

    return replace(facet, expects="")  # the words of a criterion ask nothing of a practice of one's own


def _removed(request: HttpRequest, assessment: Assessment, found: OffGrid) -> None:
    with transaction.atomic():
        title = found.title
        found.delete()
        journal.record(
            assessment.organisation,
            request.user,
            "diagnosis.off_grid_removed",
            {"assessment": assessment.title, "title": title},
        )
    messages.success(request, _("Pratique retirée."))
