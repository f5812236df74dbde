"""Freezing an assessment as it stands, and reading it back exactly (gel)."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.db import transaction

from terreau.app.audits.models import Freeze
from terreau.app.diagnosis import door as diagnosis
from terreau.app.journal import door as journal
from terreau.app.referentials import door as referentials
from terreau.kernel import canonical
from terreau.kernel.errors import TerreauError

if TYPE_CHECKING:
    from terreau.diagnosis.records import AssessmentRecord
    from terreau.referentials.edition import Edition

# Reading one back takes a fifth of a second when thousands of links are in it: the last ones stay at hand, per process.
_READ: OrderedDict[tuple[UUID, str], Frozen] = OrderedDict()
MOST_READ = 8


@dataclass(frozen=True, kw_only=True)
class Frozen:
    """What was frozen: the record, the whole edition it is pinned to, and their papers.

    record_sha256: digest of the record alone, as ``AssessmentRecord.digest`` gives it; digest: over both texts
    """

    id: UUID
    assessment: UUID
    title: str
    record: AssessmentRecord
    edition: Edition
    record_sha256: str
    digest: str
    journal_number: int
    journal_head: str
    frozen_on: datetime
    frozen_by: str
    note: str = ""

    @cached_property
    def asked(self) -> Edition:
        """The edition as the variant of this assessment sees it."""
        return self.edition.for_variant(self.record.variant)


def freeze(organisation: Any, actor: Any, assessment: UUID | str, note: str = "", key: UUID | None = None) -> Freeze:
    """Keep the assessment as it stands; the same state twice makes one freeze. app.nothing_to_freeze when unknown.

    key: the number of the freeze, a new one when none is given
    """
    from terreau.referentials.document import as_document

    with transaction.atomic():
        record = diagnosis.record_of(organisation, assessment)
        if record is None:
            raise TerreauError("app.nothing_to_freeze")
        edition = referentials.edition_for(organisation, record.edition, record.version)
        held, document = record.as_text(), canonical.text(as_document(edition))
        digest = digest_of(held, document)
        known = Freeze.objects.filter(organisation=organisation, assessment=assessment, digest=digest).first()
        if known:
            return known
        heads = {str(one.pk): one.title for one in diagnosis.assessments_of(organisation)}
        last = journal.head(organisation)
        made = Freeze.objects.create(
            pk=key or uuid4(), organisation=organisation, assessment=assessment, title=heads.get(str(assessment), edition.title.fr), record=held,
            edition=document, edition_key=edition.key, digest=digest, journal_number=last.number, journal_head=last.digest,
            note=note.replace("\x00", "").strip()[:200], frozen_by=actor,
        )  # fmt: skip
        journal.record(
            organisation, actor, "audits.frozen", {"title": made.title, "freeze": str(made.pk), "digest": digest}
        )
    return made


def read(row: Freeze) -> Frozen:
    """The frozen records, rebuilt and checked: app.freeze_damaged when one character of them was changed."""
    if digest_of(row.record, row.edition) != row.digest:
        raise TerreauError("app.freeze_damaged", title=row.title)
    name = (row.pk, row.digest)
    found = _READ.get(name) or _rebuilt(row)
    _READ[name] = found
    _READ.move_to_end(name)
    while len(_READ) > MOST_READ:
        _READ.popitem(last=False)
    return found


def as_file(row: Freeze) -> dict[str, Any]:
    """What a person takes away: the two texts as values, and how to find their digest again."""
    read(row)
    return {
        "layout": "terreau-freeze-1", "freeze": str(row.pk), "title": row.title, "frozen_on": row.frozen_on.isoformat(),
        "digest": row.digest, "journal": {"number": row.journal_number, "digest": row.journal_head},
        "how": "SHA-256 of <length>:<record><length>:<edition>, each as JSON with sorted keys and no blank, in UTF-8; lengths in characters",
        "record": json.loads(row.record), "edition": json.loads(row.edition),
    }  # fmt: skip


def digest_of(record: str, document: str) -> str:
    """SHA-256 over the two canonical texts, each preceded by its length."""
    return canonical.digest_of(record, document)


def _rebuilt(row: Freeze) -> Frozen:
    from terreau.diagnosis.records import AssessmentRecord
    from terreau.referentials.loading import edition_from

    private = row.edition_key if row.edition_key.startswith("org:") else None
    return Frozen(
        id=row.pk, assessment=row.assessment, title=row.title, record=AssessmentRecord.from_json(json.loads(row.record)),
        edition=edition_from(json.loads(row.edition), row.edition_key, key=private),
        record_sha256=hashlib.sha256(row.record.encode()).hexdigest(), digest=row.digest, journal_number=row.journal_number,
        journal_head=row.journal_head, frozen_on=row.frozen_on, frozen_by=str(row.frozen_by or ""), note=row.note,
    )  # fmt: skip
