"""People and organisations that the tests of the application share.

``organisation`` has an owner, an editor, a contributor, a reader and an auditor; ``stranger`` has an account and no
membership; ``other_organisation`` has an owner of its own, ``outsider``. ``signed_in(person)`` gives a client.
"""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from terreau.app.accounts.models import Membership, Organisation, User

PASSWORD = "une phrase assez longue"


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    """Each test keeps its files in a home of its own."""
    monkeypatch.setenv("TERREAU_HOME", str(tmp_path / "home"))
    cache.clear()
    return tmp_path / "home"


@pytest.fixture
def organisation(db):
    return Organisation.objects.create(slug="valmont", name="Métropole de Valmont", headcount=2400)


@pytest.fixture
def other_organisation(db):
    return Organisation.objects.create(slug="numa", name="Atelier Numa", headcount=45)


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
