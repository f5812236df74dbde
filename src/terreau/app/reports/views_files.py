"""A report taken away: HTML, PDF, ODT, DOCX."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from terreau.app.reports import entering, exporting
from terreau.app.reports.models import Publication, Report


@require_GET
def draft_file(request: HttpRequest, slug: str, pk: Any, extension: str) -> HttpResponseBase:
    """The draft as it stands, in one format; it says that it is one."""
    return _file(entering.report_for(request, slug, pk), extension, None)


@require_GET
def publication_file(request: HttpRequest, slug: str, pk: Any, number: int, extension: str) -> HttpResponseBase:
    """One version published, in one format."""
    found = entering.report_for(request, slug, pk)
    return _file(found, extension, get_object_or_404(Publication, report=found, number=number))


def _file(report: Report, extension: str, publication: Publication | None) -> HttpResponseBase:
    if extension not in exporting.TYPES:
        raise Http404
    state = f"v{publication.number}" if publication else "brouillon"
    name = f"{slugify(report.title)[:80]}-{state}.{extension}"
    answer: HttpResponseBase
    if extension == "html":
        answer = HttpResponse(exporting.html(report, publication), content_type=exporting.TYPES[extension])
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
    else:
        path = exporting.file_of(report, extension, publication)
        answer = FileResponse(
            path.open("rb"), as_attachment=True, filename=name, content_type=exporting.TYPES[extension]
        )
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
