"""Reading the journal: owners and auditors of an organisation see who changed what."""

import csv

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from terreau.app.accounts import access
from terreau.app.accounts.models import Organisation
from terreau.app.journal import door
from terreau.app.journal.models import Entry
from terreau.app.journal.words import BREAKS, sentence

ROWS = 25
VERIFIED_ON_SIGHT = 5000  # beyond, reading it all again takes seconds: `terreau journal verify`


@require_GET
def entries(request: HttpRequest, slug: str) -> HttpResponse:
    """« Qui a changé quoi ? », the latest first."""
    organisation = _auditable(request, slug)
    page = Paginator(Entry.objects.filter(organisation=organisation).order_by("-number"), ROWS).get_page(
        request.GET.get("page")
    )
    try:
        rows = [(entry, sentence(entry.action, entry.facts)) for entry in page]
    except ValueError:  # a cell was replaced, behind our back, by something no entry can hold: the chain says so
        rows = []
    verification = door.verify(organisation) if page.paginator.count <= VERIFIED_ON_SIGHT else None
    broken = [(each.number, BREAKS[each.kind]) for each in verification.breaks[:10]] if verification else []
    shown = {"page": page, "rows": rows, "verification": verification, "breaks": broken}
    return render(request, "journal/entries.html", shown)


@require_GET
def entries_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole journal, digests included, to keep or to verify elsewhere."""
    from terreau.tables.export import neutral

    organisation = _auditable(request, slug)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="journal-{organisation.slug}.csv"'
    response.write("\ufeff")
    writer = csv.writer(response, delimiter=";")
    writer.writerow(["number", "at", "actor", "action", "facts", "previous", "digest"])
    for entry in Entry.objects.filter(organisation=organisation).order_by("number").iterator(2000):
        cells = [entry.at.isoformat(), entry.actor_label, entry.action, entry.written, entry.previous, entry.digest]
        writer.writerow([entry.number, *map(neutral, cells)])
    return response


def _auditable(request: HttpRequest, slug: str) -> Organisation:
    organisation = access.organisation_readable_by(request.user, slug)
    if access.role_of(request.user, organisation) not in {"owner", "auditor"}:
        raise PermissionDenied
    return organisation
