"""A warm process that forks children to import, reconcile and compute, kills them, and looks at what they leave.

``python -m tests.app.faults.nursery FOLDER KILLS SEED``. Half of the children are killed by a clock, half by themselves just
before their n-th step: a file opened, renamed or removed, a folder made, a query, a commit. After each, the nursery looks as
a start does and checks that all is whole; one time in six (always for what was confirmed) another child ends the work, and
checks that it ends as it would have.
"""

import gc
import hashlib
import json
import os
import random
import shutil
import signal
import sys
import time
from datetime import date
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "terreau.app.settings")
import django

django.setup()

# ruff: noqa: E402
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from terreau.app import prepared
from terreau.app import settings_env as env
from terreau.app.accounts.models import Organisation, User
from terreau.app.accounts.opening import open_organisation
from terreau.app.footprint import results
from terreau.app.home import home, organisation_folder
from terreau.app.inventory import arrivals, jobs, leftovers, reconciling, sorting
from terreau.app.inventory.models import Draft, Snapshot
from terreau.app.journal import door as journal
from terreau.app.journal.models import Entry
from terreau.app.keeping import starting
from terreau.app.keeping.standing import standing_on
from terreau.app.tasks import door
from terreau.app.tasks.worker import Worker
from terreau.tables import confined
from terreau.tables.snapshot import verified
from tests.app.parc.dropping import SMALL
from tests.app.reading_here import called_here

STEPS = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "shutil.rmtree"}
# Half of the kills for the three times of an import, a quarter for each computation.
PARTS = {"drop": 0.16, "read": 0.14, "confirm": 0.2, "weigh": 0.25, "reconcile": 0.25}
CLOCK = 0.8  # part of the time a whole run takes that the clock strikes in: a child nobody counts is a little quicker
TO_THE_END = 6  # one time in so many the work is ended after a kill
FILES = {"glpi.csv": SMALL, "intune.csv": SMALL.replace(";3;", ";5;")}
confined.confined = called_here
door.waited = lambda job, patience=0: job


def organisation():
    return Organisation.objects.get(slug="valmont")


def owner():
    return User.objects.get()


def worked(name):
    """What a worker does, started instead of the one that died."""
    worker = Worker(name, instead_of="victim")
    while worker.once():
        pass


def drop(name="victim", uploads=FILES):
    files = [SimpleUploadedFile(one, text.encode()) for one, text in uploads.items()]
    answers = {"files": files, "taken_on": date(2026, 9, 30), "keep_original": True}
    sorting.begin(organisation(), owner(), answers)


def read(name="victim"):
    jobs.reading(list(Draft.objects.select_related("source", "organisation").order_by("source__name")), owner())
    worked(name)


def confirm(name="victim"):
    drafts = list(Draft.objects.select_related("source", "organisation").order_by("source__name"))
    if drafts:
        jobs.confirming(drafts, owner(), [one.understood["snapshot"]["sha256"] for one in drafts], "parc:fleet")
    worked(name)


def weigh(name="victim"):
    return results.of(organisation(), "fr").contract["totals"]


def reconcile(name="victim"):
    return reconciling.of(organisation(), arrivals.current(organisation()))


WORK = {"drop": drop, "read": read, "confirm": confirm, "weigh": weigh, "reconcile": reconcile}


def standing(folder):
    """Within, the instance is the one of ``folder``."""
    return standing_on(folder, env.sqlite(folder / "terreau.sqlite3"))


def child(folder, work):
    """The identifier of a forked process that works in ``folder``: 0 done, 9 a fault."""
    number = os.fork()
    if number:
        return number
    try:
        with standing(folder):
            work()
    except BaseException:
        import traceback

        traceback.print_exc()
        os._exit(9)
    os._exit(0)


def stepping(each):
    """Have ``each`` called before every step of this process that the disk may remember."""
    sys.addaudithook(lambda event, given: each() if event in STEPS else None)

    def query(execute, sql, params, many, context):
        each()
        return execute(sql, params, many, context)

    def commit(self, commits=BaseDatabaseWrapper._commit):
        each()
        commits(self)
        each()

    connection.execute_wrappers.append(query)
    BaseDatabaseWrapper._commit = commit


def steps_of(folder, part):
    """How many steps a whole run takes, and for how long [s]; its outcome stays in ``folder``."""
    told, said = os.pipe()

    def work():
        count = [0]
        stepping(lambda: count.__setitem__(0, count[0] + 1))
        WORK[part]()
        os.write(said, f"{count[0]}\n".encode())

    began = time.monotonic()
    assert ended(child(folder, work)) == 0, part
    return int(os.read(told, 20)), time.monotonic() - began


def ended(number):
    """0 done, 9 a fault, -9 killed."""
    status = os.waitpid(number, 0)[1]
    return -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)


def killed(folder, part, chance, steps, seconds):
    """Let a child work and have it killed, by the clock or at one of its steps."""
    left = [chance.randint(1, steps)]
    by_clock = chance.random() < 0.5

    def work():
        def each():
            left[0] -= 1
            if not left[0]:
                os.kill(os.getpid(), signal.SIGKILL)

        if not by_clock:
            stepping(each)
        WORK[part]()

    number = child(folder, work)
    if by_clock:
        time.sleep(chance.uniform(0, CLOCK * seconds))
        os.kill(number, signal.SIGKILL)
    return ended(number)


def look(before, over=False):
    """A start, then everything that must hold whatever was cut; ``over``: the work was ended since."""
    starting.look()
    starting.tidy()
    leftovers.tidy()
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert not cursor.execute("PRAGMA foreign_key_check").fetchall()
    one, entries = organisation(), list(Entry.objects.order_by("number").values_list("digest", flat=True))
    assert journal.verify(one).sound and entries[: len(before)] == before, "what was written stays"
    stray = [path for path in home().rglob("*") if path.name.startswith(".") or path.name.endswith(".part")]
    under_way = [path for path in stray if any(folder.name.startswith("lu-") for folder in path.parents)]
    assert stray == ([] if over else under_way), "only what the next try of a reading removes"
    shown = list(Snapshot.objects.all())
    assert all(verified(arrivals.path_of(snapshot)) for snapshot in shown)
    imported = [entry.facts["sha256"] for entry in Entry.objects.filter(action="inventory.imported")]
    assert sorted(imported) == sorted(snapshot.sha256 for snapshot in shown), "one entry for each, no more"
    drafts = organisation_folder(one.pk, "files") / "drafts"
    there = {path.name for path in drafts.iterdir()} if drafts.exists() else set()
    assert there == {draft.pk.hex for draft in Draft.objects.all()}
    for draft in Draft.objects.all():
        for file in draft.files:
            assert (drafts / draft.pk.hex / file["stored"]).read_text() == FILES[file["name"]]
    for path in organisation_folder(one.pk, "results").rglob("*.json"):
        json.loads(path.read_text())


def outcome(part):
    """What the work leaves, whoever did it and however often."""
    told = {"snapshots": sorted(Snapshot.objects.values_list("source__name", "sha256"))}
    told["understood"] = sorted(
        draft.understood["snapshot"]["sha256"] for draft in Draft.objects.all() if draft.understood
    )
    told["drafts"] = Draft.objects.count()
    if part in ("weigh", "reconcile"):
        told["made"] = hashlib.sha256(json.dumps(WORK[part](), sort_keys=True, default=str).encode()).hexdigest()
    return told


def looked_at(folder, part, before, expected, to_the_end):
    """Look at what was left in ``folder``, end the work when asked, and compare; 0 when all is well."""
    with standing(folder):
        look(before)
        if part == "drop":
            assert Draft.objects.count() in (0, len(FILES)), "all the files of a drop, or none"
    if part == "drop" or not to_the_end:
        return 0

    def work():
        WORK[part]("second")
        look(before, over=True)
        assert outcome(part) == expected, (outcome(part), expected)

    return ended(child(folder, work))


def told(folder, ask):
    """What ``ask`` answers in a child standing on ``folder``."""
    reads, writes = os.pipe()
    assert ended(child(folder, lambda: os.write(writes, json.dumps(ask()).encode()))) == 0
    return json.loads(os.read(reads, 60_000))


def main(place, kills, seed):
    """One line per part: its name, children killed, children that had ended before."""
    chance, base = random.Random(seed), place / "drop"  # noqa: S311
    base.mkdir(parents=True)
    with standing(base):
        if not prepared.fill(connections["default"]):
            call_command("migrate", verbosity=0)
        open_organisation("Valmont", User.objects.create_user("a@valmont.example"))
    connections.close_all()
    with standing(Path(shutil.copytree(base, place / "warm"))):
        for part in PARTS:  # vocabulary, factors, templates: read once for all children
            WORK[part]("warm")
    gc.collect()
    gc.freeze()  # children do not copy what they never change
    for part, share in PARTS.items():
        whole = Path(shutil.copytree(base, place / f"{part}-whole"))
        before = told(base, lambda: list(Entry.objects.order_by("number").values_list("digest", flat=True)))
        steps, seconds = steps_of(whole, part)
        expected = told(whole, lambda part=part: outcome(part))
        expected = json.loads(json.dumps(expected), object_hook=_tuples)
        ends = []
        for rank in range(max(1, round(kills * share))):
            trial = Path(shutil.copytree(base, place / f"{part}-{rank}"))
            ends.append(killed(trial, part, chance, steps, seconds))
            assert looked_at(trial, part, before, expected, part == "confirm" or rank % TO_THE_END == 0) == 0, (
                part,
                rank,
                ends[-1],
            )
            shutil.rmtree(trial)
        print(part, ends.count(-9), ends.count(0), steps, flush=True)
        assert set(ends) <= {-9, 0}, ends
        base = whole


def _tuples(found):
    return {key: [tuple(x) if isinstance(x, list) else x for x in value] if isinstance(value, list) else value
            for key, value in found.items()}  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
