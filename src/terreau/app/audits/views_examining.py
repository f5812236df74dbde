"""The auditor's space: theme by theme, one frozen answer with its evidence, their verdict beside ours."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from terreau.app.accounts import access
from terreau.app.audits import acting, entering, showing, weighing
from terreau.app.audits.checklist import said
from terreau.app.audits.forms import PaperForm
from terreau.app.audits.freezing import Frozen
from terreau.app.audits.models import EXAMINED, Audit
from terreau.app.audits.views_audit import refusal
from terreau.app.diagnosis import door as diagnosis
from terreau.app.evidence import door as evidence
from terreau.kernel.errors import TerreauError

ROWS = 18


@require_GET
def criteria(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """One theme of what was frozen: each criterion with both verdicts."""
    found, frozen = entering.examined(request, slug, pk)
    themes = frozen.asked.themes
    theme = next((one for one in themes if one.key == request.GET.get("theme")), themes[0])
    listed = [criterion for rubric in theme.rubrics for criterion in rubric.criteria]
    page = Paginator(listed, ROWS).get_page(request.GET.get("page"))
    last = weighing.last_verdicts(found)
    done = {criterion for criterion, _facet in last}
    shown = {
        "audit": found, "page": page, "rows": showing.theme_rows(found, frozen, page, last), "title": said(theme.title), "key": theme.key,
        "themes": [{"key": one.key, "title": said(one.title), "of": len([each for rubric in one.rubrics for each in rubric.criteria]),
                    "done": sum(each.key in done for rubric in one.rubrics for each in rubric.criteria)} for one in themes],
        "reading": frozen.edition.mode == "reading",
    }  # fmt: skip
    return render(request, "audits/criteria.html", shown)


@require_GET
def criterion(request: HttpRequest, slug: str, pk: Any, criterion: str) -> HttpResponse:
    """One frozen answer."""
    found, frozen = entering.examined(request, slug, pk)
    return render(request, "audits/criterion.html", _page(request, found, frozen, criterion))


@require_POST
def judge(request: HttpRequest, slug: str, pk: Any, criterion: str) -> HttpResponse:
    """The auditor's verdicts on one answer, or those of their report on paper: all of them, or none and why."""
    found, paper = entering.examiner(request, slug, pk)
    frozen = entering.frozen_of(found)
    asked = _asked(frozen, criterion)
    known = {one.key for one in frozen.edition.scale} | {""}
    agreed = "agree" in request.POST
    errors: list[tuple[str, str]] = []
    with transaction.atomic():
        for facet in asked.facets:
            if paper is not None and f"{facet.key}-seen" not in request.POST:
                continue  # judged here by the auditor: not asked of whoever types in a report
            ours = frozen.record.answer(asked.key).verdict(facet.key) or ""
            verdict = request.POST.get(f"{facet.key}-verdict", "")
            verdict = ours if agreed and not verdict else verdict
            reason = request.POST.get(f"{facet.key}-reason", "").replace("\r\n", "\n").replace("\x00", "")[:2000]
            if verdict not in known:
                errors.append((f"{facet.key}-verdict", _("Choisissez un des verdicts proposés.")))
                continue
            try:
                seen = entering.number(request.POST.get(f"{facet.key}-seen", ""), 0)
                acting.judge(found, request.user, asked.key, facet.key, verdict, reason, ours, seen, paper)
            except TerreauError as refused:
                words = diagnosis.facet_name(facet.key) + _(" : ") + refusal(request, refused)
                errors.append((f"{facet.key}-reason", words))
        transaction.set_rollback(bool(errors))
    if errors:
        return render(request, "audits/criterion.html", _page(request, found, frozen, criterion, errors))
    messages.success(request, _("Verdicts enregistrés."))
    following = _page(request, found, frozen, criterion)["after"] if "next" in request.POST else None
    return redirect("audits:criterion", slug, pk, following.short if following else criterion)


@require_http_methods(["GET", "POST"])
def paper(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """« Le rapport est venu sur papier » : which one, and why it is typed in here."""
    found = entering.audit_for(request, slug, pk, access.organisation_editable_by)
    if found.state not in EXAMINED and request.method == "GET":
        return redirect("audits:audit", slug, pk)
    form = PaperForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acting.receive_paper(found, request.user, form.cleaned_data)
        except TerreauError as refused:
            form.add_error(None, refusal(request, refused))
        else:
            messages.success(request, _("Vous pouvez saisir les verdicts et les constats de ce rapport."))
            return redirect("audits:criteria", slug, pk)
    return render(request, "audits/paper.html", {"audit": found, "form": form})


@require_GET
def evidence_file(request: HttpRequest, slug: str, pk: Any, key: str) -> FileResponse:
    """The bytes of a piece that the frozen record names, if they are still these and open to this person."""
    found, frozen = entering.examined(request, slug, pk)
    piece = frozen.record.evidence.get(key)
    if (
        piece is None
        or not piece.sha256
        or piece.withdrawn
        or piece.confidentiality not in entering.opened(request, found.organisation)
    ):
        raise Http404
    path = evidence.file_for(found.organisation, request.user, key, piece.sha256)
    if path is None or not path.exists():
        raise Http404
    answer = FileResponse(
        path.open("rb"), as_attachment=True, filename=piece.name or key, content_type="application/octet-stream"
    )
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _page(request: HttpRequest, found: Audit, frozen: Frozen, short: str, errors: Any = ()) -> dict[str, Any]:
    asked = _asked(frozen, short)
    finds = entering.examines(request, found)
    judges = finds and frozen.edition.mode != "reading"
    typed = finds and entering.types_in(request, found)
    opened = entering.opened(request, found.organisation)
    shown = showing.criterion_page(found, frozen, asked, opened, request.POST if errors else None)
    for facet in shown["facets"]:  # what the auditor wrote here themselves is not typed in over
        facet["judged"] = judges and not (typed and facet["theirs"] and not facet["theirs"].paper)
    return shown | {
        "judges": judges,
        "typed": typed,
        "finds": finds,
        "errors": errors,
        "whole": request.GET.get("preuves") == "toutes",
    }


def _asked(frozen: Frozen, short: str) -> Any:
    try:
        return frozen.asked.criterion(short)
    except KeyError as unknown:
        raise Http404 from unknown
