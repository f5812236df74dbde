"""What is too large is refused before it is read, with the limit named."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

ENVELOPE = 1024 * 1024
ENTRUSTED = "contributions"  # in the session: what a contributor's link was exchanged for


class UploadLimit:
    """Middleware: answers 413 in words when a request announces more than the stated limit."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        announced = request.META.get("CONTENT_LENGTH") or "0"
        size = int(announced[:18]) if announced.isdecimal() else 0
        if size > ENVELOPE and size > (limit := _most(request)) + ENVELOPE:
            facts = {"limit": limit // 1024 // 1024, "size": size // 1024 // 1024}
            response = render(request, "413.html", facts, status=413)
            response.headers["Connection"] = "close"
            return response
        return self.get_response(request)


def _most(request: HttpRequest) -> int:
    # Nobody sends a file before being signed in or let in by a link: a stranger's is not even written to the disk.
    most = int(settings.UPLOAD_MAX_BYTES)
    known = SESSION_KEY in request.session or request.session.get(ENTRUSTED)
    return most if known else min(most, int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE))
