"""Old finished jobs are forgotten: the journal, not this list, is the memory of what was done."""

from __future__ import annotations

from uuid import UUID

from terreau.app.tasks.models import LIVE, Job

KEPT = 200  # finished jobs of an organisation


def prune(job: UUID) -> None:
    """Forget the oldest finished jobs of the organisation of ``job``, beyond the newest KEPT."""
    organisation = Job.objects.filter(pk=job).values_list("organisation_id", flat=True).first()
    if organisation is None:
        return
    finished = Job.objects.filter(organisation_id=organisation).exclude(state__in=LIVE)
    last = list(finished.order_by("-finished_at", "-pk").values_list("pk", flat=True)[KEPT : 2 * KEPT])
    if last:
        Job.objects.filter(pk__in=last).delete()
