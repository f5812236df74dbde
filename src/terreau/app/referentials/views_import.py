"""Bringing a referential in: a YAML edition, an official JSON, a received workbook and its mapping screen."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from terreau.app.accounts import access
from terreau.app.files.door import plain_name
from terreau.app.referentials import grid_form, receiving, storing
from terreau.app.referentials.models import OfficialTexts, PrivateReferential, ReceivedGrid
from terreau.app.referentials.showing import language
from terreau.kernel.errors import TerreauError

ROWS = 50


@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest, slug: str) -> HttpResponse:
    """« Importer un référentiel » : one file, recognised by what it is."""
    organisation = access.organisation_editable_by(request.user, slug)
    refusal = None
    if request.method == "POST":
        upload = request.FILES.get("file")
        try:
            if upload is None:
                raise TerreauError("app.referential_no_file")
            return _brought(request, organisation, upload)
        except TerreauError as refused:
            refusal = refused.words(language())
    shown = {"refusal": refusal, "kinds": ",".join((*storing.YAML, *storing.JSON, *storing.SPREADSHEETS))}
    return render(request, "referentials/import.html", shown, status=400 if refusal else 200)


@require_http_methods(["GET", "POST"])
def grid(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """« Ce que nous avons compris de la grille » : look, correct, accept."""
    organisation = access.organisation_editable_by(request.user, slug)
    draft = get_object_or_404(ReceivedGrid.objects.visible_to(request.user), organisation=organisation, pk=pk)
    sheet = request.POST.get("sheet", "") or request.GET.get("feuille", "")
    errors: list[tuple[str, str]] = []
    if request.method == "POST":
        errors = grid_form.unknown(draft, request.POST)
        refusal = None if errors else _read_again(draft, request)
        if not errors and refusal is None and request.POST.get("accept"):
            try:
                made = receiving.accept(draft, request.user)
            except TerreauError as refused:
                refusal = refused.words(language())
            else:
                messages.success(request, _("La grille est devenue un référentiel privé."))
                return redirect("referentials:edition", slug, str(made.pk))
        if not errors and refusal is None:
            return redirect(f"{request.path}?feuille={sheet}" if sheet else request.path)
        shown = grid_form.page(draft, sheet) | {"refusal": refusal, "errors": errors}
        return render(request, "referentials/grid.html", shown, status=400)
    return render(request, "referentials/grid.html", grid_form.page(draft, sheet))


@require_GET
def lines(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """« Qu'est devenue chaque ligne ? »"""
    organisation = access.organisation_editable_by(request.user, slug)
    draft = get_object_or_404(ReceivedGrid.objects.visible_to(request.user), organisation=organisation, pk=pk)
    page = Paginator(grid_form.lines(draft.understood), ROWS).get_page(request.GET.get("page"))
    return render(request, "referentials/lines.html", {"draft": draft, "page": page})


@require_POST
def abandon(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Forget a grid being read."""
    organisation = access.organisation_editable_by(request.user, slug)
    draft = get_object_or_404(ReceivedGrid.objects.visible_to(request.user), organisation=organisation, pk=pk)
    receiving.abandon(draft, request.user)
    messages.success(request, _("Import abandonné, fichier oublié."))
    return redirect("referentials:list", slug)


def _read_again(draft: ReceivedGrid, request: HttpRequest) -> Any:
    """The words of the refusal, None when the corrected reading holds."""
    mapping = grid_form.corrected(draft, request.POST)
    if mapping == draft.mapping:
        return None
    try:
        receiving.correct(draft, mapping)
    except TerreauError as refused:
        return refused.words(language())
    return None


def _brought(request: HttpRequest, organisation: Any, upload: Any) -> HttpResponse:
    name = plain_name(str(upload.name))
    if Path(name).suffix.lower() in storing.SPREADSHEETS:
        draft = receiving.begin(organisation, request.user, upload)
        return redirect("referentials:grid", organisation.slug, draft.pk)
    if upload.size > settings.UPLOAD_MAX_BYTES:
        most = settings.UPLOAD_MAX_BYTES // (1024 * 1024)
        raise TerreauError("app.file_too_large", name=name, size=f"> {most}", limit=most)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"arrivee{Path(name).suffix.lower()[:8]}"
        with path.open("wb") as file:
            for chunk in upload.chunks():
                file.write(chunk)
        kept: PrivateReferential | OfficialTexts = storing.keep_file(organisation, path, name, request.user)
    if isinstance(kept, PrivateReferential):
        messages.success(request, _("Référentiel importé."))
        return redirect("referentials:edition", organisation.slug, str(kept.pk))
    messages.success(request, _("Texte officiel importé : il se montre à côté de nos questions."))
    return redirect("referentials:list", organisation.slug)
