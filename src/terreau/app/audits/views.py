"""The audits of an organisation, and what it froze: listed, taken away, compared."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from terreau.app.accounts import access
from terreau.app.audits import differing, entering, freezing
from terreau.app.audits.checklist import held
from terreau.app.audits.models import OVER, Audit, Freeze
from terreau.app.audits.showing import next_of
from terreau.app.diagnosis import door as diagnosis

ROWS = 10


@require_GET
def home(request: HttpRequest, slug: str) -> HttpResponse:
    """« Qui nous examine, et sur quoi ? »"""
    organisation = access.organisation_readable_by(request.user, slug)
    page = Paginator(entering.audits_seen(request, organisation), ROWS).get_page(request.GET.get("page"))
    shown: dict[str, Any] = {"page": page, "rows": [(one, *next_of(one)) for one in page]}
    if not entering.is_auditor(request, organisation):
        kept = Freeze.objects.filter(organisation=organisation).defer("record", "edition").select_related("frozen_by")
        under_way = set(
            Audit.objects.filter(organisation=organisation).exclude(state__in=OVER).values_list("assessment", flat=True)
        )
        heads = [(one, one.pk in under_way) for one in diagnosis.assessments_of(organisation)[:ROWS]]
        shown |= {"freezes": kept[:ROWS], "team": True, "assessments": heads}
    return render(request, "audits/home.html", shown)


@require_http_methods(["GET", "POST"])
def freeze(request: HttpRequest, slug: str, assessment: Any) -> HttpResponse:
    """Keep an assessment as it stands today."""
    organisation = access.organisation_editable_by(request.user, slug)
    head = next((one for one in diagnosis.assessments_of(organisation) if one.pk == assessment), None)
    if head is None:
        raise Http404
    if request.method == "POST":
        known = set(Freeze.objects.filter(organisation=organisation).values_list("pk", flat=True))
        made = freezing.freeze(organisation, request.user, assessment, request.POST.get("note", ""))
        if made.pk in known:
            messages.info(request, _("Rien n’a changé depuis ce gel : il vaut toujours."))
        else:
            messages.success(request, _("Évaluation gelée ; le travail continue dans la copie vivante."))
        return redirect("audits:frozen", slug, made.pk)
    return render(request, "audits/freeze.html", {"head": head})


@require_GET
def frozen(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """What one freeze holds, and what names it."""
    from terreau.diagnosis.scoring import score

    row = entering.freeze_for(request, slug, pk, access.organisation_readable_by)
    found = freezing.read(row)
    others = Freeze.objects.filter(organisation=row.organisation, assessment=row.assessment).exclude(pk=row.pk)
    shown = {
        "freeze": row, "frozen": found, "held": held(found), "others": others.defer("record", "edition")[:ROWS],
        "score": diagnosis.score_shown(score(found.record, found.edition), found.asked), "audits": row.audits.all(),
        "single": found.edition.mode,
    }  # fmt: skip
    return render(request, "audits/frozen.html", shown)


@require_GET
def frozen_json(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """The whole freeze as JSON, for those who may read everything in it."""
    row = entering.freeze_for(request, slug, pk, access.organisation_contributable_by)
    if not {one.confidentiality for one in freezing.read(row).record.evidence.values()} <= entering.opened(
        request, row.organisation
    ):
        raise PermissionDenied
    told = json.dumps(freezing.as_file(row), ensure_ascii=False, sort_keys=True, indent=1)
    answer = HttpResponse(told, content_type="application/json")
    name = f"gel-{slugify(row.title)[:60]}-{row.frozen_on:%Y-%m-%d}-{row.digest[:8]}.json"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@require_GET
def compare(request: HttpRequest, slug: str, pk: Any, other: Any) -> HttpResponse:
    """« Qu’est-ce qui a changé entre ces deux gels ? »"""
    one = entering.freeze_for(request, slug, pk, access.organisation_readable_by)
    two = entering.freeze_for(request, slug, other, access.organisation_readable_by)
    if one.assessment != two.assessment:
        raise Http404
    before, after = sorted((one, two), key=lambda row: row.frozen_on)
    found = differing.changes(freezing.read(before), freezing.read(after))
    page = Paginator(found, 2 * ROWS).get_page(request.GET.get("page"))
    return render(request, "audits/compare.html", {"before": before, "after": after, "page": page})
