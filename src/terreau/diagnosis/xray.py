"""What an attentive auditor would ask about (radiographie): answers that claim more than they show."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from terreau.diagnosis.proof import Sight, hits, sights
from terreau.diagnosis.records import AssessmentRecord
from terreau.diagnosis.remarks import Remark
from terreau.diagnosis.scoring.score import as_asked
from terreau.referentials.edition import Edition

DOUBTED = {"questioned": "diagnosis.evidence_questioned", "refused": "diagnosis.evidence_refused"}
MANY = 5
"""One evidence that carries more criteria than this is asked about."""


def xray(record: AssessmentRecord, edition: Edition, on: date | None = None, many: int = MANY) -> tuple[Remark, ...]:
    """Remarks on the day ``on`` (the day aimed at): criterion by criterion in the order of the grid, then the rest."""
    day = on or record.as_of
    found = [remark for one in sights(record, edition, day) for remark in _of_one(one, record, day)]
    return (*found, *_overloaded(record, many), *_strangers(record, edition))


def _of_one(one: Sight, record: AssessmentRecord, day: date) -> Iterator[Remark]:
    key = one.criterion.key
    if one.unreasoned:
        yield Remark(code="diagnosis.na_without_reason", criterion=key)
        return
    if strong := tuple(facet for facet in one.full if one.strengths[facet] is None):
        yield Remark(code="diagnosis.strong_without_evidence", criterion=key, facts={"facets": strong})
    if one.only_said:
        yield Remark(code="diagnosis.statement_alone", criterion=key, facts={"facets": one.only_said})
    if "documents" in one.full and one.claimed == ("documents",):
        yield Remark(code="diagnosis.documents_alone", criterion=key)
    if "results" in one.claimed and not _has_a_value(one, record):
        yield Remark(code="diagnosis.result_without_value", criterion=key)
    yield from _of_links(one, record)
    if one.decided and one.touched is not None and not one.fresh(day):
        yield Remark(code="diagnosis.stale", criterion=key, facts={"touched": one.touched})


def _has_a_value(one: Sight, record: AssessmentRecord) -> bool:
    """A value, a stated absence, or a figure of Terreau pinned to the facet."""
    told = one.answer.facet("results")
    if told and ((told.value or "").strip() or told.absence.strip()):
        return True
    held = (record.evidence.get(link.evidence) for link in one.answer.links_of("results"))
    return any(found is not None and found.figure and not found.withdrawn for found in held)


def _of_links(one: Sight, record: AssessmentRecord) -> Iterator[Remark]:
    key = one.criterion.key
    for unfit in one.unfit:
        facts = {"facets": unfit.facets, "evidence": unfit.evidence.title}
        if unfit.evidence.withdrawn:
            why = unfit.evidence.withdrawn_why or "–"
            yield Remark(code="diagnosis.evidence_withdrawn", criterion=key, facts={**facts, "because": why})
        else:
            yield Remark(code="diagnosis.evidence_unfit", criterion=key, facts={**facts, "weaknesses": unfit.codes})
    for link in one.answer.links:
        held = record.evidence.get(link.evidence)
        if held is None:
            yield Remark(
                code="diagnosis.evidence_lost",
                criterion=key,
                facts={"evidence": link.evidence, "facets": (link.facet,)},
            )
        elif link.opinion in DOUBTED:
            facts = {"evidence": held.title, "facets": (link.facet,), "opinion": link.opinion_text or "–"}
            yield Remark(code=DOUBTED[link.opinion], criterion=key, facts=facts)


def _overloaded(record: AssessmentRecord, many: int) -> Iterator[Remark]:
    for key, criteria in hits(record).items():
        if len(criteria) > many:
            title = record.evidence[key].title if key in record.evidence else key
            yield Remark(code="diagnosis.evidence_overloaded", criterion="",
                         facts={"evidence": title, "count": len(criteria), "many": many})  # fmt: skip


def _strangers(record: AssessmentRecord, edition: Edition) -> Iterator[Remark]:
    """Answers the edition does not ask for, and verdicts its scale does not have: none of them is scored."""
    asked = {one.key for one in as_asked(record, edition).criteria}
    known = {verdict.key for verdict in edition.scale}
    for key in sorted(record.answers):
        if key not in asked:
            yield Remark(code="diagnosis.criterion_not_asked", criterion=key)
        for facet in record.answers[key].facets:
            if facet.verdict is not None and facet.verdict not in known:
                facts = {"verdict": facet.verdict, "facets": (facet.facet,)}
                yield Remark(code="diagnosis.verdict_not_in_scale", criterion=key, facts=facts)
