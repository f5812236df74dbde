"""Every address, as every kind of visitor: who gets its page, and what the others are told."""

import html
import os
import re
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse
from django.utils import timezone

from terreau.app.accounts.models import Organisation, User
from tests.app.conftest import PASSWORD, member
from tests.app.matrix import MEMBERS, VISITORS, Row, rows

pytestmark = pytest.mark.usefixtures("organisation", "other_organisation", "results_made_once")
TABLE = {row.name: row for row in rows()}
SIGN_IN = "/connexion/"
SLOW = "pages:example"  # makes the organisations of the demonstration


def addresses(resolver=None, space=""):
    """Name (with its namespaces) and pattern of every address of the application."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{space}{entry.name}", str(entry.pattern)
        else:
            yield from addresses(entry, f"{space}{entry.namespace}:" if entry.namespace else space)


def h1_of(response):
    found = re.findall(r"<h1[^>]*>(.*?)</h1>", response.content.decode(), re.S)
    assert len(found) == 1, f"{len(found)} h1"
    return html.unescape(re.sub(r"<[^>]+>|\s+", " ", found[0])).strip().replace("  ", " ")


@pytest.fixture(scope="module")
def everybody(database, django_db_setup, django_db_blocker):
    """Two organisations and every kind of visitor, made once for each database; each test undoes what it does to them."""
    with django_db_blocker.unblock(), transaction.atomic():
        ours = Organisation.objects.create(slug="valmont", name="Métropole de Valmont", headcount=2400)
        theirs = Organisation.objects.create(slug="numa", name="Atelier Numa", headcount=45)
        until = {"auditor": timezone.now() + timedelta(days=30)}
        yield SimpleNamespace(
            organisation=ours,
            other_organisation=theirs,
            stranger=User.objects.create_user("stranger@ailleurs.example", PASSWORD),
            outsider=member(theirs, "owner"),
            host=User.objects.create_user("host@ailleurs.example", PASSWORD, is_host=True),
            **{role: member(ours, role, until.get(role)) for role in MEMBERS},
        )
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def clients(everybody):
    """Each visitor's own, signed in once: ``came(visitor)`` hands it as it was after signing in."""
    made, signed_in = {}, {}
    for visitor in VISITORS:
        made[visitor] = Client()
        if visitor != "signed_out":
            made[visitor].force_login(getattr(everybody, visitor))
        signed_in[visitor] = deepcopy(made[visitor].cookies)

    def came(visitor):
        made[visitor].cookies = deepcopy(signed_in[visitor])
        return made[visitor]

    return came


@pytest.fixture
def world(everybody, clients, db):
    return SimpleNamespace(came=clients, **vars(deepcopy(everybody)))


@pytest.fixture
def organisation(world):
    return world.organisation


@pytest.fixture
def other_organisation(world):
    return world.other_organisation


def made(row, world):
    """What the address shows or changes, and what it needs."""
    row.given(world)
    return row.args(world)


def ask(row, visitor, world, args=None):
    """The address as a string, and the answer this visitor gets; ``args``: what the address needs, made before."""
    client = world.came(visitor)
    args = dict(made(row, world) if args is None else args)
    try:
        address = reverse(row.name, kwargs={"slug": "valmont"} | args)
    except NoReverseMatch:
        address = reverse(row.name, kwargs=args)
    if row.prepare:
        row.prepare(client, world)
    send = client.post if row.method == "POST" else client.get
    return address, send(address + row.query, dict(row.data) if row.method == "POST" else None, follow=row.follow)


def promised(row: Row, visitor: str, address: str) -> int:
    """What the house promises to someone who does not get the answer."""
    if visitor in row.but:
        return row.but[visitor]
    if visitor == "signed_out":
        return 302
    return 403 if visitor in MEMBERS or not address.startswith("/o/") else 404


def answers(row, response):
    if row.goes_to:
        assert (response.status_code, response.url) == (302, row.goes_to)
    elif row.file:
        assert (response.status_code, response.headers["Content-Type"].split(";")[0]) == (row.status, row.file)
        assert response.headers["Content-Disposition"].startswith("attachment")
    else:
        assert (response.status_code, h1_of(response)) == (row.status, row.h1)


def test_every_address_is_in_the_matrix():
    found = dict(addresses())
    assert "None" not in {name.split(":")[-1] for name in found}, "an address without a name"
    assert sorted(set(found) - set(TABLE)) == [], "addresses in no matrix_<room>.py"
    assert sorted(set(TABLE) - set(found)) == [], "rows whose address is gone"
    assert len(TABLE) == len(rows()), "an address with two rows"


def visitors(row, database):
    """Everybody; beside SQLite, one of those it opens to and one of another organisation (`make test-postgres`: everybody)."""
    if database == "postgresql" and os.environ.get("TERREAU_TEST_DATABASE") != "postgres":
        return ("outsider",) if row.name == SLOW else (min(row.opens_to), "outsider")
    return VISITORS


def together(row, visitors):
    """Who shares what is made once: those who only look or are refused; who changes it (a link that serves once, too) comes alone."""
    changed = row.method == "POST" or row.follow
    alone = [one for one in visitors if changed and (one in row.opens_to or one in row.but)]
    return [[one for one in visitors if one not in alone], *([one] for one in alone)]


@contextmanager
def undone():
    """What is done inside to the database is undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.both_databases
@pytest.mark.parametrize("name", TABLE)
def test_an_address_opens_to_those_it_should_and_to_no_one_else(name, world, database, monkeypatch):
    row = TABLE[name]
    if name == SLOW:  # who may make them is asked here; face/test_first_run.py makes them whole
        monkeypatch.setattr("terreau.app.demo.VALMONT", ())
    assert row.opens_to, "an address that nobody may open"
    for some in together(row, visitors(row, database)):
        with undone():
            args = made(row, world)
            for visitor in some:
                with undone():
                    told(row, visitor, *ask(row, visitor, world, args))


def told(row, visitor, address, response):
    """What this visitor gets is what the row, or the house, promises."""
    if visitor in row.opens_to and visitor not in row.but:
        answers(row, response)
    else:
        assert response.status_code == promised(row, visitor, address), f"{visitor} at {address}"
        if visitor == "signed_out" and visitor not in row.but and response.status_code == 302:
            assert response.url.startswith(SIGN_IN), response.url


@pytest.mark.parametrize("name", [name for name, row in TABLE.items() if row.method == "POST"])
def test_what_changes_something_is_not_done_by_reading(name, world):
    row = TABLE[name]
    visitor = "owner" if "owner" in row.opens_to - set(row.but) else min(row.opens_to - set(row.but))
    with undone():
        address, response = ask(replace(row, method="GET", data={}), visitor, world)
        assert response.status_code == 405, address


def test_a_table_with_a_wrong_promise_fails(world):
    """The matrix bites: a page said to be for owners that readers can open is seen."""
    wrong = Row("portfolio:services", frozenset({"owner"}), "Quels services numériques portons-nous ?")
    address, response = ask(wrong, "reader", world)
    assert response.status_code != promised(wrong, "reader", address)
