"""Beginning an assessment, changing what frames it, deciding what applies."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from terreau.app.diagnosis.models import Assessment
from terreau.app.journal import door as journal

if TYPE_CHECKING:
    from terreau.referentials.edition import Edition

FRAME = ("title", "period_start", "period_end", "target_on", "target_level", "state")


def begin(organisation: Any, by: Any, edition: Edition, given: dict[str, Any]) -> Assessment:
    """A new assessment, pinned to ``edition`` as it is today.

    given: id (a new one when it is not there), title, service (a record of the portfolio or None), variant, profile, period_start, period_end, target_on,
    target_level, path, inherits
    """
    service = given.get("service")
    with transaction.atomic():
        made = Assessment.objects.create(
            id=given.get("id") or uuid4(),
            organisation=organisation,
            referential=edition.key,
            version=edition.version,
            digest=edition.digest,
            variant=given.get("variant", ""),
            title=given["title"],
            service=service.pk if service else None,
            service_name=service.name if service else "",
            period_start=given["period_start"],
            period_end=given["period_end"],
            target_on=given.get("target_on"),
            target_level=given.get("target_level", ""),
            profile=given.get("profile", {}),
            path=given.get("path", ""),
            inherits=given.get("inherits"),
            made_by=by,
        )
        journal.record(
            organisation,
            by,
            "diagnosis.began",
            {"assessment": made.title, "edition": f"{edition.key}@{edition.version}"},
        )
    return made


def reframe(assessment: Assessment, by: Any, given: dict[str, Any]) -> None:
    """Another title, period, target, or state."""
    changed = [name for name in FRAME if name in given and getattr(assessment, name) != given[name]]
    if not changed:
        return
    with transaction.atomic():
        for name in changed:
            setattr(assessment, name, given[name])
        assessment.save(update_fields=changed)
        journal.record(
            assessment.organisation,
            by,
            "diagnosis.reframed",
            {"assessment": assessment.title, "changed": ", ".join(changed)},
        )


def remove(assessment: Assessment, by: Any) -> None:
    """Take an assessment away with all that was answered; the journal remembers that it was there."""
    organisation = assessment.organisation
    facts = {"assessment": assessment.title, "edition": f"{assessment.referential}@{assessment.version}",
             "answers": assessment.answers.count()}  # fmt: skip
    with transaction.atomic():
        assessment.delete()
        journal.record(organisation, by, "diagnosis.removed", facts)


def this_year() -> tuple[Any, Any]:
    """First and last day of the last twelve months: the period proposed."""
    today = timezone.localdate()
    start = today.replace(year=today.year - 1, day=min(today.day, 28)) + timedelta(days=1)
    return start, today
