"""Entrusting criteria: to whom, which, until when; a link is shown once, renewed, withdrawn."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from terreau.app.accounts import access
from terreau.app.diagnosis import delegating, given, sharing
from terreau.app.diagnosis.editions import edition_of
from terreau.app.diagnosis.entering import assessment_for, members_of
from terreau.app.diagnosis.forms import DelegationForm
from terreau.app.diagnosis.models import Assessment, Delegation
from terreau.kernel.errors import TerreauError


@never_cache
@require_http_methods(["GET", "POST"])
def delegate(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """« Qui répond à quoi ? »"""
    may = access.organisation_editable_by if request.method == "POST" else access.organisation_contributable_by
    assessment = assessment_for(request, slug, pk, may)
    edition = edition_of(assessment)
    form = DelegationForm(members_of(assessment.organisation), request.POST or None)
    errors: list[tuple[str, str]] = []
    if request.method == "POST":
        if assessment.state != Assessment.State.OPEN:
            raise TerreauError("app.answer_closed")
        keys, unknown = delegating.chosen(edition, request.POST.getlist("rubric"), request.POST.get("profession", ""),
                                          request.POST.get("numbers", ""))  # fmt: skip
        if unknown:
            errors.append(("numbers", _("La grille n'a pas de critère %(which)s.") % {"which": ", ".join(unknown[:5])}))
        elif not keys:
            errors.append(("numbers", _("Choisissez au moins une rubrique, un métier ou un critère.")))
        if form.is_valid() and not errors:
            return _entrusted(request, assessment, form, keys)
    page = sharing.page(assessment, edition, request, form)
    return render(
        request, "diagnostic/delegate.html", page | {"errors": errors}, status=400 if request.method == "POST" else 200
    )


def _entrusted(request: HttpRequest, assessment: Assessment, form: DelegationForm, keys: list[str]) -> HttpResponse:
    told = form.cleaned_data
    made, token = delegating.entrust(
        assessment, request.user, keys, to=form.members.get(told["to"]), name=told["name"], email=told["email"],
        profession=given.cleaned(request.POST.get("profession", ""), 60), due=told["due"], message=told["message"],
    )  # fmt: skip
    if token:
        return _link_shown(request, assessment, made, token)
    messages.success(request, _("C'est confié : ces critères portent désormais son nom."))
    return redirect("diagnosis:delegate", assessment.organisation.slug, assessment.pk)


def _link_shown(request: HttpRequest, assessment: Assessment, made: Delegation, token: str) -> HttpResponse:
    link = request.build_absolute_uri(reverse("diagnosis:contribution", args=[assessment.organisation.slug, token]))
    return render(request, "diagnostic/link.html", {"assessment": assessment, "delegation": made, "link": link})


@never_cache
@require_POST
def renew(request: HttpRequest, slug: str, pk: Any, delegation: int) -> HttpResponse:
    """Another link in place of the one that expired or was lost."""
    assessment = assessment_for(request, slug, pk, access.organisation_editable_by)
    found = get_object_or_404(Delegation, assessment=assessment, pk=delegation, to=None)
    found.assessment = assessment
    return _link_shown(request, assessment, found, delegating.renew(found, request.user))


@require_POST
def withdraw(request: HttpRequest, slug: str, pk: Any, delegation: int) -> HttpResponse:
    """It opens nothing from now on."""
    assessment = assessment_for(request, slug, pk, access.organisation_editable_by)
    found = get_object_or_404(Delegation, assessment=assessment, pk=delegation)
    found.assessment = assessment
    delegating.withdraw(found, request.user)
    messages.success(request, _("Délégation retirée. Ce qui était écrit est gardé."))
    return redirect("diagnosis:delegate", slug, pk)
