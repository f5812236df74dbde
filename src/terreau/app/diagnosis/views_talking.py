"""Talking about an answer: messages until someone settles them, and the team's own notes."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from terreau.app.accounts import access
from terreau.app.diagnosis import given
from terreau.app.diagnosis.editions import criterion_of, edition_of
from terreau.app.diagnosis.entering import assessment_for
from terreau.app.diagnosis.models import Assessment, Comment, TeamNote
from terreau.app.journal import door as journal


@require_POST
def talk(request: HttpRequest, slug: str, pk: Any, criterion: str) -> HttpResponse:
    """One more message, one more note, or a message settled (or opened again)."""
    assessment = assessment_for(request, slug, pk, access.organisation_contributable_by)
    asked = criterion_of(edition_of(assessment), criterion)
    text = given.cleaned(request.POST.get("text", ""))
    if settled := request.POST.get("resolve", ""):
        _settle(request, assessment, asked.key, settled)
    elif text and request.POST.get("what") == "note":
        _say(request, assessment, asked.key, TeamNote, text, "diagnosis.noted")
    elif text:
        _say(request, assessment, asked.key, Comment, text, "diagnosis.commented")
    anchor = "notes" if request.POST.get("what") == "note" else "discussion"
    return redirect(f"{reverse('diagnosis:criterion', args=[slug, pk, asked.short])}#{anchor}")


def _say(request: HttpRequest, assessment: Assessment, criterion: str, kind: Any, text: str, action: str) -> None:
    with transaction.atomic():
        kind.objects.create(
            assessment=assessment, criterion=criterion, text=text, by=request.user, by_label=str(request.user)[:200]
        )
        journal.record(
            assessment.organisation, request.user, action, {"assessment": assessment.title, "criterion": criterion}
        )


def _settle(request: HttpRequest, assessment: Assessment, criterion: str, pk: str) -> None:
    with transaction.atomic():
        key = int(pk[:12]) if pk.isdecimal() else 0
        one = get_object_or_404(Comment.objects.select_for_update(), assessment=assessment, criterion=criterion, pk=key)
        opened = one.resolved_on is not None
        one.resolved_on = None if opened else timezone.now()
        one.resolved_by = "" if opened else str(request.user)[:200]
        one.save(update_fields=["resolved_on", "resolved_by"])
        action = "diagnosis.comment_reopened" if opened else "diagnosis.comment_settled"
        journal.record(
            assessment.organisation, request.user, action, {"assessment": assessment.title, "criterion": criterion}
        )
