"""What may be handed over: the dossiers made, a new one, one of them, and the compiled documents."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from terreau.app.accounts import access
from terreau.app.audits import door as audits
from terreau.app.publishing import compiling, making, packing, showing
from terreau.app.publishing.forms import DossierForm
from terreau.app.publishing.models import Dossier, DossierQuerySet
from terreau.app.tasks import leading
from terreau.kernel.errors import TerreauError

ROWS = 20


@require_GET
def dossiers(request: HttpRequest, slug: str) -> HttpResponse:
    """« Que pouvons-nous remettre ? »"""
    organisation = access.organisation_readable_by(request.user, slug)
    page = Paginator(_seen(request, organisation), ROWS).get_page(request.GET.get("page"))
    shown = {"page": page, "rows": showing.rows(page.object_list, edits=_edits(request, organisation))}
    return render(request, "publishing/dossiers.html", shown | {"may_make": _edits(request, organisation)})


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """A dossier of a freeze, or of the work as it stands."""
    organisation = access.organisation_editable_by(request.user, slug)
    sources = packing.sources(organisation)
    initial = {"source": request.GET.get("source", ""), "language": showing.language()}
    form = DossierForm(sources, showing.language(), request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        source = next(one for one in sources if one.key == form.cleaned_data["source"])
        try:
            job = making.ask(organisation, request.user, source, audience=form.cleaned_data["audience"],
                             language=form.cleaned_data["language"])  # fmt: skip
        except TerreauError as refusal:
            messages.error(request, str(refusal.words(showing.language())))
        else:
            return leading.onwards(request, job)
    return render(request, "publishing/new.html", {"form": form, "sources": sources})


@require_GET
def dossier(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """One dossier: what it holds, what it does not, the number to quote."""
    row = _dossier(request, slug, pk)
    shown = showing.rows([row], edits=_edits(request, row.organisation))[0] | {
        "absent": showing.absent(row),
        "may_make": _edits(request, row.organisation),
    }
    return render(request, "publishing/dossier.html", shown)


@require_GET
def download(request: HttpRequest, slug: str, pk: UUID) -> FileResponse:
    """The archive, as long as it is kept."""
    row = _dossier(request, slug, pk)
    if not making.there(row) or (making.outdated([row]) and not _edits(request, row.organisation)):
        raise TerreauError("app.dossier_expired", title=row.title)
    return _attached(making.path_of(row).open("rb"), f"{row.name}.zip", "application/zip")


@require_POST
def remove(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Forget a dossier and its archive."""
    access.organisation_editable_by(request.user, slug)
    making.remove(_dossier(request, slug, pk), request.user)
    messages.success(request, _("Dossier retiré. Le gel, lui, reste."))
    return redirect("publishing:list", slug)


@require_GET
def compiled(request: HttpRequest, slug: str) -> HttpResponse:
    """The compiled documents of one source."""
    organisation = access.organisation_readable_by(request.user, slug)
    sources = packing.sources(organisation, auditor=_auditor(request, organisation))
    wanted = request.GET.get("source", "")
    chosen = next((one for one in sources if one.key == wanted), sources[0] if sources else None)
    shown = {
        "sources": showing.choices(sources, showing.language()),
        "chosen": chosen,
        "documents": showing.compiled(chosen, showing.language()),
    }
    return render(request, "publishing/compiled.html", shown)


@require_GET
def document(request: HttpRequest, slug: str, source: str, key: str, extension: str) -> FileResponse:
    """One compiled document, in one format."""
    organisation = access.organisation_readable_by(request.user, slug)
    found = packing.source_of(organisation, source, auditor=_auditor(request, organisation))
    if found is None or extension not in compiling.TYPES or not showing.offers(found, key):
        raise Http404
    path = compiling.written(organisation, source, key, extension, showing.language())
    return _attached(path.open("rb"), f"{key}-{organisation.slug}.{extension}", compiling.TYPES[extension])


def _dossier(request: HttpRequest, slug: str, pk: UUID) -> Dossier:
    organisation = access.organisation_readable_by(request.user, slug)
    return get_object_or_404(_seen(request, organisation), pk=pk)


def _seen(request: HttpRequest, organisation: Any) -> DossierQuerySet:
    """The dossiers this person may look at today: for an auditor, those of what they examine."""
    found = Dossier.objects.visible_to(request.user).filter(organisation=organisation)
    auditor = _auditor(request, organisation)
    return found.filter(freeze__in=audits.examined_today(auditor, organisation)) if auditor else found


def _attached(content: Any, name: str, kind: str) -> FileResponse:
    response = FileResponse(content, as_attachment=True, filename=name, content_type=kind)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _auditor(request: HttpRequest, organisation: Any) -> Any:
    """The person, when they are an auditor there; None for everyone else."""
    return request.user if access.role_of(request.user, organisation) == "auditor" else None


def _edits(request: HttpRequest, organisation: Any) -> bool:
    return access.role_of(request.user, organisation) in ("owner", "editor")
