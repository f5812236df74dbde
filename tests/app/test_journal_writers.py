"""Several processes write at once: nothing is lost, and each organisation keeps one unbroken chain."""

import os
import subprocess
import sys

import pytest
from django.db import connection

WRITERS, CHANGES = 3, 15
PREPARE = """
import os; os.environ["DJANGO_SETTINGS_MODULE"] = "terreau.app.settings"
import django; django.setup()
from terreau.app.accounts.models import Organisation, User
from terreau.app.portfolio.models import Service
from terreau.app.journal import door
from django.db import transaction
"""
FOUND = """
from terreau.app import server; server._prepare()
from terreau.app.accounts.opening import open_organisation
open_organisation("Valmont", User.objects.create_user("a@valmont.example"))
print("ready", flush=True); input()
"""
WRITE = """
import sys
organisation, user = Organisation.objects.get(), User.objects.get()
for number in range({changes}):
    with transaction.atomic():
        service = Service.objects.create(organisation=organisation, name=f"{{sys.argv[1]}}-{{number}}")
        door.record(organisation, user, "portfolio.added", {{"name": service.name}})
"""
READ = """
input()
from terreau.app.journal import heads
organisation = Organisation.objects.get()
found = door.verify(organisation)
print(found.sound, found.entries, Service.objects.count(), len(heads.read(organisation.pk)))
"""


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a database of its own, in a file")
def test_writers_of_several_processes_lose_nothing(tmp_path):
    env = {k: v for k, v in os.environ.items() if not k.startswith(("TERREAU", "DJANGO", "DATABASE"))}

    def start(code, *arguments):
        return subprocess.Popen(
            [sys.executable, "-c", PREPARE + code, *arguments],
            env=env | {"TERREAU_HOME": str(tmp_path)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    writing = WRITE.format(changes=CHANGES)
    waiting = 'print("ready", flush=True); input()\n'
    # The first one founds, writes with the others once all are ready, then reads when all is written.
    first = start(FOUND + writing + READ, "0")
    others = [start(waiting + writing, str(number)) for number in range(1, WRITERS)]
    assert [writer.stdout.readline() for writer in (first, *others)] == ["ready\n"] * WRITERS
    for writer in (first, *others):
        writer.stdin.write("\n")
        writer.stdin.flush()
    assert [writer.communicate(timeout=120)[0] for writer in others] == [""] * len(others)
    total = WRITERS * CHANGES
    told = first.communicate("\n", timeout=120)[0]
    assert told.split() == ["True", str(total + 1), str(total), str(total + 1)], told
