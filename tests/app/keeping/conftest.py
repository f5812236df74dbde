"""Instances of their own for keeping: a home and a real database, copied for each test from one made once."""

import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, connections

from terreau.app import prepared
from terreau.app import settings_env as env
from terreau.app.keeping.standing import standing_on
from tests.app.keeping.world import populate
from tests.postgres import drop_database, new_database

ON_THE_SERVER = [pytest.mark.postgres, pytest.mark.xdist_group("postgres")]  # one worker makes what they share
KINDS = ["sqlite", pytest.param("postgresql", marks=ON_THE_SERVER)]


def pytest_collection_modifyitems(items):
    """These tests choose their database themselves: the second run of the suite has nothing to add."""
    for item in items:
        if "tests/app/keeping" in str(item.path).replace("\\", "/") and connection.vendor != "sqlite":
            item.add_marker(pytest.mark.skip(reason="chooses its database itself"))


@pytest.fixture(scope="session")
def made(tmp_path_factory, request, django_db_blocker):
    """``made(kind)``: home and database (an address, for a server) of the instance that each test copies."""
    known = {}

    def make(kind):
        if kind not in known:
            home = tmp_path_factory.mktemp("made") / kind
            home.mkdir()
            on_server = kind == "postgresql"
            url = new_database(template=request.getfixturevalue("postgresql_migrated")) if on_server else ""
            with django_db_blocker.unblock(), _on(home, url):
                if not on_server and not prepared.fill(connections["default"]):
                    call_command("migrate", verbosity=0)
                populate()
            known[kind] = home, url
        return known[kind]

    yield make
    for _home, url in known.values():
        if url:
            drop_database(url)


@contextmanager
def _on(home, url):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", url)
        database = env.database(home)
        with standing_on(home, database):
            yield


@pytest.fixture
def instance(made, tmp_path, monkeypatch, django_db_blocker):
    """``instance(kind)``: stand on a copy of the instance; ``instance.at(home, kind)``: on another one."""
    made_here = []

    class Instances:
        @contextmanager
        def __call__(self, kind="sqlite"):
            template, url = made(kind)
            home = tmp_path / f"instance-{kind}"
            shutil.copytree(template, home)
            copy = self.server(template=url) if url else ""
            with self.at(home, copy):
                yield home

        @contextmanager
        def at(self, home: Path, url=""):
            home.mkdir(exist_ok=True)
            monkeypatch.setenv("DATABASE_URL", url)
            with django_db_blocker.unblock(), _on(home, url):
                yield home

        def server(self, template=""):
            made_here.append(new_database(template))
            return made_here[-1]

    monkeypatch.setenv("DATABASE_URL", "")
    yield Instances()
    for url in made_here:
        drop_database(url)
