"""Receiving the calendar elsewhere: a secret link for one's own calendar, a letter each week."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from terreau.app.accounts import access
from terreau.app.calendar import digests, entering, subscribing, views
from terreau.app.calendar.forms import DigestForm
from terreau.app.calendar.models import LINK_DAYS, Digest, Subscription
from terreau.app.language import language
from terreau.app.security.linked import NOT_INDEXED, NOT_TOLD
from terreau.app.security.refusals import said_in_words
from terreau.app.settings_env import public_url
from terreau.kernel.errors import TerreauError

TOO_MANY = 429


@require_GET
def subscription(request: HttpRequest, slug: str) -> HttpResponse:
    """« Recevoir ces dates » : my link and my letter, nobody else's."""
    organisation, user = entering.organisation_for(request, slug), access.person(request)
    mine = {"organisation": organisation, "user": user}
    letter = Digest.objects.filter(**mine).first()
    form = DigestForm(initial={"weekday": letter.weekday if letter else 0})
    link = Subscription.objects.filter(**mine).first()
    shown = {"link": link, "letter": letter, "form": form, "mail": settings.MAIL_WORKS, "days": LINK_DAYS}
    return render(request, "calendar/subscription.html", shown)


@never_cache
@require_POST
def make(request: HttpRequest, slug: str) -> HttpResponse:
    """A new link, shown this once."""
    organisation, user = entering.organisation_for(request, slug), access.person(request)
    row, token = subscribing.made(organisation, user, language())
    address = public_url() + reverse("calendar:feed", args=[slug, token])
    answer = render(request, "calendar/link.html", {"link": row, "address": address})
    answer.headers["Referrer-Policy"] = NOT_TOLD
    return answer


@require_POST
def withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """My link opens nothing from now on."""
    organisation = entering.organisation_for(request, slug)
    subscribing.withdraw(organisation, access.person(request))
    messages.success(request, _("Lien retiré : il n’ouvre plus rien."))
    return redirect("calendar:subscription", slug)


@require_POST
def digest(request: HttpRequest, slug: str) -> HttpResponse:
    """My letter: on another day, or no more."""
    organisation, user = entering.organisation_for(request, slug), access.person(request)
    form = DigestForm(request.POST)
    if "stop" in request.POST:
        digests.ended(organisation, user)
        messages.success(request, _("Vous ne recevrez plus ce courriel."))
    elif form.is_valid():
        digests.chosen(organisation, user, form.cleaned_data["weekday"], language())
        messages.success(request, _("C’est noté : un courriel par semaine, ce jour-là."))
    else:
        messages.error(request, _("Choisissez un jour de la liste."))
    return redirect("calendar:subscription", slug)


@login_not_required
@never_cache
@require_safe
def feed(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """The calendar behind a secret link, for a program that reads it by itself."""
    try:
        found = subscribing.of_token(request, slug, token)
    except TerreauError as refused:
        return said_in_words(request, refused, TOO_MANY)
    with translation.override(found.language):
        answer = views.as_file(found.organisation, found.user, found.language)
    answer.headers["Referrer-Policy"], answer.headers["X-Robots-Tag"] = NOT_TOLD, NOT_INDEXED
    return answer
