"""A year against another: who asks, what, downstairs, a template."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from terreau.app.accounts import access
from terreau.app.inventory import exports, kinds, years, years_showing


@require_GET
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """« Qu'est-ce qui est entré et sorti en un an ? »"""
    organisation = access.organisation_readable_by(request.user, slug)
    found = years.years_of(organisation)
    told = years_showing.years_page(years.of(organisation, found)) if found.several else None
    return render(request, "parc/years.html", {"page": told, "sources": found.after})


@require_GET
def why(request: HttpRequest, slug: str) -> HttpResponse:
    """The papers of each meter: what is above, below, left out."""
    organisation = access.organisation_readable_by(request.user, slug)
    told = years.of(organisation, _two_years(organisation))
    return render(request, "parc/years_why.html", {"page": years_showing.why_page(told)})


@require_GET
def table(request: HttpRequest, slug: str, name: str) -> HttpResponseBase:
    """A list as CSV: every movement, the balance by category, or the meters with their papers."""
    from terreau.inventory.movements import listing, measures

    organisation = access.organisation_readable_by(request.user, slug)
    found = _two_years(organisation)
    if name == "mouvements":
        kept = years.moves_file(organisation, found).open("rb")
        return FileResponse(
            kept, as_attachment=True, filename="annees-mouvements.csv", content_type=exports.FORMATS["csv"]
        )
    told = years.of(organisation, found)
    rows: dict[str, Any] = {
        "bilan": (listing.BALANCE_COLUMNS, listing.balance_rows(told)),
        "compteurs": (listing.PAPER_COLUMNS, listing.paper_rows(measures(told), kinds.language())),
    }
    if name not in rows:
        raise Http404
    return exports.csv_answer(rows[name], f"annees-{name}.csv")


def _two_years(organisation: Any) -> years.Years:
    found = years.years_of(organisation)
    if not found.several:
        raise Http404
    return found
