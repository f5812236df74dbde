"""What is settled about training: courses, professions and their headcounts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from terreau.app.accounts import access
from terreau.app.language import language
from terreau.app.training import acting, gathered, sealing
from terreau.app.training.forms import CourseForm, HeadcountsForm, ProfessionForm
from terreau.app.training.models import Course, Profession, Staff
from terreau.indicators import training_paths
from terreau.kernel.errors import TerreauError

ROWS = 20


@require_GET
def courses(request: HttpRequest, slug: str) -> HttpResponse:
    """« Quelles formations proposons-nous, et à qui ? »"""
    organisation = access.organisation_examinable_by(request.user, slug)
    found = (
        Course.objects.filter(organisation=organisation).annotate(followed=Count("attendances")).order_by("title", "id")
    )
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    told = gathered.named(organisation, language())
    rows = [(one, [told(key) for key in one.professions]) for one in page]
    return render(request, "training/courses.html", {"page": page, "rows": rows})


def _revision(sent: str) -> int:
    """The revision a form was made from; one that nothing has when it says none."""
    return int(sent) if sent.isdecimal() and len(sent) < 9 else -1


@require_http_methods(["GET", "POST"])
def course(request: HttpRequest, slug: str, pk: int | None = None) -> HttpResponse:
    """A course, made or changed."""
    organisation = access.organisation_editable_by(request.user, slug)
    found = get_object_or_404(Course, organisation=organisation, pk=pk) if pk else None
    seen = request.POST.get("revision", str(found.revision if found else 0))
    held = Course.objects.get(pk=found.pk) if found else None  # the form writes on its own copy
    form = CourseForm(
        gathered.names(organisation), gathered.named(organisation, language()), request.POST or None, instance=held
    )
    if request.method == "POST" and form.is_valid():
        try:
            acting.save_course(organisation, request.user, form.cleaned_data, found, _revision(seen))
        except TerreauError as refused:
            form.add_error(None, str(refused.words(language())))
        else:
            messages.success(request, _("Formation enregistrée."))
            return redirect("training:courses", slug)
    shown = {"form": form, "course": found, "revision": seen, "followed": found.attendances.count() if found else 0}
    return render(request, "training/course.html", shown)


@require_POST
def remove_course(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take away a course that nobody followed."""
    organisation = access.organisation_editable_by(request.user, slug)
    acting.remove_course(get_object_or_404(Course, organisation=organisation, pk=pk), request.user)
    messages.success(request, _("Formation retirée."))
    return redirect("training:courses", slug)


@require_POST
def adopt(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """A step of a path becomes a course of ours, its profession with it."""
    organisation = access.organisation_editable_by(request.user, slug)
    found = next((one for one in training_paths.training_paths() if one.key == key), None)
    step = next((one for one in found.steps if one.key == request.POST.get("etape")), None) if found else None
    if found is None or step is None:
        raise Http404
    everybody = found.key == training_paths.EVERYBODY
    if not everybody:
        acting.add_proposed(organisation, request.user, {found.key: found.name.in_(language())})
    given: dict[str, Any] = {"title": step.title.in_(language()), "professions": [] if everybody else [found.key],
                             "onboarding": step.kind == "onboarding", "hours": step.hours}  # fmt: skip
    if not Course.objects.filter(organisation=organisation, title=given["title"]).exists():
        acting.save_course(organisation, request.user, given)
    messages.success(request, _("L’étape est maintenant une de vos formations."))
    return redirect("training:path", slug, key)


@require_http_methods(["GET", "POST"])
def professions(request: HttpRequest, slug: str) -> HttpResponse:
    """« Combien sommes-nous, métier par métier ? »"""
    organisation = access.organisation_editable_by(request.user, slug)
    rows = list(Profession.objects.filter(organisation=organisation))
    frame = sealing.frame_of(organisation)
    seen = request.POST.get("revision", str(frame.revision))
    form = HeadcountsForm(rows, frame.onboarding_days, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            days = form.cleaned_data["days"]
            acting.set_headcounts(organisation, request.user, form.counts(), days, _revision(seen))
        except TerreauError as refused:
            form.add_error(None, str(refused.words(language())))
        else:
            messages.success(request, _("Effectifs enregistrés."))
            return redirect("training:professions", slug)
    return render(
        request, "training/professions.html", _professions(organisation, rows) | {"form": form, "revision": seen}
    )


@require_POST
def add_profession(request: HttpRequest, slug: str) -> HttpResponse:
    """One more profession of our own."""
    organisation = access.organisation_editable_by(request.user, slug)
    form = ProfessionForm(request.POST)
    if form.is_valid():
        acting.add_profession(organisation, request.user, form.cleaned_data["name"])
        messages.success(request, _("Métier ajouté."))
        return redirect("training:professions", slug)
    rows = list(Profession.objects.filter(organisation=organisation))
    frame = sealing.frame_of(organisation)
    shown = {"form": HeadcountsForm(rows, frame.onboarding_days), "revision": frame.revision, "adding": form}
    return render(request, "training/professions.html", _professions(organisation, rows) | shown, status=400)


@require_POST
def add_proposed(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin with the professions that have a path."""
    organisation = access.organisation_editable_by(request.user, slug)
    proposed = {key: words.in_(language()) for key, words in training_paths.professions().items()}
    acting.add_proposed(organisation, request.user, proposed)
    messages.success(request, _("Métiers ajoutés : retirez ceux que vous n’avez pas."))
    return redirect("training:professions", slug)


@require_POST
def remove_profession(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take away a profession that is not ours."""
    organisation = access.organisation_editable_by(request.user, slug)
    acting.remove_profession(get_object_or_404(Profession, organisation=organisation, pk=pk), request.user)
    messages.success(request, _("Métier retiré."))
    return redirect("training:professions", slug)


def _professions(organisation: Any, rows: list[Profession]) -> dict[str, Any]:
    there = {one.key for one in rows}
    return {
        "professions": rows, "adding": ProfessionForm(), "staffed": Staff.objects.filter(organisation=organisation).count(),
        "proposed": sum(key not in there for key in training_paths.professions()),
    }  # fmt: skip
