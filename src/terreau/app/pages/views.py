"""Pages about the whole: home, first run, accessibility, about."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from terreau.app.accounts import access


@require_GET
def home(request: HttpRequest, slug: str) -> HttpResponse:
    """« Où en sommes-nous ? »"""
    organisation = access.organisation_readable_by(request.user, slug)
    return render(request, "pages/home.html", {"organisation": organisation})


@require_GET
@login_not_required
def welcome(request: HttpRequest) -> HttpResponse:
    """First run."""
    return render(request, "pages/welcome.html")


@require_GET
@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    """Accessibility statement."""
    return render(request, "pages/accessibility.html")


@require_GET
@login_not_required
def about(request: HttpRequest) -> HttpResponse:
    """What Terreau is."""
    return render(request, "pages/about.html")
