"""Two processes answer the same criteria at once: each answer is written by one of them, the other is told."""

import os
import subprocess
import sys
import threading

import pytest
from django.db import connection

CRITERIA = 8
PREPARE = """
import os, sys; os.environ["DJANGO_SETTINGS_MODULE"] = "terreau.app.settings"
import django; django.setup()
from datetime import date
from terreau.app.accounts.models import Organisation, User
from terreau.app.diagnosis import answering
from terreau.app.diagnosis.models import Answer, AnswerChange, Assessment
from terreau.app.journal import door as journal
"""
FOUND = """
from terreau.app import server; server._prepare()
from terreau.app.accounts.opening import open_organisation
open_organisation("Valmont", User.objects.create_user("a@valmont.example"))
Assessment.objects.create(organisation=Organisation.objects.get(), referential="g", version="1", digest="d", title="t",
                          period_start=date(2025, 1, 1), period_end=date(2025, 12, 31))
"""
WRITE = """
print("ready", flush=True); sys.stdin.readline()
assessment, user = Assessment.objects.select_related("organisation").get(), User.objects.get()
writer = answering.Writer(label=sys.argv[1], user=user, edits=True)
kept = 0
for number in range({criteria}):
    try:
        answering.change(assessment, f"g:{{number}}", writer, {{"text": sys.argv[1]}}, revision=0)
        kept += 1
    except answering.ChangedMeanwhile as meanwhile:
        assert meanwhile.answer.text != sys.argv[1]
print(kept, flush=True)
"""
READ = """
sys.stdin.readline()
print(Answer.objects.filter(revision=1).count(), AnswerChange.objects.count(), journal.verify(Organisation.objects.get()).sound)
"""


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a database of its own, in a file")
def test_of_two_first_answers_at_once_one_is_written_and_the_other_told(tmp_path):
    env = {k: v for k, v in os.environ.items() if not k.startswith(("TERREAU", "DJANGO", "DATABASE"))}
    write = WRITE.format(criteria=CRITERIA)

    def start(code, name):
        return subprocess.Popen(
            [sys.executable, "-c", PREPARE + code, name], env=env | {"TERREAU_HOME": str(tmp_path)},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip

    # The first makes the home, and tells at the end what both have left there; they begin to write together.
    writers = first, other = start(FOUND + write + READ, "une"), start(write, "autre")
    late = threading.Timer(120, lambda: [writer.kill() for writer in writers])
    late.start()
    for writer in writers:
        assert (said := writer.stdout.readline()) == "ready\n", said + writer.communicate(timeout=120)[0]
    for writer in writers:
        writer.stdin.write("\n")
        writer.stdin.flush()
    kept = [writer.stdout.readline() for writer in writers]
    assert sum(map(int, kept)) == CRITERIA, kept
    late.cancel()
    assert other.wait(timeout=120) == 0
    assert first.communicate("\n", timeout=120)[0].split() == [str(CRITERIA), str(CRITERIA), "True"]
