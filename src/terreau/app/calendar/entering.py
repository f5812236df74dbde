"""Who enters the calendar: every member but the external auditor, to whom the living work is closed."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest

from terreau.app.accounts import access
from terreau.app.accounts.models import Role


def organisation_for(request: HttpRequest, slug: str) -> Any:
    """The organisation whose calendar this person may read; 404 otherwise, and for an auditor."""
    organisation = access.organisation_readable_by(request.user, slug)
    if access.role_of(request.user, organisation) == Role.AUDITOR:
        raise Http404
    return organisation
