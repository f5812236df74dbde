"""Handing a kept file back to who may read its organisation."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from terreau.app.accounts import access
from terreau.app.files import door
from terreau.app.files.models import File


@require_GET
def download(request: HttpRequest, slug: str, pk: UUID) -> FileResponse:
    """The bytes, always as an attachment, never shown in the page."""
    organisation = access.organisation_readable_by(request.user, slug)
    found = get_object_or_404(File, organisation=organisation, pk=pk)
    if not door.openable(organisation, request.user, found.pk):
        raise Http404
    content = door.path_of(organisation, found.pk).open("rb")
    response = FileResponse(content, as_attachment=True, filename=found.name, content_type="application/octet-stream")
    response.headers["Cache-Control"] = "private, no-store"
    return response
