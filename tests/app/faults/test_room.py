"""A disk that is full, a file that changes while it is read: said in words, nothing half-written, nothing lost."""

import os
import subprocess
import sys

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from terreau.app import results
from terreau.app.inventory import arrivals
from terreau.app.inventory.models import Draft, Snapshot
from terreau.app.journal.models import Entry
from terreau.kernel.errors import TerreauError
from terreau.tables import csv_reading
from tests.app.parc.dropping import GLPI, SMALL, confirm, drop_text, text_of
from tests.house.rules import REPO
from tests.tables.reading_room import opened

posix = pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
FULL = """
import resource, signal, sys
from pathlib import Path
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
sys.dont_write_bytecode = True  # Python keeps what it compiles of a module even cut short: all would fail after this one
from terreau.cli import main
home, file, cut = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
main(["footprint", file, "--json", "--out", str(home / "whole")])
resource.setrlimit(resource.RLIMIT_FSIZE, (cut, cut))
sys.stdout = open("/dev/null", "w")
for lang, words in (("fr", ["footprint", file, "--out", str(home / "out"), "--detail", str(home / "d.parquet")]),
                    ("en", ["footprint", file, "--out", str(home / "out2")]),
                    ("fr", ["inventory", "reconcile", file, file, "--out", str(home / "lists")])):
    print(main([*words, "--lang", lang]), file=sys.stderr)
"""


@posix
@pytest.mark.parametrize("cut", [0, 3000])
def test_commands_on_a_full_disk_say_so_and_leave_nothing(tmp_path, cut):
    env = {**os.environ, "PYTHONPATH": str(REPO / "src"), "TMPDIR": str(tmp_path)}
    made = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path), str(GLPI), str(cut)],
        env=env, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    said = made.stderr
    assert made.returncode == 0 and "Traceback" not in said and "notre fait" not in said, said
    assert said.count("Plus de place") == 2 and said.count("No room left") == 1 and "Remedy" in said, said
    assert said.split("\n").count("2") == 3
    left = [path for path in tmp_path.rglob("*") if path.is_file() and path.parent.name != "whole"]
    assert left == [] and len(list((tmp_path / "whole").iterdir())) == 5


@posix
@pytest.mark.django_db
def test_an_upload_or_an_import_on_a_full_disk_keeps_nothing_and_loses_nothing(
    editor_client, organisation, monkeypatch
):
    def full(*given, **more):
        raise OSError(28, "No space left on device", "/srv/terreau/01.csv")

    drop_text(editor_client, SMALL, name="Avant")
    confirm(editor_client)
    entries = Entry.objects.count()
    with monkeypatch.context() as patch:
        patch.setattr(arrivals, "store", full)
        editor_client.raise_request_exception = False
        sent = {"files": [SimpleUploadedFile("parc.csv", SMALL.encode())], "source": "new", "name": "Après",
                "perimeter": "", "taken_on": "2026-09-30"}  # fmt: skip
        said = editor_client.post(reverse("parc:arrival", args=["valmont"]), sent)
        assert said.status_code == 503 and "Plus de place" in text_of(said)
    assert (Draft.objects.count(), Snapshot.objects.count(), Entry.objects.count()) == (0, 1, entries)
    drafts = arrivals.organisation_folder(organisation.pk, "files") / "drafts"
    assert not drafts.exists() or not list(drafts.iterdir())
    drop_text(editor_client, SMALL.replace(";3;", ";5;"), name="Après")
    with monkeypatch.context() as patch:
        patch.setattr(arrivals, "_move", full)
        assert "plein" in text_of(confirm(editor_client))
    confirm(editor_client)
    assert Snapshot.objects.count() == 2, "room was made: the import was still there"


@pytest.mark.django_db
def test_a_figure_that_had_no_room_is_made_as_soon_as_there_is_some(editor_client, organisation, monkeypatch):
    def full(*given, **more):
        raise OSError(28, "No space left on device", "/srv/terreau/result.json")

    drop_text(editor_client, SMALL, name="GLPI")
    confirm(editor_client)
    shown = reverse("empreinte:home", args=["valmont"])
    with monkeypatch.context() as patch:
        patch.setattr(results, "_write", full)
        said = editor_client.get(shown, follow=True)
        assert said.status_code == 503 and "disque de la machine est plein" in text_of(said)
    said = editor_client.get(shown, follow=True)
    assert said.status_code == 200 and "par an" in text_of(said), "room was made: no need to wait"


@pytest.mark.parametrize("change", ["longer", "replaced", "gone"])
def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path, monkeypatch, change):
    path, patient = tmp_path / "parc.csv", csv_reading.shape_of
    path.write_text(SMALL)

    def meanwhile(*given, **more):
        if change == "gone":
            path.unlink()
        elif change == "longer":
            path.write_text(SMALL + "Écran;P2419H;1;;En service\n")
        else:
            (tmp_path / "new.csv").write_text(SMALL.replace("Latitude", "Altitude"))
            (tmp_path / "new.csv").replace(path)
        return patient(*given, **more)

    monkeypatch.setattr(csv_reading, "shape_of", meanwhile)
    with pytest.raises(TerreauError, match="changed_while_read") as caught, opened(path):
        pass
    assert "parc.csv" in caught.value.words("fr").what and caught.value.words("en").remedy
