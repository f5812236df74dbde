"""Answers in the terms of a received grid (réponses à reporter): verdicts, words, proofs and points of each criterion."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from terreau.diagnosis.records import AnswerRecord, AssessmentRecord, FacetAnswer
from terreau.referentials.edition import Criterion, Edition
from terreau.referentials.grids.filling import GridAnswer


def grid_answers(edition: Edition, record: AssessmentRecord) -> dict[str, GridAnswer]:
    """Short criterion key -> what the grid is told of it."""
    return {one.short: answer_of(edition, one, record) for one in edition.criteria}


def answer_of(edition: Edition, criterion: Criterion, record: AssessmentRecord) -> GridAnswer:
    """One answer in the terms of the grid; withdrawn and team-only evidence is left out."""
    answer = record.answer(criterion.key)
    away = answer.applicable is False
    return GridAnswer(
        verdicts={one.facet: one.verdict for one in answer.facets if one.verdict},
        texts={one.facet: _words(one) for one in answer.facets},
        text=answer.text,
        applicable=not away,
        reason=answer.reason,
        proofs=tuple(dict.fromkeys(_proofs(answer, record))),
        earned=None if away else earned(edition, criterion, answer),
    )


def earned(edition: Edition, criterion: Criterion, answer: AnswerRecord) -> Fraction | None:
    """Points of one criterion, shared equally between its facets; None while a facet is open or the grid has none."""
    if criterion.points is None or not criterion.facets:
        return None
    shares = []
    for facet in criterion.facets:
        verdict = answer.verdict(facet.key)
        share = edition.verdict(verdict).share if verdict else None
        if share is None:
            return None
        shares.append(share)
    return criterion.points * sum(shares, Fraction(0)) / len(shares)


def _words(facet: FacetAnswer) -> str:
    return "\n".join(part for part in (facet.text, facet.value or "", facet.absence) if part)


def _proofs(answer: AnswerRecord, record: AssessmentRecord) -> Iterator[str]:
    for link in answer.links:
        piece = record.evidence.get(link.evidence)
        if piece and not piece.withdrawn and piece.confidentiality != "team":
            yield f"{piece.title} ({link.locator})" if link.locator else piece.title
