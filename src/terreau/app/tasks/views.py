"""Work under way and finished: who asks, what, downstairs, a template."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from terreau.app.accounts import access
from terreau.app.tasks import door, kinds, leading, showing
from terreau.app.tasks.models import Job, State

ROWS = 25
REFRESH = 2  # seconds between two looks at a job under way


@require_GET
def jobs(request: HttpRequest, slug: str) -> HttpResponse:
    """« Travaux » : what was asked for, by whom, and what came of it."""
    organisation = access.organisation_readable_by(request.user, slug)
    page = Paginator(door.visible_to(request.user, organisation), ROWS).get_page(request.GET.get("page"))
    rows = [showing.row(one) for one in page]
    shown = {"page": page, "rows": rows, "no_worker": showing.no_worker(page.object_list)}
    return render(request, "travaux/list.html", shown)


@require_GET
def job(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """One piece of work: how far it is, then what came of it. Looks again by itself, without script."""
    found = _job(request, slug, pk)
    then = leading.next_page(request, found)
    if found.state == State.DONE and then:
        return leading.onwards(request, found, then)
    paused = bool(request.GET.get("pause"))
    page = showing.page(found, request.user)
    response = render(
        request,
        "travaux/job.html",
        {"job": found, "page": page, "paused": paused, "then": request.GET.get(leading.THEN, "")},
    )
    if found.live and not paused:
        response["Refresh"] = str(REFRESH)  # a header, so that a person may do without it: ?pause=1
    return response


@require_POST
def cancel(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """Call a piece of work off; one that just ended stays as it ended."""
    found = _job(request, slug, pk)
    if not showing.may_cancel(found, request.user):
        raise PermissionDenied
    if door.cancel(found, request.user):
        messages.info(request, gettext("Travail annulé : rien n'en a été gardé."))
    return redirect(leading.address(found))


@require_POST
def again(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """Ask again for what was cancelled, refused or stranded, as the person one is today."""
    found = _job(request, slug, pk)
    if found.state in (State.DONE, *door.LIVE):
        return redirect(leading.address(found))
    asked = door.ask(
        found.organisation, request.user, found.kind, found.inputs, digest=found.digest, subject=found.subject
    )
    return leading.onwards(request, asked)


def _job(request: HttpRequest, slug: str, pk: Any) -> Job:
    organisation = access.organisation_readable_by(request.user, slug)
    found = get_object_or_404(Job.objects.select_related("organisation", "by"), organisation=organisation, pk=pk)
    if found.kind not in kinds.allowed_to(access.role_of(request.user, organisation)):
        raise PermissionDenied
    return found
