"""What several sources share and where they part: who asks, what, downstairs, a template."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from terreau.app.accounts import access


@require_GET
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """« Que disent nos sources, ensemble ? »"""
    access.organisation_readable_by(request.user, slug)
    return render(request, "parc/reconcile.html", {"page": None})
