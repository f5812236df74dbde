"""Entering for the first time: the first owner's code, an invitation."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from terreau.app.accounts import access, joining, opening
from terreau.app.accounts.forms import FirstOwnerForm, NewAccountForm
from terreau.app.accounts.models import Organisation, Role, User
from terreau.app.security import throttle
from terreau.app.security.linked import kept_apart
from terreau.app.security.refusals import said_in_words
from terreau.kernel.errors import TerreauError

TRIES, TRIES_SECONDS, TOO_MANY = 20, 600, 429


def by_invitation(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """An invitation that opens nothing is said in words; wrong tokens are counted, and soon wait."""

    @kept_apart
    @wraps(view)
    def seen(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except TerreauError as refused:
            if refused.code != "app.invitation_gone":
                raise
            gone = refused
        try:
            throttle.spend(request, "invitation-link", most=TRIES, seconds=TRIES_SECONDS)
        except TerreauError as too_many:
            return said_in_words(request, too_many, TOO_MANY)
        return said_in_words(request, gone)

    return seen


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def first_sign_in(request: HttpRequest) -> HttpResponse:
    """« Première connexion » : the code of the console makes the first owner, once."""
    if not opening.first_owner_awaited():
        return redirect("accounts:start")
    form = FirstOwnerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            user, made = opening.first_owner(
                given["code"],
                organisation=given["organisation"],
                email=given["email"],
                password=given["password"],
            )
        except TerreauError as refused:
            form.add_error("code", str(refused.words(get_language() or "fr")))
        else:
            _enter(request, user)
            return redirect("pages:home", made.slug)
    return render(request, "accounts/first_sign_in.html", {"form": form})


@login_not_required
@never_cache
@sensitive_post_parameters()
@by_invitation
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What the link offers; reading it consumes nothing. A POST makes an account and accepts."""
    found = joining.invitation_of(token)
    facts = {"invitation": found, "token": token}
    if request.user.is_authenticated:
        return render(request, "accounts/invitation.html", facts)
    form = NewAccountForm(request.POST or None, initial={"email": found.email})
    if request.method == "POST" and form.is_valid():
        try:
            user = joining.account_for(token, email=form.cleaned_data["email"], password=form.cleaned_data["password"])
        except TerreauError as refused:
            form.add_error("email", str(refused.words(get_language() or "fr")))
        else:
            _enter(request, user)
            return _welcome(request, user, found.organisation)
    return render(request, "accounts/invitation.html", {**facts, "form": form})


@by_invitation
@require_POST
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """The signed-in person accepts."""
    membership = joining.accept(token, access.person(request))
    return _welcome(request, membership.user, membership.organisation)


def _enter(request: HttpRequest, user: User) -> None:
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])


def _welcome(request: HttpRequest, user: User, organisation: Organisation) -> HttpResponse:
    messages.success(request, _("Bienvenue dans « %(name)s ».") % {"name": organisation.name})
    # An auditor was invited to examine: the audits are their first page, not the figures of the organisation.
    first = "audits:home" if access.role_of(user, organisation) == Role.AUDITOR else "pages:home"
    return redirect(first, organisation.slug)
