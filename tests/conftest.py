"""What every test shares."""

import gc
import os
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# The same examples each time, and no example fails for the moment at which a busy machine came back to it.
settings.register_profile(
    "terreau", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("terreau")


def pytest_collection(session):
    """Each worker first reads its share of the tests: what it rewrites of them, the others find done.

    Else, where nothing is kept of an earlier run, all rewrite the same file at the same moment: 14 s of processor each.
    """
    worker, here = os.environ.get("PYTEST_XDIST_WORKER", ""), Path(__file__).parent
    if not worker or session.config.args_source is not pytest.Config.ArgsSource.TESTPATHS:
        return
    files = sorted(here.rglob("test_*.py"))
    mine = files[int(worker.removeprefix("gw")) :: int(os.environ["PYTEST_XDIST_WORKER_COUNT"])]
    for file in mine:
        with suppress(Exception, pytest.skip.Exception):  # said when the tests themselves are collected
            import_module(".".join(file.relative_to(here.parent).with_suffix("").parts))


def pytest_collection_finish(session):
    """The thousands of tests just read live to the end: the collector of cycles looks at them no more."""
    gc.collect()
    gc.freeze()


def pytest_sessionfinish(session):
    """Looked at again, for the process to end as it would have."""
    gc.unfreeze()


def pytest_make_parametrize_id(val):
    """A text of millions of letters would be the name of its test, sent to every worker and back: its first ones are."""
    return ascii(val[:60])[1:-1] if isinstance(val, str | bytes) and len(val) > 200 else None


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """The tables of the SQLite that the tests share are made as those of a new home (app/prepared.py)."""
    from django.db.backends.signals import connection_created

    from terreau.app import prepared

    def made(connection, **facts):
        if connection.vendor == "sqlite" and connection.is_in_memory_db():
            connection_created.disconnect(made)
            prepared.fill(connection)

    connection_created.connect(made, weak=False)


@pytest.fixture(scope="session", autouse=True)
def journal_can_be_cleaned_between_tests():
    """Tests with real transactions empty every table afterwards; the journal's triggers must let them."""
    from django.db import connection
    from django.test import TransactionTestCase

    original = TransactionTestCase._fixture_teardown

    def teardown(case):
        from terreau.app.journal.locks import lifted

        with lifted(connection):
            original(case)

    TransactionTestCase._fixture_teardown = teardown
    yield
    TransactionTestCase._fixture_teardown = original
