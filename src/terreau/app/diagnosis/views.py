"""The assessments of an organisation: all of them, a new one, one at a glance, what applies, what frames it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from terreau.app.accounts import access
from terreau.app.diagnosis import answering, given, moving_on, overview, shelf, starting
from terreau.app.diagnosis.editions import edition_of, said
from terreau.app.diagnosis.entering import answers_of, assessment_for, is_auditor
from terreau.app.diagnosis.forms import FrameForm, StartForm
from terreau.app.diagnosis.models import Assessment
from terreau.app.diagnosis.showing import address, crumbs
from terreau.app.portfolio import door as portfolio
from terreau.app.referentials import door as referentials

DECIDED_AT_ONCE = 8


@require_GET
def home(request: HttpRequest, slug: str) -> HttpResponse:
    """« Que pouvons-nous prouver ? »"""
    organisation = access.organisation_examinable_by(request.user, slug)
    auditor = access.role_of(request.user, organisation) == "auditor"
    page = Paginator(Assessment.objects.of(organisation).select_related("organisation", "inherits"), 12).get_page(
        request.GET.get("page")
    )
    return render(request, "diagnostic/home.html", {"rows": shelf.rows(list(page), auditor=auditor), "page": page})


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """« Je veux m'autodiagnostiquer » : a referential, then a few questions."""
    organisation = access.organisation_contributable_by(request.user, slug)
    key = request.POST.get("referential") or request.GET.get("referentiel", "")
    # Our grid first: it is the one made to begin with.
    found = sorted(referentials.heads_for(organisation), key=lambda one: one.mode != "dmr")
    heads = {one.key: one for one in found}
    if key not in heads:
        service = request.GET.get("service", "")
        if service:  # from the page of a service: what may assess one first, and the service stays chosen
            found.sort(key=lambda one: "service" not in one.concerns)
        choice = {"heads": [shelf.head_shown(one) for one in found], "service": service if service.isdecimal() else ""}
        return render(request, "diagnostic/choose.html", choice)
    edition = referentials.edition_for(organisation, key)
    others = [
        one
        for one in Assessment.objects.of(organisation).filter(referential=key, version=edition.version)
        if not one.inherits_id
    ]
    first, last = starting.this_year()
    initial = {
        "title": said(edition.title),
        "period_start": first,
        "period_end": last,
        "subject": request.GET.get("service", ""),
    }
    services = portfolio.services_of(organisation)
    form = StartForm(edition, services, others, request.POST or None, initial=initial)
    family = _family_proposed(request, form)
    if family and form.is_bound:
        form = StartForm(edition, services, others, _with(request, inherits=str(family[0].pk)), initial=initial)
    elif family:
        form.initial["inherits"] = str(family[0].pk)
    elif request.method == "POST" and form.is_valid():
        made = starting.begin(organisation, request.user, edition, form.given())
        waiting = overview.pending(made, edition_of(made), {})
        decides = access.role_of(request.user, organisation) in access.EDIT
        return redirect("diagnosis:applicability" if waiting and decides else "diagnosis:assessment", slug, made.pk)
    shown = {"form": form, "head": shelf.head_shown(edition.head), "criteria": len(edition.criteria), "family": family,
             "service": form.service_asked()}  # fmt: skip
    return render(request, "diagnostic/start.html", shown)


def _family_proposed(request: HttpRequest, form: StartForm) -> list[Assessment]:
    """What the family of the service answers already: proposed once for this service, never taken without being asked."""
    service = form.service_asked()
    if service is None or request.POST.get("inherits") or request.POST.get("family") == str(service.pk):
        return []
    return form.relatives() if not form.is_bound or form.is_valid() else []


def _with(request: HttpRequest, **more: str) -> Any:
    sent = request.POST.copy()
    for name, value in more.items():
        sent[name] = value
    return sent


@require_GET
def assessment(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """One assessment at a glance."""
    found = assessment_for(request, slug, pk, access.organisation_readable_by)
    auditor = is_auditor(request, found)
    shown = overview.page(found, answers_of(found, auditor=auditor), request.GET.get("regle", ""), auditor=auditor)
    newer = moving_on.next_name(found)
    following = moving_on.followed_by(found, newer)
    later = {
        "newer": newer,
        "following": following,
        "following_url": address("assessment", following) if following else "",
        "fillable": referentials.has_workbook(found.organisation, found.referential, found.version),
    }
    return render(request, "diagnostic/assessment.html", shown | later)


@require_http_methods(["GET", "POST"])
def applicability(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """What the profile proposes to leave out: a person decides each, with a reason."""
    may = access.organisation_editable_by if request.method == "POST" else access.organisation_readable_by
    found = assessment_for(request, slug, pk, may)
    edition = edition_of(found)
    errors: list[tuple[str, str]] = []
    if request.method == "POST":
        decided, errors = _decided(request, found, edition)
        if decided:
            messages.success(
                request,
                ngettext("%(n)d décision enregistrée.", "%(n)d décisions enregistrées.", decided) % {"n": decided},
            )
        if not errors:
            left = overview.pending(found, edition, answers_of(found))
            return redirect("diagnosis:applicability" if left and decided else "diagnosis:assessment", slug, pk)
    seen = answers_of(found, auditor=is_auditor(request, found))
    page = shelf.applicability_page(found, edition, seen, DECIDED_AT_ONCE, request)
    return render(request, "diagnostic/applicability.html", page | {"errors": errors}, status=400 if errors else 200)


def _decided(request: HttpRequest, found: Assessment, edition: Any) -> tuple[int, list[tuple[str, str]]]:
    writer, done, errors = answering.writer_of(request.user, found.organisation), 0, []
    for criterion in edition.criteria:
        said_here = request.POST.get(f"{criterion.short}-applies", "")
        if said_here not in ("yes", "no"):
            continue
        reason = given.cleaned(request.POST.get(f"{criterion.short}-reason", "")) if said_here == "no" else ""
        if said_here == "no" and not reason.strip():
            errors.append(
                (
                    f"{criterion.short}-reason",
                    _("%(number)s : dites pourquoi il ne s'applique pas.") % {"number": criterion.number},
                )
            )
            continue
        try:
            answering.decide(found, criterion.key, writer, applicable=said_here == "yes", reason=reason,
                             revision=given.revision_in(request.POST, f"{criterion.short}-revision"))  # fmt: skip
        except answering.ChangedMeanwhile:
            errors.append(
                (
                    f"{criterion.short}-reason",
                    _("%(number)s : quelqu'un vient de le changer, relisez-le.") % {"number": criterion.number},
                )
            )
        else:
            done += 1
    return done, errors


@require_http_methods(["GET", "POST"])
def frame(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """Title, period, target; closing and opening again; taking away."""
    found = assessment_for(request, slug, pk, access.organisation_editable_by)
    edition = edition_of(found)
    initial = {name: getattr(found, name) for name in starting.FRAME}
    form = FrameForm(edition, request.POST or None, initial=initial)
    if request.method == "POST" and "state" in request.POST:
        state = Assessment.State.CLOSED if request.POST["state"] == "closed" else Assessment.State.OPEN
        starting.reframe(found, request.user, {"state": state.value})
        return redirect("diagnosis:frame", slug, pk)
    if request.method == "POST" and form.is_valid():
        starting.reframe(found, request.user, form.cleaned_data)
        messages.success(request, _("Réglages enregistrés."))
        return redirect("diagnosis:assessment", slug, pk)
    return render(request, "diagnostic/frame.html", {"assessment": found, "form": form, "crumbs": crumbs(found)})


@require_POST
def remove(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """Take an assessment away with its answers: owners, who typed its title again."""
    found = assessment_for(request, slug, pk, access.organisation_owned_by)
    if request.POST.get("title", "").strip() != found.title:
        messages.error(request, _("Recopiez le titre pour confirmer : rien n'a été supprimé."))
        return redirect("diagnosis:frame", slug, pk)
    starting.remove(found, request.user)
    messages.success(request, _("Évaluation supprimée ; le journal s'en souvient."))
    return redirect("diagnosis:home", slug)
