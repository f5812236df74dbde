"""What is wrong with a commitment, every fault named at once (contrôles)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice

from terreau.plan.aims import NONE, Aim
from terreau.plan.commitments import ADJUST, AIMS, Commitment
from terreau.plan.faults import ADVICE, ERROR, WARNING, Fault

MOST_YEARS = 5
"""Years without a milestone that are named: a slip in the due day (2126) would name a hundred."""


def check(commitment: Commitment, units: Mapping[str, str] | None = None, on: date | None = None) -> tuple[Fault, ...]:
    """Every fault of a commitment, errors first.

    units: unit of each indicator known, by key; None when nobody can tell. on: today, to refuse what is said done later
    """
    found = [
        *_of_words(commitment),
        *_of_dates(commitment, on),
        *_of_milestones(commitment, on),
        *_of_means(commitment),
        *(fault for which in AIMS for fault in _of_aim(commitment, which, units)),
        *_of_reviews(commitment),
    ]
    rank = {ERROR: 0, WARNING: 1, ADVICE: 2}
    return tuple(sorted(found, key=lambda fault: rank[fault.severity]))


def errors(commitment: Commitment, units: Mapping[str, str] | None = None, on: date | None = None) -> tuple[Fault, ...]:
    """The faults that keep a commitment a draft."""
    return tuple(fault for fault in check(commitment, units, on) if fault.severity == ERROR)


def _fault(commitment: Commitment, code: str, severity: str, **facts: object) -> Fault:
    return Fault(code=code, severity=severity, subject=commitment.key, facts=facts)


def _of_words(one: Commitment) -> Iterator[Fault]:
    if not one.statement.strip():
        yield _fault(one, "plan.no_statement", ERROR)
    if not one.owner.strip():
        yield _fault(one, "plan.no_owner", WARNING)
    if one.result is None:
        yield _fault(one, "plan.no_result_indicator", WARNING)
    if not one.theme and not one.criteria:
        yield _fault(one, "plan.serves_nothing", ADVICE)


def _of_dates(one: Commitment, on: date | None) -> Iterator[Fault]:
    last = one.due_on(date.max)
    if one.due < one.start or last < one.start:
        yield _fault(one, "plan.due_before_start", ERROR, start=one.start, due=min(one.due, last))
    if on is not None and one.adopted_on is not None and one.adopted_on > on:
        yield _fault(one, "plan.said_done_later", ERROR, what=one.statement, done=one.adopted_on, today=on)
    told = {milestone.due_on(date.max).year for milestone in one.milestones} | {last.year}
    bare = (year for year in range(one.start.year, last.year + 1) if year not in told)
    for year in islice(bare, MOST_YEARS):
        yield _fault(one, "plan.year_without_milestone", ADVICE, year=year)


def _of_milestones(one: Commitment, on: date | None) -> Iterator[Fault]:
    keys = [milestone.key for milestone in one.milestones]
    last = max(one.due, one.due_on(date.max))
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        yield _fault(one, "plan.milestone_twice", ERROR, milestone=key)
    for milestone in one.milestones:
        if not all(one.start <= due <= last for due in (milestone.due, milestone.due_on(date.max))):
            yield _fault(one, "plan.milestone_outside", ERROR, milestone=milestone.title, due=milestone.due_on(date.max),
                         start=one.start, end=last)  # fmt: skip
        if on is not None and milestone.done_on is not None and milestone.done_on > on:
            yield _fault(one, "plan.said_done_later", ERROR, what=milestone.title, done=milestone.done_on, today=on)
        if milestone.answers and (milestone.answers == milestone.key or milestone.answers not in keys):
            yield _fault(one, "plan.answers_nobody", ERROR, milestone=milestone.title, answers=milestone.answers)


def _of_means(one: Commitment) -> Iterator[Fault]:
    for code, value in (("plan.negative_budget", one.budget), ("plan.negative_person_days", one.person_days)):
        if value is not None and not (value.is_finite() and value >= 0):
            yield _fault(one, code, ERROR, value=str(value))


def _of_aim(one: Commitment, which: str, units: Mapping[str, str] | None) -> Iterator[Fault]:
    aim = one.aim(which)
    if aim is None:
        return
    numbers = (aim.target, aim.baseline.value if aim.baseline else None)
    if any(number is not None and not math.isfinite(number) for number in numbers):
        yield _fault(one, "plan.figure_unusable", ERROR, aim=which, indicator=aim.indicator)
        return
    yield from _of_unit(one, which, aim, units)
    yield from _of_target(one, which, aim)


def _of_unit(one: Commitment, which: str, aim: Aim, units: Mapping[str, str] | None) -> Iterator[Fault]:
    if units is None:
        return
    if aim.indicator not in units:
        yield _fault(one, "plan.indicator_unknown", WARNING, aim=which, indicator=aim.indicator)
    elif units[aim.indicator] != aim.unit:
        yield _fault(one, "plan.unit_differs", ERROR, aim=which, indicator=aim.indicator, unit=aim.unit or "–",
                     known=units[aim.indicator] or "–")  # fmt: skip


def _of_target(one: Commitment, which: str, aim: Aim) -> Iterator[Fault]:
    facts = {"aim": which, "indicator": aim.indicator}
    if aim.target is None:
        yield _fault(one, "plan.aim_without_target", WARNING, **facts)
        return
    if aim.baseline is None:
        yield _fault(one, "plan.target_without_baseline", ERROR, **facts)
        return
    start, target = aim.baseline.value, aim.target
    if start == target:
        yield _fault(one, "plan.target_changes_nothing", WARNING, target=target, **facts)
    elif aim.direction == NONE:
        yield _fault(one, "plan.aim_without_direction", WARNING, **facts)
    elif not aim.runs_the_right_way:
        yield _fault(
            one, "plan.target_wrong_sign", ERROR, target=target, baseline=start, direction=aim.direction, **facts
        )
    last = one.due_on(date.max)
    until = aim.target_on or last
    if aim.baseline.on >= until:
        yield _fault(one, "plan.baseline_after_target", ERROR, on=aim.baseline.on, until=until, **facts)
    if until > last:
        yield _fault(one, "plan.target_after_due", WARNING, until=until, due=last, **facts)


def _of_reviews(one: Commitment) -> Iterator[Fault]:
    for review in one.reviews:
        if not review.comment.strip():
            severity = WARNING if review.decision == ADJUST or review.milestones else ADVICE
            yield _fault(one, "plan.review_without_comment", severity, on=review.on, decision=review.decision)
