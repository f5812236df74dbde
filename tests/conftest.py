"""What every test shares."""

import pytest


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
