"""« Rendre la grille remplie » : the received workbook, filled with the answers of an assessment."""

from __future__ import annotations

import tempfile
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from terreau.app.files import door as files
from terreau.app.referentials import shelf
from terreau.kernel.errors import TerreauError

if TYPE_CHECKING:
    from terreau.diagnosis.records import AnswerRecord, AssessmentRecord
    from terreau.referentials.edition import Criterion, Edition
    from terreau.referentials.grids.filling import Filled, GridAnswer


def filled(organisation: Any, record: AssessmentRecord) -> tuple[bytes, Filled]:
    """The bytes of the filled workbook and what could not be written; TerreauError app.grid_no_workbook without one."""
    from terreau.referentials.grids.filling import fill
    from terreau.referentials.grids.grid import grid_from_json

    if not record.edition.startswith(shelf.PRIVATE):
        raise TerreauError("app.grid_no_workbook", title=record.edition)
    row = shelf.row_of(organisation, record.edition, record.version)
    if not row.grid or row.file is None:
        raise TerreauError("app.grid_no_workbook", title=row.title)
    edition = shelf.edition_of(row)
    answers = {one.short: answer_of(edition, one, record) for one in edition.criteria}
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "grille.xlsx"
        told = fill(files.path_of(organisation, row.file), grid_from_json(row.grid), answers, target)
        return target.read_bytes(), told


def answer_of(edition: Edition, criterion: Criterion, record: AssessmentRecord) -> GridAnswer:
    """One answer in the terms of the grid; withdrawn and team-only evidence is left out."""
    from terreau.referentials.grids.filling import GridAnswer

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


def _words(facet: Any) -> str:
    return "\n".join(part for part in (facet.text, facet.value or "", facet.absence) if part)


def _proofs(answer: AnswerRecord, record: AssessmentRecord) -> Any:
    for link in answer.links:
        piece = record.evidence.get(link.evidence)
        if piece and not piece.withdrawn and piece.confidentiality != "team":
            yield f"{piece.title} ({link.locator})" if link.locator else piece.title
