"""Adding a piece, alone or for an answer; choosing one already there."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from terreau.app.accounts import access
from terreau.app.accounts.models import Organisation
from terreau.app.evidence import door, gathering, listing
from terreau.app.evidence.forms import DESCRIBED, PieceForm, TieForm, first_values
from terreau.app.evidence.models import Evidence
from terreau.app.evidence.views import refusal
from terreau.app.files import door as files
from terreau.kernel.errors import TerreauError

ROWS = 12


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """One more piece; with ``?pour=<subject>`` it is tied at once to that answer, ``&facette=`` to that facet."""
    organisation = access.organisation_contributable_by(request.user, slug)
    subject = _asked_subject(request, organisation)
    form = PieceForm(door.citable(organisation), request.POST or None, request.FILES or None, initial=first_values())
    tie = _tie_form(request, subject)
    if request.method == "POST" and form.is_valid() and (tie is None or tie.is_valid()):
        try:
            with files.together():
                piece = _added(request, organisation, form)
                if subject and tie:
                    gathering.tie(piece, request.user, subject=subject.key, **tie.cleaned_data)
        except TerreauError as refused:
            form.add_error("upload" if form.cleaned_data.get("upload") else None, refusal(request, refused))
        else:
            messages.success(request, _("Preuve ajoutée."))
            return redirect(subject.url) if subject else redirect("evidence:piece", slug, piece.pk)
    return render(request, "evidence/new.html", {"form": form, "tie": tie, "subject": subject})


@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest, slug: str) -> HttpResponse:
    """A piece already there for one more answer, ``?pour=<subject>``."""
    organisation = access.organisation_contributable_by(request.user, slug)
    subject = _asked_subject(request, organisation)
    if subject is None:
        raise Http404
    tie = _tie_form(request, subject)
    assert tie is not None
    seen = listing.usable(organisation, request.user, request.GET.get("q", ""))
    missing = False
    if request.method == "POST" and tie.is_valid():
        chosen = _chosen(request, organisation)
        if chosen and chosen.replaced_by_id is None:
            gathering.tie(chosen, request.user, subject=subject.key, **tie.cleaned_data)
            messages.success(request, _("Preuve rattachée."))
            return redirect(subject.url)
        missing = True
    page = Paginator(seen, ROWS).get_page(request.GET.get("page"))
    shown = {"page": page, "rows": listing.rows(page.object_list, timezone.localdate()), "tie": tie,
             "subject": subject, "missing": missing}  # fmt: skip
    return render(request, "evidence/choose.html", shown)


@require_http_methods(["GET", "POST"])
def replace(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """A newer version of a piece: it takes its place, except where the work is closed."""
    organisation = access.organisation_contributable_by(request.user, slug)
    old = get_object_or_404(Evidence.objects.visible_to(request.user), organisation=organisation, pk=pk)
    start = {name: getattr(old, name) for name in ("title", "kind", "confidentiality", "owner", "scope_percent")}
    form = PieceForm(door.citable(organisation), request.POST or None, request.FILES or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            with files.together():
                gathering.latest(old)
                piece = _added(request, organisation, form)
                stayed = gathering.replace(old, request.user, piece)
        except TerreauError as refused:
            form.add_error(None, refusal(request, refused))
        else:
            messages.success(
                request, _("La nouvelle version prend la place de l’ancienne, qui reste dans l’historique.")
            )
            if stayed:
                told = ngettext(
                    "%(n)s réponse d’une évaluation close garde l’ancienne version.",
                    "%(n)s réponses d’évaluations closes gardent l’ancienne version.",
                    stayed,
                )
                messages.info(request, told % {"n": stayed})
            return redirect("evidence:piece", slug, piece.pk)
    return render(request, "evidence/new.html", {"form": form, "tie": None, "subject": None, "old": old})


def _added(request: HttpRequest, organisation: Organisation, form: PieceForm) -> Evidence:
    given = form.cleaned_data
    described = {name: given[name] for name in DESCRIBED if name in given}
    return gathering.add(organisation, request.user, described, upload=given.get("upload") or None,
                         url=given.get("url", ""), figure=form.cited())  # fmt: skip


def _asked_subject(request: HttpRequest, organisation: Organisation) -> door.Subject | None:
    key = request.GET.get("pour", "")
    if not key:
        return None
    subject = door.subject_of(organisation, request.user, key)
    if subject is None:
        raise Http404
    if subject.closed:
        raise TerreauError("app.answer_closed")
    return subject


def _tie_form(request: HttpRequest, subject: door.Subject | None) -> TieForm | None:
    if subject is None:
        return None
    return TieForm(subject.facets, request.POST or None, initial={"facet": request.GET.get("facette", "")})


def _chosen(request: HttpRequest, organisation: Organisation) -> Evidence | None:
    try:
        key = UUID(request.POST.get("piece", ""))
    except ValueError:
        return None
    return (
        Evidence.objects.visible_to(request.user).filter(organisation=organisation, pk=key, withdrawn_on=None).first()
    )
