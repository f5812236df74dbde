"""A process that asks for work and forks workers, to kill and freeze them: see test_workers.py."""

import os
import signal
import time

os.environ["DJANGO_SETTINGS_MODULE"] = "terreau.app.settings"
import django

django.setup()

# ruff: noqa: E402
from django.conf import settings
from django.core.management import call_command
from django.db import connections

from terreau.app.accounts.models import User
from terreau.app.accounts.opening import open_organisation
from terreau.app.portfolio.models import Service
from terreau.app.tasks import door
from terreau.app.tasks.models import Job
from terreau.app.tasks.worker import Worker

settings.TASKS_BEAT_SECONDS, settings.TASKS_LEASE_SECONDS = 0.1, 0.8


def keep(job, result):
    Service.objects.create(organisation=job.organisation, name=job.digest)


@door.job_kind("tests.slow", right="edit", label="Lent", keep=keep)
def slow(job, tell):
    for step in range(job.inputs["steps"]):
        tell(step, job.inputs["steps"])
        time.sleep(0.03)


def a_worker():
    connections.close_all()
    child = os.fork()
    if not child:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        Worker().run()
    return child


def until(true, job=None):
    end = time.monotonic() + 60
    while not true():
        if time.monotonic() > end:
            raise TimeoutError(job and Job.objects.filter(pk=job.pk).values())
        time.sleep(0.02)


def over(*children):
    for child in children:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def state(job):
    job.refresh_from_db()
    return job.state


def kept(name):
    return ("never", "once")[n] if (n := Service.objects.filter(name=name).count()) < 2 else f"{n} times"


def lost_while_running(organisation, owner, name, end):
    """A worker is stopped by the signal ``end`` in the middle of a job; another finishes it."""
    job = door.ask(organisation, owner, "tests.slow", {"steps": 20}, digest=name, patience=0)
    first = a_worker()
    until(lambda: state(job) == "running", job)
    os.kill(first, end)
    second = a_worker()
    until(lambda: state(job) == "done", job)
    if end == signal.SIGSTOP:  # it wakes up, thinking the job still its own
        os.kill(first, signal.SIGCONT)
        time.sleep(0.8)
    over(first, second)
    print(f"{name}: {job.state} at attempt {job.attempt}, kept {kept(name)}", flush=True)


def main():
    call_command("migrate", verbosity=0)
    owner = User.objects.create_user("a@valmont.example")
    organisation = open_organisation("Valmont", owner)
    lost_while_running(organisation, owner, "killed", signal.SIGKILL)
    lost_while_running(organisation, owner, "frozen", signal.SIGSTOP)
    jobs = [
        door.ask(organisation, owner, "tests.slow", {"steps": 1}, digest=f"crowd {n}", patience=0) for n in range(12)
    ]
    crew = [a_worker() for _ in range(3)]
    until(lambda: not door.live(organisation).exists())
    over(*crew)
    found = Job.objects.filter(pk__in=[job.pk for job in jobs], state="done", attempt=1).count()
    print(
        f"crowd: {found} jobs done at attempt 1, kept {Service.objects.filter(name__startswith='crowd').count()} times"
    )


if __name__ == "__main__":
    main()
