"""What stands beside an answer: evidence, discussion, notes, history, the official words, what else a piece could answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode

from terreau.app.diagnosis.models import Answer, Assessment, Comment, TeamNote
from terreau.app.diagnosis.recording import subject_of
from terreau.app.evidence import door as evidence
from terreau.app.referentials import door as referentials

if TYPE_CHECKING:
    from terreau.referentials.edition import Criterion, Edition

LAST_CHANGES = 3
MOST_NEIGHBOURS = 6


def evidence_of(user: Any, assessment: Assessment, criterion: str, role: str) -> tuple[Any, ...]:
    """The pieces tied to one answer that this role may open."""
    if not hasattr(evidence, "panel"):
        return ()
    return tuple(evidence.panel(assessment.organisation, subject_of(assessment, criterion), evidence.OPENS.get(role)))


def around_criterion(assessment: Assessment, edition: Edition, criterion: Criterion, answer: Answer, *,
                     auditor: bool) -> dict[str, Any]:  # fmt: skip
    """Discussion, team notes and history (never for an auditor), official words, neighbours, addresses."""
    told: dict[str, Any] = {
        "official": _official(assessment, criterion), "neighbours": _neighbours(assessment, criterion),
        "subject": subject_of(assessment, criterion.key), "add_evidence": add_evidence(assessment, criterion.key),
    }  # fmt: skip
    if auditor:
        return told | {"comments": [], "notes": [], "changes": []}
    return told | {
        "comments": list(Comment.objects.filter(assessment=assessment, criterion=criterion.key)),
        "notes": list(TeamNote.objects.filter(assessment=assessment, criterion=criterion.key)),
        "changes": list(answer.changes.all()[:LAST_CHANGES]) if answer.pk else [],
    }


def add_evidence(assessment: Assessment, criterion: str) -> str:
    """Where one more piece is tied to this answer; '' while the room of evidence has no page for it."""
    try:
        there = reverse("evidence:add", args=[assessment.organisation.slug])
    except NoReverseMatch:
        return ""
    return f"{there}?{urlencode({'pour': subject_of(assessment, criterion)})}"


def _official(assessment: Assessment, criterion: Criterion) -> Any:
    ask = getattr(referentials, "official_entry", None)
    return ask(assessment.organisation, criterion.key) if ask and criterion.reformulation else None


def _neighbours(assessment: Assessment, criterion: Criterion) -> list[Any]:
    ask = getattr(referentials, "neighbours", None)
    return list(ask(assessment.organisation, criterion.key))[:MOST_NEIGHBOURS] if ask else []
