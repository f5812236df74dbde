"""From the rows of this room to the frozen records that are scored, audited and bound in a dossier."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from terreau.app.diagnosis.editions import edition_of
from terreau.app.diagnosis.entering import answers_of
from terreau.app.diagnosis.models import Answer, Assessment
from terreau.app.evidence import door as evidence
from terreau.diagnosis.family import inherited
from terreau.diagnosis.records import AnswerRecord, AssessmentRecord, FacetAnswer, InterviewRecord, OffGridRecord

if TYPE_CHECKING:
    from terreau.diagnosis.scoring import Score
    from terreau.evidence.records import EvidenceRecord, LinkRecord

OFF_GRID = "off-grid"
Links = Mapping[str, tuple["LinkRecord", ...]]


def subject_of(assessment: Any, criterion: str) -> str:
    """How evidence names the answer to ``criterion`` of ``assessment`` (a row or its uuid)."""
    return f"answer:{getattr(assessment, 'pk', assessment)}/{criterion}"


def record_of(assessment: Assessment, *, auditor: bool = False, with_evidence: bool = True) -> AssessmentRecord:
    """The whole assessment as a frozen record; ``auditor``: only what was submitted."""
    edition = edition_of(assessment)
    rows = answers_of(assessment, auditor=auditor)
    off_grid = list(assessment.off_grid.all())
    kept: dict[str, EvidenceRecord] = {}
    links: Links = {}
    if with_evidence:
        subjects = [subject_of(assessment, one.key) for one in edition.criteria]
        subjects += [subject_of(assessment, f"{OFF_GRID}:{one.pk}") for one in off_grid]
        kept, links = tied(assessment, subjects)
    own = AssessmentRecord(
        edition=assessment.referential, version=assessment.version, edition_digest=assessment.digest,
        variant=assessment.variant, subject=assessment.subject, organisation=assessment.organisation.name,
        period=(assessment.period_start, assessment.period_end), as_of=assessment.target_on or timezone.localdate(),
        profile=assessment.profile, answers=records_of(rows, links), evidence=kept,
        off_grid=tuple(_off_grid(one, links) for one in off_grid),
        interviews=tuple(InterviewRecord(role=one.role, on=one.on, criteria=tuple(one.criteria), notes=one.notes)
                         for one in assessment.interviews.all()),
    )  # fmt: skip
    return handed_down(assessment, own, auditor=auditor, with_evidence=with_evidence)


def handed_down(
    assessment: Assessment, own: AssessmentRecord, *, auditor: bool = False, with_evidence: bool = True
) -> AssessmentRecord:
    """``own`` completed with what the assessment it inherits from answers, evidence included."""
    relative = assessment.inherits
    if relative is None or (relative.referential, relative.version) != (assessment.referential, assessment.version):
        return own
    relative.organisation, relative.inherits = assessment.organisation, None  # one generation only
    return inherited(own, [record_of(relative, auditor=auditor, with_evidence=with_evidence)])


def records_of(rows: Mapping[str, Answer], links: Links | None = None) -> dict[str, AnswerRecord]:
    """Criterion -> record of its answer, its own only."""
    links = links or {}
    found = {key: answer_record(row, links.get(key, ())) for key, row in rows.items()}
    for key, tied_here in links.items():
        if key not in found and not key.startswith(OFF_GRID):
            found[key] = AnswerRecord(criterion=key, links=tied_here)
    return found


def answer_record(row: Answer, links: tuple[LinkRecord, ...] = ()) -> AnswerRecord:
    """One answer as a record; team notes are never in it."""
    return AnswerRecord(
        criterion=row.criterion, facets=_facets(row.facets), applicable=row.applicable, reason=row.reason,
        decided_by=row.decided_by, decided_on=row.decided_on, state=str(row.state), owner=row.owner_name, due=row.due,
        text=row.text, links=links, changed_on=row.changed_on, reviewed_on=row.reviewed_on,
    )  # fmt: skip


def tied(
    assessment: Assessment, subjects: Iterable[str]
) -> tuple[dict[str, EvidenceRecord], dict[str, tuple[LinkRecord, ...]]]:
    """Evidence by key, and links by criterion, of these subjects."""
    start = len(subject_of(assessment, ""))
    called = {subject: subject[start:] for subject in subjects}
    kept, links = evidence.records_for(assessment.organisation, called, called=called)
    found: dict[str, list[LinkRecord]] = {}
    for link in links:
        found.setdefault(link.subject, []).append(link)
    return kept, {key: tuple(held) for key, held in found.items()}


def scored(
    assessment: Assessment, rows: Mapping[str, Answer], rule: str | None = None, *, auditor: bool = False
) -> Score:
    """The score of the answers as they are; evidence changes no score, so it is not read."""
    from terreau.diagnosis.scoring import score

    if assessment.inherits_id:
        answers = record_of(assessment, auditor=auditor, with_evidence=False).answers
    else:
        answers = records_of(rows)
    return score(answers, edition_of(assessment), rule)


def _facets(kept: Mapping[str, Mapping[str, Any]]) -> tuple[FacetAnswer, ...]:
    return tuple(
        FacetAnswer(facet=key, verdict=one.get("verdict") or None, text=one.get("text", ""),
                    value=one.get("value") or None, absence=one.get("absence", ""))
        for key, one in kept.items()
    )  # fmt: skip


def _off_grid(one: Any, links: Links) -> OffGridRecord:
    return OffGridRecord(title=one.title, theme=one.theme, text=one.text, facets=_facets(one.facets),
                         links=links.get(f"{OFF_GRID}:{one.pk}", ()), owner=one.owner_text,
                         existing_action=one.existing_action)  # fmt: skip
