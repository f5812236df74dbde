"""A worker: takes jobs one at a time, shows that it lives, gives back what it cannot finish.

Workers know each other only through the database: as many as one likes, on one machine or several.
"""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connections

from terreau.app.tasks import leases, performing, pruning

POLL = 0.5  # seconds between two looks at an empty queue, unless woken
TROUBLE = 5.0  # seconds before trying again when the database does not answer
GRACE = 4.0  # seconds a job has, once asked to stop, before the worker leaves it to its lease
log = logging.getLogger("terreau.tasks")


def new_name() -> str:
    """A name no other worker bears."""
    return f"{socket.gethostname()[:30]}-{os.getpid()}-{secrets.token_hex(4)}"


class Worker:
    """Takes jobs until told to stop.

    name: unlike any other worker's; instead_of: a worker known to be dead, whose job is taken over at once
    """

    def __init__(self, name: str = "", *, instead_of: str = "") -> None:
        self.name, self.instead_of = name or new_name(), instead_of
        self.watch = leases.Watch(patience=settings.TASKS_LEASE_SECONDS)
        self.stopping = threading.Event()
        self.woken = threading.Event()
        self.stop_job = threading.Event()

    def run(self) -> None:
        """Work until ``stop``; trouble with the database is waited out."""
        while not self.stopping.is_set():
            try:
                worked = self.once()
                pause = 0.0 if worked else POLL
            except DatabaseError:
                log.exception("worker %s: the database does not answer", self.name)
                connections.close_all()
                pause = TROUBLE
            if pause and self.woken.wait(pause):
                self.woken.clear()
            close_old_connections()

    def once(self) -> bool:
        """Reclaim what others lost, then do one job; False when nothing waits."""
        self.watch.reclaim(dead=self.instead_of)
        self.instead_of = ""
        lease = leases.take(self.name)
        if lease is None:
            return False
        self.stop_job.clear()
        if self.stopping.is_set():
            self.stop_job.set()
        telling = performing.Telling(lease, self.stop_job)
        with performing.Beating(telling, settings.TASKS_BEAT_SECONDS):
            performing.perform(lease, self.stop_job, telling)
        if self.stopping.is_set():
            leases.give_back(lease)
        pruning.prune(lease.job)
        return True

    def wake(self) -> None:
        """Something may be waiting: look now."""
        self.woken.set()

    def stop(self) -> None:
        """Stop soon: the job under way is stopped and given back."""
        self.stopping.set()
        self.stop_job.set()
        self.woken.set()


def leave_at_last(worker: Worker, finished: threading.Event) -> None:
    """Once asked to stop, a worker whose job does not listen leaves all the same; its lease will tell."""
    worker.stopping.wait()
    if not finished.wait(GRACE):
        os._exit(0)
