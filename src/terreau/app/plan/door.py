"""What the other rooms ask of the plan: where it stands, what is due, the commitments themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone

from terreau.app.plan import arbitrating, knowing, recording, showing
from terreau.app.plan.standing_now import standings
from terreau.plan import totals as adding
from terreau.plan.calendar import MILESTONE, Event, of_commitments, of_decisions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from terreau.kernel.meter import Measured
    from terreau.plan.commitments import Commitment
    from terreau.plan.standing import Standing

__all__ = ["Head", "PlanStanding", "Trajectory", "commitments", "due", "heads", "judged", "look_ahead", "measures", "reasons",
           "standing", "trajectory"]  # fmt: skip

FEW = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """One commitment in a few words: its sentence, its status in words and its look, why, its due day in force, its page."""

    key: str
    statement: str
    owner: str
    theme: str
    status: str
    words: str
    chip: str
    why: str
    due: date
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStanding:
    """The plan in a few figures.

    counts: how many by status (keys of ``terreau.plan.standing.STATUSES``), what asks for an answer first; words: of each
    status, agreeing with how many
    urgent: missed then late, all of them; ahead: the next milestones not done, three at most
    budget [EUR], person_days: of what is taken; at_least: True when some commitment was not estimated
    """

    total: int
    drafts: int
    counts: dict[str, int]
    words: dict[str, str]
    urgent: tuple[Head, ...]
    ahead: tuple[Event, ...]
    budget: Decimal
    person_days: Decimal
    at_least: bool
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trajectory:
    """Where the plan leads on the climate, in a few words: target and gap ('' without target), the curve, its page.

    standing: reached, missed, open or unknown; last: « En 2031, 37 t CO₂ éq. … »
    """

    target: str
    gap: str
    standing: str
    last: str
    curve: str
    url: str


def commitments(organisation: Any) -> tuple[Commitment, ...]:
    """Every commitment, drafts too, as the engines read them."""
    return recording.records(organisation)


def judged(organisation: Any) -> tuple[Standing, ...]:
    """Where each commitment stands today, by due day; drafts too."""
    return standings(organisation)


def reasons(organisation: Any, standings: Iterable[Standing]) -> dict[str, str]:
    """What decided the status of each, by key, as the pages of the plan say it: names of indicators, figures with their unit."""
    known = knowing.definitions(organisation)
    return {
        one.commitment.key: showing.in_words(one.reasons[0], one.commitment, known).what
        for one in standings
        if one.reasons
    }


def measures(organisation: Any) -> tuple[Measured, ...]:
    """The meters of the plan today, with their papers; none while nothing was taken."""
    from terreau.plan.meters import measures as measured

    held = judged(organisation)
    taken = any(one.commitment.adopted_on for one in held)
    return measured(held, timezone.localdate(), organisation.name) if taken else ()


def heads(organisation: Any) -> tuple[Head, ...]:
    """Every commitment taken, in a few words, by due day."""
    return tuple(_head(one, organisation) for one in judged(organisation) if one.commitment.adopted_on is not None)


def standing(organisation: Any) -> PlanStanding:
    """Where the plan stands today, for home and reports."""
    today, every = timezone.localdate(), standings(organisation)
    held = [one.commitment for one in every]
    taken = [one for one in every if one.commitment.adopted_on is not None]
    told = showing.counts(taken)
    urgent = sorted(
        (one for one in taken if one.status in showing.URGENT), key=lambda one: (one.status != "missed", one.due)
    )
    added = adding.totals(held, today)
    milestones = (
        one for one in of_commitments(held, today, _pattern(organisation)) if one.kind == MILESTONE and one.on >= today
    )
    return PlanStanding(
        total=len(taken), drafts=len(every) - len(taken), counts={key: n for key, _chip, n in told},
        words={key: chip.words for key, chip, _n in told}, urgent=tuple(_head(one, organisation) for one in urgent),
        ahead=tuple(sorted(milestones, key=lambda one: one.on)[:FEW]), budget=added.budget, person_days=added.person_days,
        at_least=bool(added.without_budget or added.without_days), url=reverse("plan:home", args=[organisation.slug]),
    )  # fmt: skip


def trajectory(organisation: Any) -> Trajectory | None:
    """The last trajectory of the plan; None when there is nothing to weigh, or nobody looked at it since something changed."""
    from terreau.app.plan.trajectory_headline import headline  # late: it reads levers

    told = headline(organisation)
    return Trajectory(**told) if told else None


def look_ahead(organisation: Any, actor: Any) -> bool:
    """Have a worker make the trajectory that is not kept; nobody waits for it. True when it is on its way."""
    from terreau.app.plan.trajectory_headline import begin

    return begin(organisation, actor)


def due(organisation: Any, _language: str = "fr") -> tuple[Event, ...]:
    """Milestones not done, due days, reviews of commitments and of arbitrations, for the calendar; past ones until done."""
    today, every = timezone.localdate(), standings(organisation)
    settled = {one.commitment.key for one in every if one.status in ("kept", "missed_answered")}
    promised = of_commitments([one.commitment for one in every], today, _pattern(organisation), settled)
    decided = of_decisions(arbitrating.records(organisation), today, _pattern(organisation, "arbitration"))
    return (*promised, *decided)


def _head(one: Standing, organisation: Any) -> Head:
    line = showing.line(
        one, organisation, (), knowing.definitions(organisation) if one.status in showing.URGENT else {}
    )
    return Head(key=one.commitment.key, statement=line.statement, owner=line.owner, theme=line.theme, status=one.status,
                words=line.status.words, chip=line.status.css, why=line.reason, due=one.due, url=line.url)  # fmt: skip


def _pattern(organisation: Any, page: str = "commitment") -> str:
    """The address of a commitment, or of an arbitration, with its key to fill in."""
    nobody = "00000000-0000-0000-0000-000000000000"
    return reverse(f"plan:{page}", args=[organisation.slug, nobody]).replace(nobody, "{key}")
