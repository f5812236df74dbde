"""Doing one job: rights checked again, the work, what counts of it written with its end."""

from __future__ import annotations

import errno
import logging
import threading
import time
from typing import Any

from django.db import DatabaseError, IntegrityError, connection
from django.utils import translation

from terreau.app.accounts import access
from terreau.app.tasks import kinds, leases
from terreau.app.tasks.kinds import Cancelled, Kind
from terreau.app.tasks.models import Job, State
from terreau.kernel.errors import TerreauError

TOLD_EVERY = 0.5  # seconds between two writings of the progress
log = logging.getLogger("terreau.tasks")


class Telling:
    """The ``tell`` of one job: its progress goes to the database now and then, its end is noticed at once."""

    def __init__(self, lease: leases.Lease, stop: threading.Event) -> None:
        self.lease, self.stop, self.last, self.step = lease, stop, 0.0, ""

    def __call__(self, done: int = 0, of: int = 0, step: str = "") -> None:
        """Say how much is done, of how much (0: unknown), and the step; raises Cancelled."""
        if self.stop.is_set():
            raise Cancelled
        now = time.monotonic()
        if step == self.step and now - self.last < TOLD_EVERY:
            return
        self.last, self.step = now, step
        if not self.lease.held().update(told=done, told_of=of, step=step):
            raise Cancelled

    def stopped(self) -> bool:
        """True when the work should stop at once."""
        return self.stop.is_set()


def perform(lease: leases.Lease, stop: threading.Event) -> None:
    """Run the job of ``lease`` to one of its ends; never raises but for the machine's own trouble.

    Nothing is written when the lease was lost meanwhile, nor when ``stop`` was set: see ``worker``.
    """
    job = lease.held().select_related("organisation", "by").first()
    kind = kinds.of(job) if job else None
    if job is None:
        return
    with translation.override(job.language):
        try:
            _run(job, kind, lease, Telling(lease, stop))
        except Cancelled:
            pass
        except TerreauError as refusal:
            _refuse(lease, refusal)
        except OSError as trouble:
            _refuse(lease, _of_the_machine(trouble, job))
        except IntegrityError:
            _refuse(lease, TerreauError("app.changed_meanwhile"))
        except DatabaseError:  # busy, or gone: nothing could be written; the lease will tell
            raise
        except Exception:
            log.exception("job %s (%s) failed", job.pk, job.kind)
            _refuse(lease, TerreauError("app.work_failed", job=str(job.pk)[:8]))
        finally:
            if kind and kind.clean:
                _clean(kind, job)


def _run(job: Job, kind: Kind | None, lease: leases.Lease, tell: Telling) -> None:
    if kind is None:
        raise TerreauError("app.work_unknown", kind=job.kind)
    _allowed(job, kind)
    result = kind.run(job, tell)
    if tell.stopped():
        raise Cancelled

    def keep(held: Job) -> Any:
        _allowed(held, kind)
        return kind.keep(held, result) if kind.keep else None

    leases.end(lease, State.DONE, result=result, keep=keep)


def _allowed(job: Job, kind: Kind) -> None:
    """Rights are those of the person today, not of the day they asked."""
    if (
        job.by is None
        or not job.by.is_active
        or access.role_of(job.by, job.organisation) not in kinds.RIGHTS[kind.right]
    ):
        raise TerreauError("app.work_not_allowed", organisation=job.organisation.name)


def _refuse(lease: leases.Lease, refusal: TerreauError) -> None:
    facts = {name: fact if isinstance(fact, str | int | float | bool | None) else str(fact)
             for name, fact in refusal.facts.items()}  # fmt: skip
    try:
        leases.end(lease, State.REFUSED, refusal={"code": refusal.code, "facts": facts})
    except Cancelled:
        return


def _of_the_machine(trouble: OSError, job: Job) -> TerreauError:
    if trouble.errno in (errno.ENOSPC, errno.EDQUOT):
        return TerreauError("app.work_without_room")
    log.error("job %s (%s) failed", job.pk, job.kind, exc_info=trouble)
    return TerreauError("app.work_failed", job=str(job.pk)[:8])


def _clean(kind: Kind, job: Job) -> None:
    try:
        kind.clean(job)  # type: ignore[misc]
    except Exception:
        log.exception("cleaning after job %s (%s) failed", job.pk, job.kind)


class Beating:
    """Shows that the worker lives while it works, from a thread with a connection of its own.

    ``lost`` is called when the lease no longer holds: cancelled, or taken over by another worker.
    """

    def __init__(self, lease: leases.Lease, every: float, lost: Any) -> None:
        self.lease, self.every, self.lost = lease, every, lost
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._beat, name="beat", daemon=True)

    def __enter__(self) -> Beating:
        self.thread.start()
        return self

    def __exit__(self, *told: Any) -> None:
        self.over.set()
        self.thread.join()

    def _beat(self) -> None:
        try:
            while not self.over.wait(self.every):
                try:
                    if not self.lease.beat():
                        self.lost()
                        return
                except DatabaseError:  # a busy or absent database: the next beat may pass
                    connection.close()
        finally:
            connection.close()
