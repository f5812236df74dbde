"""The board."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from terreau.app.accounts import access


@require_GET
def board(request: HttpRequest, slug: str) -> HttpResponse:
    """« Où en sommes-nous ? »"""
    access.organisation_examinable_by(request.user, slug)
    return render(request, "indicators/board.html", {})
