"""From a piece of work to the page it leads to: straight on when it is done, by its progress page otherwise."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from terreau.app.tasks import kinds
from terreau.app.tasks.models import Job, State

THEN = "suite"


def onwards(request: HttpRequest, job: Job, then: str = "") -> HttpResponse:
    """Where asking for ``job`` leads: its page, or ``then``, when it is done; its progress page otherwise."""
    if job.state == State.DONE:
        for level, words in said(job):
            getattr(messages, level)(request, words)
        return redirect(then or leads_to(job) or address(job))
    return redirect(address(job, then=then or "1"))


def address(job: Job, *, then: str = "") -> str:
    """The progress page of a job; ``then``: leads on by itself when it is done, there or where the kind says ("1")."""
    page = reverse("tasks:job", args=[job.organisation.slug, job.pk])
    return f"{page}?{urlencode({THEN: then})}" if then else page


def next_page(request: HttpRequest, job: Job) -> str:
    """The page the person was going to; '' when they only came to look. Never out of the organisation."""
    then = request.GET.get(THEN, "")
    inside = url_has_allowed_host_and_scheme(then, allowed_hosts=None) and then.startswith(
        f"/o/{job.organisation.slug}/"
    )
    return then if inside else leads_to(job) if then else ""


def leads_to(job: Job) -> str:
    """The address of what was made, '' when there is none."""
    kind = kinds.of(job)
    return kind.leads_to(job) if kind and kind.leads_to and job.state == State.DONE else ""


def back(job: Job) -> str:
    """Where one tries again another way, '' when nowhere."""
    kind = kinds.of(job)
    return kind.back(job) if kind and kind.back else ""


def said(job: Job) -> list[tuple[str, str]]:
    """What to tell the person when they arrive."""
    kind = kinds.of(job)
    return kind.says(job) if kind and kind.says else []
