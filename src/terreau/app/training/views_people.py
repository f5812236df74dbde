"""What is said of people: a session, a file, one person found again or erased. Names are read and let go."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from terreau.app.accounts import access
from terreau.app.language import language
from terreau.app.training import acting, gathered, sealing
from terreau.app.training.forms import ImportForm, PersonForm, SessionForm
from terreau.app.training.models import Batch, Course
from terreau.app.training.reading import read_file
from terreau.indicators import people
from terreau.indicators.training_columns import attendance_template, staff_template
from terreau.kernel.errors import TerreauError

ROWS = 20
TEMPLATES = {"presences": attendance_template, "effectifs": staff_template}
TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@sensitive_post_parameters("people")
@require_http_methods(["GET", "POST"])
def session(request: HttpRequest, slug: str) -> HttpResponse:
    """« Qui a suivi cette formation ? »"""
    organisation = access.organisation_contributable_by(request.user, slug)
    form = SessionForm(
        organisation,
        gathered.names(organisation),
        request.POST or None,
        initial={"course": request.GET.get("formation")},
    )
    if request.method == "POST" and form.is_valid():
        told, key = form.cleaned_data, sealing.key_of(organisation)
        sealed = [one for each in told["people"] if (one := _sealed(key, each))]
        made = acting.note_session(told["course"], request.user, told["followed_on"], sealed, told["profession"])
        messages.success(request, _noted(made))
        return redirect("training:home", slug)
    any_course = Course.objects.filter(organisation=organisation).exists()
    return _not_kept(render(request, "training/session.html", {"form": form, "any_course": any_course}))


@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest, slug: str) -> HttpResponse:
    """« Importer des présences ou les effectifs »: checked or kept, the file erased either way."""
    organisation = access.organisation_editable_by(request.user, slug)
    form = ImportForm(request.POST or None, request.FILES or None, initial={"kind": Batch.Kind.ATTENDANCES})
    shown: dict[str, Any] = {"form": form, "any_course": Course.objects.filter(organisation=organisation).exists()}
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            read = read_file(organisation, form.cleaned_data["kind"], form.cleaned_data["file"])
            shown["read"] = read
            if "keep" in request.POST and read["records"]:
                keep = acting.keep_staff if form.cleaned_data["kind"] == Batch.Kind.STAFF else acting.keep_attendances
                shown["kept"] = keep(organisation, request.user, read)
        except TerreauError as refused:
            shown["refusal"], status = refused.words(language()), 400
    return _not_kept(render(request, "training/import.html", shown, status=status))


@require_GET
def template_file(request: HttpRequest, slug: str, kind: str, extension: str) -> HttpResponse:
    """A file to fill in."""
    access.organisation_readable_by(request.user, slug)
    if kind not in TEMPLATES or extension not in TYPES:
        raise Http404
    answer = HttpResponse(TEMPLATES[kind](extension, language()), content_type=TYPES[extension])
    answer["Content-Disposition"] = f'attachment; filename="formation-{kind}.{extension}"'
    return answer


@require_GET
def batches(request: HttpRequest, slug: str) -> HttpResponse:
    """« Qu’avons-nous reçu, et quand ? »"""
    organisation = access.organisation_editable_by(request.user, slug)
    found = Batch.objects.filter(organisation=organisation).select_related("by")
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    return render(request, "training/batches.html", {"page": page})


@require_POST
def remove_batch(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take back what came at once."""
    organisation = access.organisation_editable_by(request.user, slug)
    count, stay = acting.remove_batch(get_object_or_404(Batch, organisation=organisation, pk=pk), request.user)
    told = ngettext("Apport retiré : %(n)s ligne.", "Apport retiré : %(n)s lignes.", count) % {"n": count}
    if stay:
        told += " " + ngettext("%(n)s reste : un autre apport la dit aussi.",
                               "%(n)s restent : un autre apport les dit aussi.", stay) % {"n": stay}  # fmt: skip
    messages.success(request, told)
    return redirect("training:batches", slug)


@sensitive_post_parameters("person", "number")
@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, slug: str) -> HttpResponse:
    """« Que gardez-vous de moi ? »: asked by name, answered by rows, erased when the person wants it."""
    organisation = access.organisation_editable_by(request.user, slug)
    form = PersonForm(request.POST or None)
    shown: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        found = people.handles(sealing.key_of(organisation), name=given["person"], number=given["number"])
        if "forget" in request.POST:
            count = acting.forget(organisation, request.user, found)
            messages.success(request, ngettext("%(n)s ligne effacée.", "%(n)s lignes effacées.", count) % {"n": count})
            return redirect("training:person", slug)
        attendances, staff = acting.rows_about(organisation, found)
        told = gathered.named(organisation, language())
        shown |= {"asked": True, "attendances": attendances[:50], "more": max(0, len(attendances) - 50),
                  "staff": [(one, told(one.profession) if one.profession else "") for one in staff]}  # fmt: skip
    return _not_kept(render(request, "training/person.html", shown))


def _sealed(key: bytes, line: str) -> tuple[str, ...]:
    """A line typed in: a staff number when it holds a digit, a name otherwise; an address tells a name, as in a file."""
    number = "@" not in line and any(sign.isdigit() for sign in line)
    return people.handles(key, number=line) if number else people.handles(key, name=line)


def _noted(made: Batch) -> str:
    """What became of the people of a session."""
    told = [ngettext("%(n)s personne notée.", "%(n)s personnes notées.", made.kept) % {"n": made.kept}]
    if made.already:
        told.append(ngettext("%(n)s l’était déjà.", "%(n)s l’étaient déjà.", made.already) % {"n": made.already})
    return " ".join([*told, _("Aucun nom n’a été gardé.")])


def _not_kept(answer: HttpResponse) -> HttpResponse:
    """A page that may hold names is kept by no cache, not even the browser's."""
    patch_cache_control(answer, private=True, no_store=True)
    return answer
