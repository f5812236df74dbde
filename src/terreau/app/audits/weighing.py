"""Two scores of the same frozen answers: ours, and what it becomes with the auditor's verdicts, by the same rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from terreau.app.audits.freezing import Frozen
from terreau.app.audits.models import Audit, AuditorVerdict
from terreau.app.diagnosis import door as diagnosis

if TYPE_CHECKING:
    from terreau.diagnosis.records import AnswerRecord, AssessmentRecord
    from terreau.diagnosis.scoring import Score

Last = Mapping[tuple[str, str], AuditorVerdict]  # (criterion, facet) -> the auditor's last word


def last_verdicts(audit: Audit) -> dict[tuple[str, str], AuditorVerdict]:
    """The auditor's last word on each facet; one taken back is not there."""
    found = {(one.criterion, one.facet): one for one in audit.verdicts.select_related("paper").order_by("on", "pk")}
    return {place: one for place, one in found.items() if one.verdict}


def with_verdicts(record: AssessmentRecord, last: Last) -> AssessmentRecord:
    """The record with the auditor's verdicts in the place of ours; where they judged, the criterion applies."""
    judged: dict[str, dict[str, str]] = {}
    for (criterion, facet), one in last.items():
        judged.setdefault(criterion, {})[facet] = one.verdict
    answers = dict(record.answers)
    for criterion, verdicts in judged.items():
        answers[criterion] = _judged(record.answer(criterion), verdicts)
    return replace(record, answers=answers)


def scores(frozen: Frozen, last: Last) -> tuple[Score, Score | None]:
    """Our score, and the auditor's once they judged something."""
    from terreau.diagnosis.scoring import score

    ours = score(frozen.record, frozen.edition)
    return ours, score(with_verdicts(frozen.record, last), frozen.edition) if last else None


def side_by_side(frozen: Frozen, last: Last) -> dict[str, Any]:
    """Both scores for a page: bars of each facet, levels, and in how many places the two verdicts differ [count]."""
    ours, theirs = scores(frozen, last)
    told = diagnosis.score_shown(ours, frozen.asked)
    heard = diagnosis.score_shown(theirs, frozen.asked) if theirs else None
    facets: list[tuple[Any, Any]] = [(bar, None) for bar in told["bars"]]
    steps: list[tuple[Any, Any]] = [(step, None) for step in told["steps"]]
    if heard:
        facets = list(zip(told["bars"], heard["bars"], strict=True))
        steps = list(zip(told["steps"], heard["steps"], strict=True))
    return {
        "ours": told, "theirs": heard, "facets": facets, "levels": steps, "judged": len(last),
        "asked": sum(len(one.facets) for one in frozen.asked.criteria), "differing": len(differing(frozen, last)),
    }  # fmt: skip


def differing(frozen: Frozen, last: Last) -> list[tuple[str, str]]:
    """Where the auditor's verdict is not ours."""
    return [place for place, one in last.items() if frozen.record.answer(place[0]).verdict(place[1]) != one.verdict]


def counted(values: Iterable[str], choices: Iterable[tuple[str, Any]]) -> list[tuple[str, Any, int]]:
    """(key, words, how many) for each choice met, in the order of the choices."""
    values = list(values)
    return [(key, words, values.count(key)) for key, words in choices if key in values]


def _judged(answer: AnswerRecord, verdicts: Mapping[str, str]) -> AnswerRecord:
    from terreau.diagnosis.records import FacetAnswer

    kept = [replace(one, verdict=verdicts.get(one.facet, one.verdict)) for one in answer.facets]
    there = {one.facet for one in kept}
    kept += [FacetAnswer(facet=facet, verdict=verdict) for facet, verdict in verdicts.items() if facet not in there]
    applicable = None if answer.applicable is False else answer.applicable
    return replace(answer, facets=tuple(kept), applicable=applicable)
