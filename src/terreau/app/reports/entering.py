"""Who enters: every member but the external auditor; a report of another organisation is not there."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from terreau.app.accounts import access
from terreau.app.accounts.models import Role
from terreau.app.reports.models import Report


def organisation_for(request: HttpRequest, slug: str) -> Any:
    """The organisation whose reports this person may read; 404 otherwise, and for an auditor."""
    organisation = access.organisation_readable_by(request.user, slug)
    if access.role_of(request.user, organisation) == Role.AUDITOR:
        raise Http404
    return organisation


def report_for(request: HttpRequest, slug: str, pk: Any) -> Report:
    """One report of the organisation, for who may read it."""
    organisation = organisation_for(request, slug)
    found = get_object_or_404(Report, organisation=organisation, pk=pk)
    found.organisation = organisation
    return found
