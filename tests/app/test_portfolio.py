"""The services and projects of an organisation."""

import pytest

from terreau.app.journal.models import Entry
from terreau.app.portfolio import door
from terreau.app.portfolio.models import Service

pytestmark = pytest.mark.both_databases

BASE = "/o/valmont/services/"


def test_a_contributor_adds_a_service_with_its_name_only(organisation, contributor_client):
    answer = contributor_client.post(BASE + "nouveau/", {"name": "Portail famille", "stage": "run"})
    assert answer.status_code == 302
    assert [service.name for service in door.services_of(organisation)] == ["Portail famille"]
    assert "Portail famille" in contributor_client.get(BASE).content.decode()
    assert Entry.objects.get().action == "portfolio.added"


def test_two_services_do_not_share_a_name(organisation, contributor_client):
    Service.objects.create(organisation=organisation, name="Budget")
    answer = contributor_client.post(BASE + "nouveau/", {"name": "Budget", "stage": "build", "client": "Finances"})
    page = answer.content.decode()
    assert "Un service porte déjà ce nom." in page and 'value="Finances"' in page


def test_a_change_and_a_removal_are_in_the_journal(organisation, editor_client):
    service = Service.objects.create(organisation=organisation, name="Budget")
    editor_client.post(f"{BASE}{service.pk}/", {"name": "Budget", "stage": "build", "address": "budget.example"})
    service.refresh_from_db()
    assert (service.stage, service.address) == ("build", "https://budget.example")
    editor_client.post(f"{BASE}{service.pk}/retirer/")
    assert not Service.objects.exists()
    assert [entry.action for entry in Entry.objects.order_by("number")] == ["portfolio.changed", "portfolio.removed"]


def test_another_organisation_s_service_is_not_found(other_organisation, owner_client):
    theirs = Service.objects.create(organisation=other_organisation, name="Secret")
    assert owner_client.get(f"{BASE}{theirs.pk}/").status_code == 404
    assert owner_client.post(f"{BASE}{theirs.pk}/retirer/").status_code == 404
    assert Service.objects.filter(pk=theirs.pk).exists()
