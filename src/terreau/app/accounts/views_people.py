"""People of one organisation: members, their roles, invitations."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from terreau.app.accounts import access, joining
from terreau.app.accounts import people as changing
from terreau.app.accounts.forms import InvitationForm, MemberForm
from terreau.app.accounts.models import Membership
from terreau.kernel.errors import TerreauError


@require_GET
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """« Qui peut entrer ici ? »"""
    organisation = access.organisation_owned_by(request.user, slug)
    members = Membership.objects.filter(organisation=organisation).select_related("user")
    return render(request, "accounts/people.html", {"members": members, "pending": joining.pending(organisation)})


@never_cache
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """A new invitation; its link is shown once, on the answer to this form."""
    organisation = access.organisation_owned_by(request.user, slug)
    form = InvitationForm(request.POST or None, initial={"role": "reader"})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made, token = joining.invite(
                organisation, access.person(request), given["role"], email=given["email"], until=given["until"]
            )
        except TerreauError as refused:
            form.add_error("until", str(refused.words(get_language() or "fr")))
        else:
            link = request.build_absolute_uri(reverse("accounts:invitation", args=[token]))
            return render(request, "accounts/invited.html", {"link": link, "invitation": made})
    return render(request, "accounts/invite.html", {"form": form})


@require_http_methods(["GET", "POST"])
def member(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The role of one member."""
    organisation = access.organisation_owned_by(request.user, slug)
    membership = get_object_or_404(
        Membership.objects.select_related("user", "organisation"), pk=pk, organisation=organisation
    )
    form = MemberForm(membership, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            changing.change_role(
                membership, access.person(request), form.cleaned_data["role"], form.cleaned_data["until"]
            )
        except TerreauError as refused:
            form.add_error("role", str(refused.words(get_language() or "fr")))
        else:
            messages.success(request, _("Rôle enregistré."))
            return redirect("reglages:people", slug)
    return render(request, "accounts/member.html", {"membership": membership, "form": form})


@require_POST
def remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """This person may no longer enter."""
    organisation = access.organisation_owned_by(request.user, slug)
    membership = get_object_or_404(
        Membership.objects.select_related("user", "organisation"), pk=pk, organisation=organisation
    )
    changing.remove(membership, access.person(request))
    messages.success(request, _("Accès retiré."))
    return redirect("reglages:people", slug)


@require_POST
def withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """This invitation no longer opens."""
    organisation = access.organisation_owned_by(request.user, slug)
    joining.withdraw(organisation, access.person(request), pk)
    messages.success(request, _("Invitation retirée."))
    return redirect("reglages:people", slug)
