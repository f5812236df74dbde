"""Who may enter, and what for."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from terreau.app.accounts import access
from terreau.app.accounts.models import Membership

pytestmark = pytest.mark.both_databases

QUESTIONS = {
    access.organisation_readable_by: {"auditor", "reader", "contributor", "editor", "owner"},
    access.organisation_examinable_by: {"reader", "contributor", "editor", "owner"},
    access.organisation_contributable_by: {"contributor", "editor", "owner"},
    access.organisation_editable_by: {"editor", "owner"},
    access.organisation_owned_by: {"owner"},
}


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("role", ["auditor", "reader", "contributor", "editor", "owner"])
def test_each_role_may_do_what_it_says(question, role, organisation, request):
    person = request.getfixturevalue(role)
    if role in QUESTIONS[question]:
        assert question(person, "valmont") == organisation
    else:
        refusal = Http404 if question is access.organisation_examinable_by else PermissionDenied
        with pytest.raises(refusal):
            question(person, "valmont")


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_organisation_is_invisible_to_those_outside(question, organisation, stranger, outsider):
    for person in (stranger, outsider, AnonymousUser()):
        with pytest.raises(Http404):
            question(person, "valmont")


def test_an_auditor_whose_time_is_over_sees_nothing(organisation, auditor):
    Membership.objects.filter(user=auditor).update(until=timezone.now() - timedelta(minutes=1))
    with pytest.raises(Http404):
        access.organisation_readable_by(auditor, "valmont")
    assert not access.organisations_visible_to(auditor).exists()


def test_a_page_reads_once_who_comes_and_in_which_role(organisation, owner_client):
    with CaptureQueriesContext(connection) as asked:
        page = owner_client.get("/o/valmont/services/nouveau/").content.decode()
    assert "Métropole de Valmont" in page
    assert len([one["sql"] for one in asked if "accounts_membership" in one["sql"]]) == 1


def test_a_name_that_is_refused_is_not_said_around_the_page(organisation, owner_client):
    refused = owner_client.post("/o/valmont/reglages/organisation/", {"name": "Zorglub", "headcount": "beaucoup"})
    page = refused.content.decode()
    assert refused.status_code == 200
    assert (page.count("Zorglub"), page.count("Métropole de Valmont")) == (
        1,
        2,
    )  # in its field; above it and in the title
