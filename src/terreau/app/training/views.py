"""The rates of training, and the paths by profession."""

from __future__ import annotations

import io
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from terreau.app.accounts import access
from terreau.app.language import language
from terreau.app.training import gathered, showing
from terreau.app.training.models import Batch, Course
from terreau.indicators import training_paths
from terreau.kernel.text import normal

HEADERS = ("profession", "period_start", "period_end", "rate", "trained", "people", "onboarding_rate", "trained_in_time",
           "arrived")  # fmt: skip


@require_GET
def home(request: HttpRequest, slug: str) -> HttpResponse:
    """« Qui est formé, et à quoi ? »"""
    organisation = access.organisation_examinable_by(request.user, slug)
    offered = gathered.periods(organisation, timezone.localdate())
    asked = request.GET.get("annee", "")
    key, period = next((one for one in offered if one[0] == asked), offered[0])
    told = gathered.rates(organisation, period)
    begun = Batch.objects.filter(organisation=organisation).exists()
    shown = {"periods": offered, "asked": key, "rates": showing.page(told, language()), "begun": begun,
             "courses": Course.objects.filter(organisation=organisation).count()}  # fmt: skip
    return render(request, "training/home.html", shown)


@require_GET
def rates_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """Both rates of each profession with their terms, over each period there is."""
    from terreau.tables.export import write_csv

    organisation = access.organisation_examinable_by(request.user, slug)
    rows: list[list[Any]] = []
    for _key, period in gathered.periods(organisation, timezone.localdate()):
        told = gathered.rates(organisation, period)
        for line in (told.everybody, *told.professions):
            cells = [line.name or _("Tout le monde"), period.start.isoformat(), period.end.isoformat()]
            rows.append([*cells, *showing.terms(line.rate), *showing.terms(line.onboarding)])
    target = io.StringIO()
    write_csv(rows, HEADERS, target)
    answer = HttpResponse("\ufeff" + target.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="formation-{organisation.slug}.csv"'
    return answer


@require_GET
def paths(request: HttpRequest, slug: str) -> HttpResponse:
    """« Que devrait savoir chaque métier ? »"""
    organisation = access.organisation_examinable_by(request.user, slug)
    mine = gathered.names(organisation)
    rows = [{"path": one, "name": one.name.in_(language()), "why": one.why.in_(language()), "ours": one.key in mine}
            for one in training_paths.training_paths()]  # fmt: skip
    return render(request, "training/paths.html", {"rows": rows})


@require_GET
def path(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """One path, step by step; each may become a course."""
    organisation = access.organisation_examinable_by(request.user, slug)
    found = next((one for one in training_paths.training_paths() if one.key == key), None)
    if found is None:
        raise Http404
    there = {
        normal(title): pk for title, pk in Course.objects.filter(organisation=organisation).values_list("title", "pk")
    }
    steps = [showing.step(one, there, language()) for one in found.steps]
    shown = {"path": found, "name": found.name.in_(language()), "why": found.why.in_(language()), "steps": steps,
             "everybody": found.key == training_paths.EVERYBODY}  # fmt: skip
    return render(request, "training/path.html", shown)
