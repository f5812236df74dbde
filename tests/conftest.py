"""What every test shares."""

import gc

import pytest


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
