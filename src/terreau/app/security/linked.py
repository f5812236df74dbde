"""Pages whose address holds a token: nothing of it leaves with a referrer, no index keeps it, no form asks the language."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt, csrf_protect

NOT_INDEXED, NOT_TOLD = "noindex, nofollow", "no-referrer"
LANGUAGES = ("fr", "en")


def kept_apart(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """No referrer, no index, and a language asked by ``?langue=``; forms keep their check against forgery.

    A browser that tells no referrer says "null" for the origin of a form: it is read as our own, and the token of the
    form, which no other site knows, is still asked.
    """
    checked = csrf_protect(in_its_language(view))

    @csrf_exempt
    @wraps(view)
    def seen(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.META.get("HTTP_ORIGIN") == "null":
            request.META["HTTP_ORIGIN"] = f"{request.scheme}://{request.get_host()}"
        answer = checked(request, *args, **kwargs)
        answer.headers["Referrer-Policy"], answer.headers["X-Robots-Tag"] = NOT_TOLD, NOT_INDEXED
        return answer

    return seen


def in_its_language(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The page in the language its address asks for (``?langue=en``), remembered for the pages that follow."""

    @wraps(view)
    def seen(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = request.GET.get("langue", "")
        if asked not in LANGUAGES:
            return view(request, *args, **kwargs)
        translation.activate(asked)
        answer = view(request, *args, **kwargs)
        answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, asked, max_age=settings.LANGUAGE_COOKIE_AGE, secure=settings.LANGUAGE_COOKIE_SECURE,
                          httponly=settings.LANGUAGE_COOKIE_HTTPONLY, samesite="Lax")  # fmt: skip
        return answer

    return seen
