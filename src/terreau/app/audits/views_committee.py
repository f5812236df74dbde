"""Before the committee and after: its remarks, its decision, and what is done about them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from terreau.app.accounts import access
from terreau.app.audits import acting, entering, showing
from terreau.app.audits.forms import DecisionForm, FollowForm, RemarkForm
from terreau.app.audits.freezing import Frozen
from terreau.app.audits.models import Audit, CommitteeRemark, State
from terreau.app.audits.views_audit import refusal
from terreau.kernel.errors import TerreauError


@require_http_methods(["GET", "POST"])
def committee(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """« Que demande le comité, qu’a-t-il décidé ? »"""
    found, frozen = _followed(request, slug, pk)
    form = None
    if _leads(request, found) and found.state in (State.COMMITTEE, State.DECIDED):
        numbers = [(one.number, one.key) for one in frozen.asked.criteria]
        form = RemarkForm(numbers, request.POST or None, initial={"said_on": timezone.localdate()})
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            acting.remark(found, request.user, form.cleaned_data)
        except TerreauError as refused:
            form.add_error(None, refusal(request, refused))
        else:
            messages.success(request, _("Remarque notée."))
            return redirect("audits:committee", slug, pk)
    elif request.method == "POST" and form is None:
        messages.error(request, refusal(request, TerreauError("app.audit_not_now", here=found.get_state_display())))
        return redirect("audits:committee", slug, pk)
    shown = {"audit": found, "remarks": _remarks(found, frozen), "form": form,
             "decides": _leads(request, found) and found.state == State.COMMITTEE}  # fmt: skip
    return render(request, "audits/committee.html", shown)


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """The decision: outcome, day, by whom, until when."""
    found = entering.audit_for(request, slug, pk, access.organisation_editable_by)
    if found.state != State.COMMITTEE and request.method == "GET":
        return redirect("audits:committee", slug, pk)
    form = DecisionForm(
        request.POST or None,
        instance=Audit.objects.get(pk=found.pk),
        initial={"decided_by": found.decided_by or found.body},
    )
    if request.method == "POST" and form.is_valid():
        try:
            acting.decide(found, request.user, {name: form.cleaned_data[name] for name in DecisionForm.Meta.fields})
        except TerreauError as refused:
            form.add_error(None, refusal(request, refused))
        else:
            messages.success(request, _("Décision enregistrée."))
            return redirect("audits:follow_up", slug, pk)
    return render(request, "audits/decide.html", {"audit": found, "form": form})


@require_GET
def follow_up(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """« Que reste-t-il à faire ? » : findings and remarks still open, the nearest date first."""
    found, frozen = _followed(request, slug, pk)
    today = timezone.localdate()
    waiting = [one for one in found.findings.all() if not showing.is_settled(one)]
    waiting.sort(key=lambda one: (one.due is None, one.due or today, one.pk))
    told = _remarks(found, frozen)
    remarks = [row for row in told if row["remark"].done_on is None]
    remarks.sort(key=lambda row: (row["remark"].due is None, row["remark"].due or today))
    shown = {"audit": found, "rows": showing.finding_rows(found, frozen, waiting[:20]), "more": max(0, len(waiting) - 20),
             "waiting": len(waiting), "remarks": remarks, "done": [row for row in told if row["remark"].done_on]}  # fmt: skip
    return render(request, "audits/follow_up.html", shown)


@require_http_methods(["GET", "POST"])
def remark(request: HttpRequest, slug: str, pk: Any, remark: int) -> HttpResponse:
    """What is done about one remark."""
    found = entering.audit_for(request, slug, pk, access.organisation_editable_by)
    one = get_object_or_404(CommitteeRemark, audit=found, pk=remark)
    form = FollowForm(request.POST or None, instance=CommitteeRemark.objects.get(pk=one.pk))
    if request.method == "POST" and form.is_valid():
        seen = entering.number(request.POST.get("revision", ""), -1)
        try:
            acting.follow(one, request.user, **form.cleaned_data, seen=seen)
        except TerreauError as refused:
            form.add_error(None, refusal(request, refused))
        else:
            messages.success(request, _("Suivi enregistré."))
            return redirect("audits:follow_up", slug, pk)
    revision = request.POST.get("revision", one.revision)
    return render(request, "audits/remark.html", {"audit": found, "remark": one, "form": form, "revision": revision})


def _followed(request: HttpRequest, slug: str, pk: Any) -> tuple[Audit, Frozen]:
    may = access.organisation_editable_by if request.method == "POST" else access.organisation_readable_by
    found = entering.audit_for(request, slug, pk, may)
    return found, entering.frozen_of(found)


def _leads(request: HttpRequest, found: Audit) -> bool:
    return access.role_of(request.user, found.organisation) in access.EDIT


def _remarks(found: Audit, frozen: Frozen) -> list[dict[str, Any]]:
    numbers = {one.key: one for one in frozen.asked.criteria}
    today = timezone.localdate()
    rows = []
    for one in found.remarks.all():
        asked = numbers.get(one.criterion)
        rows.append({"remark": one, "number": asked.number if asked else "", "url": showing.address("criterion", found, asked.short) if asked else "",
                     "late": bool(one.due and one.due < today and not one.done_on)})  # fmt: skip
    return rows
