"""Intermediate dates of a commitment (jalons). A date once promised stays; a missed one stays visible, and is answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A date put off or brought forward (replanification): when that was decided, the new date, why and by whom."""

    on: date
    due: date
    why: str
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """One intermediate date.

    due: the day first promised, never changed; moves: what it became since, oldest first
    done_on: the day it was done; answers: key of the missed milestone that this one makes up for, '' otherwise
    added_on: the day it was added to a commitment already adopted, None when it was there from the start
    """

    key: str
    title: str
    due: date
    done_on: date | None = None
    moves: tuple[Move, ...] = ()
    answers: str = ""
    added_on: date | None = None

    def due_on(self, day: date) -> date:
        """The date in force on a day."""
        return in_force(self.due, self.moves, day)

    def done(self, day: date) -> bool:
        """True when it was done by that day."""
        return self.done_on is not None and self.done_on <= day

    def missed(self, day: date) -> tuple[date, ...]:
        """Every date promised that passed undone, up to a day; never forgotten, even once it is done."""
        return passed(self.due, self.moves, day, self.done_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A milestone on a given day.

    state: planned, replanned, done, done_late, missed or answered; due: the date in force; missed: dates that passed undone
    by: what answered it: ``review`` , ``milestone`` , ``move`` or ''
    """

    milestone: Milestone
    state: str
    due: date
    missed: tuple[date, ...] = ()
    by: str = ""


def in_force(due: date, moves: Iterable[Move], day: date) -> date:
    """The date in force on a day: the last one decided by then, the first promised otherwise."""
    for move in sorted(moves, key=lambda one: one.on):
        if move.on <= day:
            due = move.due
    return due


def passed(due: date, moves: Iterable[Move], day: date, done_on: date | None = None) -> tuple[date, ...]:
    """The dates promised that passed undone by ``day``, in the order they were promised."""
    found = []
    until = min(day, done_on) if done_on is not None else day
    for move in sorted(moves, key=lambda one: one.on):
        if move.on > until:
            break
        if move.on > due:
            found.append(due)
        due = move.due
    if until > due:
        found.append(due)
    return tuple(found)


def steps(milestones: Iterable[Milestone], answered: Iterable[tuple[str, date]], day: date) -> tuple[Step, ...]:
    """Every milestone on a day, in the order of their dates; answered: keys that a review names, with the day of the review."""
    held = tuple(one for one in milestones if one.added_on is None or one.added_on <= day)
    named = tuple(answered)
    found = (_step(one, held, named, day) for one in held)
    return tuple(sorted(found, key=lambda step: (step.due, step.milestone.key)))


def _step(one: Milestone, every: tuple[Milestone, ...], named: tuple[tuple[str, date], ...], day: date) -> Step:
    due, missed = one.due_on(day), one.missed(day)
    if one.done(day):
        return Step(milestone=one, state="done_late" if missed else "done", due=due, missed=missed)
    if day > due:
        by = _answer(one, every, named, due, day)
        return Step(milestone=one, state="answered" if by else "missed", due=due, missed=missed, by=by)
    if missed:
        return Step(milestone=one, state="answered", due=due, missed=missed, by="move")
    return Step(milestone=one, state="replanned" if due != one.due else "planned", due=due)


def _answer(
    one: Milestone, every: tuple[Milestone, ...], named: tuple[tuple[str, date], ...], due: date, day: date
) -> str:
    if any(key == one.key and due < on <= day for key, on in named):
        return "review"
    later = (other for other in every if other.answers == one.key and other.key != one.key and other.due > due)
    return "milestone" if any(later) else ""
