"""At the top of every view of this room: which assessment, who looks at it, and what they may see of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from terreau.app.accounts import access
from terreau.app.accounts.models import Membership, Role
from terreau.app.diagnosis.models import Answer, Assessment, State

TOLD = frozenset({State.SUBMITTED.value, State.ACCEPTED.value})


def assessment_for(request: HttpRequest, slug: str, pk: Any, may: Callable[[Any, str], Any]) -> Assessment:
    """The assessment ``pk`` of the organisation that this person ``may`` use; 404 when it is another's, or for an auditor who examines nothing today."""
    organisation = may(request.user, slug)
    if not access.opens_its_work(request.user, organisation):
        raise Http404
    found = get_object_or_404(Assessment.objects.select_related("inherits"), pk=pk, organisation=organisation)
    found.organisation = organisation
    return found


def is_auditor(request: HttpRequest, assessment: Assessment) -> bool:
    """True for an auditor: neither drafts nor what the team tells itself are for them."""
    return access.role_of(request.user, assessment.organisation) == Role.AUDITOR


def answers_of(assessment: Assessment, *, auditor: bool = False) -> dict[str, Answer]:
    """Criterion -> answer; an auditor sees those that were submitted."""
    found = Answer.objects.filter(assessment=assessment).select_related("owner")
    return {one.criterion: one for one in found if not auditor or one.state in TOLD}


def answer_to(assessment: Assessment, criterion: str, *, auditor: bool = False) -> Answer:
    """The answer to one criterion; an empty one, not kept, when there is none or when it is not for this person."""
    found = Answer.objects.filter(assessment=assessment, criterion=criterion).select_related("owner").first()
    if found is None or (auditor and found.state not in TOLD):
        found = Answer(assessment=assessment, criterion=criterion)
    found.assessment = assessment
    return found


def members_of(organisation: Any) -> list[Membership]:
    """Who may answer here, by name."""
    held = Membership.objects.in_force().filter(organisation=organisation, role__in=access.CONTRIBUTE)
    return sorted(held.select_related("user"), key=lambda one: str(one.user).casefold())


def handed_to(assessment: Assessment, *, auditor: bool = False) -> dict[str, Answer]:
    """Criterion -> what the assessment it inherits from answers; an auditor sees what was submitted."""
    relative = assessment.inherits
    if relative is None or (relative.referential, relative.version) != (assessment.referential, assessment.version):
        return {}
    return {key: one for key, one in answers_of(relative, auditor=auditor).items() if one.speaks}


def inherited_by(assessment: Assessment, criterion: str, *, auditor: bool = False) -> Answer | None:
    """The answer that stands in for one not given here: that of the assessment this one inherits from."""
    relative = assessment.inherits
    if relative is None or (relative.referential, relative.version) != (assessment.referential, assessment.version):
        return None
    found = answer_to(relative, criterion, auditor=auditor)
    return found if found.speaks else None
