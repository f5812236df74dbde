"""Several files dropped at once, one source per tool, one confirmation. Who asks, what, downstairs, a template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from terreau.app.accounts import access
from terreau.app.inventory import arrivals, drops, sorting
from terreau.app.inventory.forms import SORTED
from terreau.app.inventory.models import Draft
from terreau.kernel.errors import TerreauError, Words


@require_http_methods(["GET", "POST"])
def drop(request: HttpRequest, slug: str, drop: Any) -> HttpResponse:
    """What was understood of each file, and the source each goes to; changed here, read again at once."""
    organisation, drafts = _drafts(request, slug, drop)
    if request.method == "POST":
        try:
            drops.rearranged(drafts, request.user, request.POST)
        except TerreauError as refusal:
            return _page(request, organisation, drop, refusal)
        return redirect("parc:drop", slug, drop)
    return _page(request, organisation, drop)


@require_POST
def confirm(request: HttpRequest, slug: str, drop: Any) -> HttpResponse:
    """Keep them all, as shown. A source changed in the same click is read and shown first."""
    organisation, drafts = _drafts(request, slug, drop)
    try:
        if drops.rearranged(drafts, request.user, request.POST):
            messages.info(request, gettext("Une source a changé : voici la nouvelle lecture, à confirmer."))
            return redirect("parc:drop", slug, drop)
        drops.confirm(drafts, request.user, request.POST)
    except TerreauError as refusal:
        return _page(request, organisation, drop, refusal)
    done = len(drafts)
    messages.success(request, ngettext("%(n)d source est comptée.", "%(n)d sources sont comptées.", done) % {"n": done})
    return redirect("parc:reconcile", slug)


@require_POST
def abandon(request: HttpRequest, slug: str, drop: Any) -> HttpResponse:
    """Forget every import of this drop, and its files."""
    _, drafts = _drafts(request, slug, drop)
    for draft in drafts:
        arrivals.abandon(draft, request.user)
    messages.info(request, gettext("Import abandonné, fichiers supprimés."))
    return redirect("parc:arrival", slug)


def opened(organisation: Any, actor: Any, answers: Mapping[str, Any]) -> tuple[list[Draft], list[Words]]:
    """The imports opened and read, one per source, and why the others could not be."""
    begun = sorting.begin if answers["source"] == SORTED else _one_source
    drafts: list[Draft] = []
    refusals: list[Words] = []
    for draft in begun(organisation, actor, answers):
        try:
            arrivals.look(draft)
            drafts.append(draft)
        except TerreauError as error:
            refusals.append(error.words(get_language() or "fr"))
            arrivals.abandon(draft, actor)
    return drafts, refusals


def onwards(request: HttpRequest, drafts: Sequence[Draft], refusals: Sequence[Words]) -> HttpResponse:
    """The page of what was understood: of the one import, or of the whole drop; what was refused is said on it."""
    for one in refusals:
        messages.error(request, f"{one.what} {one.why} {one.remedy}")
    slug = drafts[0].organisation.slug
    if drafts[0].drop and (len(drafts) > 1 or drafts[0].source.snapshots.exists()):
        return redirect("parc:drop", slug, drafts[0].drop)
    return redirect("parc:understood", slug, drafts[0].pk)


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
