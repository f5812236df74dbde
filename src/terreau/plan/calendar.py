"""The days to come (calendrier): milestones, due days, reviews, evidence that expires, labels to renew, values expected.

Every source of days gives the same neutral ``Event``; the duties of a law are in ``duties``, the iCalendar text in ``icalendar``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from terreau.evidence.records import EvidenceRecord
from terreau.kernel.recurring import RHYTHMS, after, following
from terreau.plan.arbitration import REPLACED, Decision, state_of
from terreau.plan.commitments import Commitment
from terreau.plan.faults import plain_fact

DUTY, LABEL, EVIDENCE, INDICATOR, MILESTONE, DUE, REVIEW = KINDS = (
    "duty", "label", "evidence", "indicator", "milestone", "due", "review",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One whole day to come.

    key: stable whatever the day becomes, so that a calendar moves it instead of adding another; kind: one of KINDS
    url: where to act, '' without; basis: the text it comes from ("C. com., art. R. 210-21"), '' without
    """

    key: str
    on: date
    title_fr: str
    title_en: str
    kind: str
    url: str = ""
    basis: str = ""

    def title(self, language: str = "fr") -> str:
        """Its title in ``language``."""
        return self.title_en if language == "en" else self.title_fr

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        found: Any = plain_fact(self)
        return dict(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A label held (label obtenu): when it was granted, for how many years, how long before its end the file is prepared.

    ends_on: its last day when the certificate says it, else so many years after it was granted; prepare: "P6M"
    """

    key: str
    name: str
    granted_on: date
    years: int = 3
    ends_on: date | None = None
    prepare_months: int = 6
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """An indicator and the last day it was told (None: never), with the day it is followed since and its frequency."""

    key: str
    name_fr: str
    name_en: str
    frequency: str
    since: date
    last_on: date | None = None
    url: str = ""


def between(events: Iterable[Event], first: date, last: date) -> tuple[Event, ...]:
    """The events from ``first`` to ``last``, both included, by day then by key."""
    return tuple(sorted((one for one in events if first <= one.on <= last), key=lambda one: (one.on, one.key)))


def of_commitments(commitments: Iterable[Commitment], on: date, url: str = "",
                   settled: Collection[str] = ()) -> Iterator[Event]:  # fmt: skip
    """Milestones not done, due day and next review of the commitments adopted and not ended; past ones stay until done.

    url: address of a commitment, ``{key}`` standing for its key
    settled: keys of those kept, or missed and answered: nobody waits for their due day any more
    """
    for one in commitments:
        if not one.adopted(on) or one.ended_by(on):
            continue
        where = url.replace("{key}", one.key)
        for step in one.milestones:
            if not step.done(on):
                yield _event(f"milestone:{one.key}/{step.key}", step.due_on(on), MILESTONE, where,
                             f"Jalon : {step.title}", f"Milestone: {step.title}")  # fmt: skip
        if one.key not in settled:
            yield _event(f"due:{one.key}", one.due_on(on), DUE, where,
                         f"Échéance : {one.statement}", f"Due: {one.statement}")  # fmt: skip
        if one.next_review is not None:
            yield _event(f"review:{one.key}", one.next_review, REVIEW, where,
                         f"Revue : {one.statement}", f"Review: {one.statement}")  # fmt: skip


def of_decisions(decisions: Iterable[Decision], on: date, url: str = "") -> Iterator[Event]:
    """The review day of each decision taken and not replaced, until the review is held."""
    for one in decisions:
        held = one.review_on is not None and any(one.review_on <= review.on <= on for review in one.reviews)
        if one.review_on is not None and one.decided and not held and state_of(one, on) != REPLACED:
            yield _event(f"decision:{one.key}", one.review_on, REVIEW, url.replace("{key}", one.key),
                         f"Revoir l’arbitrage : {one.question}", f"Review the arbitration: {one.question}")  # fmt: skip


def of_evidence(evidence: Iterable[EvidenceRecord], url: str = "") -> Iterator[Event]:
    """The last day of each evidence that has one, those withdrawn left out."""
    for one in evidence:
        if one.valid_until is not None and not one.withdrawn:
            yield _event(f"evidence:{one.key}", one.valid_until, EVIDENCE, url.replace("{key}", one.key),
                         f"Dernier jour de la preuve : {one.title}", f"Last day of the evidence: {one.title}")  # fmt: skip


def of_labels(labels: Iterable[Label]) -> Iterator[Event]:
    """The last day of each label, and the day to start preparing its renewal."""
    for one in labels:
        end = one.ends_on or after(one.granted_on, f"P{one.years}Y")
        start = after(end, f"P{one.prepare_months}M", -1)
        yield _event(f"label:{one.key}/prepare", start, LABEL, one.url,
                     f"Préparer le renouvellement : {one.name}", f"Prepare the renewal: {one.name}")  # fmt: skip
        yield _event(
            f"label:{one.key}", end, LABEL, one.url, f"Fin du label : {one.name}", f"End of the label: {one.name}"
        )


def of_indicators(expected: Iterable[Expected]) -> Iterator[Event]:
    """The next value expected of each indicator: one period after the last one, the day it is followed since when none."""
    for one in expected:
        if one.frequency in RHYTHMS:
            due = one.since if one.last_on is None else following(one.last_on, one.frequency)
            yield _event(f"indicator:{one.key}", due, INDICATOR, one.url,
                         f"Valeur attendue : {one.name_fr}", f"Value expected: {one.name_en}")  # fmt: skip


def _event(key: str, on: date, kind: str, url: str, title_fr: str, title_en: str) -> Event:
    return Event(key=key, on=on, title_fr=title_fr, title_en=title_en, kind=kind, url=url)
