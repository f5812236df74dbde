"""« Par où commencer ? »: five steps for those who begin, five for those who have begun, told from their own data."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from terreau.app.accounts import access
from terreau.app.language import language
from terreau.app.plan import paths_showing as showing


@require_GET
def starter(request: HttpRequest, slug: str) -> HttpResponse:
    """One path: its steps, what is already done, the one first action."""
    from terreau.levers import paths

    organisation = access.organisation_examinable_by(request.user, slug)
    every = paths()
    chosen = next((one for one in every if one.key == request.GET.get("parcours")), every[0])
    steps = showing.told(chosen, organisation)
    shown = {
        "path": chosen, "intro": chosen.intro.in_(language()), "steps": steps, "first": showing.first(steps),
        "tabs": [(one.key, one.title.in_(language()), one == chosen) for one in every],
        "done": sum(one.state == showing.DONE for one in steps), "promised": sum(one.state == showing.PROMISED for one in steps),
    }  # fmt: skip
    return render(request, "plan/paths.html", shown)
