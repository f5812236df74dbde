"""Refusals in words: what happened, why, what to do; never a traceback."""

import sys
from collections.abc import Callable

from django.db import DatabaseError, DataError, IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils.translation import get_language

from terreau.app.security import machine
from terreau.kernel.errors import TerreauError, Words


class SaidInWords:
    """Middleware: an error with words that a view let through becomes a page with its what, why and remedy."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Words for a TerreauError, for two changes at once and for what no text holds, nothing for the rest."""
        status = 400
        if isinstance(exception, DataError):
            return bad_request(request, exception)  # a sign no text holds (an invisible zero): asked by no true form
        refusal = machine.refusal_of(exception)
        if refusal is None and (isinstance(exception, IntegrityError) or type(exception) is DatabaseError):
            status, refusal = 409, TerreauError("app.changed_meanwhile")  # a row gone, or made, meanwhile
        if refusal is None and isinstance(exception, TerreauError):
            refusal = exception
        return said_in_words(request, refusal, status) if refusal else None


def said_in_words(request: HttpRequest, refusal: TerreauError, status: int = 400) -> HttpResponse:
    """The page of a refusal: its what, why and remedy; 503 when it is the machine's."""
    words = refusal.words(get_language() or "fr")
    if refusal.code.startswith(
        "app.database_"
    ):  # a page with one's name and organisations would ask the database again
        return _alone(words)
    status = 503 if refusal.code in machine.CODES else status
    return render(request, "refusal.html", {"words": words}, status=status)


def broken_down(request: HttpRequest) -> HttpResponse:
    """500: our fault; or 503 in words when the machine or the database refused, wherever it did."""
    trouble = sys.exc_info()[1]
    refusal = machine.refusal_of(trouble) if trouble else None
    if refusal is None:
        return HttpResponse(loader.get_template("500.html").render(), status=500)
    return _alone(refusal.words(get_language() or "fr"))


def _alone(words: Words) -> HttpResponse:
    return HttpResponse(loader.get_template("503.html").render({"words": words}), status=503)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: nothing here, or nothing for this person: the two are not told apart."""
    return render(request, "404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: this person's role does not allow it."""
    return render(request, "403.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request cannot be understood."""
    return render(request, "400.html", status=400)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was opened too long ago, or elsewhere (CSRF)."""
    return render(request, "403_csrf.html", status=403)
