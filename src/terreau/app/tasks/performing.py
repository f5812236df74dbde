"""Doing one job: rights checked again, the work, what counts of it written with its end."""

from __future__ import annotations

import errno
import logging
import threading
import time
from collections.abc import Mapping
from typing import Any

from django.db import DatabaseError, IntegrityError, connection
from django.utils import translation

from terreau.app.accounts import access
from terreau.app.journal import door as journal
from terreau.app.tasks import kinds, leases
from terreau.app.tasks.kinds import WHOLE, Cancelled, Kind
from terreau.app.tasks.models import Job, State
from terreau.kernel.errors import TerreauError
from terreau.kernel.underway import Stopped, Work, under_way

TOLD_EVERY = 0.5  # seconds between two writings of the progress
STOP_EVERY = 0.1  # seconds between two interruptions of what was asked to stop
log = logging.getLogger("terreau.tasks")


class Telling:
    """The ``tell`` of one job: its progress goes to the database now and then, its end is noticed at once.

    What the rooms say on their way (``heard``) costs them nothing: the next beat of the lease writes it.
    """

    def __init__(self, lease: leases.Lease, stop: threading.Event) -> None:
        self.lease, self.stop, self.last, self.step = lease, stop, 0.0, ""
        self.shares: Mapping[str, int] = {}
        self.part = (0, 1)  # of works in several parts: those done, of how many
        self.since = 0  # number of the last change of the organisation when the work began
        self.reached: tuple[int, str] | None = None
        self.work = Work(self.heard, stop)

    def __call__(self, done: int = 0, of: int = 0, step: str = "") -> None:
        """Say how much is done, of how much (0: unknown), and the step; raises Cancelled.

        What the rooms say next is about the part that begins then.
        """
        if self.stop.is_set():
            raise Cancelled
        self.part = (done, of) if of else (0, 1)
        now = time.monotonic()
        if step == self.step and now - self.last < TOLD_EVERY:
            return
        self.last, self.step = now, step
        if not self.lease.held().update(told=done, told_of=of, step=step):
            raise Cancelled

    def stopped(self) -> bool:
        """True when the work should stop at once."""
        return self.stop.is_set()

    def heard(self, key: str, done: int, of: int) -> None:
        """A room says where it is; a step that its kind does not know changes nothing, and no share goes back."""
        if key not in self.shares:
            return
        start = self.shares[key]
        end = min((share for share in self.shares.values() if share > start), default=100)
        share = start + (end - start) * min(done, of) // of if of else start
        share = (WHOLE * self.part[0] + share) // self.part[1]
        if self.reached is None or share > self.reached[0] or (share == self.reached[0] and not done):
            self.reached = (share, key)

    def reached_so_far(self) -> dict[str, Any]:
        """What a beat writes of the progress; nothing while no room said anything."""
        share, key = self.reached or (0, "")
        return {"told": share, "told_of": WHOLE, "step": key} if self.reached else {}


def perform(lease: leases.Lease, stop: threading.Event, telling: Telling | None = None) -> None:
    """Run the job of ``lease`` to one of its ends; never raises but for the machine's own trouble.

    Nothing is written when the lease was lost meanwhile, nor when ``stop`` was set: see ``worker``.
    """
    job = lease.held().select_related("organisation", "by").first()
    kind = kinds.of(job) if job else None
    if job is None:
        return
    telling = telling or Telling(lease, stop)
    telling.shares = kind.shares if kind else {}
    telling.since = journal.head(job.organisation).number
    with translation.override(job.language), under_way(telling.work):
        try:
            _run(job, kind, lease, telling)
        except (Cancelled, Stopped):
            pass
        except DatabaseError as trouble:
            if not isinstance(trouble, IntegrityError):  # busy, or gone: nothing could be written; the lease will tell
                raise
            _refuse(telling, TerreauError("app.changed_meanwhile"))
        except Exception as trouble:
            if not stop.is_set():  # what a stopped work stumbles on is no refusal
                _refuse(telling, _said_of(trouble, job))
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


def _refuse(telling: Telling, refusal: TerreauError) -> None:
    facts = {name: fact if isinstance(fact, str | int | float | bool | None) else str(fact)
             for name, fact in refusal.facts.items()}  # fmt: skip
    try:
        told = {"code": refusal.code, "facts": facts, "since": telling.since}
        leases.end(telling.lease, State.REFUSED, refusal=told)
    except Cancelled:
        return


def _said_of(trouble: Exception, job: Job) -> TerreauError:
    if isinstance(trouble, TerreauError):
        return trouble
    if isinstance(trouble, OSError) and trouble.errno in (errno.ENOSPC, errno.EDQUOT):
        return TerreauError("app.work_without_room")
    log.error("job %s (%s) failed", job.pk, job.kind, exc_info=trouble)
    return TerreauError("app.work_failed", job=str(job.pk)[:8])


def _clean(kind: Kind, job: Job) -> None:
    try:
        kind.clean(job)  # type: ignore[misc]
    except Exception:
        log.exception("cleaning after job %s (%s) failed", job.pk, job.kind)


class Beating:
    """Shows that the worker lives while it works, and how far it is, from a thread with a connection of its own.

    When the lease no longer holds (cancelled, or taken over by another worker), or when the worker is asked to stop,
    what the engine is doing is interrupted, again and again until the work lets go.
    """

    def __init__(self, telling: Telling, every: float) -> None:
        self.telling, self.every = telling, every
        self.over = threading.Event()
        self.threads = [threading.Thread(target=self._beat, name="beat", daemon=True),
                        threading.Thread(target=self._interrupt, name="interrupt", daemon=True)]  # fmt: skip

    def __enter__(self) -> Beating:
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *told: Any) -> None:
        self.over.set()
        for thread in self.threads:
            thread.join()

    def _beat(self) -> None:
        try:
            while not self.over.wait(self.every):
                try:
                    if not self.telling.lease.beat(**self.telling.reached_so_far()):
                        self.telling.stop.set()
                        return
                except DatabaseError:  # a busy or absent database: the next beat may pass
                    connection.close()
        finally:
            connection.close()

    def _interrupt(self) -> None:
        while not self.over.wait(STOP_EVERY):
            if self.telling.stopped():
                self.telling.work.stop()
