"""What several rooms ask for one page is read once while that page is made, and anew for the next."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from terreau.app.plan import door as plan
from terreau.app.plan.models import Commitment
from terreau.app.reading_once import reading_once


@pytest.fixture
def promised(organisation):
    def promise(statement):
        return Commitment.objects.create(
            organisation=organisation,
            statement=statement,
            start="2026-01-01",
            due="2030-01-01",
            adopted_on="2026-01-01",
        )

    return promise


def asked(queries, table):
    return sum(f'FROM "{table}"' in one["sql"] for one in queries.captured_queries)


def test_inside_it_is_read_once_and_outside_each_time(organisation, promised):
    promised("Garder les portables six ans")
    with reading_once():
        before = plan.judged(organisation)
        promised("Former les agents")
        assert plan.judged(organisation) is before
    assert len(plan.judged(organisation)) == 2
    with reading_once():
        assert len(plan.judged(organisation)) == 2, "what a page read ends with it"


def test_what_one_organisation_has_is_not_told_of_another(organisation, other_organisation, promised):
    promised("Garder les portables six ans")
    with reading_once():
        assert [len(plan.judged(one)) for one in (organisation, other_organisation)] == [1, 0]


def test_the_first_page_reads_the_plan_once(owner_client, promised):
    promised("Garder les portables six ans")
    with CaptureQueriesContext(connection) as queries:
        assert owner_client.get("/o/valmont/").status_code == 200
    assert asked(queries, "plan_commitment") == 1
