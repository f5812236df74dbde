"""Changing a commitment without rewriting its history (replanification): what was promised stays beside what replaces it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from terreau.kernel.errors import TerreauError
from terreau.plan.aims import Aim
from terreau.plan.commitments import AIMS, MEANS, RESULT, Commitment, FormerAim, Review
from terreau.plan.faults import ERROR, Fault
from terreau.plan.milestones import Milestone, Move


def put_off(commitment: Commitment, due: date, *, on: date, why: str, by: str = "") -> Commitment:
    """The commitment due on another day, decided ``on``; the day first promised stays."""
    return replace(commitment, moves=(*commitment.moves, _move(due, on, why, by)))


def milestone_put_off(
    commitment: Commitment, key: str, due: date, *, on: date, why: str, by: str = ""
) -> Commitment:  # fmt: skip
    """One milestone due on another day; the day first promised stays, and a date already past stays missed."""
    if key not in {one.key for one in commitment.milestones}:
        raise TerreauError("plan.milestone_unknown", milestone=key)
    return replace(
        commitment,
        milestones=tuple(
            replace(one, moves=(*one.moves, _move(due, on, why, by))) if one.key == key else one
            for one in commitment.milestones
        ),
    )


def aimed_again(
    commitment: Commitment, aim: Aim | None, *, on: date, why: str, which: str = RESULT
) -> Commitment:  # fmt: skip
    """Another aim from the day ``on``; the former one stays, with why."""
    if not why.strip():
        raise TerreauError("plan.reason_needed")
    held = commitment.aim(which)
    former = (
        commitment.former if held is None else (*commitment.former, FormerAim(until=on, which=which, aim=held, why=why))
    )
    if which == MEANS:
        return replace(commitment, former=former, means=aim)
    return replace(commitment, former=former, result=aim)


def reviewed(commitment: Commitment, review: Review, next_review: date | None = None) -> Commitment:
    """One more review; the earlier ones stay as they are."""
    return replace(commitment, reviews=(*commitment.reviews, review), next_review=next_review)


def _move(due: date, on: date, why: str, by: str) -> Move:
    if not why.strip():
        raise TerreauError("plan.reason_needed")
    return Move(on=on, due=due, why=why, by=by)


def rewritten(before: Commitment, after: Commitment) -> tuple[Fault, ...]:
    """What ``after`` would erase of an adopted commitment; empty when it only adds. A draft may change freely."""
    if before.adopted_on is None:
        return ()
    lost: list[tuple[str, str]] = []
    for name in ("statement", "adopted_on", "start", "due"):
        if getattr(before, name) != getattr(after, name):
            lost.append((name, str(getattr(before, name))))
    for name in ("moves", "reviews", "former"):
        kept = getattr(after, name)
        lost += [
            (name, str(one.on if hasattr(one, "on") else one.until)) for one in getattr(before, name) if one not in kept
        ]
    held = {one.key: one for one in after.milestones}
    lost += [("milestones", one.title) for one in before.milestones if not _still(one, held.get(one.key))]
    for which in AIMS:
        mine = before.aim(which)
        if mine is not None and mine not in (
            after.aim(which),
            *(one.aim for one in after.former if one.which == which),
        ):
            lost.append((which, mine.indicator))
    return tuple(
        Fault(code="plan.history_rewritten", severity=ERROR, subject=before.key, facts={"field": name, "value": value})
        for name, value in lost
    )


def _still(before: Milestone, after: Milestone | None) -> bool:
    """A milestone is still itself when its title, its first date, the day it came, its moves and the day it was done are."""
    return (
        after is not None
        and (before.title, before.due, before.added_on) == (after.title, after.due, after.added_on)
        and all(move in after.moves for move in before.moves)
        and before.done_on in (None, after.done_on)
    )
