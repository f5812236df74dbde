"""The tables of a new home come from a script; the migrations stay the truth, and older homes go through them."""

import sqlite3
import subprocess
import sys
import time

import pytest
from django.core.management import call_command

from terreau.app import prepared, server
from terreau.app import settings_env as env
from terreau.app.keeping.standing import standing_on
from tests.house.rules import REPO
from tests.postgres import server_url


@pytest.fixture
def on(tmp_path, django_db_blocker):
    """``on(name)``: a home of that name, its database still empty."""

    def standing(name):
        home = tmp_path / name
        home.mkdir(exist_ok=True)
        return standing_on(home, env.sqlite(home / "terreau.sqlite3"))

    with django_db_blocker.unblock():
        yield standing


def test_the_script_is_what_the_migrations_make_and_makes_it_again(on, tmp_path):
    with on("migrated"):
        call_command("migrate", interactive=False, verbosity=0)
    made = prepared.written(tmp_path / "migrated" / "terreau.sqlite3")
    assert prepared.SCRIPT.read_text(encoding="utf-8") == made, "a migration changed: python tools/prepare.py"
    with on("filled") as connection:
        assert prepared.fill(connection)
        assert not prepared.fill(connection), "only an empty base is filled"
        assert server._migrated()
    assert prepared.written(tmp_path / "filled" / "terreau.sqlite3") == made


def test_a_home_made_by_an_older_version_goes_through_the_migrations_once_though_two_start(on, tmp_path):
    with on("older"):
        call_command("migrate", "parc", "0001", interactive=False, verbosity=0)
        call_command("migrate", "accounts", "0001", interactive=False, verbosity=0)
    assert ended(started_twice({"TERREAU_HOME": str(tmp_path / "older"), "DATABASE_URL": ""})) == [(b"", 0)] * 2
    assert {path.name for path in (tmp_path / "older").glob(".*")} <= {".held"}, "the lock leaves nothing behind"
    with on("new"):
        server._prepare()
    older, new = (_tables(tmp_path / name / "terreau.sqlite3") for name in ("older", "new"))
    assert older == new and "pue" in new["accounts_organisation"]


def test_a_script_made_by_other_migrations_is_left_aside(on, tmp_path, monkeypatch):
    stale = tmp_path / "stale.sql"
    stale.write_text("-- made by the migrations 0\nCREATE TABLE nonsense (id);\n", encoding="utf-8")
    monkeypatch.setattr(prepared, "SCRIPT", stale)
    with on("other") as connection:
        assert not prepared.fill(connection) and not connection.introspection.table_names()


def test_two_that_start_at_once_in_a_new_home_both_start(tmp_path):
    assert ended(started_twice({"TERREAU_HOME": str(tmp_path), "DATABASE_URL": ""})) == [(b"", 0)] * 2


@pytest.mark.xdist_group("postgres")
@pytest.mark.postgres
def test_on_a_server_those_that_start_wait_for_the_one_that_prepares(on_postgresql, django_db_blocker, tmp_path):
    waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = %s"
    with on_postgresql() as connection, django_db_blocker.unblock(), connection.cursor() as cursor:
        url = server_url().replace("/postgres?", f"/{connection.settings_dict['NAME']}?")
        with prepared.alone(connection):
            both, end = started_twice({"TERREAU_HOME": str(tmp_path), "DATABASE_URL": url}), time.monotonic() + 180
            while cursor.execute(waiting, [prepared.PREPARING]).fetchone() != (2,):
                assert [one.poll() for one in both] == [None, None] and time.monotonic() < end
                time.sleep(0.05)
        assert ended(both) == [(b"", 0)] * 2


def started_twice(around):
    code = "from terreau.app import server; server._prepare(); assert server._migrated()"
    around |= {"PYTHONPATH": str(REPO / "src")}
    return [subprocess.Popen([sys.executable, "-c", code], env=around, stderr=subprocess.PIPE) for _ in range(2)]


def ended(processes):
    return [(one.communicate()[1], one.returncode) for one in processes]


def _tables(database):
    with sqlite3.connect(database) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        columns = {name: connection.execute(f'PRAGMA table_info("{name}")').fetchall() for name in tables}
    connection.close()
    return {name: {column[1]: column[2:] for column in told} for name, told in columns.items()}
