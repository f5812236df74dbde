"""Starting: terreau serve and terreau demo as real processes, and what their functions refuse."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager

import pytest

from terreau.app import server
from terreau.app.journal import door
from terreau.kernel.errors import TerreauError


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]


@contextmanager
def started(call, home):
    """The process, once it answers, and what it printed until then."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("TERREAU", "DJANGO", "DATABASE"))}
    code = f"from terreau.app import server; server.{call}"
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        env=env | {"TERREAU_HOME": str(home), "PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )
    said = []
    try:
        for line in process.stdout:
            said.append(line)
            if "Ctrl+C" in line:
                break
        yield process, "".join(said)
    finally:
        process.terminate()
        assert process.wait(timeout=120) in {0, -15}, process.stdout.read()
        process.stdout.close()


def page(address):
    with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310
        return answer.url, answer.read().decode(), answer.headers


def test_serve_prints_a_code_answers_and_stops(tmp_path):
    port = free_port()
    before = time.monotonic()
    with started(f"serve(port={port})", tmp_path) as (_process, said):
        where, shown, headers = page(f"http://127.0.0.1:{port}/")
        assert where.endswith("/premiere-connexion/") and "Première connexion" in shown
        assert re.search(r": [A-Z2-9]{4}(-[A-Z2-9]{4}){3}\n", said)
        assert "waitress" not in str(headers).lower()
        style = page(f"http://127.0.0.1:{port}/static/terreau.css")
        assert "text/css" in style[2]["Content-Type"]
    assert (tmp_path / "terreau.sqlite3").exists()
    assert time.monotonic() - before < 60


def test_the_demonstration_is_never_open_to_the_network():
    with pytest.raises(TerreauError, match="demo_is_local"):
        server.demo(host="0.0.0.0")


def test_a_busy_port_is_said_at_once():
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(TerreauError, match="port_taken"):
        server.serve(port=taken.getsockname()[1])


def test_the_sign_in_of_the_demonstration_is_filled_in(db, client, settings):
    assert 'type="password" name="password" value' not in client.get("/connexion/").content.decode()
    settings.DEMO, settings.DEMO_PASSWORD = True, "mot-de-passe-du-moment"
    shown = client.get("/connexion/").content.decode()
    assert 'value="exemple@terreau.example"' in shown and 'value="mot-de-passe-du-moment"' in shown


@pytest.mark.django_db(transaction=True)
def test_verify_says_sound_then_broken(organisation, owner, capsys):
    from django.db import connection, transaction

    from terreau.app.journal.locks import lifted

    with transaction.atomic():
        door.record(organisation, owner, "portfolio.added", {"name": "Budget"})
    assert server.journal_verify() == 0
    assert "Métropole de Valmont : 1 entrées, chaîne vérifiée" in capsys.readouterr().out
    with lifted(connection), connection.cursor() as cursor:
        cursor.execute("UPDATE journal_entry SET actor_label = 'personne'")
    assert server.journal_verify("en") == 2
    assert "THE CHAIN IS BROKEN" in capsys.readouterr().out


@pytest.mark.django_db
def test_a_base_that_lacks_a_migration_is_migrated_and_no_other():
    from django.db.migrations.recorder import MigrationRecorder

    from terreau.app import server

    assert server._migrated()
    MigrationRecorder.Migration.objects.filter(app="parc").latest("applied").delete()
    assert not server._migrated()
