"""A process that asks for work and forks workers, to kill and freeze them: see test_workers.py."""

import os
import signal
import time

os.environ["DJANGO_SETTINGS_MODULE"] = "terreau.app.settings"
import django

django.setup()

# ruff: noqa: E402
from django.conf import settings
from django.db import OperationalError, connection, connections, transaction

from terreau.app import server
from terreau.app.accounts.models import User
from terreau.app.accounts.opening import open_organisation
from terreau.app.portfolio.models import Service
from terreau.app.tasks import door
from terreau.app.tasks.models import Job
from terreau.app.tasks.worker import Worker
from terreau.kernel.underway import step
from terreau.tables.engine import engine

settings.TASKS_BEAT_SECONDS, settings.TASKS_LEASE_SECONDS = 0.1, 0.8


def keep(job, result):
    Service.objects.create(organisation=job.organisation, name=job.digest)


@door.job_kind("tests.slow", right="edit", label="Lent", keep=keep)
def slow(job, tell):
    for done in range(job.inputs["steps"]):
        tell(done, job.inputs["steps"])
        time.sleep(0.03)


@door.job_kind("tests.endless", right="edit", label="Sans fin", keep=keep, shares={"read": 0, "weigh": 40})
def endless(job, tell):
    """A question to the engine that would last for hours."""
    with engine() as con:
        step("weigh")
        con.execute("SELECT count(*) FROM range(2000000) a JOIN range(2000000) b ON a.range + b.range > -1").fetchall()


alive = set()


def a_worker():
    connections.close_all()
    child = os.fork()
    if not child:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        Worker().run()
    alive.add(child)
    return child


def until(true, job=None):
    end = time.monotonic() + 180
    while not true():
        if time.monotonic() > end:
            raise TimeoutError(job and Job.objects.filter(pk=job.pk).values())
        time.sleep(0.02)


def over(*children):
    for child in children:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        alive.discard(child)


def freeze(child, job):
    """Stop a worker while it writes nothing: what a stopped process holds, the pen of SQLite or a row, nobody else gets."""
    while True:
        os.kill(child, signal.SIGSTOP)
        os.waitpid(child, os.WUNTRACED)
        if can_be_written(job):
            return
        os.kill(child, signal.SIGCONT)
        time.sleep(0.005)


def can_be_written(job):
    """True when nobody else is writing to it this very moment."""
    patience("0")
    try:
        with transaction.atomic():
            return bool(Job.objects.select_for_update(nowait=True).get(pk=job.pk))
    except OperationalError:
        return False
    finally:
        patience("20000")


def patience(milliseconds):
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {milliseconds}")


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
    freeze(first, job) if end == signal.SIGSTOP else os.kill(first, end)
    second = a_worker()
    until(lambda: state(job) == "done", job)
    if end == signal.SIGSTOP:  # it wakes up, thinking the job still its own
        os.kill(first, signal.SIGCONT)
        time.sleep(0.8)
    over(first, second)
    print(f"{name}: {job.state} at attempt {job.attempt}, kept {kept(name)}", flush=True)


def called_off(organisation, owner):
    """The engine is in the middle of an endless question when the job is called off; the worker goes on to the next."""
    job = door.ask(organisation, owner, "tests.endless", {}, digest="endless", patience=0)
    worker = a_worker()
    until(lambda: state(job) == "running" and job.told, job)
    told, since = f"{job.told} of {job.told_of}, {job.step}", time.monotonic()
    door.cancel(job, owner)
    following = door.ask(organisation, owner, "tests.slow", {"steps": 1}, digest="following", patience=0)
    until(lambda: state(following) == "done", following)
    soon = "soon" if time.monotonic() - since < 60 else "late"
    over(worker)
    print(f"called off at {told}: {state(job)}, kept {kept('endless')}, the next one {soon}", flush=True)


def main():
    server._prepare()
    owner = User.objects.create_user("a@valmont.example")
    organisation = open_organisation("Valmont", owner)
    lost_while_running(organisation, owner, "killed", signal.SIGKILL)
    lost_while_running(organisation, owner, "frozen", signal.SIGSTOP)
    called_off(organisation, owner)
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
    try:
        main()
    finally:  # a worker left alive would hold our words back from whoever listens to them
        over(*alive)
