"""Importing: drop, look, correct, confirm; or ten lines. Who asks, what, downstairs, a template."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from terreau.app.accounts import access
from terreau.app.inventory import (
    arrivals,
    corrections,
    exports,
    jobs,
    leftovers,
    quick,
    sorting,
    twice,
    understanding,
    views_drop,
)
from terreau.app.inventory.forms import ArrivalForm, QuickForm
from terreau.app.inventory.models import Draft, Snapshot, Source
from terreau.app.tasks import door as tasks
from terreau.app.tasks import leading
from terreau.kernel.errors import TerreauError


@require_http_methods(["GET", "POST"])
def arrival(request: HttpRequest, slug: str) -> HttpResponse:
    """Step 1: the files, and where they come from."""
    organisation = access.organisation_editable_by(request.user, slug)
    sources = list(Source.objects.of(organisation).filter(kind=Source.FILE, snapshots__isnull=False).distinct())
    form = ArrivalForm(request.POST or None, request.FILES or None, sources=sources)
    refusal = None
    if request.method == "POST" and form.is_valid():
        drafts = views_drop.begun(organisation, request.user, form.cleaned_data)
        job = jobs.reading(drafts, request.user)
        error = tasks.refusal_of(job)
        if error is None:
            return leading.onwards(request, job)
        refusal = error.words(get_language() or "fr")
        for draft in drafts:
            arrivals.abandon(draft, request.user)
    leftovers.forget_old_drafts(organisation)
    status = 400 if form.errors or refusal else 200
    return render(request, "parc/arrival.html", {"form": form, "refusal": refusal}, status=status)


@require_http_methods(["GET", "POST"])
def understood(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """Step 2: what was understood, sheet by sheet; corrections are read again at once."""
    draft = _draft(request, slug, pk)
    if request.method == "POST":
        try:
            choices = corrections.read(request.POST, draft)
        except TerreauError as refusal:
            return _page(request, draft, refusal)
        job = jobs.reading([draft], request.user, choices)
        error = tasks.refusal_of(job)
        if error:
            return _page(request, draft, error)
        return leading.onwards(request, job, reverse("parc:understood", args=[slug, draft.pk]))
    under_way = None if draft.understood else jobs.being_read(draft)
    return leading.onwards(request, under_way) if under_way else _page(request, draft)


@require_POST
def confirm(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """Step 3: keep what was shown. A second click finds the import already kept."""
    organisation = access.organisation_editable_by(request.user, slug)
    draft = Draft.objects.of(organisation).filter(pk=pk).select_related("source").first()
    digest = request.POST.get("digest", "")
    if draft is None:
        return _already_kept(request, organisation, digest)
    job = jobs.confirming([draft], request.user, [digest], "parc:fleet")
    refusal = tasks.refusal_of(job)
    return _page(request, draft, refusal) if refusal else leading.onwards(request, job)


@require_POST
def abandon(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """Forget this import and its files."""
    arrivals.abandon(_draft(request, slug, pk), request.user)
    messages.info(request, gettext("Import abandonné, fichiers supprimés."))
    return redirect("parc:arrival", slug)


@require_GET
def reasons(request: HttpRequest, slug: str, pk: Any) -> HttpResponseBase:
    """Lines that are doubtful, rejected or merged, each with its reason, as CSV."""
    return exports.reasons_answer(_draft(request, slug, pk))


@require_http_methods(["GET", "POST"])
def ten_lines(request: HttpRequest, slug: str) -> HttpResponse:
    """No file? Ten lines make the same snapshot."""
    organisation = access.organisation_editable_by(request.user, slug)
    form = QuickForm(request.POST or None, initial=quick.initial(organisation))
    if request.method == "POST" and form.is_valid():
        try:
            quick.keep(organisation, request.user, form)
        except TerreauError as refusal:
            form.add_error(None, str(refusal.words(get_language() or "fr")))
        else:
            messages.success(request, gettext("Ces dix lignes sont comptées."))
            return redirect("empreinte:home", slug)
    return render(request, "parc/quick.html", {"form": form}, status=400 if form.errors else 200)


def _draft(request: HttpRequest, slug: str, pk: Any) -> Draft:
    organisation = access.organisation_editable_by(request.user, slug)
    return get_object_or_404(Draft.objects.of(organisation).select_related("source", "organisation"), pk=pk)


def _page(request: HttpRequest, draft: Draft, refusal: TerreauError | None = None) -> HttpResponse:
    language = get_language() or "fr"
    sent = request.POST if refusal else None
    page = understanding.page(draft, request.GET.get("feuille", "1"), language, sent) if draft.understood else None
    beside = sorting.of_drop(draft.organisation, draft.drop) if draft.drop else [draft]
    others, same = len(beside) > 1, twice.of_drafts(draft.organisation, beside)[draft.pk]
    facts = {
        "draft": draft,
        "page": page,
        "others": others,
        "twice": same,
        "refusal": refusal.words(language) if refusal else None,
    }
    return render(request, "parc/understood.html", facts, status=400 if refusal else 200)


def _already_kept(request: HttpRequest, organisation: Any, digest: str) -> HttpResponse:
    kept = Snapshot.objects.of(organisation).select_related("source").filter(sha256=digest).first()
    if kept is None:
        raise Http404
    messages.info(request, gettext("L'inventaire « %(source)s » est déjà compté.") % {"source": kept.source.name})
    return redirect("parc:fleet", organisation.slug)
