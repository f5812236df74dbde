"""Own indicators: listed, written step by step, dropped as a file, finished."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from terreau.app.accounts import access
from terreau.app.indicators import own, showing
from terreau.app.indicators.models import OwnIndicator
from terreau.app.indicators.naming import address
from terreau.app.indicators.own_forms import FORMS, STEPS, TITLES, QuestionStep, Step
from terreau.app.language import language
from terreau.indicators.good import walk
from terreau.indicators.loading import from_document
from terreau.kernel.errors import TerreauError

ROWS = 15
PREFILLED = {
    "meter": {"source": "meter"},
    "source": {"source": "file"},
    "effort": {"source": "form", "frequency": "yearly"},
}
"""What the assistant already knows of the source, from the answer given to its third question."""


@require_GET
def owned(request: HttpRequest, slug: str) -> HttpResponse:
    """« Qu’avons-nous défini nous-mêmes ? »"""
    organisation = access.organisation_examinable_by(request.user, slug)
    return render(request, "indicators/own.html", _listed(request, organisation))


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    """The first step of a definition, with what the assistant already knows."""
    organisation = access.organisation_editable_by(request.user, slug)
    sent = request.POST if request.method == "POST" else request.GET
    answers = {asked.key: held.key for asked, held in walk({key: str(value) for key, value in sent.items()}).given}
    form = QuestionStep({}, language(), request.POST or None, initial={"name": request.GET.get("nom", "")[:120]})
    if request.method == "POST" and form.is_valid():
        try:
            row = own.begin(organisation, access.person(request), form.given(), answers, language())
        except TerreauError as refused:
            form.add_error(None, str(refused.words(language())))
        else:
            return redirect("indicators:own_step", slug, row.pk, STEPS[1])
    shown = _steps("question", None) | {"form": form, "answers": answers}
    return render(request, "indicators/own_step.html", shown)


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, slug: str, pk: int, name: str) -> HttpResponse:
    """One step of a definition, saved at once."""
    row = _row(request, slug, pk)
    if name not in FORMS:
        raise Http404
    form = _form(row, name, request.POST or None)
    seen = request.POST.get("revision", str(row.revision))
    if request.method == "POST" and form.is_valid():
        try:
            row = own.write(
                row,
                access.person(request),
                form.given(),
                language(),
                int(seen) if seen.isdecimal() and len(seen) < 10 else -1,
            )
        except TerreauError as refused:
            form.add_error(None, str(refused.words(language())))
        else:
            rank = STEPS.index(name) + 1
            if row.draft and rank < len(STEPS):
                return redirect("indicators:own_step", slug, pk, STEPS[rank])
            return redirect("indicators:own_review", slug, pk)
    return render(request, "indicators/own_step.html", _steps(name, row) | {"form": form, "row": row, "revision": seen})


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The whole definition, and what still lacks; finished, it may be followed."""
    row = _row(request, slug, pk)
    refusal = None
    try:
        made = (
            own.finish(row, access.person(request))
            if request.method == "POST"
            else from_document(row.document, row.key)
        )
    except TerreauError as refused:
        made, refusal = None, refused.words(language())
    if request.method == "POST" and made is not None:
        messages.success(request, _("Définition enregistrée."))
        return redirect(address("follow", row.organisation, own.full_key(row)))
    shown = _steps("", row) | {"row": row, "refusal": refusal, "facts": showing.facts(made) if made else [], "name": own.said(row.document, "name", language()),
                               "question": own.said(row.document, "question", language()), "missing": _missing(row) if made is None else [],
                               "key": own.full_key(row), "url": address("indicator", row.organisation, own.full_key(row))}  # fmt: skip
    return render(request, "indicators/own_review.html", shown, status=400 if request.method == "POST" else 200)


@require_POST
def drop(request: HttpRequest, slug: str) -> HttpResponse:
    """A definition from a file."""
    organisation = access.organisation_editable_by(request.user, slug)
    upload = request.FILES.get("file")
    try:
        if upload is None:
            raise TerreauError("app.own_no_file")
        row, new = own.drop(organisation, access.person(request), upload)
    except TerreauError as refused:
        shown = _listed(request, organisation) | {"refusal": refused.words(language())}
        return render(request, "indicators/own.html", shown, status=400)
    messages.success(request, _("Définition ajoutée.") if new else _("Définition remplacée."))
    return redirect("indicators:own_review", slug, row.pk)


@require_POST
def remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take away a definition that nothing uses."""
    own.remove(_row(request, slug, pk), access.person(request))
    messages.success(request, _("Définition retirée."))
    return redirect("indicators:own", slug)


@require_GET
def as_file(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The definition as YAML, to keep or to drop elsewhere."""
    organisation = access.organisation_examinable_by(request.user, slug)
    row = get_object_or_404(OwnIndicator, organisation=organisation, pk=pk, draft=False)
    answer = HttpResponse(own.as_yaml(row), content_type="application/yaml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{row.key}.yaml"'
    return answer


def _row(request: HttpRequest, slug: str, pk: int) -> OwnIndicator:
    organisation = access.organisation_editable_by(request.user, slug)
    row = get_object_or_404(OwnIndicator, organisation=organisation, pk=pk)
    row.organisation = organisation
    return row


def _form(row: OwnIndicator, name: str, sent: Any) -> Step:
    guessed = PREFILLED.get(row.answers.get("evaluable", ""), {}) if row.draft else {}
    initial = {key: value for key, value in guessed.items() if key not in row.document}
    if name != "source":
        return FORMS[name](row.document, language(), sent, initial=initial)
    others = OwnIndicator.objects.filter(organisation=row.organisation_id).exclude(pk=row.pk)
    twins = [(one.key, own.said(one.document, "name", language()) or one.key) for one in others]
    return FORMS[name](row.document, language(), sent, initial=initial, twins=twins)


def _steps(here: str, row: OwnIndicator | None) -> dict[str, Any]:
    """Where one stands among the steps."""
    rank = STEPS.index(here) if here else len(STEPS)
    told = [
        {"key": key, "title": TITLES[key], "here": key == here, "done": place < rank} for place, key in enumerate(STEPS)
    ]
    return {"steps": told, "title": TITLES.get(here, ""), "row": row, "back": STEPS[rank - 1] if here and rank else ""}


def _missing(row: OwnIndicator) -> list[tuple[str, str]]:
    """The steps that are not whole yet."""
    return [(name, str(TITLES[name])) for name in STEPS if not _whole(row, name)]


def _whole(row: OwnIndicator, name: str) -> bool:
    form = _form(row, name, None)
    return all(form.initial.get(key) and (key in row.document) for key, field in form.fields.items() if field.required)


def _listed(request: HttpRequest, organisation: Any) -> dict[str, Any]:
    page = Paginator(OwnIndicator.objects.filter(organisation=organisation), ROWS).get_page(request.GET.get("page"))
    rows = [
        {"row": one, "name": own.said(one.document, "name", language()) or one.key, "question": own.said(one.document, "question", language()),
         "url": address("indicator", organisation, own.full_key(one))}
        for one in page
    ]  # fmt: skip
    return {"rows": rows, "page": page}
