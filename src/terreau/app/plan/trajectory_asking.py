"""What a trajectory is asked from: the commitments that carry a computed lever, from their own start, and the hypotheses.

Nothing is computed here: what comes out is plain values, that name the result and travel to the worker.
"""

from __future__ import annotations

from calendar import isleap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from terreau.app.plan.models_scenarios import Scenario, TrajectoryHypotheses, TrajectoryTarget
from terreau.plan.commitments import Commitment
from terreau.plan.standing import Standing

YEAR = 365.2425
USUAL_YEARS, MOST_YEARS = 5, 15
LEAP_DAY = (2, 29)
ASIDE = ("no_lever", "missed", "stopped", "already_in", "later", "said_twice")


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One lever asked for: its name in the results, as typed, and the year it starts from (1: the first after the footprint)."""

    key: str
    text: str
    start: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One plan and what it holds true. growth: % a year by category; backlog: years to renew what is past its lifespan."""

    name: str
    moves: tuple[Move, ...] = ()
    growth: Mapping[str, float] = field(default_factory=dict)
    backlog: float | None = None

    def as_json(self) -> dict[str, Any]:
        """Plain values, always in the same order."""
        return {
            "name": self.name,
            "moves": [[one.key, one.text, one.start] for one in sorted(self.moves, key=lambda move: move.key)],
            "growth": dict(sorted(self.growth.items())),
            "backlog": self.backlog,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """A commitment, or one of its levers, that the curve leaves out; why: one of ASIDE."""

    commitment: Commitment
    why: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """The levers of the plan, whose commitment carries each, and what is left aside."""

    moves: tuple[Move, ...]
    carried_by: Mapping[str, Commitment]
    aside: tuple[Aside, ...]
    drafts: int


def taken(standings: Sequence[Standing], at: date, years: int) -> Taken:
    """The levers of what was promised and still stands; ``at``: last day of the footprint, year 0.

    What was kept before that day is held to be in the inventory already; what starts in the course of a year counts from the next.
    """
    moves, carried_by, aside, drafts, said = [], {}, [], 0, set()
    for one in sorted(standings, key=_first_come):
        told = one.commitment
        if told.adopted_on is None:
            drafts += 1
            continue
        if why := _why_not(one, at):
            aside.append(Aside(commitment=told, why=why))
            continue
        start = year_of(told.start, at)
        for text in told.levers:
            if start > years:
                aside.append(Aside(commitment=told, why="later", text=text))
            elif text in said:
                aside.append(Aside(commitment=told, why="said_twice", text=text))
            else:
                said.add(text)
                key = f"{told.key}/{text}"
                moves.append(Move(key=key, text=text, start=start))
                carried_by[key] = told
    return Taken(moves=tuple(moves), carried_by=carried_by, aside=tuple(aside), drafts=drafts)


def _first_come(one: Standing) -> tuple[date, str, str]:
    """Of two commitments with the same lever, the one that starts first carries it."""
    return one.commitment.start, one.commitment.statement, one.commitment.key


def _why_not(one: Standing, at: date) -> str:
    if one.status in ("missed", "stopped"):
        return one.status
    if one.status == "missed_answered" and one.commitment.ended_by(one.on):
        return "stopped"
    if one.status == "kept" and one.due <= at:
        return "already_in"
    return "" if one.commitment.levers else "no_lever"


def year_of(start: date, at: date) -> int:
    """The first whole year that begins on ``start`` or after; year 1 begins the day after ``at``."""
    begun = at + timedelta(days=1)
    # By the calendar: two years of 366 and 365 days end on the same day of the year, not after a number of days.
    first = (begun.month, begun.day)
    if first == LEAP_DAY and not isleap(start.year):
        first = (3, 1)  # the day that follows the same 28 February
    under_way = (start.month, start.day) > first
    return max(start.year - begun.year + under_way, 0) + 1


def hypotheses(organisation: Any) -> TrajectoryHypotheses:
    """What the trajectory of the organisation holds true; nothing grows unless somebody said so."""
    found = TrajectoryHypotheses.objects.filter(organisation=organisation).first()
    return found or TrajectoryHypotheses(organisation=organisation, years=USUAL_YEARS)


def last_said(organisation: Any, criterion: str) -> TrajectoryTarget | None:
    """What was last said of a target, were it that there is none any more; None when nothing ever was."""
    return TrajectoryTarget.objects.filter(organisation=organisation, criterion=criterion).first()


def target(organisation: Any, criterion: str) -> TrajectoryTarget | None:
    """The target that stands for a criterion; None without any."""
    return standing(last_said(organisation, criterion))


def standing(last: TrajectoryTarget | None) -> TrajectoryTarget | None:
    """The last thing said of a target, None when it is that there is none any more."""
    return None if last is None or last.rule == TrajectoryTarget.Rule.NONE else last


def history(organisation: Any, criterion: str) -> list[TrajectoryTarget]:
    """Every target a criterion ever had, the latest first."""
    return list(TrajectoryTarget.objects.filter(organisation=organisation, criterion=criterion))


def targets(organisation: Any) -> list[TrajectoryTarget]:
    """Those that stand, one a criterion, the latest first."""
    seen: dict[str, TrajectoryTarget] = {}
    for one in TrajectoryTarget.objects.filter(organisation=organisation):
        seen.setdefault(one.criterion, one)
    return [one for one in seen.values() if one.rule != TrajectoryTarget.Rule.NONE]


def aimed(row: TrajectoryTarget | None, at: date) -> dict[str, Any] | None:
    """A target as ``plan.target.Target`` is made from it; None when there is none, or when its year is over."""
    if row is None or is_over(row, at):
        return None
    # A start after the inventory (a target set on a day when no newer one was there) is the inventory's own day.
    elapsed = max(round((at - row.baseline_on).days / YEAR, 2), 0.0)
    told: dict[str, Any] = {"criterion": row.criterion, "baseline": row.baseline_value, "elapsed": elapsed}
    told[row.rule] = row.amount
    if row.rule != TrajectoryTarget.Rule.YEARLY:
        told["year"] = (row.year or at.year) - at.year
    return told


def is_over(row: TrajectoryTarget, at: date) -> bool:
    """True when the year it aims at is not after the footprint."""
    return row.rule != TrajectoryTarget.Rule.YEARLY and (row.year or 0) <= at.year


def of_scenario(row: Scenario, at: date) -> Asked:
    """A kept scenario, on today's inventory: its levers start in the same calendar year as when it was made."""
    moves = {
        one["text"]: Move(key=one["text"], text=one["text"], start=max(int(one["year"]) - at.year, 1))
        for one in row.levers
    }
    return Asked(name=str(row.pk), moves=tuple(moves.values()), growth=row.growth, backlog=row.backlog)


def within(asked: Asked, years: int) -> Asked:
    """The same without the levers that start after the horizon."""
    return Asked(name=asked.name, growth=asked.growth, backlog=asked.backlog,
                 moves=tuple(one for one in asked.moves if one.start <= years))  # fmt: skip


def alike(plans: Iterable[Asked]) -> bool:
    """True when plans hold the same things true: they may then be drawn together."""
    return len({(tuple(sorted(one.growth.items())), one.backlog) for one in plans}) < 2
