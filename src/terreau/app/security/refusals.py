"""Refusals in words: what happened, why, what to do; never a traceback."""

from collections.abc import Callable

from django.db import DatabaseError, IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from terreau.kernel.errors import TerreauError


class SaidInWords:
    """Middleware: an error with words that a view let through becomes a page with its what, why and remedy."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Words for a TerreauError and for two changes at once, nothing for the rest."""
        status = 400
        if isinstance(exception, IntegrityError) or type(exception) is DatabaseError:  # a row gone, or made, meanwhile
            status, exception = 409, TerreauError("app.changed_meanwhile")
        if not isinstance(exception, TerreauError):
            return None
        return said_in_words(request, exception, status)


def said_in_words(request: HttpRequest, refusal: TerreauError, status: int = 400) -> HttpResponse:
    """The page of a refusal: its what, why and remedy."""
    return render(request, "refusal.html", {"words": refusal.words(get_language() or "fr")}, status=status)


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
