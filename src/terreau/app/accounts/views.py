"""The person: where they start, their page, their language, a further organisation."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.i18n import set_language

from terreau.app.accounts import access, opening
from terreau.app.accounts.forms import NameForm, NewOrganisationForm


@login_not_required
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Straight to the only organisation of this person (of the examples: the first), else their list.

    An empty instance awaits its owner.
    """
    if not request.user.is_authenticated:
        return redirect("accounts:first_sign_in" if opening.first_owner_awaited() else "account_login")
    mine = list(access.organisations_visible_to(request.user).order_by("created_on")[:2])
    alone = len(mine) == 1 or (mine and settings.DEMO)
    return redirect("pages:home", mine[0].slug) if alone else redirect("accounts:me")


@require_http_methods(["GET", "POST"])
def me(request: HttpRequest) -> HttpResponse:
    """My account: name, password, second factor, and the organisations I may enter."""
    form = NameForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Nom enregistré."))
        return redirect("accounts:me")
    mine = access.organisations_visible_to(request.user)
    return render(request, "accounts/me.html", {"organisations": mine, "form": form})


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """French or English, remembered by a cookie."""
    return set_language(request)


@require_http_methods(["GET", "POST"])
def new_organisation(request: HttpRequest) -> HttpResponse:
    """A further organisation on this instance (a club, a group); for the person who hosts it."""
    if not access.person(request).is_host:
        raise PermissionDenied
    form = NewOrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = opening.open_organisation(form.cleaned_data["name"], access.person(request))
        return redirect("pages:home", made.slug)
    return render(request, "accounts/new_organisation.html", {"form": form})
