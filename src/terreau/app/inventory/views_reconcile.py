"""What several sources share and where they part: who asks, what, downstairs, a template."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from terreau.app.accounts import access
from terreau.app.inventory import arrivals, comparing, deciding, kinds, lineage, owning, reconciled, reconciling, twice
from terreau.app.inventory.exports import csv_answer
from terreau.app.inventory.models import Decision

ROWS, PAIRS, DECISIONS = 25, 20, 5


@require_GET
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """« Que disent nos sources, ensemble ? »"""
    organisation = access.organisation_readable_by(request.user, slug)
    snapshots = arrivals.current(organisation)
    if len(snapshots) < 2:
        return render(request, "parc/reconcile_empty.html", {"sources": len(snapshots)})
    told = reconciling.of(organisation, snapshots)
    decided = Paginator(deciding.about_sources(organisation), DECISIONS).get_page(request.GET.get("page"))
    shown = reconciled.page(told, slug, decided)
    order = comparing.order(organisation, told["sources"])
    shown["twice"] = twice.of_snapshots(snapshots)
    return render(request, "parc/reconcile.html", {"page": shown, "order": order, "decided": decided})


@require_GET
def listing(request: HttpRequest, slug: str, listing: str) -> HttpResponse:
    """One list of devices, 25 at a time."""
    organisation, snapshots, key = _list(request, slug, listing)
    told = reconciling.of(organisation, snapshots)
    lang = kinds.language()
    pages = Paginator(range(told[key]["count"]), ROWS).get_page(request.GET.get("page"))
    rows = reconciling.devices(organisation, snapshots, key, pages.start_index() - 1 if told[key]["count"] else 0, ROWS)
    shown = {
        "card": reconciled.listing_card(told, key, slug, lang),
        "rows": [reconciled.device_row(one, slug, lang) for one in rows],
        "page": pages,
        "asks": key == owning.LISTING,
        "others": [reconciled.listing_card(told, one, slug, lang) for one in comparing.beside(key, told)],
    }
    return render(request, "parc/reconcile_list.html", shown)


@require_GET
def listing_csv(request: HttpRequest, slug: str, listing: str) -> HttpResponse:
    """The whole list as CSV, with the rows of files each device comes from."""
    organisation, snapshots, key = _list(request, slug, listing)
    table = comparing.listing_table(reconciling.devices(organisation, snapshots, key))
    return csv_answer(table, f"rapprochement-{listing}.csv")


@require_GET
def pairs(request: HttpRequest, slug: str) -> HttpResponse:
    """The devices that may be one, the heaviest first."""
    organisation = access.organisation_readable_by(request.user, slug)
    told = _told(organisation)
    rows = [reconciled.pair(one, slug, kinds.language()) for one in told["pairs"][:PAIRS]]
    return render(request, "parc/reconcile_pairs.html", {"rows": rows, "more": max(0, told["all_pairs"] - len(rows))})


@require_GET
def disagreements(request: HttpRequest, slug: str, field: str) -> HttpResponse:
    """What the sources say differently of one field, device by device."""
    found = _parted(access.organisation_readable_by(request.user, slug), field)
    return render(request, "parc/reconcile_field.html", comparing.field_page(found, slug, kinds.language()))


@require_GET
def disagreements_csv(request: HttpRequest, slug: str, field: str) -> HttpResponse:
    """The same, every device, as CSV."""
    organisation = access.organisation_readable_by(request.user, slug)
    _parted(organisation, field)
    rows = reconciling.disagreements(organisation, arrivals.current(organisation), field)
    return csv_answer(comparing.field_table(rows), f"desaccords-{field}.csv")


@require_GET
def device(request: HttpRequest, slug: str, device: int) -> HttpResponse:
    """Where one device comes from: the rows of each file, what each says, what is kept."""
    organisation = access.organisation_readable_by(request.user, slug)
    snapshots = arrivals.current(organisation)
    found = lineage.of(reconciling.kept_rows(organisation, snapshots), device) if snapshots else None
    if found is None:
        raise Http404
    return render(request, "parc/lineage.html", {"page": found})


@require_POST
def decide(request: HttpRequest, slug: str) -> HttpResponse:
    """One answer: these two are one device, or are not; this one is ours, or somebody's own. Only what is asked is answered."""
    organisation = access.organisation_editable_by(request.user, slug)
    if owner := next((one for one in owning.ANSWERS if one in request.POST), ""):
        return _settle_owner(request, organisation, owner)
    kind = Decision.SAME if "same" in request.POST else Decision.APART
    asked = comparing.asked(_told(organisation), request.POST.get(kind, ""))
    if asked is None:
        messages.info(request, _no_longer())
    else:
        keys = (asked["keys"][0], asked["keys"][1])
        deciding.settle_pair(organisation, request.user, kind=kind, keys=keys, label=reconciled.pair_label(asked))
        messages.success(request, gettext("C'est retenu, pour cet inventaire et les suivants."))
    return redirect("parc:reconcile_pairs" if request.POST.get("from") == "pairs" else "parc:reconcile", slug)


@require_POST
def reorder(request: HttpRequest, slug: str) -> HttpResponse:
    """Believe one source before the one above it, in every field."""
    organisation = access.organisation_editable_by(request.user, slug)
    chosen = comparing.raised(organisation, _told(organisation)["sources"], request.POST.get("up", ""))
    if chosen:
        deciding.order_sources(organisation, request.user, chosen)
        messages.success(request, gettext("Ordre retenu : il vaut pour tous les champs, et pour les imports suivants."))
    return redirect("parc:reconcile", slug)


@require_POST
def undo(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """Take one of these decisions back."""
    organisation = access.organisation_editable_by(request.user, slug)
    deciding.unsettle(get_object_or_404(deciding.about_sources(organisation), pk=pk), request.user)
    messages.success(request, gettext("Décision retirée : la question est de nouveau posée."))
    return redirect("parc:reconcile", slug)


def _settle_owner(request: HttpRequest, organisation: Any, owner: str) -> HttpResponse:
    found = owning.asked(organisation, arrivals.current(organisation), request.POST[owner])
    if found is None:
        messages.info(request, _no_longer())
    else:
        label = found["label"] or gettext("sans numéro")
        deciding.settle_owner(organisation, request.user, line_key=found["key"], owner=owner, label=label)
        messages.success(request, gettext("C'est retenu, pour cet inventaire et les suivants."))
    if request.POST.get("from") == "list":
        return redirect("parc:reconcile_list", organisation.slug, reconciled.SHORT_LISTS[owning.LISTING])
    return redirect("parc:reconcile", organisation.slug)


def _no_longer() -> str:
    return gettext("Cette question n'est plus posée : les sources ou les décisions ont changé.")


def _told(organisation: Any) -> dict[str, Any]:
    snapshots = arrivals.current(organisation)
    if not snapshots:
        raise Http404
    return reconciling.of(organisation, snapshots)


def _parted(organisation: Any, field: str) -> dict[str, Any]:
    found: dict[str, Any] | None
    found = next((one for one in _told(organisation)["disagreements"] if one["field"] == field), None)
    if found is None:
        raise Http404
    return found


def _list(request: HttpRequest, slug: str, listing: str) -> tuple[Any, list[Any], str]:
    organisation = access.organisation_readable_by(request.user, slug)
    snapshots = arrivals.current(organisation)
    if listing not in reconciled.LIST_OF or not snapshots:
        raise Http404
    return organisation, snapshots, reconciled.LIST_OF[listing]
