"""What the other rooms ask of this one: have a long work done, wait a moment for it, call it off."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from terreau.app.accounts import access
from terreau.app.journal import door as journal
from terreau.app.language import language
from terreau.app.tasks import kinds, leases, performing, waking
from terreau.app.tasks.kinds import Cancelled, Tell, job_kind
from terreau.app.tasks.models import LIVE, Job, State
from terreau.kernel.errors import TerreauError

__all__ = ["LIVE", "PATIENCE", "Cancelled", "Job", "State", "Tell", "ask", "cancel", "digest_of", "job_kind", "live", "refusal_of", "refused", "stranded",
           "unlisted", "visible_to", "waited"]  # fmt: skip

MOST_LIVE = 25  # jobs of one person that may wait in one organisation: the others have their turn
REMEMBERED = timedelta(minutes=5)  # a refusal is said again without trying again
TRIED_AGAIN = frozenset({"app.work_not_allowed", "app.changed_meanwhile", "app.work_without_room", "tables.disk_full"})
PATIENCE = 2.0  # seconds a page waits, so that small work leads straight to its page


def ask(organisation: Any, actor: Any, kind: str, inputs: dict[str, Any], *, digest: str, subject: str = "",
        patience: float = PATIENCE) -> Job:  # fmt: skip
    """Have a work done, and wait ``patience`` seconds for it; the same ``digest`` is done once.

    kind: registered with ``job_kind``; inputs: plain JSON; digest: names everything that decides the result
    subject: what it is about, in a person's words (the name of a source, of a file)
    returns the job as it stands then: a running one, or a finished one whose result still holds
    Raises app.work_too_many when this person already waits for many.
    """
    known = kinds.KINDS[kind]
    job = _same(organisation, known, digest) or _asked(organisation, actor, kind, inputs, digest, subject)
    if settings.TASKS_HERE and job.state == State.WAITING:
        performing.perform(leases.take_here(job, "here"), threading.Event())
        job.refresh_from_db()
    return waited(job, patience)


def waited(job: Job, patience: float = PATIENCE) -> Job:
    """The job once it ended, or as it stands after ``patience`` seconds."""
    end, pause = time.monotonic() + patience, 0.02
    while job.live and time.monotonic() + pause < end:
        time.sleep(pause)
        pause = min(pause * 1.5, 0.2)
        job.refresh_from_db()
    return job


def cancel(job: Job, actor: Any) -> bool:
    """Call a job off, at once: whoever runs it stops and writes nothing. False when it had already ended."""
    with transaction.atomic():
        if not leases.cancel(job):
            return False
        journal.record(job.organisation, actor, "tasks.cancelled", job.facts)
    return True


def stranded(organisation: Any, kind: str, digest: str) -> Job | None:
    """The job of this digest, when the last time it was tried it stranded: looking at a page never tries it again."""
    last = Job.objects.filter(organisation=organisation, kind=kind, digest=digest).order_by("-asked_at").first()
    return last if last and last.state == State.STRANDED else None


def refused(organisation: Any, kind: str, digest: str) -> Job | None:
    """The job of this digest, when it was refused a while ago and nothing changed since: trying again would say the same.

    What was refused to one person, by a change at the same moment, or for want of room on the disk, is tried again at once;
    all the rest after a while.
    """
    last = Job.objects.filter(organisation=organisation, kind=kind, digest=digest).order_by("-asked_at").first()
    if last is None or last.state != State.REFUSED or last.finished_at is None:
        return None
    told: dict[str, Any] = last.refusal or {}
    fresh = timedelta(0) <= timezone.now() - last.finished_at < REMEMBERED
    if not fresh or told.get("code") in TRIED_AGAIN or told.get("since") != journal.head(organisation).number:
        return None
    return last


def live(organisation: Any) -> QuerySet[Job]:
    """The jobs of an organisation that wait or run."""
    return Job.objects.filter(organisation=organisation, state__in=LIVE)


def visible_to(user: Any, organisation: Any) -> QuerySet[Job]:
    """The jobs of the organisation that this person's role may look at, the latest first."""
    keys = kinds.allowed_to(access.role_of(user, organisation))
    return Job.objects.filter(organisation=organisation, kind__in=keys, listed=True).select_related("by")


def unlisted(job: Job) -> None:
    """A page had what it needed at once: this work is not worth a line in « Travaux »."""
    Job.objects.filter(pk=job.pk).update(listed=False)


def refusal_of(job: Job) -> TerreauError | None:
    """Why a job was refused or stranded, in words to come; None when it was not."""
    told = job.refusal
    return TerreauError(told["code"], **told["facts"]) if told else None


def digest_of(*decided_by: Any) -> str:
    """One name for everything that decides a result: plain JSON values."""
    return hashlib.sha256(json.dumps(decided_by, sort_keys=True, default=str).encode()).hexdigest()


def _same(organisation: Any, kind: kinds.Kind, digest: str) -> Job | None:
    found = Job.objects.filter(organisation=organisation, kind=kind.key, digest=digest)
    running = found.filter(state__in=LIVE).first()
    if running:
        return running
    done = found.filter(state=State.DONE).order_by("-finished_at").first()
    return done if done and (kind.holds is None or kind.holds(done)) else None


def _asked(organisation: Any, actor: Any, kind: str, inputs: dict[str, Any], digest: str, subject: str) -> Job:
    if live(organisation).filter(by=actor).count() >= MOST_LIVE:
        raise TerreauError("app.work_too_many", limit=MOST_LIVE)
    try:
        with transaction.atomic():
            job = Job.objects.create(
                organisation=organisation, by=actor, kind=kind, inputs=inputs, digest=digest, subject=subject[:160],
                language=language(),
            )  # fmt: skip
            if not settings.TASKS_HERE:
                leases.enqueue(job)
    except IntegrityError:  # asked in another tab this very moment: the same work
        return Job.objects.filter(organisation=organisation, kind=kind, digest=digest).latest("asked_at")
    transaction.on_commit(waking.wake)
    return job
