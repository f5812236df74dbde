"""Answering: the criteria of a rubric, one criterion a page, five a page where one verdict is enough."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from terreau.app.accounts import access
from terreau.app.diagnosis import answering, attaching, beside, given, inheriting, parting, showing
from terreau.app.diagnosis.editions import around, criterion_of, edition_of, rubric_of
from terreau.app.diagnosis.entering import answer_to, answers_of, assessment_for, inherited_by, is_auditor, members_of
from terreau.app.diagnosis.models import Answer, Assessment

FIVE = 5
GATHERED = 409


@require_GET
def rubric(request: HttpRequest, slug: str, pk: Any, rubric: str) -> HttpResponse:
    """The criteria of one rubric, and where each stands."""
    assessment = assessment_for(request, slug, pk, access.organisation_readable_by)
    edition = edition_of(assessment)
    found = rubric_of(edition, rubric)
    answers = answers_of(assessment, auditor=is_auditor(request, assessment))
    handed = inheriting.handed(assessment, answers, auditor=is_auditor(request, assessment))
    return render(request, "diagnostic/rubric.html", showing.rubric_page(assessment, edition, found, answers, handed))


@require_http_methods(["GET", "POST"])
def criterion(request: HttpRequest, slug: str, pk: Any, criterion: str) -> HttpResponse:
    """One criterion: what is asked, what is answered, what proves it."""
    may = access.organisation_contributable_by if request.method == "POST" else access.organisation_readable_by
    assessment = assessment_for(request, slug, pk, may)
    edition = edition_of(assessment)
    asked = criterion_of(edition, criterion)
    if request.method == "GET":
        return render(request, "diagnostic/criterion.html", showing.criterion_page(request, assessment, edition, asked))
    return _answered(request, assessment, edition, asked)


def _answered(request: HttpRequest, assessment: Assessment, edition: Any, asked: Any) -> HttpResponse:
    answer = answer_to(assessment, asked.key)
    # The file first: whatever becomes of the words, it is kept or refused, and said.
    file = attaching.sent_with(request, assessment, asked, actor=request.user, owner=str(request.user))
    found = given.read(request.POST, asked, edition, answer)
    given.read_people(request.POST, members_of(assessment.organisation), found)
    if found.errors:
        page = showing.criterion_page(request, assessment, edition, asked, sent=found)
        return render(request, "diagnostic/criterion.html", page | {"file": file}, status=400)
    writer = answering.writer_of(request.user, assessment.organisation)
    fields = parting.chosen(answer, found.fields, request.POST)
    try:
        answering.change(assessment, asked.key, writer, fields, revision=given.revision_in(request.POST))
    except answering.ChangedMeanwhile as meanwhile:
        return parted(request, assessment, edition, asked, meanwhile.answer, found.fields, file=file)
    if file and file.trouble:
        messages.warning(request, _("Réponse enregistrée ; le fichier, lui, a été refusé."))
        page = showing.criterion_page(request, assessment, edition, asked) | {"file": file}
        return render(request, "diagnostic/criterion.html", page, status=400)
    messages.success(request, _("Réponse enregistrée."))
    return redirect(_after(request, assessment, edition, asked))


def _after(request: HttpRequest, assessment: Assessment, edition: Any, asked: Any) -> str:
    slug, following = assessment.organisation.slug, around(edition, asked)[1]
    # Leaving to look for evidence saves first: what was typed and not yet kept must not be lost on the way.
    how, _space, facet = request.POST.get("prove", "").partition(" ")
    if how in ("new", "choose", "figure") and any(one.key == facet for one in asked.facets):
        pages = beside.evidence_at(assessment, asked.key)
        at = pages["choose"] if how == "choose" else pages["new"]
        return f"{at}&facette={facet}{'#id_figure' if how == 'figure' else ''}"
    if "next" in request.POST and following:
        return reverse("diagnosis:criterion", args=[slug, assessment.pk, following.short])
    if "next" in request.POST:
        return reverse("diagnosis:assessment", args=[slug, assessment.pk])
    return reverse("diagnosis:criterion", args=[slug, assessment.pk, asked.short])


def parted(request: HttpRequest, assessment: Assessment, edition: Any, asked: Any, now: Answer, fields: dict[str, Any],
           template: str = "diagnostic/parted.html", **more: Any) -> HttpResponse:  # fmt: skip
    """Both answers side by side; nothing was overwritten."""
    now.assessment = assessment
    base = parting.base_of(now, given.revision_in(request.POST))
    names = parting.names_of({key for key in (now.owner_id, fields.get("owner_id")) if key})
    last = now.changes.first()
    kept = [(name, value) for name, value in request.POST.items() if name not in ("csrfmiddlewaretoken", "revision")
            and not name.startswith(("keep-", "upload"))]  # fmt: skip
    page = {
        "assessment": assessment, "criterion": asked, "question": showing.said(asked.question), "answer": now,
        "differences": parting.differences(now, fields, base, edition, names), "kept": kept, "last": last,
    }  # fmt: skip
    return render(request, template, page | more, status=GATHERED)


@require_http_methods(["GET", "POST"])
def several(request: HttpRequest, slug: str, pk: Any, rubric: str) -> HttpResponse:
    """Five criteria a page, for referentials that ask one verdict each."""
    may = access.organisation_contributable_by if request.method == "POST" else access.organisation_readable_by
    assessment = assessment_for(request, slug, pk, may)
    edition = edition_of(assessment)
    found = rubric_of(edition, rubric)
    page = Paginator(found.criteria, FIVE).get_page(request.GET.get("page"))
    if request.method == "POST":
        return _several_answered(request, assessment, edition, found, page)
    answers = answers_of(assessment, auditor=is_auditor(request, assessment))
    handed = inheriting.handed(assessment, answers, auditor=is_auditor(request, assessment))
    rows = [showing.row_to_answer(edition, one, answers.get(one.key), rank, handed=handed.get(one.key))
            for rank, one in enumerate(page)]  # fmt: skip
    shown = showing.several_page(request, assessment, edition, found, page, rows)
    return render(request, "diagnostic/several.html", shown)


def _several_answered(
    request: HttpRequest, assessment: Assessment, edition: Any, found: Any, page: Any
) -> HttpResponse:
    """Each answer is written apart: one that changed meanwhile keeps its new words and is said, one with a mistake
    stays as it was typed, the others are kept."""
    writer = answering.writer_of(request.user, assessment.organisation)
    written, errors, met = 0, [], []
    mistaken: set[int] = set()
    for rank, asked in enumerate(page):
        answer = answer_to(assessment, asked.key)
        sent = given.read(request.POST, asked, edition, answer, prefix=f"q{rank}-")
        if sent.errors:
            errors += sent.errors
            mistaken.add(rank)
            continue
        try:
            revision = given.revision_in(request.POST, f"q{rank}-revision")
            after = answering.change(assessment, asked.key, writer, sent.fields, revision=revision)
            written += after.revision != revision
        except answering.ChangedMeanwhile as meanwhile:
            if parting.differences(
                meanwhile.answer, sent.fields, parting.base_of(meanwhile.answer, revision), edition, {}
            ):
                met.append((asked, sent.fields))
    if errors or met:
        answers = answers_of(assessment)
        handed = inheriting.handed(assessment, answers)
        rows = [showing.row_to_answer(edition, one, answers.get(one.key), rank, request.POST if rank in mistaken else None,
                                      handed.get(one.key)) for rank, one in enumerate(page)]  # fmt: skip
        shown = showing.several_page(request, assessment, edition, found, page, rows, errors=errors, met=met)
        return render(request, "diagnostic/several.html", shown, status=GATHERED if met else 400)
    messages.success(
        request, ngettext("%(n)d réponse enregistrée.", "%(n)d réponses enregistrées.", written) % {"n": written}
    )
    return redirect(_next_page(request, assessment, edition, found, page))


def _next_page(request: HttpRequest, assessment: Assessment, edition: Any, found: Any, page: Any) -> str:
    slug = assessment.organisation.slug
    if "next" not in request.POST:
        return f"{request.path}?page={page.number}"
    if page.has_next():
        return f"{request.path}?page={page.next_page_number()}"
    rubrics = edition.rubrics
    place = next(index for index, one in enumerate(rubrics) if one.key == found.key)
    if place + 1 < len(rubrics):
        return reverse("diagnosis:several", args=[slug, assessment.pk, rubrics[place + 1].key])
    return reverse("diagnosis:assessment", args=[slug, assessment.pk])


@require_GET
def history(request: HttpRequest, slug: str, pk: Any, criterion: str) -> HttpResponse:
    """Every change of one answer: who, when, before, after; the team's own, drafts included, so never an auditor's."""
    assessment = assessment_for(request, slug, pk, access.organisation_readable_by)
    if is_auditor(request, assessment):
        raise PermissionDenied
    edition = edition_of(assessment)
    asked = criterion_of(edition, criterion)
    answer = answer_to(assessment, asked.key)
    changes = answer.changes.all() if answer.pk else Answer.objects.none()
    page = Paginator(changes, 10).get_page(request.GET.get("page"))
    shown = {"assessment": assessment, "criterion": asked, "page": page, "question": showing.said(asked.question),
             "rows": [showing.change_row(one, edition) for one in page] if answer.pk else []}  # fmt: skip
    return render(request, "diagnostic/history.html", shown)


@require_POST
def move(request: HttpRequest, slug: str, pk: Any, criterion: str) -> HttpResponse:
    """Submit an answer; accept it or ask for changes, for those who decide."""
    state = request.POST.get("state", "")
    decides = state in ("accepted", "changes_asked")
    may = access.organisation_editable_by if decides else access.organisation_contributable_by
    assessment = assessment_for(request, slug, pk, may)
    asked = criterion_of(edition_of(assessment), criterion)
    if state in ("submitted", "accepted", "changes_asked", "draft"):
        writer = answering.writer_of(request.user, assessment.organisation)
        try:
            answering.move(assessment, asked.key, writer, state=state, revision=given.revision_in(request.POST),
                           text=given.cleaned(request.POST.get("text", "")))  # fmt: skip
        except answering.ChangedMeanwhile:
            messages.error(
                request, _("La réponse a changé entre-temps : relisez-la, puis recommencez. Rien n'a été modifié.")
            )
    return redirect("diagnosis:criterion", slug, pk, asked.short)


@require_POST
def follow(request: HttpRequest, slug: str, pk: Any, criterion: str) -> HttpResponse:
    """« Revenir à la réponse de la famille » : take back what was said here."""
    assessment = assessment_for(request, slug, pk, access.organisation_contributable_by)
    asked = criterion_of(edition_of(assessment), criterion)
    if answer_to(assessment, asked.key).applicable is not None:
        access.organisation_editable_by(request.user, slug)  # what applies is decided, and taken back, by who decides
    if inherited_by(assessment, asked.key) is None:
        return redirect("diagnosis:criterion", slug, pk, asked.short)  # no family answers it: nothing to come back to
    writer = answering.writer_of(request.user, assessment.organisation)
    try:
        untied = inheriting.follow(assessment, asked.key, writer, revision=given.revision_in(request.POST))
    except answering.ChangedMeanwhile:
        messages.error(
            request, _("La réponse a changé entre-temps : relisez-la, puis recommencez. Rien n'a été modifié.")
        )
    else:
        told = ngettext("%(n)s preuve détachée.", "%(n)s preuves détachées.", untied) % {"n": untied} if untied else ""
        messages.success(request, " ".join((_("La réponse de la famille compte de nouveau ici."), told)).strip())
    return redirect("diagnosis:criterion", slug, pk, asked.short)


@require_POST
def decide(request: HttpRequest, slug: str, pk: Any, criterion: str) -> HttpResponse:
    """Say that one criterion does not apply, and why; or that it does after all."""
    assessment = assessment_for(request, slug, pk, access.organisation_editable_by)
    asked = criterion_of(edition_of(assessment), criterion)
    applicable = {"yes": True, "no": False}.get(request.POST.get("applicable", ""))
    reason = given.cleaned(request.POST.get("reason", ""))
    if applicable is False and not reason.strip():
        messages.error(request, _("Dites pourquoi : sans raison, le critère resterait dans le compte."))
        return redirect("diagnosis:criterion", slug, pk, asked.short)
    try:
        answering.decide(assessment, asked.key, answering.writer_of(request.user, assessment.organisation),
                         applicable=applicable, reason=reason, revision=given.revision_in(request.POST))  # fmt: skip
    except answering.ChangedMeanwhile:
        messages.error(
            request, _("La réponse a changé entre-temps : relisez-la, puis recommencez. Rien n'a été modifié.")
        )
    else:
        messages.success(request, _("Décision enregistrée, avec sa raison et votre nom."))
    return redirect("diagnosis:criterion", slug, pk, asked.short)
