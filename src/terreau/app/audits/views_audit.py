"""One audit: prepared, framed, asked for, moved on, and the auditor let in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from terreau.app.accounts import access
from terreau.app.audits import acting, checklist, entering, showing, weighing
from terreau.app.audits.forms import FrameForm, InviteForm
from terreau.app.audits.models import EXAMINED, Audit, Finding, State
from terreau.app.diagnosis import door as diagnosis
from terreau.app.evidence import door as evidence
from terreau.app.language import language
from terreau.kernel.errors import TerreauError

FRAME = ("title", "body", "auditor", "level", "window_from", "window_until")


def refusal(request: HttpRequest, refused: TerreauError) -> str:
    """A refusal in the language of the page."""
    return str(refused.words(language()))


@require_http_methods(["GET", "POST"])
def prepare(request: HttpRequest, slug: str, assessment: Any) -> HttpResponse:
    """Begin an audit of one assessment."""
    organisation = access.organisation_editable_by(request.user, slug)
    head = next((one for one in diagnosis.assessments_of(organisation) if one.pk == assessment), None)
    if head is None:
        raise Http404
    levels = checklist.levels_of(diagnosis.edition_pinned(organisation, assessment))
    initial = {"title": head.title, "level": head.target_level, "window_from": head.target_on}
    form = FrameForm(levels, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = acting.prepare(
                organisation,
                request.user,
                {name: form.cleaned_data[name] for name in FRAME} | {"assessment": assessment},
            )
        except TerreauError as refused:
            form.add_error(None, refusal(request, refused))
        else:
            return redirect("audits:request", slug, made.pk)
    return render(request, "audits/prepare.html", {"form": form, "head": head})


@require_http_methods(["GET", "POST"])
def frame(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """Who audits, the level, the window: changed until the decision."""
    found = entering.audit_for(request, slug, pk, access.organisation_editable_by)
    if found.state not in acting.FRAMED and request.method == "GET":
        return redirect("audits:audit", slug, pk)
    levels = checklist.levels_of(diagnosis.edition_pinned(found.organisation, found.assessment))
    form = FrameForm(levels, request.POST or None, instance=Audit.objects.get(pk=found.pk))
    if request.method == "POST" and form.is_valid():
        try:
            acting.reframe(found, request.user, {name: form.cleaned_data[name] for name in FRAME})
        except TerreauError as refused:
            form.add_error(None, refusal(request, refused))
        else:
            messages.success(request, _("Cadre enregistré."))
            return redirect("audits:audit", slug, pk)
    return render(request, "audits/frame.html", {"form": form, "audit": found})


@require_http_methods(["GET", "POST"])
def request_audit(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """« Sommes-nous prêts à être examinés ? » : the list, then the request, which freezes."""
    may = access.organisation_editable_by if request.method == "POST" else access.organisation_readable_by
    found = entering.audit_for(request, slug, pk, may)
    if found.state != State.PREPARING:
        return redirect("audits:audit", slug, pk)
    opens = evidence.opened_to(request.user, found.organisation)
    points = checklist.points(found.organisation, found.assessment, found.level, opens)
    lacking, error = checklist.missing(points), ""
    if request.method == "POST":
        try:
            acting.request(found, request.user, lacking, request.POST.get("note", ""))
        except TerreauError as refused:
            error = refusal(request, refused)
        else:
            messages.success(
                request,
                _("Audit demandé. Ce qui est gelé ne bougera plus ; le travail continue dans la copie vivante."),
            )
            return redirect("audits:audit", slug, pk)
    shown = {"audit": found, "points": points, "missing": lacking, "error": error, "note": request.POST.get("note", "")}
    return render(request, "audits/request.html", shown)


@require_GET
def audit(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """One audit at a glance: its steps, both scores, its findings, what comes next."""
    found = entering.audit_for(request, slug, pk, access.organisation_readable_by)
    findings = list(found.findings.only("audit", "gravity", "state"))
    shown: dict[str, Any] = {
        "audit": found, "steps": found.steps.select_related("by"), "moves": entering.may_move(request, found),
        "counts": weighing.counted((one.gravity for one in findings), Finding.Gravity.choices), "findings": len(findings),
        "open_findings": sum(not showing.is_settled(one) for one in findings),
        "remarks": found.remarks.count(), "undone": found.remarks.filter(done_on=None).count(), "next": showing.next_of(found),
        "level": _level(found), "invite": InviteForm(), "framed": found.state in acting.FRAMED, "typing": found.state in EXAMINED, "auditor": entering.is_auditor(request, found.organisation),
    }  # fmt: skip
    if found.freeze_id:
        frozen = entering.frozen_of(found)
        shown |= {"frozen": frozen, "reading": frozen.edition.mode == "reading"}
        shown |= weighing.side_by_side(frozen, weighing.last_verdicts(found))
    return render(request, "audits/audit.html", shown)


@require_POST
def move(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """Go to another step."""
    found = entering.audit_for(request, slug, pk, access.organisation_readable_by)
    to = request.POST.get("to", "")
    role = access.role_of(request.user, found.organisation)
    if role not in access.EDIT and (role != "auditor" or (found.state, to) not in entering.BY_AUDITOR):
        raise PermissionDenied
    try:
        acting.move(found, request.user, to if to in State.values else State.PREPARING, request.POST.get("note", ""))
    except TerreauError as refused:
        messages.error(request, refusal(request, refused))
    else:
        messages.success(request, _("C’est noté."))
    return redirect("audits:audit", slug, pk)


@never_cache
@require_POST
def invite(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """A link for the auditor, shown once on this page; owners, since they alone let people in."""
    found = entering.audit_for(request, slug, pk, access.organisation_owned_by)
    form = InviteForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Cette adresse ne se lit pas."))
        return redirect("audits:audit", slug, pk)
    try:
        made, token = acting.invite(found, access.person(request), form.cleaned_data["email"])
    except TerreauError as refused:
        messages.error(request, refusal(request, refused))
        return redirect("audits:audit", slug, pk)
    link = request.build_absolute_uri(reverse("accounts:invitation", args=[token]))
    return render(request, "audits/invited.html", {"audit": found, "link": link, "invitation": made})


def _level(found: Audit) -> str:
    """The level asked for, in words; as written when the edition has none of that key."""
    edition = diagnosis.edition_pinned(found.organisation, found.assessment) if found.level else None
    return dict(checklist.levels_of(edition)).get(found.level, found.level)
