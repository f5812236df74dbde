"""Freezing an assessment as it stands, and reading it back exactly (gel)."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction

from terreau.app.audits.models import Freeze
from terreau.app.diagnosis import door as diagnosis
from terreau.app.journal import door as journal
from terreau.kernel.errors import TerreauError

if TYPE_CHECKING:
    from terreau.diagnosis.records import AssessmentRecord
    from terreau.referentials.edition import Edition


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """What was frozen: the record, the edition it answers, and their papers."""

    id: UUID
    title: str
    record: AssessmentRecord
    edition: Edition
    edition_document: dict[str, Any]
    record_json: dict[str, Any]
    digest: str
    journal_head: str
    frozen_on: datetime
    frozen_by: str
    note: str = ""


def freeze(organisation: Any, actor: Any, assessment: UUID | str, note: str = "") -> Freeze:
    """Keep the assessment as it stands; the same state twice makes one freeze. audits.nothing_to_freeze when unknown."""
    from terreau.referentials.document import as_document

    with transaction.atomic():
        record = diagnosis.record_of(organisation, assessment)
        edition = diagnosis.edition_pinned(organisation, assessment)
        if record is None or edition is None:
            raise TerreauError("app.nothing_to_freeze")
        held, document = canonical_text(record.as_json()), canonical_text(as_document(edition))
        digest = digest_of(held, document)
        known = Freeze.objects.filter(organisation=organisation, assessment=assessment, digest=digest).first()
        if known:
            return known
        heads = {str(one.pk): one.title for one in diagnosis.assessments_of(organisation)}
        made = Freeze.objects.create(
            organisation=organisation, assessment=assessment, title=heads.get(str(assessment), edition.title.fr), record=held,
            edition=document, edition_key=edition.key, digest=digest, journal_head=journal.head(organisation).digest, note=note.strip()[:200],
            frozen_by=actor,
        )  # fmt: skip
        journal.record(
            organisation, actor, "audits.frozen", {"title": made.title, "freeze": str(made.pk), "digest": digest}
        )
    return made


def read(row: Freeze) -> Frozen:
    """The frozen records, rebuilt and checked: app.freeze_damaged when a byte of them was changed."""
    from terreau.diagnosis.records import AssessmentRecord
    from terreau.referentials.loading import edition_from

    if digest_of(row.record, row.edition) != row.digest:
        raise TerreauError("app.freeze_damaged", title=row.title)
    record, document = json.loads(row.record), json.loads(row.edition)
    key = row.edition_key if row.edition_key.startswith("org:") else None
    return Frozen(
        id=row.pk, title=row.title, record=AssessmentRecord.from_json(record),
        edition=edition_from(document, row.edition_key, key=key), edition_document=document, record_json=record,
        digest=row.digest, journal_head=row.journal_head, frozen_on=row.frozen_on,
        frozen_by=str(row.frozen_by or ""), note=row.note,
    )  # fmt: skip


def digest_of(record: str, document: str) -> str:
    """SHA-256 over the two canonical texts, each preceded by its length."""
    return hashlib.sha256(f"{len(record)}:{record}{len(document)}:{document}".encode()).hexdigest()


def canonical_text(value: Any) -> str:
    """One writing of plain values: sorted keys, no blanks, dates as text."""
    return json.dumps(value, default=str, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
