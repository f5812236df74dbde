"""What is too large is refused before it is read, with the limit named."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

ENVELOPE = 1024 * 1024


class UploadLimit:
    """Middleware: answers 413 in words when a request announces more than the stated limit."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        announced = request.META.get("CONTENT_LENGTH") or "0"
        if announced.isdigit() and int(announced) > settings.UPLOAD_MAX_BYTES + ENVELOPE:
            facts = {"limit": settings.UPLOAD_MAX_BYTES // 1024 // 1024, "size": int(announced) // 1024 // 1024}
            response = render(request, "413.html", facts, status=413)
            response.headers["Connection"] = "close"
            return response
        return self.get_response(request)
