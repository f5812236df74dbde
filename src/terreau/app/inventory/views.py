"""The fleet and what is to settle: who asks, what, downstairs, a template."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from terreau.app.accounts import access
from terreau.app.inventory import (
    arrivals,
    dates,
    deciding,
    exports,
    g4it,
    kinds,
    portraits,
    queue,
    reconciled,
    reconciling,
    showing,
)
from terreau.app.inventory.models import Decision, Draft, Snapshot, Source
from terreau.kernel.errors import TerreauError
from terreau.publishing import numbers

SOURCES_SHOWN = 5  # sources a page, each with its snapshots


@require_GET
def fleet(request: HttpRequest, slug: str) -> HttpResponse:
    """« De quoi est fait notre parc ? »"""
    organisation = access.organisation_readable_by(request.user, slug)
    snapshots = arrivals.current(organisation)
    page = None
    if snapshots:
        page = showing.fleet_page(portraits.of(organisation, snapshots), snapshots, request.GET.get("tri"))
        page["together"] = reconciled.together(reconciling.quoted(organisation, snapshots))
    return render(request, "parc/fleet.html", {"page": page})


@require_GET
def counts(request: HttpRequest, slug: str) -> HttpResponse:
    """The table of categories, as CSV."""
    organisation = access.organisation_readable_by(request.user, slug)
    seen = portraits.of(organisation, arrivals.current(organisation))
    return exports.csv_answer(showing.counts_table(seen), "parc-categories.csv")


@require_GET
def lines(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Every line of the fleet with its category and its fate, as CSV."""
    organisation = access.organisation_readable_by(request.user, slug)
    return exports.lines_answer(organisation, "parc-lignes.csv")


@require_GET
def g4it_files(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The fleet as the files of G4IT and NumEcoEval, to weigh it with the engine of the State."""
    organisation = access.organisation_readable_by(request.user, slug)
    try:
        kept = g4it.archive(organisation)
    except TerreauError as refusal:
        messages.error(request, str(refusal.words(kinds.language())))
        return redirect("parc:fleet", slug)
    if kept is None:
        raise Http404
    return FileResponse(kept.open("rb"), as_attachment=True, filename="parc-g4it.zip", content_type="application/zip")


@require_GET
def snapshots(request: HttpRequest, slug: str) -> HttpResponse:
    """The declared sources, their snapshots, and the imports under way."""
    organisation = access.organisation_readable_by(request.user, slug)
    declared = Source.objects.of(organisation).filter(snapshots__isnull=False).distinct().prefetch_related("snapshots")
    page = Paginator(declared, SOURCES_SHOWN).get_page(request.GET.get("page"))
    drafts = Draft.objects.of(organisation).select_related("source")[:5]
    shown = {"page": page, "sources": showing.sources_list(page), "drafts": drafts}
    return render(request, "parc/snapshots.html", shown)


@require_POST
def withdraw(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """Take back one of the dates at which the same content is kept."""
    organisation = access.organisation_editable_by(request.user, slug)
    kept = get_object_or_404(Snapshot.objects.of(organisation).select_related("source", "organisation"), pk=pk)
    facts = {"source": kept.source.name, "day": numbers.day(kept.taken_on, kinds.language())}
    if dates.withdraw(kept, request.user):
        messages.success(request, gettext("« %(source)s » n'a plus d'inventaire au %(day)s.") % facts)
    else:
        messages.error(request, gettext("Ce contenu n'est gardé qu'au %(day)s : cette date ne se retire pas.") % facts)
    return redirect("parc:snapshots", slug)


@require_http_methods(["GET", "POST"])
def settle(request: HttpRequest, slug: str) -> HttpResponse:
    """The queue of what nobody recognised: answered once, remembered."""
    if request.method == "POST":
        organisation = access.organisation_editable_by(request.user, slug)
        answers = queue.read_answers(request.POST)
        for one in answers.settled:
            deciding.settle(
                organisation, request.user, maker=one.maker, model=one.model, type_word=one.type_word, item=one.item
            )
        for lot in answers.lots:
            deciding.settle_quantity(organisation, request.user, line_key=lot.line_key, quantity=lot.quantity)
        if answers.count:
            done = answers.count
            messages.success(
                request, ngettext("%(n)d réponse retenue.", "%(n)d réponses retenues.", done) % {"n": done}
            )
        if not answers.refused:
            return redirect("parc:settle", slug)
    else:
        organisation = access.organisation_readable_by(request.user, slug)
        answers = queue.NO_ANSWERS
    page = queue.page(organisation, answers)
    return render(
        request, "parc/settle.html", {"page": page, "errors": page.errors}, status=400 if page.errors else 200
    )


@require_POST
def unsettle(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """Take one decision back."""
    organisation = access.organisation_editable_by(request.user, slug)
    deciding.unsettle(get_object_or_404(Decision.objects.of(organisation), pk=pk), request.user)
    messages.success(request, gettext("Décision retirée : le modèle est de nouveau à régler."))
    return redirect("parc:settle", slug)


@require_GET
def device(request: HttpRequest, slug: str) -> HttpResponse:
    """The columns of an inventory, read aloud."""
    access.organisation_readable_by(request.user, slug)
    return render(request, "parc/device.html", {"columns": showing.device_columns()})


@require_GET
def template(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """The template to fill in, XLSX or CSV."""
    access.organisation_readable_by(request.user, slug)
    return exports.template_answer(form)
