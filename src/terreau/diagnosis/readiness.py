"""How ready an assessment is for a day (préparation): five counters, and one list of what stands in the way.

There is no single percentage. An answer may be complete and unproven, proven and never reread: each counter says its own thing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from terreau.diagnosis.proof import Sight, sights
from terreau.diagnosis.records import AssessmentRecord
from terreau.diagnosis.remarks import Remark
from terreau.diagnosis.words import COUNTERS, counter_word
from terreau.referentials.edition import Edition

Blocker = Remark
"""What stands in the way: a remark on one criterion."""


class Counter(NamedTuple):
    """``done`` of ``of``."""

    done: int
    of: int

    @property
    def full(self) -> bool:
        """True when nothing is left (also when nothing was to be done)."""
        return self.done == self.of


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """Readiness on one day.

    answered: of the criteria that apply
    justified: reasons given, of those said not to apply
    evidenced: whose every claim rests on something written or measured that holds on the day and for the period, of the answered
    criteria that claim something
    reviewed: reread since their last change, of what is answered or left out with its reason
    fresh: touched within the twelve months that end on the day, of the same
    """

    on: date
    answered: Counter
    justified: Counter
    evidenced: Counter
    reviewed: Counter
    fresh: Counter
    blockers: tuple[Blocker, ...]

    @property
    def counters(self) -> dict[str, Counter]:
        """The five, in the order they are read."""
        return {key: getattr(self, key) for key in COUNTERS}

    @property
    def ready(self) -> bool:
        """True when nothing stands in the way."""
        return not self.blockers

    def as_json(self, language: str = "fr") -> dict[str, Any]:
        """Plain values with the words of ``language``."""
        return {
            "on": self.on.isoformat(), "ready": self.ready,
            "counters": {key: {"done": one.done, "of": one.of, "what": counter_word(key, language)}
                         for key, one in self.counters.items()},
            "blockers": [one.as_json(language) for one in self.blockers],
        }  # fmt: skip


def readiness(record: AssessmentRecord, edition: Edition, on: date | None = None) -> Readiness:
    """How ready ``record`` is on the day ``on`` (the day it aims at)."""
    day = on or record.as_of
    seen = sights(record, edition, day)
    asked = [one for one in seen if one.asked or one.unreasoned]
    decided = [one for one in seen if one.decided]
    claiming = [one for one in seen if one.told and one.claimed]
    out = [one for one in seen if not one.asked]
    return Readiness(
        on=day,
        answered=_count(asked, (one.told for one in asked)),
        justified=_count(out, (not one.unreasoned for one in out)),
        evidenced=_count(claiming, (one.carried for one in claiming)),
        reviewed=_count(decided, (one.reread for one in decided)),
        fresh=_count(decided, (one.fresh(day) for one in decided)),
        blockers=tuple(blocker for one in seen for blocker in _blockers(one, day)),
    )


def _count(of: list[Sight], held: Iterable[bool]) -> Counter:
    return Counter(sum(held), len(of))


def _blockers(one: Sight, day: date) -> Iterator[Blocker]:
    if one.unreasoned:
        yield _blocker(one, "diagnosis.na_without_reason")
        return
    if one.asked and not one.told:
        yield _unanswered(one, day)
    if one.answer.state == "changes_asked":
        yield _blocker(one, "diagnosis.changes_asked")
    yield from _unproven(one)
    if one.decided:
        yield from _unread(one, day)


def _unanswered(one: Sight, day: date) -> Blocker:
    due = one.answer.due
    if due is not None and due < day:
        return _blocker(one, "diagnosis.overdue", due=due, owner=one.answer.owner or "–")
    return _blocker(one, "diagnosis.unanswered", facets=one.open) if one.open else _blocker(one, "diagnosis.unread")


def _unproven(one: Sight) -> Iterator[Blocker]:
    """What is tied and does not hold is told first; a facet with nothing tied, after."""
    explained: set[str] = set()
    for unfit in one.unfit:
        hit = tuple(facet for facet in unfit.facets if facet in (*one.bare, *one.only_said))
        if hit:
            explained.update(hit)
            yield _blocker(
                one, "diagnosis.evidence_unfit", facets=hit, evidence=unfit.evidence.title, weaknesses=unfit.codes
            )
    if bare := tuple(facet for facet in one.bare if facet not in explained):
        yield _blocker(one, "diagnosis.not_evidenced", facets=bare)
    if said := tuple(facet for facet in one.only_said if facet not in explained):
        yield _blocker(one, "diagnosis.statement_alone", facets=said)


def _unread(one: Sight, day: date) -> Iterator[Blocker]:
    if one.answer.reviewed_on is None:
        yield _blocker(one, "diagnosis.not_reviewed")
    elif not one.reread:
        yield _blocker(one, "diagnosis.changed_since_review", reviewed_on=one.answer.reviewed_on)
    if one.touched is None:
        yield _blocker(one, "diagnosis.undated")
    elif not one.fresh(day):
        yield _blocker(one, "diagnosis.stale", touched=one.touched)


def _blocker(one: Sight, code: str, **facts: object) -> Blocker:
    return Blocker(code=code, criterion=one.criterion.key, facts=facts)
