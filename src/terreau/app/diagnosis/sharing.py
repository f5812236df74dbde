"""What the page of delegations shows: who was entrusted what, how far they are, and what can still be entrusted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import HttpRequest

from terreau.app.diagnosis.editions import said
from terreau.app.diagnosis.entering import answers_of
from terreau.app.diagnosis.given import revision_in
from terreau.app.diagnosis.models import Answer, Assessment, Delegation, State
from terreau.app.diagnosis.showing import crumbs, facets_of, standing, told

if TYPE_CHECKING:
    from terreau.app.diagnosis.forms import DelegationForm
    from terreau.referentials.edition import Criterion, Edition

LISTED = 15


def page(assessment: Assessment, edition: Edition, request: HttpRequest, form: DelegationForm) -> dict[str, Any]:
    """Delegations in force and past, and the form of a new one."""
    answers = answers_of(assessment)
    listed = Paginator(assessment.delegations.select_related("to"), LISTED).get_page(request.GET.get("page"))
    return {
        "assessment": assessment, "rows": [row(one, edition, answers) for one in listed], "page": listed, "form": form,
        "crumbs": crumbs(assessment),
        "rubrics": [(one.key, said(one.title), one.key in request.POST.getlist("rubric")) for one in edition.rubrics],
        "professions": [(key, said(words)) for key, words in edition.professions.items()],
        "profession": request.POST.get("profession", ""), "numbers": request.POST.get("numbers", request.GET.get("criteres", "")),
    }  # fmt: skip


def entrusted(delegation: Delegation, edition: Edition) -> list[Criterion]:
    """The criteria of a delegation, in the order of the grid."""
    held = set(delegation.criteria)
    return [one for one in edition.criteria if one.key in held]


def row(delegation: Delegation, edition: Edition, answers: Mapping[str, Answer]) -> dict[str, Any]:
    """One delegation: answered, submitted, accepted of how many."""
    asked = entrusted(delegation, edition)
    mine = [answers[one.key] for one in asked if one.key in answers]
    return {
        "delegation": delegation, "of": len(asked), "done": sum(told(edition, one, answers.get(one.key)) for one in asked),
        "submitted": sum(one.state == State.SUBMITTED for one in mine), "accepted": sum(one.state == State.ACCEPTED for one in mine),
        "asked_again": sum(one.state == State.CHANGES_ASKED for one in mine),
        "numbers": ", ".join(one.number for one in asked[:6]) + ("…" if len(asked) > 6 else ""),
    }  # fmt: skip


def contribution(delegation: Delegation, edition: Edition) -> list[dict[str, Any]]:
    """The criteria entrusted, and where each stands."""
    answers = {
        one.criterion: one
        for one in Answer.objects.filter(assessment=delegation.assessment, criterion__in=delegation.criteria)
    }
    rows = []
    for one in entrusted(delegation, edition):
        answer = answers.get(one.key)
        rows.append({"criterion": one, "question": said(one.question), "facets": standing(edition, one, answer),
                     "answer": answer, "done": told(edition, one, answer)})  # fmt: skip
    return rows


def contributed(delegation: Delegation, edition: Edition, criterion: Criterion, answer: Answer, sent: Mapping[str, str] | None,
                tied: tuple[Any, ...]) -> dict[str, Any]:  # fmt: skip
    """One criterion as its contributor sees it: neither notes, nor discussion, nor anyone else's criteria."""
    mine = entrusted(delegation, edition)
    place = next(index for index, one in enumerate(mine) if one.key == criterion.key)
    return {
        "delegation": delegation, "assessment": delegation.assessment, "criterion": criterion, "question": said(criterion.question),
        "why": said(criterion.why), "good_evidence": said(criterion.good_evidence), "answer": answer, "mode": edition.mode,
        "facets": facets_of(edition, criterion, answer, sent=sent, tied=tied), "text": (sent or {}).get("text", answer.text),
        "revision": revision_in(sent) if sent else answer.revision,
        "locked": answer.state == State.ACCEPTED, "next": mine[place + 1] if place + 1 < len(mine) else None,
        "rank": place + 1, "of": len(mine),
    }  # fmt: skip
