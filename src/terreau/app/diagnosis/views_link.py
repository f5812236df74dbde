"""The contributor who came by a link: no account, only the criteria entrusted, drafts that they submit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from terreau.app.diagnosis import answering, attaching, delegating, given, parting, sharing, views_answering
from terreau.app.diagnosis.beside import tied_to
from terreau.app.diagnosis.editions import criterion_of, edition_of, said
from terreau.app.diagnosis.entering import TOLD, answer_to
from terreau.app.diagnosis.models import Answer, Delegation, State
from terreau.app.security import throttle
from terreau.app.security.linked import NOT_INDEXED, NOT_TOLD, in_its_language
from terreau.app.security.refusals import said_in_words
from terreau.kernel.errors import TerreauError

GONE, TOO_MANY = 410, 429


def by_link(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """No account, no cache, no index; a link that is gone, or too many tries, is said in words."""

    @login_not_required
    @never_cache
    @wraps(view)
    def seen(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            answer = view(request, *args, **kwargs)
        except TerreauError as refused:
            statuses = {"app.contributor_link_gone": GONE, "app.too_many_tries": TOO_MANY}
            answer = said_in_words(request, refused, statuses.get(refused.code, 400))
        answer.headers["X-Robots-Tag"] = NOT_INDEXED
        return answer

    return seen


def _without_referrer(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For the page whose address holds the token. A browser then says no origin either, and Django would refuse the form:
    the token in the address, which nobody can guess, stands for the check."""

    @csrf_exempt
    @wraps(view)
    def seen(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        answer.headers["Referrer-Policy"] = NOT_TOLD
        return answer

    return seen


@_without_referrer
@by_link
@in_its_language
@require_http_methods(["GET", "POST"])
def contribution(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """What the link is for; reading it opens nothing, its button does."""
    delegation = delegating.of_token(request, slug, token)
    if request.method == "POST":
        delegating.enter(request, delegation)
        return redirect("diagnosis:contributions", slug, delegation.pk)
    shown = {"delegation": delegation, "assessment": delegation.assessment, "of": len(delegation.criteria)}
    return render(request, "diagnostic/contribution.html", shown)


@by_link
@require_GET
def contributions(request: HttpRequest, slug: str, delegation: int) -> HttpResponse:
    """The criteria entrusted."""
    held = delegating.held_by(request, slug, delegation)
    edition = edition_of(held.assessment)
    rows = sharing.contribution(held, edition)
    page = {"delegation": held, "assessment": held.assessment, "rows": rows, "referential": said(edition.title),
            "done": sum(one["done"] for one in rows), "open": held.assessment.state == "open"}  # fmt: skip
    return render(request, "diagnostic/contributions.html", page)


@by_link
@require_http_methods(["GET", "POST"])
def contribute(request: HttpRequest, slug: str, delegation: int, criterion: str) -> HttpResponse:
    """One criterion entrusted: draft, then submitted."""
    held = delegating.held_by(request, slug, delegation)
    edition = edition_of(held.assessment)
    asked = criterion_of(edition, criterion)
    if asked.key not in held.criteria:
        raise Http404
    answer = answer_to(held.assessment, asked.key)
    if request.method == "POST":
        return _contributed(request, held, edition, asked, answer)
    return _shown(request, held, edition, asked, answer)


def _shown(
    request: HttpRequest, held: Delegation, edition: Any, asked: Any, answer: Answer, errors: Any = (), file: Any = None
) -> HttpResponse:
    sent = request.POST if errors else None
    page = sharing.contributed(held, edition, asked, answer, sent, tied_to(held.assessment, asked.key))
    status = 400 if errors or file else 200
    return render(request, "diagnostic/contribute.html", page | {"errors": errors, "file": file}, status=status)


def _contributed(request: HttpRequest, held: Delegation, edition: Any, asked: Any, answer: Answer) -> HttpResponse:
    throttle.spend(
        request, "contribution", most=delegating.MOST_WRITES, seconds=delegating.WRITES_SECONDS, key=f"d{held.pk}"
    )
    slug = held.assessment.organisation.slug
    if answer.state == State.ACCEPTED:
        messages.info(
            request,
            _("Cette réponse a été acceptée entre-temps : rien n'a été changé ni gardé, pas même un fichier joint."),
        )
        return redirect("diagnosis:contributions", slug, held.pk)
    # The file first: whatever becomes of the words, it is kept or refused, and said.
    file = attaching.sent_with(request, held.assessment, asked, owner=held.name, link=held.pk)
    found = given.read(request.POST, asked, edition, answer)
    if found.errors:
        return _shown(request, held, edition, asked, answer, found.errors, file)
    fields = parting.chosen(answer, found.fields, request.POST)
    submits = "submit" in request.POST and not (file and file.trouble)
    if submits:
        fields["state"] = State.SUBMITTED.value
    try:
        answering.change(
            held.assessment, asked.key, delegating.writer(held), fields, revision=given.revision_in(request.POST)
        )
    except answering.ChangedMeanwhile as meanwhile:
        return views_answering.parted(
            request, held.assessment, edition, asked, meanwhile.answer, found.fields, file=file
        )
    if file and file.trouble:
        messages.warning(request, _said_in_part("submit" in request.POST))
        return _shown(request, held, edition, asked, answer_to(held.assessment, asked.key), file=file)
    last = submits and all(_over(one) for one in sharing.contribution(held, edition))
    thanks = (
        _("C'est fini : vous avez tout soumis, merci. Vous pouvez fermer cette page.")
        if last
        else _("Réponse soumise, merci.")
    )
    messages.success(request, thanks if submits else _("Brouillon enregistré."))
    return redirect("diagnosis:contributions", slug, held.pk)


def _over(row: Mapping[str, Any]) -> bool:
    """True when nothing is left to do there: left out, or handed in with something said."""
    return bool(row["done"] and (row["answer"].applicable is False or row["answer"].state in TOLD))


def _said_in_part(submitting: bool) -> str:
    if submitting:
        return _("Vos réponses sont gardées en brouillon, pas encore soumises : le fichier a été refusé.")
    return _("Vos réponses sont gardées en brouillon ; le fichier, lui, a été refusé.")
