"""The register of arbitrations (registre des arbitrages): decisions between objectives in tension, with their reasons.

The rules of arbitration themselves are knowledge and live in ``levers``; here is what an organisation decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from terreau.plan.faults import ADVICE, ERROR, WARNING, Fault, plain_fact

TENSIONS = ("use", "cost", "people", "environment", "security")
OPEN, DECIDED, REVIEW_DUE, REPLACED = STATES = ("open", "decided", "review_due", "replaced")


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What an option does to one criterion (one of TENSIONS, or the organisation's own words): what it brings, what it costs."""

    criterion: str
    brings: str = ""
    costs: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One thing that could be decided; rules: keys of the rules of arbitration it was checked against."""

    key: str
    title: str
    effects: tuple[Effect, ...] = ()
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """A decision looked at again: when, kept or not, why, by whom."""

    on: date
    kept: bool
    comment: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One arbitration.

    tensions: objectives that pull apart, among TENSIONS; took_part: roles rather than names
    decided: key of the option chosen, '' while open; why, decided_on: its reason and its day; review_on: when it is looked
    at again; reviews: oldest first; replaced_by: key of the decision that took its place
    commitments: keys of those that carry it out
    """

    key: str
    question: str
    tensions: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    took_part: tuple[str, ...] = ()
    decided: str = ""
    why: str = ""
    decided_on: date | None = None
    review_on: date | None = None
    reviews: tuple[Reviewed, ...] = ()
    replaced_by: str = ""
    commitments: tuple[str, ...] = ()

    def option(self, key: str) -> Option | None:
        """The option of this key, None when there is none."""
        return next((one for one in self.options if one.key == key), None)

    @property
    def criteria(self) -> tuple[str, ...]:
        """Every criterion an option speaks of, those of TENSIONS first: the rows of the table of options."""
        told = dict.fromkeys(effect.criterion for option in self.options for effect in option.effects)
        return (*(one for one in TENSIONS if one in told), *(one for one in told if one not in TENSIONS))

    def as_json(self) -> dict[str, Any]:
        """Plain values: days as ISO text."""
        found: Any = plain_fact(self)
        return dict(found)


def state_of(decision: Decision, on: date) -> str:
    """Its state on a day: one of STATES."""
    if decision.replaced_by:
        return REPLACED
    if not decision.decided or decision.decided_on is None or decision.decided_on > on:
        return OPEN
    return REVIEW_DUE if _overdue(decision, on) else DECIDED


def check_decision(decision: Decision) -> tuple[Fault, ...]:
    """Every fault of a decision, errors first."""
    found = [*_of_options(decision), *_of_deciding(decision)]
    rank = {ERROR: 0, WARNING: 1, ADVICE: 2}
    return tuple(sorted(found, key=lambda fault: rank[fault.severity]))


def overdue(decisions: Iterable[Decision], on: date) -> tuple[Fault, ...]:
    """Decisions whose review day is past without a review, the most overdue first."""
    late = sorted((one for one in decisions if state_of(one, on) == REVIEW_DUE), key=lambda one: one.review_on or on)
    return tuple(
        _fault(one, "plan.review_overdue", WARNING, decided=one.decided_on, review=one.review_on,
               days=(on - (one.review_on or on)).days)
        for one in late
    )  # fmt: skip


def _overdue(decision: Decision, on: date) -> bool:
    """A review held on the day planned or after it answers; one held before does not."""
    if decision.review_on is None or decision.review_on >= on:
        return False
    return not any(decision.review_on <= review.on <= on for review in decision.reviews)


def _fault(one: Decision, code: str, severity: str, **facts: object) -> Fault:
    return Fault(code=code, severity=severity, subject=one.key, facts=facts)


def _of_options(one: Decision) -> Iterator[Fault]:
    if not one.question.strip():
        yield _fault(one, "plan.decision_no_question", ERROR)
    keys = [option.key for option in one.options]
    if len(set(keys)) < 2:
        yield _fault(one, "plan.too_few_options", ERROR, options=len(set(keys)))
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        yield _fault(one, "plan.option_twice", ERROR, option=key)
    for option in one.options:
        if not any(effect.costs.strip() for effect in option.effects):
            yield _fault(one, "plan.option_without_cost", ADVICE, option=option.title)
    if len(set(one.tensions)) < 2:
        yield _fault(one, "plan.no_tension", ADVICE)


def _of_deciding(one: Decision) -> Iterator[Fault]:
    if not one.decided:
        return
    if one.option(one.decided) is None:
        yield _fault(one, "plan.decided_unknown_option", ERROR, option=one.decided)
    if not one.why.strip():
        yield _fault(one, "plan.decided_without_reason", ERROR)
    if one.decided_on is None:
        yield _fault(one, "plan.decided_without_day", ERROR)
    if one.review_on is None:
        yield _fault(one, "plan.decision_never_reviewed", ADVICE)
    elif one.decided_on is not None and one.review_on < one.decided_on:
        yield _fault(one, "plan.review_before_decision", ERROR, review=one.review_on, decided=one.decided_on)
    if not one.took_part:
        yield _fault(one, "plan.nobody_took_part", WARNING)
