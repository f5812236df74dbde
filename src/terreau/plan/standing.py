"""Where a commitment stands on a day (statut), computed from its dates, milestones, values and reviews; never stored.

The reasons come as data, each with its words: a status without its reason is an opinion.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from terreau.kernel.pace import LATE, UNCLEAR, expected_share, pace, percent
from terreau.kernel.recurring import after
from terreau.plan.aims import Aim, Seen
from terreau.plan.checking import errors
from terreau.plan.commitments import MEANS, RESULT, STOP, Commitment
from terreau.plan.faults import ADVICE, ERROR, WARNING, Fault, plain_fact
from terreau.plan.milestones import Step, passed, steps

STATUSES = ("draft", "not_started", "on_track", "late", "unclear", "missed", "missed_answered", "kept", "stopped")
"""unclear: nothing else is late, and the bounds of the last value allow both on track and late."""
A_YEAR, A_YEAR_TOLD = "P1Y", "P15M"
"""A value less than a year old tells of a day. A year without any, or a last one older than a year and the quarter it takes
to close one, and nothing shows that things move (our choice)."""

Values = Mapping[str, Sequence[Seen]]
"""Values seen of each indicator, by its key, in any order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A commitment on the day ``on``.

    status: one of STATUSES; reasons: what decided it first, then what must stay visible
    steps: its milestones that day; due: the date in force; missed: dates promised for the whole that passed undone
    value: the last comparable value; done, expected: shares of the way at that value's day, None when nothing tells
    """

    commitment: Commitment
    on: date
    status: str
    reasons: tuple[Fault, ...]
    steps: tuple[Step, ...]
    due: date
    missed: tuple[date, ...] = ()
    value: Seen | None = None
    done: float | None = None
    expected: float | None = None

    def as_json(self, language: str = "fr") -> dict[str, Any]:
        """The public shape: key, status, reasons in words, milestones with what they were."""
        return {
            "commitment": self.commitment.key, "on": self.on.isoformat(), "status": self.status,
            "reasons": [one.as_json(language) for one in self.reasons],
            "milestones": [{"key": one.milestone.key, "state": one.state, "due": one.due.isoformat(),
                            "missed": plain_fact(one.missed), "answered_by": one.by} for one in self.steps],
            "due": self.due.isoformat(), "missed": plain_fact(self.missed), "value": plain_fact(self.value),
            "done": self.done, "expected": self.expected,
        }  # fmt: skip


def standing(commitment: Commitment, values: Values | None = None, *, on: date) -> Standing:
    """The status of a commitment on the day ``on``; what was decided, done or seen after that day is not looked at."""
    return _Judgement(commitment, values or {}, on).made()


def tally(standings: Iterable[Standing]) -> dict[str, int]:
    """How many commitments have each status, every status told, in the order of STATUSES."""
    told = [one.status for one in standings]
    return {status: told.count(status) for status in STATUSES}


class _Judgement:
    """One commitment, one day."""

    def __init__(self, one: Commitment, values: Values, on: date) -> None:
        self.one, self.on, self.due = one, on, one.due_on(on)
        self.reviews = one.reviews_by(on)
        named = [(key, review.on) for review in self.reviews if review.comment.strip() for key in review.milestones]
        self.steps = steps(one.milestones, named, on)
        self.missed = passed(one.due, one.moves, on)
        aim = one.aim(RESULT, on) or one.aim(MEANS, on)
        self.aim: Aim | None = aim if aim is not None and aim.judgeable else None
        held = values.get(self.aim.indicator, ()) if self.aim else ()
        self.seen = sorted((v for v in held if one.start <= v.on <= on), key=lambda v: v.on)
        self.told = [v for v in self.seen if v.comparable]
        self.reasons: list[Fault] = []

    def made(self) -> Standing:
        status = self._status()
        if status not in ("draft", "not_started"):
            self._keep_visible(status)
        done, expected = self._shares()
        return Standing(
            commitment=self.one, on=self.on, status=status, reasons=tuple(self.reasons), steps=self.steps, due=self.due,
            missed=self.missed, value=self.told[-1] if self.told else None, done=done, expected=expected,
        )  # fmt: skip

    def _because(self, code: str, severity: str = ADVICE, **facts: object) -> None:
        self.reasons.append(Fault(code=code, severity=severity, subject=self.one.key, facts=facts))

    def _status(self) -> str:
        if not self.one.adopted(self.on):
            self._because("plan.status_not_adopted", WARNING)
            return "draft"
        if faults := errors(self.one):
            self._because("plan.status_faulty", ERROR, faults=len(faults))
            return "draft"
        if ending := self.one.ended_by(self.on):
            return self._ended(ending.on, stopped=ending.decision == STOP, comment=ending.comment)
        if self.on < self.one.start:
            self._because("plan.status_before_start", start=self.one.start)
            return "not_started"
        return self._past() if self.on > self.due else self._under_way()

    def _ended(self, on: date, *, stopped: bool, comment: str) -> str:
        if stopped:
            self._because("plan.status_stopped", on=on, comment=comment or "–")
            return "stopped"
        if self._is_obtained(on):
            self._because("plan.status_closed_kept", on=on)
            return "kept"
        self._because("plan.status_closed_missed", WARNING, on=on, comment=comment or "–")
        return "missed_answered"

    def _is_obtained(self, by: date) -> bool:
        """The target reached at the last value seen by a day; without a target, every milestone done."""
        if self.aim:
            told = [v for v in self.told if v.on <= by]
            return bool(told) and self.aim.reached(told[-1].value)
        return bool(self.steps) and all(step.milestone.done(by) for step in self.steps)

    def _past(self) -> str:
        """After the due day."""
        if self._kept():
            return "kept"
        late = [one for one in self.reviews if one.on > self.due and one.comment.strip()]
        if late:
            self._because("plan.status_answered", on=late[-1].on, decision=late[-1].decision, comment=late[-1].comment)
            return "missed_answered"
        return "missed"

    def _kept(self) -> bool:
        if self.aim is None:
            undone = [step.milestone.title for step in self.steps if not step.milestone.done(self.on)]
            if self.steps and not undone:
                self._because("plan.status_milestones_done", milestones=len(self.steps))
                return True
            self._because("plan.status_nothing_shows_it", ERROR, due=self.due, undone=tuple(undone) or "–")
            return False
        until = min(self.aim.target_on or self.due, self.due)
        fresh = [v for v in self.told if after(until, A_YEAR, -1) < v.on <= until]
        if fresh and self.aim.reached(fresh[-1].value):
            self._because("plan.status_target_reached", value=fresh[-1].value, on=fresh[-1].on, target=self.aim.target)
            return True
        judge = next((v for v in self.told if v.on >= until), None)
        if judge and judge.on <= after(until, A_YEAR) and self.aim.reached(judge.value):
            self._because(
                "plan.status_reached_after", value=judge.value, on=judge.on, target=self.aim.target, due=until
            )
            return True
        self._tell_target_missed(self.aim, until, judge or (self.told[-1] if self.told else None))
        return False

    def _tell_target_missed(self, aim: Aim, until: date, last: Seen | None) -> None:
        """last: the first value dated of the due day or after, else the last one."""
        if last is None:
            self._because("plan.status_no_value_at_due", ERROR, indicator=aim.indicator, due=until)
            return
        if not aim.reached(last.value):
            self._because(
                "plan.status_target_missed", ERROR, value=last.value, on=last.on, target=aim.target, due=until
            )
        elif last.on < until:
            self._because("plan.status_old_at_due", ERROR, value=last.value, on=last.on, target=aim.target, due=until)
        late = next((v for v in self.told if v.on > until and aim.reached(v.value)), None)
        if late:
            self._because(
                "plan.status_reached_too_late", ERROR, value=late.value, on=late.on, target=aim.target, due=until
            )

    def _under_way(self) -> str:
        """Between start and due."""
        late = self._tell_missed()
        if self.missed:
            self._because("plan.status_put_off_late", WARNING, missed=self.missed[-1], due=self.due)
        behind = self._behind()
        if late or self.missed or behind == LATE:
            return "late"
        if behind == UNCLEAR:
            return "unclear"
        self._because("plan.status_nothing_late" if self.told else "plan.status_only_dates", due=self.due)
        return "on_track"

    def _tell_missed(self) -> bool:
        """True when milestones were missed and nobody answered; each is told."""
        late = [step for step in self.steps if step.state == "missed"]
        for step in late:
            self._because("plan.status_milestone_missed", WARNING, milestone=step.milestone.title, due=step.due)
        return bool(late)

    def _behind(self) -> str:
        """LATE, UNCLEAR, or '' when the values follow or when nothing is held against a line; the reason is told."""
        if self.aim is None:
            return ""
        if not self.told:
            if self.on <= after(self.one.start, A_YEAR):
                return ""
            self._because("plan.status_no_value", WARNING, indicator=self.aim.indicator, start=self.one.start)
            return LATE
        if self.on > after(self.told[-1].on, A_YEAR_TOLD):
            self._because("plan.status_value_old", WARNING, indicator=self.aim.indicator, on=self.told[-1].on)
            return LATE
        return self._held_to_the_line(self.aim, self.told[-1])

    def _held_to_the_line(self, aim: Aim, last: Seen) -> str:
        """The last value against the line of its day, its bounds included: as the page of the indicator judges it."""
        done, expected = self._shares()
        if done is None or expected is None:
            return ""
        ends = [
            share for one in (last.low, last.high) if one is not None and (share := aim.share_done(one)) is not None
        ]
        found = pace(done, min(done, *ends), max(done, *ends), expected) if ends else pace(done, done, done, expected)
        if found not in (LATE, UNCLEAR):
            return ""
        code, severity = ("plan.status_behind_line", WARNING) if found == LATE else ("plan.status_unclear", ADVICE)
        self._because(code, severity, value=last.value, on=last.on, done=percent(done), expected=percent(expected))
        return found

    def _shares(self) -> tuple[float | None, float | None]:
        """Shares of the way done and expected at the last value; both count from the baseline, its day as its value.

        A line that began at the start of the commitment would credit it with what moved before.
        """
        if self.aim is None or self.aim.baseline is None or not self.told:
            return None, None
        last = self.told[-1]
        due = self.aim.target_on or self.due
        return self.aim.share_done(last.value), expected_share(self.aim.baseline.on, due, last.on)

    def _keep_visible(self, status: str) -> None:
        """What must be read beside the status, whatever it is."""
        if status in ("kept", "missed", "missed_answered", "stopped"):
            self._tell_missed()
        for step in self.steps:
            if step.missed and step.state != "missed":
                self._because("plan.status_milestone_was_missed", milestone=step.milestone.title, missed=step.missed)
        if self.due != self.one.due and not self.missed:
            self._because("plan.status_replanned", first=self.one.due, due=self.due)
        if self.aim is None:
            return
        if self.seen and not self.seen[-1].comparable:
            self._because("plan.status_method_changed", WARNING, on=self.seen[-1].on, indicator=self.aim.indicator)
        if self.told and self.aim.in_doubt(self.told[-1]):
            self._because("plan.status_in_doubt", on=self.told[-1].on, low=self.told[-1].low, high=self.told[-1].high,
                          target=self.aim.target)  # fmt: skip
        self._tell_early_or_fallen()

    def _tell_early_or_fallen(self) -> None:
        if not self.told or self.aim is None:
            return
        reached = [v for v in self.told if self.aim.reached(v.value)]
        last = self.told[-1]
        if reached and reached[-1] is not last:
            self._because("plan.status_fallen_back", WARNING, value=last.value, on=last.on, reached=reached[-1].on)
        elif reached and self.on <= self.due:
            self._because("plan.status_reached_early", value=last.value, on=last.on, target=self.aim.target)
