"""What is done with a commitment: each act checked on the record, written as one more row, journalled in the same transaction."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from terreau.app.evidence import door as evidence
from terreau.app.journal import door as journal
from terreau.app.plan import models
from terreau.app.plan.recording import aim_columns, record_of, subject
from terreau.kernel.errors import TerreauError
from terreau.plan import commitments, milestones, replanning
from terreau.plan.aims import Aim
from terreau.plan.checking import errors
from terreau.plan.faults import Fault

FREE = ("theme", "criteria", "owner", "budget", "person_days", "levers", "next_review")
"""What may change after a commitment was taken: none of it is the promise itself."""


class FaultyError(Exception):
    """What is asked would leave the commitment faulty: each fault says what, why and the remedy."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(", ".join(one.code for one in faults))
        self.faults = faults


def write(organisation: Any, actor: Any, told: commitments.Commitment, *, into: models.Commitment | None = None,
          seen: int | None = None, take_on: date | None = None) -> models.Commitment:  # fmt: skip
    """Keep a draft, or a draft's new words, whatever it still lacks; ``take_on``: and take it that day.

    A new one bears the key it comes with, one of its own when it has none.
    """
    with transaction.atomic():
        if into is None:
            row = models.Commitment(
                organisation=organisation, made_by=actor, id=UUID(told.key) if told.key else uuid4()
            )
        else:
            row = _fresh(into, seen)
            if row.adopted_on is not None:
                raise TerreauError("app.commitment_taken")
            row.revision += 1
            row.milestones.all().delete()
            row.aims.all().delete()
        _fill(row, told)
        _told(row, actor, "plan.drafted" if into is None else "plan.redrafted", {"origin": row.origin})
        if take_on is not None:
            adopt(row, actor, take_on)
    return row


def adopt(row: models.Commitment, actor: Any, on: date, *, seen: int | None = None) -> None:
    """Take the commitment: from that day it may only be replanned. FaultyError when it cannot be judged as it stands."""
    with _held(row, seen) as held:
        if held.adopted_on is not None:
            raise TerreauError("app.commitment_taken")
        _sound(replace(whole(held), adopted_on=on))
        held.adopted_on, held.adopted_by = on, name_of(actor)
        held.save(update_fields=["adopted_on", "adopted_by"])
        _told(held, actor, "plan.taken", {"on": on.isoformat(), "due": held.due.isoformat()})


def discard(row: models.Commitment, actor: Any, *, seen: int | None = None) -> None:
    """Throw a draft away; what was taken stays: it is stopped by a review."""
    with _held(row, seen) as held:
        if held.adopted_on is not None:
            raise TerreauError("app.commitment_taken")
        evidence.untie(held.organisation, actor, subject(held))
        _told(held, actor, "plan.discarded", {})
        held.delete()


def reframe(row: models.Commitment, actor: Any, given: Mapping[str, Any], *, seen: int | None = None) -> None:
    """Owner, theme, means: what may change without changing the promise."""
    with _held(row, seen) as held:
        before = {name: getattr(held, name) for name in FREE if name in given and getattr(held, name) != given[name]}
        for name in before:
            setattr(held, name, given[name])
        if before:
            _sound(record_of(held))
            held.save(update_fields=list(before))
            after = {name: _plain(given[name]) for name in before}
            _told(
                held,
                actor,
                "plan.reframed",
                {"before": {name: _plain(value) for name, value in before.items()}, "after": after},
            )


def put_off(row: models.Commitment, actor: Any, due: date, why: str, *, seen: int | None = None) -> None:
    """Another due day for the whole; the one first promised stays."""
    with _taken(row, seen) as held:
        today, before = timezone.localdate(), whole(held)
        after = replanning.put_off(before, due, on=today, why=why, by=name_of(actor))
        _sound(after)
        models.Move.objects.create(commitment=held, on=today, due=due, why=why, by=name_of(actor))
        _told(
            held,
            actor,
            "plan.put_off",
            {"left": before.due_on(today).isoformat(), "due": due.isoformat(), "why": why},
        )


def set_milestone(row: models.Commitment, actor: Any, title: str, due: date, answers: str = "", *,
                  seen: int | None = None) -> models.Milestone:  # fmt: skip
    """One more milestone; ``answers``: key of the missed one it makes up for."""
    with _taken(row, seen) as held:
        before = whole(held)
        today = timezone.localdate()
        made = milestones.Milestone(key=new_key(), title=title, due=due, answers=answers, added_on=today)
        _sound(replace(before, milestones=(*before.milestones, made)), before)
        kept = models.Milestone.objects.create(
            commitment=held, key=made.key, title=title, due=due, answers=answers, added_on=today
        )
        _told(
            held,
            actor,
            "plan.milestone_set",
            {"milestone": title, "due": due.isoformat(), "answers": _title(before, answers)},
        )
    return kept


def finish(row: models.Commitment, actor: Any, key: str, on: date, *, seen: int | None = None) -> None:
    """A milestone is done; the day is said once."""
    with _taken(row, seen) as held:
        before, found = whole(held), _milestone(held, key)
        if found.done_on is not None:
            raise TerreauError("app.milestone_done", milestone=found.title)
        after = replace(before, milestones=tuple(
            replace(one, done_on=on) if one.key == key else one for one in before.milestones
        ))  # fmt: skip
        _sound(after, before)
        found.done_on, found.done_by = on, name_of(actor)
        found.save(update_fields=["done_on", "done_by"])
        _told(held, actor, "plan.milestone_done", {"milestone": found.title, "on": on.isoformat()})


def put_milestone_off(row: models.Commitment, actor: Any, key: str, due: date, why: str, *, seen: int | None = None) -> None:  # fmt: skip
    """Another day for one milestone; a day already past stays missed."""
    with _taken(row, seen) as held:
        today, before, found = timezone.localdate(), whole(held), _milestone(held, key)
        if found.done_on is not None:
            raise TerreauError("app.milestone_done", milestone=found.title)
        _sound(replanning.milestone_put_off(before, key, due, on=today, why=why, by=name_of(actor)), before)
        models.Move.objects.create(commitment=held, milestone=found, on=today, due=due, why=why, by=name_of(actor))
        _told(held, actor, "plan.milestone_put_off", {"milestone": found.title, "due": due.isoformat(), "why": why})


def aim_again(row: models.Commitment, actor: Any, which: str, aim: Aim | None, why: str, *, seen: int | None = None) -> None:  # fmt: skip
    """Another aim; the former one stays, with why it was left."""
    with _taken(row, seen) as held:
        today, before = timezone.localdate(), whole(held)
        after = replanning.aimed_again(before, aim, on=today, why=why, which=which)
        _sound(after, before)
        held.aims.filter(which=which, until=None).update(until=today, why=why)
        if aim is not None:
            models.Aim.objects.create(commitment=held, which=which, **aim_columns(aim))
        _told(
            held,
            actor,
            "plan.aimed_again",
            {"which": which, "indicator": aim.indicator.rpartition("/")[2] if aim else "–", "why": why},
        )


def review(row: models.Commitment, actor: Any, told: commitments.Review, next_review: date | None, *,
           seen: int | None = None) -> None:  # fmt: skip
    """The commitment is looked at again; the earlier reviews stay as they are."""
    with _taken(row, seen) as held:
        before = whole(held)
        _sound(replanning.reviewed(before, told, next_review), before)
        models.Review.objects.create(
            commitment=held, on=told.on, decision=told.decision, comment=told.comment, by=told.by,
            milestones=list(told.milestones), written_by=name_of(actor),
        )  # fmt: skip
        held.next_review = next_review
        held.save(update_fields=["next_review"])
        _told(held, actor, f"plan.review_{told.decision}", {"on": told.on.isoformat(), "comment": told.comment[:200]})


def link(row: models.Commitment, actor: Any, given: Mapping[str, Any]) -> None:
    """An action of another team that helps; it stays theirs. Sent twice, it is told once."""
    with _held(row) as held:
        if held.linked.filter(**given).exists():
            return
        models.LinkedAction.objects.create(commitment=held, **given)
        _told(held, actor, "plan.linked", {"title": given["title"], "owner": given.get("owner") or "–"})


def unlink(row: models.Commitment, actor: Any, action: int) -> None:
    """That action helps no more; the journal remembers it."""
    with _held(row) as held:
        found = held.linked.filter(pk=action).first()
        if found is not None:
            _told(held, actor, "plan.unlinked", {"title": found.title, "owner": found.owner or "–"})
            found.delete()


def whole(row: models.Commitment) -> commitments.Commitment:
    """The record of a row as the database holds it now."""
    return record_of(models.Commitment.objects.whole().get(pk=row.pk))


def new_key() -> str:
    """A key for a milestone: it never changes, and says nothing."""
    return secrets.token_hex(4)


def name_of(actor: Any) -> str:
    """How a person is called beside what they decided."""
    return str(getattr(actor, "name", "") or actor or "")[:200]


def _fill(row: models.Commitment, told: commitments.Commitment) -> None:
    row.statement, row.theme, row.criteria, row.owner = told.statement, told.theme, list(told.criteria), told.owner
    row.start, row.due, row.budget, row.person_days = told.start, told.due, told.budget, told.person_days
    row.levers, row.next_review = list(told.levers), told.next_review
    row.origin = told.origin.kind if told.origin else ""
    row.origin_reference = told.origin.reference if told.origin else ""
    row.save(force_insert=row._state.adding)
    models.Milestone.objects.bulk_create(
        models.Milestone(commitment=row, key=one.key, title=one.title, due=one.due, done_on=one.done_on, answers=one.answers)
        for one in told.milestones
    )  # fmt: skip
    for which in commitments.AIMS:
        aim = told.aim(which)
        if aim is not None:
            models.Aim.objects.create(commitment=row, which=which, **aim_columns(aim))


def _fresh(row: models.Commitment, seen: int | None) -> models.Commitment:
    held = models.Commitment.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=row.pk)
    if seen is not None and held.revision != seen:
        raise TerreauError("app.commitment_meanwhile")
    return held


@contextmanager
def _held(row: models.Commitment, seen: int | None = None) -> Iterator[models.Commitment]:
    """The commitment as it is now, nobody else writing in it; its revision grows."""
    with transaction.atomic():
        held = _fresh(row, seen)
        held.revision += 1
        held.save(update_fields=["revision"])
        yield held


@contextmanager
def _taken(row: models.Commitment, seen: int | None) -> Iterator[models.Commitment]:
    """The same, of a commitment that was taken: a draft is rewritten instead. Its history is the same afterwards, and more."""
    with _held(row, seen) as held:
        if held.adopted_on is None:
            raise TerreauError("app.commitment_is_draft")
        before = whole(held)
        yield held
        if lost := replanning.rewritten(before, whole(held)):
            raise FaultyError(lost)


def _sound(after: commitments.Commitment, before: commitments.Commitment | None = None) -> None:
    """Nothing wrong that was not wrong before."""
    today = timezone.localdate()
    known = errors(before, on=today) if before else ()
    if found := tuple(one for one in errors(after, on=today) if one not in known):
        raise FaultyError(found)


def _milestone(row: models.Commitment, key: str) -> models.Milestone:
    found = row.milestones.filter(key=key).first()
    if found is None:
        raise TerreauError("plan.milestone_unknown", milestone=key)
    return found


def _title(record: commitments.Commitment, key: str) -> str:
    return next((one.title for one in record.milestones if one.key == key), "")


def _told(row: models.Commitment, actor: Any, action: str, facts: Mapping[str, Any]) -> None:
    told = {"commitment": str(row.pk), "statement": row.statement[:160]} | dict(facts)
    journal.record(row.organisation, actor, action, told)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
