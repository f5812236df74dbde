"""Who has a job, and until when: taken, given back, lost, ended; each in one transaction, never by two at once.

A lease is an attempt number. It is checked in the very transaction that writes a result, so that a worker thought
dead which wakes up writes nothing. No clock decides: a worker counts ``beat`` up, and whoever looks for lost jobs
compares that count with the one it saw before, on its own monotonic clock.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from terreau.app.journal import door as journal
from terreau.app.tasks.kinds import Cancelled
from terreau.app.tasks.models import LIVE, Job, State

MOST_LOST = 3  # workers that may vanish over one job before it is said to be stranded
TASK = "terreau.app.tasks.queued.perform"


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to run one job, once."""

    job: UUID
    attempt: int
    worker: str

    def held(self) -> QuerySet[Job]:
        """The job, while this lease holds; no row once it is lost, cancelled or ended."""
        return Job.objects.filter(pk=self.job, attempt=self.attempt, worker=self.worker, state=State.RUNNING)

    def beat(self, **reached: Any) -> bool:
        """Show that the worker lives, and what it ``reached`` (columns of the job); False when the lease is lost."""
        return bool(self.held().update(beat=F("beat") + 1, **reached))


def enqueue(job: Job) -> None:
    """Put a job in the queue, in the caller's transaction."""
    from terreau.app.tasks.queued import perform

    job.queued = UUID(str(perform.enqueue(str(job.pk)).id))
    job.save(update_fields=["queued"])


def take(worker: str) -> Lease | None:
    """The next job of the queue, for this worker alone; None when nothing waits."""
    from django_tasks_db.models import DBTaskResult

    ready = DBTaskResult.objects.ready().filter(task_path=TASK)
    if not ready.exists():  # seen outside a transaction: an idle worker never holds SQLite's only pen
        return None
    with transaction.atomic():
        queued = ready.get_locked()  # FOR UPDATE SKIP LOCKED; on SQLite the transaction is IMMEDIATE
        if queued is None:
            return None
        waiting = Job.objects.filter(queued=queued.pk, state=State.WAITING).first()
        if waiting is None:  # cancelled, or its organisation is gone
            queued.delete()
            return None
        queued.claim(worker)
        lease = Lease(waiting.pk, waiting.attempt + 1, worker)
        _now(waiting, lease)
        return lease


def take_here(job: Job, worker: str) -> Lease:
    """The lease of a job that was never queued: it is run by the process that asked."""
    lease = Lease(job.pk, job.attempt + 1, worker)
    _now(job, lease)
    return lease


def _now(job: Job, lease: Lease) -> None:
    Job.objects.filter(pk=job.pk).update(
        state=State.RUNNING, attempt=lease.attempt, worker=lease.worker, started_at=timezone.now(),
        beat=F("beat") + 1, step="", told=0, told_of=0,
    )  # fmt: skip


def end(lease: Lease, state: State, *, result: Any = None, refusal: Any = None,
        keep: Callable[[Job], Any] | None = None) -> None:  # fmt: skip
    """Write what came of a job, and what counts of it (``keep``), at once and only while the lease holds.

    What ``keep`` returns, unless None, is the result. Raises Cancelled when the lease is lost: nothing is written then.
    """
    with transaction.atomic():
        job = lease.held().select_for_update(of=("self",)).select_related("organisation", "by").first()
        if job is None:
            raise Cancelled
        told = keep(job) if keep else None
        result = result if told is None else told
        _ended(job, state, result=result, refusal=refusal)


def give_back(lease: Lease) -> None:
    """The worker stops before the end: another takes the job, as if this one never had."""
    with transaction.atomic():
        job = lease.held().select_for_update().first()
        if job is not None:
            _again(job)


def cancel(job: Job) -> bool:
    """Nobody waits for it any more: whoever runs it will write nothing. False when it had already ended."""
    with transaction.atomic():
        found = Job.objects.select_for_update().filter(pk=job.pk, state__in=LIVE).first()
        if found is not None:
            _ended(found, State.CANCELLED)
    return found is not None


def _again(job: Job) -> None:
    from django_tasks_db.models import DBTaskResult

    # A job run by the process that asked was never queued: nobody else can take it.
    if not job.queued or not DBTaskResult.objects.filter(pk=job.queued).update(status="READY"):
        _strand(job)
        return
    job.state, job.worker = State.WAITING, ""
    job.save(update_fields=["state", "worker"])


def _strand(job: Job) -> None:
    _ended(job, State.STRANDED, refusal={"code": "app.work_stranded", "facts": {"times": max(job.lost, 1)}})
    journal.record(job.organisation, None, "tasks.stranded", job.facts)


def _ended(job: Job, state: State, *, result: Any = None, refusal: Any = None) -> None:
    from django_tasks_db.models import DBTaskResult

    if job.queued:
        DBTaskResult.objects.filter(pk=job.queued).delete()
    job.state, job.queued, job.result, job.refusal = state, None, result, refusal
    job.finished_at = timezone.now()
    job.save(update_fields=["state", "queued", "result", "refusal", "finished_at"])


@dataclass(slots=True)
class Watch:
    """Looks for jobs whose worker fell silent.

    patience: time a worker may stay silent, on this process's own monotonic clock [s]
    """

    patience: float
    clock: Callable[[], float] = time.monotonic
    seen: dict[UUID, tuple[int, int, float]] = field(default_factory=dict)

    def reclaim(self, *, dead: str = "") -> int:
        """Give the silent jobs back to the queue, or strand them; jobs of the worker ``dead`` at once. How many."""
        now, found, reclaimed = self.clock(), {}, 0
        running = Job.objects.filter(state=State.RUNNING).values_list("pk", "attempt", "beat", "worker")
        for pk, attempt, beat, worker in running:
            known = self.seen.get(pk)
            since = known[2] if known and known[:2] == (attempt, beat) else now
            if now - since < self.patience and not (dead and worker == dead):
                found[pk] = (attempt, beat, since)
            else:
                reclaimed += _reclaim(pk, attempt, beat)
        self.seen = found
        return reclaimed


def _reclaim(pk: UUID, attempt: int, beat: int) -> int:
    with transaction.atomic():
        same = Job.objects.filter(pk=pk, attempt=attempt, beat=beat, state=State.RUNNING)
        job = same.select_for_update(skip_locked=True, of=("self",)).select_related("organisation").first()
        if job is None:  # it lives after all, ended, or another worker is taking it back
            return 0
        job.lost += 1
        job.save(update_fields=["lost"])
        if job.lost >= MOST_LOST:
            _strand(job)
        else:
            _again(job)
    return 1
