"""Rows become the frozen records that ``terreau.plan`` judges, and back: the only place that knows both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from terreau.app.plan import models
from terreau.plan import aims, commitments, milestones

SUBJECT = "commitment"
"""Evidence is tied to ``commitment:<key>``."""


def record_of(row: models.Commitment, evidence: Iterable[str] = ()) -> commitments.Commitment:
    """One commitment whole; give it a row read with ``whole()``. evidence: keys of the pieces tied to it."""
    held, moves = row.held("aims"), row.held("moves")
    now = {one.which: aim_of(one) for one in held if one.until is None}
    return commitments.Commitment(
        key=str(row.pk), statement=row.statement, theme=row.theme, criteria=tuple(row.criteria), owner=row.owner,
        adopted_on=row.adopted_on, start=row.start, due=row.due,
        moves=tuple(_move(one) for one in moves if one.milestone_id is None),
        milestones=tuple(_milestone(one, moves) for one in row.held("milestones")), budget=row.budget, person_days=row.person_days,
        means=now.get(commitments.MEANS), result=now.get(commitments.RESULT), former=tuple(_former(held)),
        levers=tuple(row.levers), origin=commitments.Origin(kind=row.origin, reference=row.origin_reference) if row.origin else None,
        evidence=tuple(evidence), reviews=tuple(_review(one) for one in row.held("reviews")), next_review=row.next_review,
        linked=tuple(commitments.Linked(title=one.title, owner=one.owner, url=one.url) for one in row.held("linked")),
    )  # fmt: skip


def records(organisation: Any) -> tuple[commitments.Commitment, ...]:
    """Every commitment of the organisation, drafts too, with its evidence that was not withdrawn, in a fixed number of queries."""
    from terreau.app.evidence import door as evidence

    rows = list(models.Commitment.objects.filter(organisation=organisation).whole())
    pieces, links = evidence.records_for(organisation, [subject(row) for row in rows])
    tied: dict[str, list[str]] = {}
    for link in links:
        if not pieces[link.evidence].withdrawn:
            tied.setdefault(link.subject, []).append(link.evidence)
    return tuple(record_of(row, tied.get(subject(row), ())) for row in rows)


def subject(row: models.Commitment) -> str:
    """What evidence is tied to."""
    return f"{SUBJECT}:{row.pk}"


def aim_of(row: models.Aim) -> aims.Aim:
    """One aim as a record."""
    start = None
    if row.baseline is not None and row.baseline_on is not None:
        start = aims.Baseline(value=row.baseline, on=row.baseline_on, method=row.baseline_method)
    return aims.Aim(indicator=row.indicator, unit=row.unit, direction=row.direction, baseline=start, target=row.target,
                    target_on=row.target_on)  # fmt: skip


def aim_columns(aim: aims.Aim) -> Mapping[str, Any]:
    """The columns of one aim."""
    start = aim.baseline
    return {"indicator": aim.indicator, "unit": aim.unit, "direction": aim.direction, "target": aim.target,
            "target_on": aim.target_on, "baseline": start.value if start else None,
            "baseline_on": start.on if start else None, "baseline_method": start.method if start else ""}  # fmt: skip


def _former(held: Iterable[models.Aim]) -> Iterable[commitments.FormerAim]:
    for one in held:
        if one.until is not None:
            yield commitments.FormerAim(until=one.until, which=one.which, aim=aim_of(one), why=one.why)


def _milestone(row: models.Milestone, moves: Iterable[models.Move]) -> milestones.Milestone:
    return milestones.Milestone(key=row.key, title=row.title, due=row.due, done_on=row.done_on, answers=row.answers, added_on=row.added_on,
                                moves=tuple(_move(one) for one in moves if one.milestone_id == row.pk))  # fmt: skip


def _move(row: models.Move) -> milestones.Move:
    return milestones.Move(on=row.on, due=row.due, why=row.why, by=row.by)


def _review(row: models.Review) -> commitments.Review:
    return commitments.Review(
        on=row.on, decision=row.decision, comment=row.comment, by=row.by, milestones=tuple(row.milestones)
    )
