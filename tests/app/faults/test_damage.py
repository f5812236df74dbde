"""A snapshot, a result or the database damaged on the disk: said in words, the rest works, and there is a way back."""

import shutil
import sqlite3

import pytest
from django.db import DatabaseError, OperationalError, ProgrammingError
from django.urls import reverse

from terreau.app.inventory import arrivals
from terreau.app.inventory.models import Snapshot
from terreau.app.results import PARTS, folder
from terreau.cli import main
from tests.app.parc.dropping import SMALL, confirm, drop_text, text_of

pytestmark = pytest.mark.django_db


def bit_flipped(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 4
    path.write_bytes(content)


def cut(path):
    path.write_bytes(path.read_bytes()[:-200])


def gone(path):
    path.unlink()


@pytest.fixture(scope="module")
def made_by_the_first(tmp_path_factory):
    """What the imports of the first test had computed, for the next ones: each spoils a copy of its own."""
    return tmp_path_factory.mktemp("made") / "results"


@pytest.fixture
def two_sources(editor_client, organisation, made_by_the_first):
    if made_by_the_first.exists():
        shutil.copytree(made_by_the_first, folder(organisation), dirs_exist_ok=True)
    for name, text in (("GLPI", SMALL), ("Intune", SMALL.replace(";3;", ";5;"))):
        drop_text(editor_client, text, name=name)
        confirm(editor_client)
    if not made_by_the_first.exists():
        shutil.copytree(folder(organisation), made_by_the_first)
    return Snapshot.objects.get(source__name="GLPI")


def page(client, name, *more):
    return client.get(reverse(name, args=["valmont", *more]), follow=True)


@pytest.mark.parametrize("damage", [bit_flipped, cut, gone])
def test_a_damaged_snapshot_is_named_the_rest_works_and_importing_again_mends_it(
    editor_client, organisation, two_sources, damage
):
    path = arrivals.path_of(two_sources)
    damage(path)
    for name in ("parc:fleet", "empreinte:home"):
        said = page(editor_client, name)
        assert said.status_code == 503 and "« GLPI »" in text_of(said) and "Importez de nouveau" in text_of(said)
    assert page(editor_client, "parc:snapshots").status_code == 200
    drop_text(editor_client, SMALL, source=str(two_sources.source_id))
    confirm(editor_client)
    assert page(editor_client, "parc:fleet").status_code == 200
    assert Snapshot.objects.count() == 2, "the same content is the same snapshot"


@pytest.mark.parametrize("damage", [bit_flipped, cut])
def test_the_shell_says_a_damaged_snapshot_too(two_sources, damage, capsys):
    path = arrivals.path_of(two_sources)
    damage(path)
    assert main(["footprint", str(path)]) == 2
    said = capsys.readouterr().err
    assert "ne correspond plus à son empreinte" in said and "Remède" in said


def test_a_snapshot_without_its_papers_is_refused_in_the_shell(two_sources, capsys):
    path = arrivals.path_of(two_sources)
    path.with_suffix(".json").write_text('{"sha256": ')
    assert main(["footprint", str(path)]) == 2
    assert "manifeste" in capsys.readouterr().err


def test_spoiled_results_are_made_again(editor_client, organisation, two_sources):
    first = {name: text_of(page(editor_client, name)) for name in ("parc:fleet", "empreinte:home", "parc:reconcile")}
    kept = {path: path.read_bytes() for path in folder(organisation).rglob("*") if path.is_file()}
    spoiled = {path: content for path, content in kept.items() if path.suffix in (".json", PARTS)}
    for path, content in spoiled.items():
        path.write_bytes(content[:-7])
    for name, before in first.items():
        assert text_of(page(editor_client, name)) == before
    assert sum(path.read_bytes() == content for path, content in spoiled.items()) >= 3


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (OperationalError("database or disk is full"), "plein"),
        (OperationalError("disk I/O error"), "abîmée"),
        (DatabaseError("database disk image is malformed"), "abîmée"),
        (DatabaseError("file is not a database"), "abîmée"),
        (OperationalError("database is locked"), "ne répond pas"),
        (OperationalError('connection failed: FATAL: database "x" does not exist'), "ne répond pas"),
        (OperationalError("no such column: accounts_organisation.pue"), "terreau prepare"),
        (ProgrammingError("column accounts_organisation.pue does not exist\nLINE 1"), "terreau prepare"),
        (OSError(28, "No space left on device"), "Plus de place"),
    ],
)
@pytest.mark.parametrize("where", ["view", "session"])
def test_what_the_machine_refuses_is_said_with_503_wherever_it_does(editor_client, monkeypatch, trouble, words, where):
    def refused(*given, **more):
        raise trouble

    place = {
        "view": "terreau.app.inventory.arrivals.current",
        "session": "django.contrib.sessions.backends.db.SessionStore._get_session_from_db",
    }[where]
    monkeypatch.setattr(place, refused)
    editor_client.raise_request_exception = False
    said = editor_client.get(reverse("parc:fleet", args=["valmont"]))
    assert said.status_code == 503 and words in text_of(said) and "Que faire" in text_of(said)


def test_a_corrupt_database_file_is_said_in_the_shell(tmp_path, monkeypatch, capsys):
    """The true file, truly spoiled: what sqlite says of it reaches the person as words."""
    from terreau.app.security.machine import refusal_of_the_database

    path = tmp_path / "spoiled.sqlite3"
    with sqlite3.connect(path) as con:
        con.execute(
            "CREATE TABLE t AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n LIMIT 9000) SELECT i, hex(i) AS h FROM n"
        )
    con.close()
    content = bytearray(path.read_bytes())
    content[4096:] = bytes(len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(sqlite3.DatabaseError) as caught:
        sqlite3.connect(path).execute("SELECT sum(i), max(h) FROM t").fetchall()
    assert refusal_of_the_database(DatabaseError(str(caught.value))).code == "app.database_broken"
    path.write_bytes(b"no database at all, " * 500)
    with pytest.raises(sqlite3.DatabaseError) as caught:
        sqlite3.connect(path).execute("SELECT 1 FROM t").fetchall()
    assert refusal_of_the_database(DatabaseError(str(caught.value))).code == "app.database_broken"
