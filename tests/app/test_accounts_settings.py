"""Settings of an organisation: what it is, how long devices are kept, who may enter."""

from datetime import timedelta

import pytest
from django.utils import timezone

from terreau.app.accounts.models import Membership
from terreau.app.journal.models import Entry
from terreau.app.journal.words import sentence

pytestmark = pytest.mark.both_databases

SETTINGS = "/o/valmont/reglages/"


def last_entry():
    return Entry.objects.order_by("-number").first()


@pytest.mark.parametrize("typed, kept", [("Belgique", "BEL"), ("Germany", "DEU"), ("CAN", "CAN")])
def test_the_country_is_understood_in_both_languages(organisation, owner_client, typed, kept):
    answer = owner_client.post(SETTINGS + "organisation/", {"name": "Valmont", "headcount": "2500", "zone": typed})
    assert answer.status_code == 302
    organisation.refresh_from_db()
    assert (organisation.name, organisation.headcount, organisation.zone) == ("Valmont", 2500, kept)
    assert last_entry().action == "accounts.organisation_changed"


def test_an_unknown_country_is_said_and_nothing_typed_is_lost(organisation, owner_client):
    page = owner_client.post(SETTINGS + "organisation/", {"name": "Valmont", "zone": "Syldavie"}).content.decode()
    assert "Syldavie" in page and 'href="#id_zone"' in page
    organisation.refresh_from_db()
    assert organisation.name == "Métropole de Valmont"


@pytest.mark.parametrize(
    "typed, kept", [("1,42", "1.420"), ("1.42", "1.420"), ("", "None"), ("0,9", "None"), ("5,1", "None")]
)
def test_the_measured_pue_is_written_as_people_write_it_and_stays_within_reason(
    organisation, owner_client, typed, kept
):
    page = owner_client.post(SETTINGS + "organisation/", {"name": "Valmont", "zone": "France", "pue": typed})
    organisation.refresh_from_db()
    assert str(organisation.pue) == kept
    if kept != "None":
        assert "1,42" in owner_client.get(SETTINGS).content.decode()
        assert last_entry().facts["pue"] == 1.42
        assert "PUE mesuré" in sentence(last_entry().action, last_entry().facts)
    elif typed:
        assert 'href="#id_pue"' in page.content.decode()


def test_a_lifespan_is_decided_changed_and_given_back_to_the_sources(organisation, editor_client):
    def decide(years):
        editor_client.post(SETTINGS + "durees-de-vie/", {"category": "laptop", "years": years})
        organisation.refresh_from_db()
        return organisation.lifespans

    assert decide("7") == {"laptop": 7.0}
    assert "Ordinateur portable" in editor_client.get(SETTINGS).content.decode()
    assert decide("7.5") == {"laptop": 7.5}
    assert decide("100") == {"laptop": 7.5}
    assert decide("") == {}
    assert Entry.objects.count() == 3


def test_the_same_lifespan_again_writes_nothing(organisation, editor_client):
    for _ in range(2):
        editor_client.post(SETTINGS + "durees-de-vie/", {"category": "laptop", "years": "7"})
    assert Entry.objects.count() == 1


def test_a_role_is_changed_and_read_in_the_journal_in_words(organisation, owner_client, reader):
    pk = reader.memberships.get().pk
    owner_client.post(f"{SETTINGS}personnes/{pk}/", {"role": "editor"})
    assert reader.memberships.get().role == "editor"
    entry = last_entry()
    assert sentence(entry.action, entry.facts) == "Rôle de reader@valmont.example : Lecteur devient Éditeur"


def test_an_auditor_needs_an_end_whose_day_is_included(organisation, owner_client, reader):
    pk = reader.memberships.get().pk
    refused = owner_client.post(f"{SETTINGS}personnes/{pk}/", {"role": "auditor"}).content.decode()
    assert "doit avoir une fin" in refused
    day = timezone.localdate()
    owner_client.post(f"{SETTINGS}personnes/{pk}/", {"role": "auditor", "until": day.isoformat()})
    until = reader.memberships.get().until
    assert timezone.localtime(until).date() == day + timedelta(days=1)
    assert f'value="{day.isoformat()}"' in owner_client.get(f"{SETTINGS}personnes/{pk}/").content.decode()
    past = owner_client.post(f"{SETTINGS}personnes/{pk}/", {"role": "reader", "until": "2020-01-01"}).content.decode()
    assert "Cette date est passée." in past


def test_an_organisation_keeps_an_owner(organisation, owner, owner_client):
    pk = owner.memberships.get().pk
    assert "plus de responsable" in owner_client.post(f"{SETTINGS}personnes/{pk}/", {"role": "reader"}).content.decode()
    assert owner_client.post(f"{SETTINGS}personnes/{pk}/retirer/").status_code == 400
    assert Membership.objects.get(user=owner).role == "owner"
    assert not Entry.objects.exists()


def test_a_person_removed_enters_no_more(organisation, owner_client, reader, reader_client):
    assert reader_client.get(SETTINGS).status_code == 200
    owner_client.post(f"{SETTINGS}personnes/{reader.memberships.get().pk}/retirer/")
    assert reader_client.get(SETTINGS).status_code == 404


def test_members_of_others_are_out_of_reach(organisation, owner_client, outsider):
    pk = outsider.memberships.get().pk
    assert owner_client.get(f"{SETTINGS}personnes/{pk}/").status_code == 404
    assert owner_client.post(f"{SETTINGS}personnes/{pk}/retirer/").status_code == 404
    assert outsider.memberships.exists()


def test_english_is_one_button_away_and_remembered(organisation, reader_client):
    reader_client.post("/langue/", {"language": "en", "next": SETTINGS})
    page = reader_client.get(SETTINGS).content.decode()
    assert "<h1>Settings</h1>" in page and 'lang="en"' in page and ">Français</button>" in page
