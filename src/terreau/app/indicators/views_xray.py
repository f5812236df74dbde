"""« Notre tableau tient-il ? »: what the X-ray sees, by gravity."""

from __future__ import annotations

from collections import Counter

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from terreau.app.accounts import access
from terreau.app.indicators import xray
from terreau.app.indicators.models import Following
from terreau.app.indicators.naming import definitions_of
from terreau.app.language import language
from terreau.indicators import words

ROWS = 15


@require_GET
def radiography(request: HttpRequest, slug: str) -> HttpResponse:
    """« Notre tableau tient-il ? »"""
    organisation = access.organisation_examinable_by(request.user, slug)
    lang, found = language(), xray.checks(organisation, timezone.localdate())
    counts = Counter(one.severity for one in found)
    asked = request.GET.get("gravite", "")
    view = asked if asked in xray.GRAVITY else ""
    page = Paginator([one for one in found if not view or one.severity == view], ROWS).get_page(request.GET.get("page"))
    names = {
        key: one.name.in_(lang)
        for key, one in definitions_of(organisation, {one.indicator for one in page if one.indicator}).items()
    }
    edits = access.role_of(request.user, organisation) in access.EDIT
    shown = {
        "page": page, "rows": xray.rows(organisation, tuple(page), names, edits), "view": view, "total": len(found),
        "views": [(key, words.SEVERITIES[key].in_(lang), counts[key], xray.CHIPS[key]) for key in xray.GRAVITY],
        "followed": Following.objects.filter(organisation=organisation).count(),
    }  # fmt: skip
    return render(request, "indicators/xray.html", shown)
