"""Many first answers at once, from a file: each with its history, one journal entry for all; what is answered already stays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from terreau.app.diagnosis.answering import KEPT, Writer, plain
from terreau.app.diagnosis.models import Answer, AnswerChange, Assessment
from terreau.app.journal import door as journal
from terreau.kernel.errors import TerreauError


def take_in(
    assessment: Assessment,
    writer: Writer,
    given: Mapping[str, Mapping[str, Any]],
    *,
    action: str = "diagnosis.taken_in",
    **facts: Any,
) -> int:
    """Write the answers ``given`` (criterion -> fields) where there is none yet; returns how many were written.

    action, facts: what the journal says of it
    """
    with transaction.atomic():
        kept = Assessment.objects.select_for_update(of=("self",)).filter(pk=assessment.pk, state=Assessment.State.OPEN)
        if not kept.exists():
            raise TerreauError("app.answer_closed")
        there = set(Answer.objects.filter(assessment=assessment).values_list("criterion", flat=True))
        fresh = {
            key: {name: fields[name] for name in KEPT if name in fields}
            for key, fields in given.items()
            if key not in there
        }
        now = timezone.now()
        made = Answer.objects.bulk_create(
            [Answer(assessment=assessment, criterion=key, revision=1, changed_on=now, **fields) for key, fields in fresh.items()]
        )  # fmt: skip
        AnswerChange.objects.bulk_create([_change(one, writer, fresh[one.criterion]) for one in made])
        if made:
            told = {"assessment": assessment.title, "count": len(made), "criteria": sorted(fresh), **facts}
            journal.record(assessment.organisation, writer.actor, action, told)
    return len(made)


def _change(answer: Answer, writer: Writer, fields: Mapping[str, Any]) -> AnswerChange:
    empty = Answer()
    return AnswerChange(
        answer=answer, revision=1, by=writer.user, by_label=writer.label[:200], on=answer.changed_on,
        before={name: plain(getattr(empty, name)) for name in fields}, after={name: plain(value) for name, value in fields.items()},
    )  # fmt: skip
