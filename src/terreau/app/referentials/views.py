"""The referentials of an organisation: the list, one edition, one criterion, what can be taken away."""

from __future__ import annotations

import tempfile
from pathlib import Path
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from terreau.app.accounts import access
from terreau.app.referentials import crossing, moving, returning, shelf, showing, storing
from terreau.app.referentials.models import PrivateReferential

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
YAML = "application/yaml; charset=utf-8"
MEDIA = {".xlsx": XLSX, ".ods": "application/vnd.oasis.opendocument.spreadsheet", ".tsv": "text/tab-separated-values"}
ROWS, CELLS = 50, 12


@require_GET
def home(request: HttpRequest, slug: str) -> HttpResponse:
    """« Sur quelles grilles pouvons-nous nous appuyer ? »"""
    organisation = access.organisation_readable_by(request.user, slug)
    return render(request, "referentials/list.html", showing.shelves(organisation))


@require_GET
def edition(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """One edition, a theme at a time."""
    organisation = access.organisation_readable_by(request.user, slug)
    shown = showing.edition_page(organisation, ref, request.GET.get("theme", ""), request.GET.get("page"))
    if shown["fillable"] and access.role_of(request.user, organisation) in access.CONTRIBUTE:
        from terreau.app.diagnosis import door as diagnosis

        shown["assessments"] = [one for one in diagnosis.assessments_of(organisation)
                                if (one.referential, one.version) == (shown["edition"].key, shown["edition"].version)]  # fmt: skip
    return render(request, "referentials/edition.html", shown)


@require_GET
def criterion(request: HttpRequest, slug: str, ref: str, short: str) -> HttpResponse:
    """One criterion, our words and the official ones side by side."""
    organisation = access.organisation_readable_by(request.user, slug)
    return render(request, "referentials/criterion.html", showing.criterion_page(organisation, ref, short))


@require_GET
def export(request: HttpRequest, slug: str, ref: str, form: str) -> HttpResponse:
    """An edition as XLSX (to read) or YAML (to edit and import under another version)."""
    organisation = access.organisation_readable_by(request.user, slug)
    taken, _row = shelf.found(organisation, ref)
    name = f"{taken.key.rpartition('/')[2]}-{taken.version}.{form}"
    if form == "yaml":
        from terreau.referentials.document import to_yaml

        return _file(to_yaml(taken).encode(), YAML, name)
    if form != "xlsx":
        raise Http404
    from terreau.referentials.workbook import write_workbook

    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "edition.xlsx"
        write_workbook(taken, target, showing.language())
        return _file(target.read_bytes(), XLSX, name)


@require_GET
def returned(request: HttpRequest, slug: str, assessment: UUID) -> HttpResponse:
    """« Que contiendra la grille rendue ? »: how many cells, and what could not be written, before it is taken away."""
    made = _returned(request, slug, assessment)
    lang = showing.language()
    left = [(key, what.in_(lang), cell, why.in_(lang)) for key, what, cell, why in made.left]
    emptied = ", ".join(made.told.emptied[:CELLS]) + (", …" if len(made.told.emptied) > CELLS else "")
    shown = {"made": made, "assessment": assessment, "emptied": emptied,
             "page": Paginator(left, ROWS).get_page(request.GET.get("page"))}  # fmt: skip
    return render(request, "referentials/returned.html", shown)


@require_GET
def filled(request: HttpRequest, slug: str, assessment: UUID) -> HttpResponse:
    """« Rendre la grille remplie » : the received workbook with the answers of one assessment."""
    from terreau.app.journal import door as journal

    made = _returned(request, slug, assessment)
    facts = {"title": made.title, "cells": made.told.cells, "left": len(made.told.left)}
    with transaction.atomic():
        organisation = access.organisation_contributable_by(request.user, slug)
        journal.record(organisation, request.user, "referentials.grid_filled", facts)
    return _file(made.content, MEDIA.get(Path(made.name).suffix, "text/csv"), made.name)


def _returned(request: HttpRequest, slug: str, assessment: UUID) -> returning.Returned:
    from terreau.app.diagnosis import door as diagnosis

    organisation = access.organisation_contributable_by(request.user, slug)
    record = diagnosis.record_of(organisation, assessment)
    if record is None:
        raise Http404
    return returning.filled(organisation, record)


@require_POST
def withdraw(request: HttpRequest, slug: str, ref: UUID) -> HttpResponse:
    """Propose a private edition no more."""
    organisation = access.organisation_editable_by(request.user, slug)
    row = get_object_or_404(PrivateReferential.objects.visible_to(request.user), organisation=organisation, pk=ref)
    storing.withdraw(row, request.user)
    messages.success(request, _("Ce référentiel n'est plus proposé ; les évaluations en cours le gardent."))
    return redirect("referentials:list", slug)


@require_http_methods(["GET", "POST"])
def crosswalks(request: HttpRequest, slug: str) -> HttpResponse:
    """« Quelle preuve peut servir ailleurs ? »: pairs to confirm one by one; a verdict is never copied."""
    organisation = access.organisation_readable_by(request.user, slug)
    if request.method == "POST":
        organisation = access.organisation_editable_by(request.user, slug)
        sent = request.POST
        crossing.say(organisation, request.user, sent.get("a", ""), sent.get("b", ""), holds=sent.get("holds") == "1")
        messages.success(request, _("C'est noté."))
        return redirect(request.get_full_path())
    of, state = request.GET.get("referentiel", "nr-terreau"), request.GET.get("etat", "a-confirmer")
    return render(
        request,
        "referentials/crosswalks.html",
        showing.crosswalk_page(organisation, of, state, request.GET.get("page")),
    )


@require_http_methods(["GET", "POST"])
def migration(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """« Que deviennent nos réponses dans la nouvelle édition ? »: passages to accept, one by one."""
    organisation = access.organisation_readable_by(request.user, slug)
    shown = showing.migration_page(organisation, ref, request.GET.get("depuis", ""), request.GET.get("page"))
    if request.method == "POST":
        organisation = access.organisation_editable_by(request.user, slug)
        rank = request.POST.get("rank", "")
        proposed = shown["proposed"]
        if rank == "known":
            chosen = [step for step, made in proposed if step.status == "known" and made is None]
        elif rank.isdecimal() and len(rank) < 6 and int(rank) < len(proposed):
            chosen = [proposed[int(rank)][0]]
        else:
            raise Http404
        moving.say(
            organisation, request.user, shown["old"], shown["new"], chosen, accepted=request.POST.get("accepted") == "1"
        )
        return redirect(request.get_full_path())
    return render(request, "referentials/migration.html", shown)


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    from django.utils.http import content_disposition_header

    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = content_disposition_header(True, name)
    answer["Cache-Control"] = "private, no-store"
    return answer
