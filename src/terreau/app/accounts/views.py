"""The person: where they start, their page, their language."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST
from django.views.i18n import set_language

from terreau.app.accounts import access


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Straight to the only organisation of this person, else their list."""
    mine = list(access.organisations_visible_to(request.user)[:2])
    return redirect("pages:home", mine[0].slug) if len(mine) == 1 else redirect("accounts:me")


@require_GET
def me(request: HttpRequest) -> HttpResponse:
    """My account and the organisations I may enter."""
    mine = access.organisations_visible_to(request.user)
    return render(request, "accounts/me.html", {"organisations": mine})


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """French or English, remembered by a cookie."""
    return set_language(request)
