"""A service answers as its family does, until it answers otherwise; it may follow its family again (famille de services)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from terreau.app.diagnosis import answering
from terreau.app.diagnosis.beside import proofs_of
from terreau.app.diagnosis.entering import handed_to
from terreau.app.diagnosis.models import Answer, Assessment, State
from terreau.app.diagnosis.recording import subject_of
from terreau.app.evidence import door as evidence

if TYPE_CHECKING:
    from terreau.app.portfolio.door import ServiceRecord

EMPTY: dict[str, Any] = {
    "facets": {}, "text": "", "applicable": None, "reason": "", "decided_by": "", "decided_on": None,
    "state": State.DRAFT.value, "reviewed_on": None, "reviewed_by": "", "review_text": "",
}  # fmt: skip


def handed(assessment: Assessment, answers: Mapping[str, Answer], *, auditor: bool = False) -> dict[str, Answer]:
    """Criterion -> answer of the family, where nothing is said here: neither a word nor a piece."""
    found = handed_to(assessment, auditor=auditor)
    waiting = [key for key in found if key not in answers or not answers[key].speaks]
    proofs = proofs_of(assessment, waiting) if waiting else {}
    return {key: found[key] for key in waiting if not proofs[key]}


def follow(assessment: Assessment, criterion: str, writer: answering.Writer, *, revision: int) -> int:
    """Take back what was said here, so that the family answers again; returns how many pieces were untied from it.

    History keeps what was said; the pieces stay among the evidence.
    """
    with transaction.atomic():
        answering.change(assessment, criterion, writer, dict(EMPTY), revision=revision)
        return evidence.untie(assessment.organisation, writer.user, subject_of(assessment, criterion))


def relatives(
    service: ServiceRecord | None, services: Mapping[str, ServiceRecord], others: Iterable[Assessment]
) -> list[Assessment]:
    """Assessments of services of the same family, itself left out."""
    if service is None or not service.family:
        return []
    kin = {one.pk for one in services.values() if one.family == service.family and one.pk != service.pk}
    return [one for one in others if one.service in kin]


def choices(
    service: ServiceRecord | None, services: Mapping[str, ServiceRecord], others: Sequence[Assessment]
) -> list[Any]:
    """What one may inherit from: the family of the service first, then each other family, then the rest."""
    family_of = {one.pk: one.family for one in services.values()}
    by: dict[str, list[tuple[str, str]]] = {}
    for one in others:
        family = family_of.get(one.service, "") if one.service else ""
        by.setdefault(family, []).append((str(one.pk), one.title))
    first = service.family if service else ""
    order = sorted(by, key=lambda family: (family != first or not family, not family, family))
    named = [
        (_("Famille « %(name)s »") % {"name": family} if family else _("Hors famille"), by[family]) for family in order
    ]
    return [("", _("Non")), *named]
