"""Commitments (engagements): dated promises with means and results. Frozen records; what they are worth is computed elsewhere.

``checking`` names what is wrong with one, ``standing`` says where it stands on a day, ``replanning`` changes one without
rewriting its history, ``totals`` adds a plan up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from terreau.plan.aims import Aim
from terreau.plan.faults import plain_fact
from terreau.plan.milestones import Milestone, Move, in_force

ORIGINS = ("lever", "gap", "remark", "idea", "meeting", "other")
CONTINUE, ADJUST, STOP, CLOSE = REVIEWS = ("continue", "adjust", "stop", "close")
MEANS, RESULT = AIMS = ("means", "result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a commitment comes from: one of ORIGINS, and what exactly (key of a lever, of a criterion; a meeting in words)."""

    kind: str
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A commitment looked at again (revue): when, the decision (one of REVIEWS), why in words, by whom.

    milestones: keys of the missed milestones it answers
    """

    on: date
    decision: str
    comment: str = ""
    by: str = ""
    milestones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """An action of another team that helps (action liée): told, never taken over nor counted."""

    title: str
    owner: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerAim:
    """An aim as it was until a day, kept when it is changed: which (means or result), the aim, why."""

    until: date
    which: str
    aim: Aim
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """One promise.

    key: stable and opaque; statement: the promise in one sentence; theme, criteria: keys of what it serves
    adopted_on: the day it was decided, None for a draft; start, due: first and last day promised
    moves: what ``due`` became since, oldest first; budget [EUR]; person_days [day]: None when nobody estimated them
    means, result: what is to be done, what it is to obtain; former: aims it had before
    levers: as written on a command line ("LV01=6"); evidence: keys; next_review: the day it is looked at again
    """

    key: str
    statement: str
    theme: str = ""
    criteria: tuple[str, ...] = ()
    owner: str = ""
    adopted_on: date | None = None
    start: date
    due: date
    moves: tuple[Move, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    budget: Decimal | None = None
    person_days: Decimal | None = None
    means: Aim | None = None
    result: Aim | None = None
    former: tuple[FormerAim, ...] = ()
    levers: tuple[str, ...] = ()
    origin: Origin | None = None
    evidence: tuple[str, ...] = ()
    reviews: tuple[Review, ...] = ()
    next_review: date | None = None
    linked: tuple[Linked, ...] = ()

    def due_on(self, day: date) -> date:
        """The due date in force on a day."""
        return in_force(self.due, self.moves, day)

    def adopted(self, day: date) -> bool:
        """True when it was decided by that day."""
        return self.adopted_on is not None and self.adopted_on <= day

    def reviews_by(self, day: date) -> tuple[Review, ...]:
        """The reviews held by a day, oldest first."""
        return tuple(sorted((one for one in self.reviews if one.on <= day), key=lambda one: one.on))

    def ended_by(self, day: date) -> Review | None:
        """The review that stopped or closed it, None when none did, or when a later one took it up again."""
        held = self.reviews_by(day)
        return held[-1] if held and held[-1].decision in (STOP, CLOSE) else None

    def stopped_on(self, day: date) -> date | None:
        """The day it was stopped, None when it was not."""
        ending = self.ended_by(day)
        return ending.on if ending and ending.decision == STOP else None

    def aim(self, which: str, day: date | None = None) -> Aim | None:
        """Its ``means`` or its ``result``: today's, or the one in force on a day."""
        for one in sorted(self.former, key=lambda former: former.until):
            if day is not None and one.which == which and day < one.until:
                return one.aim
        return self.means if which == MEANS else self.result

    def as_json(self) -> dict[str, Any]:
        """Plain values: days as ISO text, money as text."""
        found: Any = plain_fact(self)
        return dict(found)
