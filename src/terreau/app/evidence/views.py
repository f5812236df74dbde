"""The list of the pieces, one piece, its file, and what is done to it."""

from __future__ import annotations

import io
from copy import copy
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from terreau.app.accounts import access
from terreau.app.accounts.models import Organisation
from terreau.app.evidence import door, gathering, listing
from terreau.app.evidence.forms import DescriptionForm, OpinionForm, WithdrawForm
from terreau.app.evidence.models import Evidence, EvidenceLink
from terreau.app.language import language
from terreau.app.ordering import orders
from terreau.kernel.errors import TerreauError

ROWS = 20


@require_GET
def pieces(request: HttpRequest, slug: str) -> HttpResponse:
    """« Que pouvons-nous montrer ? »"""
    organisation = access.organisation_examinable_by(request.user, slug)
    order, links = orders(request.GET.get("tri"), listing.offered())
    state = request.GET.get("etat", "")
    found = listing.listed(organisation, request.user, state=state, order=order, words=request.GET.get("q", ""))
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    shown = {"page": page, "rows": listing.rows(page.object_list, timezone.localdate()), "orders": links}
    return render(request, "evidence/list.html", shown | listing.choices(organisation, request.user, state))


@require_GET
def pieces_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """Every piece this person may see, to take away."""
    from terreau.tables.export import write_csv

    organisation = access.organisation_examinable_by(request.user, slug)
    target = io.StringIO()
    write_csv(listing.cells(organisation, request.user), listing.HEADERS, target)
    answer = HttpResponse("\ufeff" + target.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="preuves-{organisation.slug}.csv"'
    return answer


@require_http_methods(["GET", "POST"])
def piece(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """One piece: what it is, what it supports, what is thought of it."""
    organisation = access.organisation_examinable_by(request.user, slug)
    found = _visible(request, organisation, pk)
    if request.method == "POST":
        organisation = access.organisation_contributable_by(request.user, slug)
    # The form writes what is typed in the piece it is given: the page shows the one that is kept.
    form = DescriptionForm(request.POST or None, instance=copy(found))
    if request.method == "POST" and form.is_valid():
        try:
            gathering.describe(found, request.user, form.cleaned_data, read=request.POST.get("seen", ""))
        except TerreauError as refused:
            form.add_error(None, refusal(request, refused))
        else:
            messages.success(request, _("Description enregistrée."))
            return redirect("evidence:piece", slug, pk)
    found = _visible(request, organisation, pk) if form.errors else found
    shown = {"piece": found, "form": form, "seen": gathering.seen(found), "withdraw": WithdrawForm(),
             "bytes": not found.held_back and door.still_opened(organisation, request.user, found)}  # fmt: skip
    told = shown | listing.told(organisation, request.user, found)
    return render(request, "evidence/piece.html", told, status=409 if form.non_field_errors() else 200)


@require_GET
def file(request: HttpRequest, slug: str, pk: UUID) -> FileResponse:
    """The bytes of a piece, always as an attachment."""
    from terreau.app.files import door as files

    organisation = access.organisation_examinable_by(request.user, slug)
    found = _visible(request, organisation, pk)
    if found.file is None or not door.still_opened(organisation, request.user, found):
        raise Http404
    if found.held_back:
        raise TerreauError("evidence.held_back", name=found.name)
    content = files.path_of(organisation, found.file).open("rb")
    answer = FileResponse(content, as_attachment=True, filename=found.name, content_type="application/octet-stream")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@require_POST
def withdraw(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Take a piece away, with a reason."""
    organisation = access.organisation_editable_by(request.user, slug)
    found = _visible(request, organisation, pk)
    why = request.POST.get("why", "")
    return _done(request, lambda: gathering.withdraw(found, request.user, why), slug, pk, _("Preuve retirée."))


@require_POST
def untie(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A piece no longer supports an answer."""
    organisation = access.organisation_contributable_by(request.user, slug)
    link = _link(request, organisation, pk)
    piece_key = link.evidence_id
    subject = door.subject_of(organisation, request.user, link.subject)
    if subject and subject.closed:
        raise TerreauError("app.answer_closed")
    return _done(request, lambda: gathering.untie(link, request.user), slug, piece_key, _("Preuve détachée."))


@require_http_methods(["GET", "POST"])
def opinion(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """« Que vaut cette preuve, ici ? »: editors, owners and auditors say."""
    organisation = access.organisation_examinable_by(request.user, slug)
    if not door.may_judge(organisation, request.user):
        raise PermissionDenied
    link = _link(request, organisation, pk)
    form = OpinionForm(request.POST or None, instance=link)
    if request.method == "POST" and form.is_valid():
        said, why = form.cleaned_data["opinion"], form.cleaned_data["opinion_text"]
        fresh = EvidenceLink.objects.get(pk=link.pk)
        return _done(request, lambda: gathering.judge(fresh, request.user, said, why), slug, link.evidence_id,
                     _("Avis enregistré."))  # fmt: skip
    subject = door.subject_of(organisation, request.user, link.subject)
    return render(request, "evidence/opinion.html", {"form": form, "link": link, "subject": subject})


@require_POST
def check_links(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask every link whether it is still there: the only time Terreau goes out, and because a person asked."""
    from terreau.app.tasks import door as tasks

    organisation = access.organisation_editable_by(request.user, slug)
    asked = tasks.digest_of("evidence.links", str(organisation.pk), timezone.now().isoformat(timespec="minutes"))
    job = tasks.ask(
        organisation, request.user, "evidence.links", {}, digest=asked, subject=_("Liens des preuves"), patience=0.5
    )
    if job.live:
        messages.info(request, _("Vérification en cours : la page Travaux dit où elle en est."))
    return redirect("evidence:list", slug)


def _visible(request: HttpRequest, organisation: Organisation, pk: UUID) -> Evidence:
    seen = Evidence.objects.visible_to(request.user).filter(organisation=organisation)
    return get_object_or_404(seen, pk=pk)


def _link(request: HttpRequest, organisation: Organisation, pk: int) -> EvidenceLink:
    link = get_object_or_404(
        EvidenceLink.objects.select_related("evidence", "organisation"), organisation=organisation, pk=pk
    )
    _visible(request, organisation, link.evidence_id)
    return link


def _done(request: HttpRequest, act: Any, slug: str, pk: UUID, words: str) -> HttpResponse:
    """Do it, say it; a refusal is said on the page of the piece, and nothing changed."""
    try:
        act()
    except TerreauError as refused:
        messages.error(request, refusal(request, refused))
    else:
        messages.success(request, words)
    return redirect("evidence:piece", slug, pk)


def refusal(request: HttpRequest, refused: TerreauError) -> str:
    """A refusal in the language of the page."""
    return str(refused.words(language()))
