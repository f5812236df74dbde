"""Answers handed down in a family of services (famille): what a service does not answer itself, it takes from its relatives."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from terreau.diagnosis.records import AnswerRecord, AssessmentRecord
from terreau.evidence.records import EvidenceRecord
from terreau.kernel.errors import TerreauError

Held = dict[str, EvidenceRecord]


def inherited(own: AssessmentRecord, relatives: Iterable[AssessmentRecord]) -> AssessmentRecord:
    """``own`` completed with the answers of ``relatives``, the nearest first, and with the evidence they rest on.

    A criterion answered by ``own``, even in part, is overridden whole: facets of two services are never mixed in one answer.
    What is taken says from whom (``inherited_from``). TerreauError when a relative answers another edition.
    """
    answers = {key: answer for key, answer in own.answers.items() if speaks(answer)}
    blank = {key: answer for key, answer in own.answers.items() if key not in answers}
    evidence = dict(own.evidence)
    for relative in relatives:
        _same_edition(own, relative)
        for key, answer in relative.answers.items():
            if key not in answers and speaks(answer):
                answers[key] = _taken(answer, blank.get(key), relative.subject)
                evidence = _with_evidence(evidence, answer, relative)
    return replace(own, answers={**blank, **answers}, evidence=evidence)


def speaks(answer: AnswerRecord) -> bool:
    """True when something is answered: a verdict, a value, a text, a decision on applicability, an evidence."""
    told = any(
        one.verdict is not None or one.text.strip() or (one.value or "").strip() or one.absence.strip()
        for one in answer.facets
    )
    return told or answer.applicable is not None or bool(answer.text.strip()) or bool(answer.links)


def _taken(answer: AnswerRecord, blank: AnswerRecord | None, subject: str) -> AnswerRecord:
    """The relative's answer; who owes it here and by when stay those of the service."""
    taken = replace(answer, inherited_from=answer.inherited_from or subject)
    return replace(taken, owner=blank.owner, due=blank.due) if blank else taken


def _with_evidence(evidence: Held, answer: AnswerRecord, relative: AssessmentRecord) -> Held:
    used = (link.evidence for link in answer.links if link.evidence in relative.evidence)
    return {key: relative.evidence[key] for key in used} | evidence


def _same_edition(own: AssessmentRecord, relative: AssessmentRecord) -> None:
    if (own.edition, own.version) != (relative.edition, relative.version):
        raise TerreauError("diagnosis.family_other_edition", subject=relative.subject, edition=f"{own.edition} {own.version}",
                           other=f"{relative.edition} {relative.version}")  # fmt: skip
