"""The « bon indicateur » assistant: five questions, one page each; the answers travel in the address, nothing is kept."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from terreau.app.accounts import access
from terreau.app.language import language
from terreau.indicators import words
from terreau.indicators.good import questions, walk

NAME = "nom"
CHIPS = {"go": "ok", "mend": "warn", "stop": "bad"}


@require_GET
def assistant(request: HttpRequest, slug: str) -> HttpResponse:
    """« Est-ce un bon indicateur ? »"""
    organisation = access.organisation_examinable_by(request.user, slug)
    lang = language()
    name = request.GET.get(NAME, "").strip()[:120]
    told = walk({key: str(value) for key, value in request.GET.items()})
    kept = {NAME: name} | {asked.key: held.key for asked, held in told.given}
    here = reverse("indicators:good", args=[organisation.slug])
    given = [
        {"title": asked.title.in_(lang), "answer": held.label.in_(lang), "advice": held.advice.in_(lang), "leads": held.leads,
         "chip": CHIPS[held.leads], "words": words.LEADS[held.leads].in_(lang),
         "again": f"{here}?{urlencode({key: value for key, value in kept.items() if key != asked.key})}"}
        for asked, held in told.given
    ]  # fmt: skip
    asked = told.next
    shown = {
        "given": given, "name": name, "kept": [(key, value) for key, value in kept.items() if key != NAME], "count": len(questions()),
        "rank": len(given) + 1, "next": asked and {
            "key": asked.key, "title": asked.title.in_(lang), "question": asked.question.in_(lang), "why": asked.why.in_(lang),
            "answers": [(one.key, one.label.in_(lang)) for one in asked.answers],
        },
        "leads": told.leads, "verdict": words.LEADS[told.leads].in_(lang) if told.leads else "", "chip": CHIPS.get(told.leads, ""),
        "to_mend": [one for one in given if one["leads"] != "go"], "missed": request.GET.get("etape") == (asked.key if asked else "-") and asked is not None,
        "define": f"{reverse('indicators:own_new', args=[organisation.slug])}?{urlencode(kept)}",
        "catalogue": f"{reverse('indicators:catalogue', args=[organisation.slug])}?{urlencode({'q': name})}",
    }  # fmt: skip
    return render(request, "indicators/good.html", shown)
