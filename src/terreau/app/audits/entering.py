"""At the top of every view of this room: which audit, who looks at it, and what they may do there now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from terreau.app.accounts import access
from terreau.app.accounts.models import Organisation, Role
from terreau.app.audits import freezing
from terreau.app.audits.freezing import Frozen
from terreau.app.audits.models import EXAMINED, FOLLOWS, Audit, Freeze, PaperReport, State
from terreau.app.evidence import door as evidence

# Steps that the auditor may take too; every other one is the organisation's.
BY_AUDITOR = frozenset({(State.EXAMINING, State.ANSWERING), (State.ANSWERING, State.EXAMINING)})
# Asking freezes and deciding writes the decision: each has a page of its own.
ELSEWHERE = frozenset({(State.PREPARING, State.REQUESTED), (State.COMMITTEE, State.DECIDED)})


def audit_for(request: HttpRequest, slug: str, pk: Any, may: Callable[[Any, str], Organisation]) -> Audit:
    """The audit ``pk`` that this person ``may`` use; 404 when another's, or for an auditor who does not examine it today."""
    organisation = may(request.user, slug)
    found = get_object_or_404(Audit, pk=pk, organisation=organisation)
    found.organisation = organisation
    if is_auditor(request, organisation) and not audits_seen(request, organisation).filter(pk=pk).exists():
        raise Http404
    return found


def examined(request: HttpRequest, slug: str, pk: Any) -> tuple[Audit, Frozen]:
    """An audit with what was frozen for it; 404 before it was asked for."""
    found = audit_for(request, slug, pk, access.organisation_readable_by)
    return found, frozen_of(found)


def frozen_of(audit: Audit) -> Frozen:
    """What was frozen for this audit; 404 before it was asked for."""
    if audit.freeze_id is None:
        raise Http404
    return freezing.read(Freeze.objects.select_related("frozen_by").get(pk=audit.freeze_id))


def freeze_for(request: HttpRequest, slug: str, pk: Any, may: Callable[[Any, str], Organisation]) -> Freeze:
    """The freeze ``pk`` of this organisation; auditors have the pages of their audit instead (403)."""
    organisation = team(request, slug, may)
    return get_object_or_404(Freeze.objects.select_related("frozen_by"), pk=pk, organisation=organisation)


def team(request: HttpRequest, slug: str, may: Callable[[Any, str], Organisation]) -> Organisation:
    """The organisation, for one of its own people."""
    organisation = may(request.user, slug)
    if is_auditor(request, organisation):
        raise PermissionDenied
    return organisation


def audits_seen(request: HttpRequest, organisation: Organisation) -> Any:
    """The audits this person may open, latest first."""
    if is_auditor(request, organisation):
        return Audit.objects.examined_by(request.user, organisation)
    return Audit.objects.filter(organisation=organisation)


def is_auditor(request: HttpRequest, organisation: Organisation) -> bool:
    """True for an auditor of the organisation."""
    return access.role_of(request.user, organisation) == Role.AUDITOR


def examines(request: HttpRequest, audit: Audit) -> bool:
    """True while verdicts and findings are written, for the auditor and for whoever types in the report that came on paper."""
    return audit.state in EXAMINED and (is_auditor(request, audit.organisation) or types_in(request, audit))


def types_in(request: HttpRequest, audit: Audit) -> bool:
    """True for those who decide in the organisation, once the report came on paper."""
    return access.role_of(request.user, audit.organisation) in access.EDIT and audit.paper is not None


def examiner(request: HttpRequest, slug: str, pk: Any) -> tuple[Audit, PaperReport | None]:
    """The audit, for its auditor, or with the report that this person types in; 403 for anyone else of the organisation."""
    found = audit_for(request, slug, pk, access.organisation_readable_by)
    if is_auditor(request, found.organisation):
        return found, None
    if not types_in(request, found):
        raise PermissionDenied
    return found, found.paper


def number(given: str, otherwise: int) -> int:
    """A number that a form carries: the row somebody had before them; ``otherwise`` when it is none."""
    return int(given[:12]) if given.isdecimal() else otherwise


def may_move(request: HttpRequest, audit: Audit) -> list[State]:
    """The steps this person may take now from the page of the audit."""
    role = access.role_of(request.user, audit.organisation)
    leads, judges = role in access.EDIT, role == Role.AUDITOR
    return [State(to) for to in FOLLOWS[audit.state]
            if (audit.state, to) not in ELSEWHERE and (leads or (judges and (audit.state, to) in BY_AUDITOR))]  # fmt: skip


def opened(request: HttpRequest, organisation: Organisation) -> frozenset[str]:
    """The confidentialities this person's role opens."""
    return evidence.opened_to(request.user, organisation)
