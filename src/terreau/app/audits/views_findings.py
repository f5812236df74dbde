"""Findings: listed, noted by the auditor, answered by the organisation, looked at again."""

from __future__ import annotations

import io
from copy import copy
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from terreau.app.accounts import access
from terreau.app.audits import acting, entering, showing, weighing
from terreau.app.audits.checklist import said
from terreau.app.audits.forms import AnswerForm, FindingForm, RecheckForm
from terreau.app.audits.models import Audit, Finding, State
from terreau.app.audits.views_audit import refusal
from terreau.kernel.errors import TerreauError

ROWS = 20
HEADERS = ("finding", "criterion", "gravity", "text", "on", "state", "answer", "cause", "action", "due", "recheck",
           "typed_in_from")  # fmt: skip


@require_GET
def findings(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """« Qu’a vu l’auditeur ? »"""
    found, frozen = entering.examined(request, slug, pk)
    every = found.findings.order_by("on", "pk")
    gravity = request.GET.get("gravite", "")
    listed = every.filter(gravity=gravity) if gravity in Finding.Gravity.values else every
    page = Paginator(listed, ROWS).get_page(request.GET.get("page"))
    shown = {
        "audit": found, "page": page, "rows": showing.finding_rows(found, frozen, page), "gravity": gravity, "total": every.count(),
        "counts": weighing.counted(every.values_list("gravity", flat=True), Finding.Gravity.choices), "finds": entering.examines(request, found),
    }  # fmt: skip
    return render(request, "audits/findings.html", shown)


@require_GET
def findings_csv(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """Every finding, to take away."""
    from terreau.tables.export import write_csv

    found, frozen = entering.examined(request, slug, pk)
    numbers = {one.key: one.number for one in frozen.asked.criteria}
    rows = [[one.pk, numbers.get(one.criterion, ""), one.gravity, one.text, one.on.date().isoformat(), one.state, one.answer,
             one.cause, one.action, one.due.isoformat() if one.due else "", one.recheck, one.paper.words if one.paper else ""]
            for one in found.findings.select_related("paper")]  # fmt: skip
    target = io.StringIO()
    write_csv(rows, HEADERS, target)
    answer = HttpResponse("\ufeff" + target.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="constats-{found.organisation.slug}.csv"'
    return answer


@require_http_methods(["GET", "POST"])
def find(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """The auditor notes what they saw, about one criterion or about the whole."""
    found, paper = entering.examiner(request, slug, pk)
    frozen = entering.frozen_of(found)
    short = (request.POST if request.method == "POST" else request.GET).get("critere", "")
    try:
        asked = frozen.asked.criterion(short) if short else None
    except KeyError as unknown:
        raise Http404 from unknown
    form = FindingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acting.find(found, request.user, form.cleaned_data | {"criterion": asked.key if asked else ""}, paper)
        except TerreauError as refused:
            form.add_error(None, refusal(request, refused))
        else:
            messages.success(request, _("Constat noté."))
            return (
                redirect("audits:criterion", slug, pk, asked.short) if asked else redirect("audits:findings", slug, pk)
            )
    shown = {"audit": found, "form": form, "criterion": asked, "question": said(asked.question) if asked else ""}
    return render(request, "audits/find.html", shown)


@require_http_methods(["GET", "POST"])
def finding(request: HttpRequest, slug: str, pk: Any, finding: int) -> HttpResponse:
    """One finding: what was seen, what is answered, what is seen again."""
    found, frozen = entering.examined(request, slug, pk)
    one = get_object_or_404(Finding.objects.select_related("by", "paper"), audit=found, pk=finding)
    answers, looks = _answers(request, found), _looks(request, found)
    forms: dict[str, Any] = {
        "answer": AnswerForm(instance=copy(one)) if answers else None,
        "recheck": RecheckForm(instance=copy(one), initial={"state": "accepted", "recheck": ""}) if looks else None,
    }
    if request.method == "POST":
        done = _done(request, one, forms)
        if done:
            messages.success(request, _("C’est noté."))
            return redirect("audits:finding", slug, pk, finding)
    criterion = next((each for each in frozen.asked.criteria if each.key == one.criterion), None)
    shown = {"audit": found, "one": one, "criterion": criterion, "question": said(criterion.question) if criterion else "",
             "gravity_chip": showing.GRAVITY_CHIPS[one.gravity], "state_chip": showing.STATE_CHIPS[one.state],
             "answer_form": forms["answer"], "recheck_form": forms["recheck"],
             "revision": request.POST.get("revision", one.revision)}  # fmt: skip
    return render(request, "audits/finding.html", shown)


def _done(request: HttpRequest, one: Finding, forms: dict[str, Any]) -> bool:
    """Write what was sent; False when it does not fit, the form saying why."""
    act = "recheck" if "recheck-it" in request.POST else "answer"
    if forms[act] is None:
        raise PermissionDenied
    form = forms[act] = type(forms[act])(request.POST, instance=copy(one))
    if not form.is_valid():
        return False
    given, seen = form.cleaned_data, entering.number(request.POST.get("revision", ""), -1)
    try:
        if act == "answer":
            acting.answer(
                one,
                request.user,
                text=given["answer"],
                cause=given["cause"],
                action=given["action"],
                due=given["due"],
                seen=seen,
            )
        else:
            acting.recheck(one, request.user, state=given["state"], text=given["recheck"], seen=seen)
    except TerreauError as refused:
        form.add_error(None, refusal(request, refused))
        return False
    return True


def _answers(request: HttpRequest, found: Audit) -> bool:
    return found.state in acting.ANSWERED and access.role_of(request.user, found.organisation) in access.EDIT


def _looks(request: HttpRequest, found: Audit) -> bool:
    """The auditor looks again; once they are gone, the organisation follows up."""
    if entering.is_auditor(request, found.organisation):
        return found.state in acting.ANSWERED
    return found.state == State.DECIDED and access.role_of(request.user, found.organisation) in access.EDIT
