"""Old finished jobs are forgotten: the journal, not this list, is the memory of what was done."""

from __future__ import annotations

from uuid import UUID

from terreau.app.tasks.models import LIVE, Job

KEPT = 200  # finished jobs of an organisation that « Travaux » lists, and as many that it does not


def prune(job: UUID) -> None:
    """Forget the oldest finished jobs of the organisation of ``job``, beyond the newest KEPT."""
    organisation = Job.objects.filter(pk=job).values_list("organisation_id", flat=True).first()
    if organisation is None:
        return
    finished = Job.objects.filter(organisation_id=organisation).exclude(state__in=LIVE)
    for listed in (True, False):
        newest_first = finished.filter(listed=listed).order_by("-finished_at", "-pk").values_list("pk", flat=True)
        # Never the one that just ended, whatever the clock wrote on the others.
        old = [pk for pk in newest_first[KEPT : 2 * KEPT] if pk != job]
        if old:
            Job.objects.filter(pk__in=old).delete()
