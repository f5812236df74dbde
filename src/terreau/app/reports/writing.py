"""Acts on a report: begun, figures drafted again, parts written, published, removed; each in the journal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from terreau.app.accounts.alone import alone
from terreau.app.journal import door as journal
from terreau.app.reports import composing, drafting
from terreau.app.reports.models import Passage, Publication, Report
from terreau.kernel import canonical


class ChangedMeanwhile(Exception):  # noqa: N818  it is not an error
    """Someone else wrote this part while this person did; ``passage``: what is kept now."""

    def __init__(self, passage: Passage) -> None:
        super().__init__(passage.key)
        self.passage = passage


def begin(organisation: Any, actor: Any, framed: Mapping[str, Any]) -> Report:
    """A new report, drafted at once; begun twice before anything is written, it is one."""
    with alone(organisation):
        same = Report.objects.filter(organisation=organisation, made_by=actor, passages=None, publications=None)
        report = same.filter(**framed).first()
        if report is None:
            report = Report.objects.create(organisation=organisation, made_by=actor, **framed)
            journal.record(organisation, actor, "reports.begun", _facts(report))
        drafting.keep(report, actor)
    return report


def redraft(report: Report, actor: Any) -> int:
    """The figures as they are today; what people wrote stays. How many parts say something else."""
    with transaction.atomic():
        _made, changed = drafting.keep(report, actor)
        if changed:
            journal.record(report.organisation, actor, "reports.redrafted", _facts(report) | {"parts": changed})
    return changed


def write(
    report: Report, key: str, actor: Any, *, text: str | None, left_out: bool, revision: int, drafted: str
) -> Passage:
    """Keep what a person wrote of a part; text None: the text proposed. ChangedMeanwhile when ``revision`` is not the one kept.

    drafted: digest of the draft they had under their eyes
    """
    with transaction.atomic():
        row, _new = Passage.objects.select_for_update().get_or_create(report=report, key=key)
        if row.revision != revision:
            raise ChangedMeanwhile(row)
        row.own, row.text, row.left_out, row.drafted = text is not None, text or "", left_out, drafted
        row.revision, row.edited_on, row.edited_by = revision + 1, timezone.now(), actor
        row.save()
        action = "reports.draft_taken" if text is None and not left_out else "reports.written"
        journal.record(report.organisation, actor, action, _facts(report) | {"part": composing.title_of(key)})
    return row


def publish(report: Report, actor: Any) -> Publication:
    """The report as it stands, numbered and kept for good; the same one is not published twice."""
    content = composing.content(report)
    digest = canonical.digest(content)
    with transaction.atomic():
        Report.objects.select_for_update().get(pk=report.pk)
        last = report.publications.first()
        if last and last.digest == digest:
            return last
        made = Publication.objects.create(
            report=report, number=(last.number if last else 0) + 1, content=content, digest=digest, by=actor
        )
        journal.record(
            report.organisation, actor, "reports.published", _facts(report) | {"number": made.number, "digest": digest}
        )
    return made


def remove(report: Report, actor: Any) -> bool:
    """Forget a report that was never published; False when it was."""
    with transaction.atomic():
        row = Report.objects.select_for_update().get(pk=report.pk)
        if row.publications.exists():
            return False
        journal.record(report.organisation, actor, "reports.removed", _facts(report))
        row.delete()
    return True


def _facts(report: Report) -> dict[str, Any]:
    return {"report": str(report.pk), "title": report.title}
