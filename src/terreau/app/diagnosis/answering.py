"""Changing one answer: in one transaction, with its history and its journal entry; nothing overwritten unseen."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from terreau.app.accounts import access
from terreau.app.diagnosis.models import Answer, AnswerChange, Assessment, State
from terreau.app.journal import door as journal
from terreau.kernel.errors import TerreauError

KEPT = (
    "facets", "text", "applicable", "reason", "decided_by", "decided_on", "state", "owner_id", "owner_text", "due",
    "reviewed_on", "reviewed_by", "review_text",
)  # fmt: skip
SUBSTANCE = frozenset({"facets", "text", "applicable", "reason"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Who writes: a member, or the bearer of a contributor's link (then without ``user``)."""

    label: str
    user: Any = None
    edits: bool = False

    def __str__(self) -> str:
        return self.label

    @property
    def actor(self) -> Any:
        """What the journal writes as its actor."""
        return self.user or self


class ChangedMeanwhile(Exception):  # noqa: N818  it is told, not logged
    """Someone changed the answer since the page was opened; ``answer`` is what it is now."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.pk)
        self.answer = answer


def writer_of(user: Any, organisation: Any, role: str = "") -> Writer:
    """A member as a writer; ``role`` spares a question when it is known."""
    held = role or access.role_of(user, organisation)
    return Writer(label=str(user), user=user, edits=held in access.EDIT)


def change(assessment: Assessment, criterion: str, writer: Writer, given: dict[str, Any], *, revision: int) -> Answer:
    """Write ``given`` (field -> value) over revision ``revision``; ChangedMeanwhile when it is no longer the last.

    What changes the substance of an accepted answer makes it a draft again: nobody has accepted these words.
    """
    with transaction.atomic():
        answer = locked(assessment, criterion)
        if answer.revision != revision:
            raise ChangedMeanwhile(answer)
        return write(answer, writer, given)


def locked(assessment: Assessment, criterion: str) -> Answer:
    """The answer to ``criterion``, made empty when there is none, held until the transaction ends."""
    if not Assessment.objects.filter(pk=assessment.pk, state=Assessment.State.OPEN).exists():
        raise TerreauError("app.answer_closed")
    made, _new = Answer.objects.get_or_create(assessment=assessment, criterion=criterion)
    answer = Answer.objects.select_for_update(of=("self",)).get(pk=made.pk)
    answer.assessment = assessment
    return answer


def write(answer: Answer, writer: Writer, given: dict[str, Any]) -> Answer:
    """Write over a locked answer; nothing is written when nothing changes."""
    before = {name: copy.deepcopy(getattr(answer, name)) for name in KEPT}
    changed = {name: value for name, value in given.items() if before[name] != value}
    if not changed:
        return answer
    if changed.keys() & SUBSTANCE and "state" not in given:
        changed |= _reopened(answer, writer)
    for name, value in changed.items():
        setattr(answer, name, value)
    if "due" in changed:
        answer.reminded_on = None
    answer.revision += 1
    answer.changed_on = timezone.now()
    answer.save()
    AnswerChange.objects.create(
        answer=answer, revision=answer.revision, by=writer.user, by_label=writer.label[:200],
        before={name: plain(before[name]) for name in changed}, after={name: plain(value) for name, value in changed.items()},
    )  # fmt: skip
    facts = {"assessment": answer.assessment.title, "criterion": answer.criterion, "revision": answer.revision}
    journal.record(answer.assessment.organisation, writer.actor, _action(changed), facts)
    return answer


def _reopened(answer: Answer, writer: Writer) -> dict[str, Any]:
    """What a change of substance undoes: an acceptance always, a submission when its author goes on writing."""
    if answer.state == State.ACCEPTED or (answer.state == State.SUBMITTED and not writer.edits):
        return {"state": State.DRAFT.value, "reviewed_on": None, "reviewed_by": ""}
    return {}


def _action(changed: dict[str, Any]) -> str:
    if "applicable" in changed:
        return "diagnosis.applicability"
    state = changed.get("state")
    if state in (State.SUBMITTED, State.ACCEPTED, State.CHANGES_ASKED):
        return f"diagnosis.{state}"
    return "diagnosis.answered"


def decide(assessment: Assessment, criterion: str, writer: Writer, *, applicable: bool | None, reason: str,
           revision: int) -> Answer:  # fmt: skip
    """Say whether a criterion applies, and why; None takes the decision back."""
    given = {
        "applicable": applicable,
        "reason": reason.strip(),
        "decided_by": writer.label[:200] if applicable is not None else "",
        "decided_on": timezone.localdate() if applicable is not None else None,
    }
    return change(assessment, criterion, writer, given, revision=revision)


def move(
    assessment: Assessment, criterion: str, writer: Writer, *, state: str, revision: int, text: str = ""
) -> Answer:
    """Submit, accept or ask for changes; accepting is a review, dated and signed."""
    given: dict[str, Any] = {"state": state}
    if state in (State.DRAFT, State.SUBMITTED):  # taken back, or handed again: nobody has reviewed that yet
        given |= {"reviewed_on": None, "reviewed_by": ""}
    if state == State.ACCEPTED:
        given |= {"reviewed_on": timezone.localdate(), "reviewed_by": writer.label[:200], "review_text": text.strip()}
    if state == State.CHANGES_ASKED:
        given |= {"reviewed_on": None, "reviewed_by": writer.label[:200], "review_text": text.strip()}
    return change(assessment, criterion, writer, given, revision=revision)


def plain(value: Any) -> Any:
    """A field as the history keeps it."""
    return value.isoformat() if isinstance(value, date) else value
