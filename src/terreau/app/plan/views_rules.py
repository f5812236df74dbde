"""Rules of arbitration: listed, checked against a case by a form, and one's own by dropping a file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from terreau.app.accounts import access
from terreau.app.language import language
from terreau.app.plan import levers_words as words
from terreau.app.plan import packs
from terreau.kernel.errors import TerreauError


@require_GET
def rules(request: HttpRequest, slug: str) -> HttpResponse:
    """The rules, the organisation's own first."""
    from terreau.levers import rules as known

    organisation = access.organisation_examinable_by(request.user, slug)
    own = packs.own_rules(organisation)
    told = language()
    shown = [{"key": one.key, "title": one.title.in_(told), "question": one.question.in_(told), "reason": one.reason.in_(told),
              "own": one in own} for one in (*own, *known())]  # fmt: skip
    may = access.role_of(request.user, organisation) in access.EDIT
    broken = packs.broken(organisation, packs.RULES)
    return render(request, "plan/rules.html", {"rules": shown, "may_drop": may, "broken": broken})


@require_GET
def rule(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """One rule, and what it says of a case; nothing of the case is kept."""
    from terreau.levers import check
    from terreau.levers import rule as known

    organisation = access.organisation_examinable_by(request.user, slug)
    try:
        found = known(key, packs.own_rules(organisation))
    except TerreauError as unknown:
        raise Http404 from unknown
    told, verdict, refusal = language(), None, None
    given = {one.name: request.GET.get(one.name, "").strip()[:40] for one in found.facts}
    if "verifier" in request.GET:
        try:
            verdict = check(found, given)
        except TerreauError as refused:
            refusal = refused.words(told)
    shown = {
        "rule": found, "title": found.title.in_(told), "question": found.question.in_(told), "reason": found.reason.in_(told),
        "basis": found.basis.in_(told), "verdict": verdict, "said": verdict.why.in_(told) if verdict else "", "refusal": refusal,
        "facts": [{"name": one.name, "kind": one.kind, "label": one.label.in_(told), "unit": one.unit.in_(told), "value": given[one.name]}
                  for one in found.facts],
        "sources": [(one, words.verifications()[one.verification]) for one in found.sources], "own": found.origin == "organisation",
        "removes": found.origin == "organisation" and access.role_of(request.user, organisation) in access.EDIT,
    }  # fmt: skip
    return render(request, "plan/rule.html", shown)


@require_http_methods(["GET", "POST"])
def drop(request: HttpRequest, slug: str) -> HttpResponse:
    """A YAML file, one rule or one lever of one's own: read apart first, kept when it holds."""
    organisation = access.organisation_editable_by(request.user, slug)
    refusal: Any = None
    if request.method == "POST":
        try:
            kind, key = packs.keep(organisation, request.user, request.FILES.get("file"))
        except TerreauError as refused:
            refusal = refused.words(language())
        else:
            messages.success(request, _("Fichier gardé."))
            return redirect("plan:rule" if kind == packs.RULES else "plan:lever", slug, key)
    return render(request, "plan/drop.html", {"refusal": refusal, "specimen": packs.specimen()})


@require_POST
def remove(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Take back a rule or a lever of one's own."""
    organisation = access.organisation_editable_by(request.user, slug)
    kind = packs.LEVERS if request.POST.get("nature") == packs.LEVERS else packs.RULES
    if not packs.remove(organisation, request.user, kind, key):
        raise Http404
    messages.success(request, _("Fichier retiré ; les décisions qui le citent restent."))
    return redirect("plan:levers" if kind == packs.LEVERS else "plan:rules", slug)
