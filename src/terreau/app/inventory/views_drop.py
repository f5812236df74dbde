"""Several files dropped at once, one source per tool, one confirmation. Who asks, what, downstairs, a template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST

from terreau.app.accounts import access
from terreau.app.inventory import arrivals, drops, jobs, sorting
from terreau.app.inventory.forms import SORTED
from terreau.app.inventory.models import Draft
from terreau.app.tasks import door as tasks
from terreau.app.tasks import leading
from terreau.kernel.errors import TerreauError


@require_http_methods(["GET", "POST"])
def drop(request: HttpRequest, slug: str, drop: Any) -> HttpResponse:
    """What was understood of each file, and the source each goes to; changed here, read again at once."""
    organisation, drafts = _drafts(request, slug, drop)
    if request.method == "POST":
        moved = drops.rearranged(drafts, request.user, request.POST)
        return _read_again(request, organisation, drop, moved) or redirect("parc:drop", slug, drop)
    return _page(request, organisation, drop)


@require_POST
def confirm(request: HttpRequest, slug: str, drop: Any) -> HttpResponse:
    """Keep them all, as shown. A source changed in the same click is read and shown first."""
    organisation, drafts = _drafts(request, slug, drop)
    moved = drops.rearranged(drafts, request.user, request.POST)
    if moved:
        messages.info(request, gettext("Une source a changé : voici la nouvelle lecture, à confirmer."))
        return _read_again(request, organisation, drop, moved) or redirect("parc:drop", slug, drop)
    shown = [request.POST.get(f"d{one.pk}", "") for one in drafts]
    job = jobs.confirming(drafts, request.user, shown, "parc:reconcile")
    refusal = tasks.refusal_of(job)
    return _page(request, organisation, drop, refusal) if refusal else leading.onwards(request, job)


@require_POST
def abandon(request: HttpRequest, slug: str, drop: Any) -> HttpResponse:
    """Forget every import of this drop, and its files."""
    _, drafts = _drafts(request, slug, drop)
    for draft in drafts:
        arrivals.abandon(draft, request.user)
    messages.info(request, gettext("Import abandonné, fichiers supprimés."))
    return redirect("parc:arrival", slug)


def begun(organisation: Any, actor: Any, answers: Mapping[str, Any]) -> list[Draft]:
    """The imports opened, one per source; none is read yet."""
    return (sorting.begin if answers["source"] == SORTED else _one_source)(organisation, actor, answers)


def _read_again(request: HttpRequest, organisation: Any, drop: Any, moved: Sequence[Draft]) -> HttpResponse | None:
    """Have the imports that changed source read again; None when none did."""
    if not moved:
        return None
    job = jobs.reading(moved, request.user)
    refusal = tasks.refusal_of(job)
    if refusal:
        return _page(request, organisation, drop, refusal)
    return leading.onwards(request, job, reverse("parc:drop", args=[organisation.slug, drop]))


def _one_source(organisation: Any, actor: Any, answers: Mapping[str, Any]) -> list[Draft]:
    return [arrivals.begin(organisation, actor, dict(answers))]


def _drafts(request: HttpRequest, slug: str, drop: Any) -> tuple[Any, list[Draft]]:
    organisation = access.organisation_editable_by(request.user, slug)
    drafts = [one for one in sorting.of_drop(organisation, drop) if one.understood]
    if not drafts:
        raise Http404
    return organisation, drafts


def _page(request: HttpRequest, organisation: Any, drop: Any, refusal: TerreauError | None = None) -> HttpResponse:
    drafts = [one for one in sorting.of_drop(organisation, drop) if one.understood]
    facts = {
        "drop": drop,
        "page": drops.page(organisation, drafts),
        "refusal": refusal.words(get_language() or "fr") if refusal else None,
    }
    return render(request, "parc/drop.html", facts, status=400 if refusal else 200)
