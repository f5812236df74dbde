"""What an administrator may set, and what it becomes."""

import re
from pathlib import Path

import pytest
from django.db import connection

from terreau.app import settings_env as env

pytestmark = pytest.mark.both_databases


@pytest.fixture
def setting(monkeypatch):
    for name in ("TERREAU_URL", "TERREAU_HOSTS", "DATABASE_URL", "TERREAU_MAIL_URL"):
        monkeypatch.delenv(name, raising=False)
    return lambda **values: [monkeypatch.setenv(name, value) for name, value in values.items()]


def test_without_any_setting_only_this_machine_is_answered(setting):
    assert env.hosts() == ["localhost", "127.0.0.1", "[::1]"]
    assert not env.https()


def test_the_public_address_gives_the_host_the_origin_and_https(setting):
    setting(TERREAU_URL="https://terreau.example.org/", TERREAU_HOSTS="intra, *")
    assert env.hosts() == ["localhost", "127.0.0.1", "[::1]", "terreau.example.org", "intra"]
    assert env.origins() == ["https://terreau.example.org"]
    assert env.https()


def test_postgresql_is_read_from_an_address(setting):
    setting(DATABASE_URL="postgresql://ter%40reau:p%2Fss@db.example:5433/terreau?sslmode=require")
    read = env.database(Path("/x"))
    assert (read["USER"], read["PASSWORD"], read["HOST"], read["PORT"]) == ("ter@reau", "p/ss", "db.example", "5433")
    assert (read["NAME"], read["OPTIONS"]) == ("terreau", {"sslmode": "require"})


def test_postgresql_may_listen_on_a_socket(setting):
    setting(DATABASE_URL="postgresql://postgres:@/terreau?host=/run/postgresql")
    read = env.database(Path("/x"))
    assert (read["HOST"], read["NAME"], read["OPTIONS"]) == ("/run/postgresql", "terreau", {})


def test_an_unknown_database_or_number_stops_with_its_name(setting):
    setting(DATABASE_URL="mysql://a/b", TERREAU_UPLOAD_MAX_MB="dix")
    with pytest.raises(SystemExit, match="DATABASE_URL"):
        env.database(Path("/x"))
    with pytest.raises(SystemExit, match="TERREAU_UPLOAD_MAX_MB"):
        env.number("TERREAU_UPLOAD_MAX_MB", 1)


def test_mail_is_optional(setting):
    assert not env.mail_works() and "dummy" in env.mail()["EMAIL_BACKEND"]
    setting(TERREAU_MAIL_URL="smtp://u%40x:s@mail.example:587?tls=1&from=terreau@example.org")
    read = env.mail()
    assert (read["EMAIL_HOST"], read["EMAIL_PORT"], read["EMAIL_HOST_USER"]) == ("mail.example", 587, "u@x")
    assert read["EMAIL_USE_TLS"] and not read["EMAIL_USE_SSL"] and read["DEFAULT_FROM_EMAIL"] == "terreau@example.org"


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite only")
def test_sqlite_is_opened_as_measured(tmp_path):
    import sqlite3

    asked = env.sqlite(tmp_path / "t.sqlite3")
    assert asked["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    opened = sqlite3.connect(tmp_path / "t.sqlite3")
    opened.executescript(asked["OPTIONS"]["init_command"])
    assert opened.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert opened.execute("PRAGMA foreign_keys").fetchone() == (1,)


def test_the_database_is_the_one_asked(database):
    assert connection.vendor == database


def test_every_variable_is_documented_and_no_other():
    repo = Path(__file__).resolve().parents[2]
    page = (repo / "docs/reference/variables.md").read_text(encoding="utf-8").partition("## Pour les essais")[0]
    said = set(re.findall(r"^\| `([A-Z_]+)`", page, re.M))
    source = "".join(
        (repo / "src/terreau/app" / name).read_text(encoding="utf-8") for name in ("settings.py", "settings_env.py")
    )
    read = set(re.findall(r'"(TERREAU_[A-Z_]+|DATABASE_URL)"', source)) - {"TERREAU_DEMO_PASSWORD"}
    assert said == read | {"TERREAU_HOME"}
