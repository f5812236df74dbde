"""The days to come on a page, and as a file for any calendar."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from terreau.app.calendar import door, entering, gathering, showing
from terreau.app.calendar.models import Nature
from terreau.app.language import language
from terreau.app.settings_env import public_url
from terreau.plan.calendar import KINDS
from terreau.plan.icalendar import icalendar

ROWS, LATE = 24, 6
TYPE = "text/calendar; charset=utf-8"


@require_GET
def home(request: HttpRequest, slug: str) -> HttpResponse:
    """« Qu’est-ce qui arrive, et quand ? »"""
    organisation = entering.organisation_for(request, slug)
    found, today = gathering.events(organisation, request.user, language()), timezone.localdate()
    chosen = request.GET.get("quoi", "")
    kept = [one for one in found if one.kind == chosen] if chosen in KINDS else list(found)
    late, coming = [one for one in kept if one.on < today], [one for one in kept if one.on >= today]
    page = Paginator(coming, ROWS).get_page(request.GET.get("page"))
    facts = door.facts_of(organisation)
    shown = {
        "page": page, "months": showing.months(showing.rows(page, today)), "kinds": showing.kinds(found, chosen), "chosen": chosen,
        "all": len(found), "facts": facts, "debate_over": bool(facts.debate_on and facts.debate_on < today),
        "untold": facts.nature == Nature.UNTOLD,
    }  # fmt: skip
    if page.number == 1:
        most = ROWS if request.GET.get("retards") == "tous" else LATE
        shown |= {"late": showing.rows(late[:most], today), "more_late": max(0, len(late) - most)}
    return render(request, "calendar/home.html", shown)


@require_GET
def file(request: HttpRequest, slug: str) -> HttpResponse:
    """The same days as an iCalendar file, to take away once."""
    organisation = entering.organisation_for(request, slug)
    return as_file(organisation, request.user, language())


def as_file(organisation: Any, user: Any, told: str) -> HttpResponse:
    """What is due there, as this person may know it, in iCalendar; addresses are whole."""
    found = [replace(one, url=public_url() + one.url if one.url.startswith("/") else one.url)
             for one in gathering.events(organisation, user, told)]  # fmt: skip
    name = _("Terreau, %(organisation)s") % {"organisation": organisation.name}
    text = icalendar(found, name, told, stamp=timezone.now(), scope=str(organisation.pk))
    answer = HttpResponse(text, content_type=TYPE)
    answer["Content-Disposition"] = f'attachment; filename="terreau-{organisation.slug}.ics"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
