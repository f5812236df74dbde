"""Entering: the first owner's code, invitations."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from terreau.app.accounts import joining, opening, views_joining
from terreau.app.accounts.models import Invitation, Membership, Organisation, User
from terreau.app.journal.models import Entry
from terreau.kernel.errors import TerreauError

pytestmark = pytest.mark.both_databases

PASSWORD = "une phrase assez longue"
NEW = {"email": "Nouvelle@valmont.example", "password": PASSWORD, "again": PASSWORD}
FIRST = NEW | {"organisation": "Commune de Sauge"}


def link(organisation, owner, role="reader", **more):
    return "/invitation/" + joining.invite(organisation, owner, role, **more)[1] + "/"


def code_of(act):
    with pytest.raises(TerreauError) as refused:
        act()
    return refused.value.code


def test_the_code_of_the_console_makes_the_first_owner_once(db, client, django_capture_on_commit_callbacks):
    code = opening.new_first_code()
    assert client.get("/").url == "/premiere-connexion/"
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/premiere-connexion/", FIRST | {"code": code.lower()})
    assert answer.url == "/o/commune-de-sauge/"
    owner = Membership.objects.get()
    assert (owner.role, owner.user.email, owner.user.is_host) == ("owner", "nouvelle@valmont.example", True)
    assert client.get("/premiere-connexion/").url == "/"
    assert code_of(lambda: opening.first_owner(code, organisation="x", email="b@x.example", password=PASSWORD))


@pytest.mark.parametrize("code", ["", "AAAA-BBBB-CCCC-DDDD"])
def test_another_code_makes_nothing_and_loses_nothing_typed(db, client, code):
    opening.new_first_code()
    answer = client.post("/premiere-connexion/", FIRST | {"code": code})
    assert answer.status_code == 200 and 'value="Commune de Sauge"' in answer.content.decode()
    assert not User.objects.exists() and not Organisation.objects.exists()


def test_a_new_code_voids_the_one_before(db):
    old = opening.new_first_code()
    opening.new_first_code()
    refused = code_of(lambda: opening.first_owner(old, organisation="x", email="a@x.example", password=PASSWORD))
    assert refused == "app.first_code_refused"


def test_the_token_is_shown_once_and_kept_as_a_hash(organisation, owner_client):
    page = owner_client.post("/o/valmont/reglages/personnes/inviter/", {"role": "reader"}).content.decode()
    token = page.split("/invitation/")[1].split("/")[0]
    made = Invitation.objects.get()
    assert made.token_hash == joining.hash_of(token) and token not in str(made.__dict__)
    assert token not in owner_client.get("/o/valmont/reglages/personnes/").content.decode()


def test_reading_the_link_consumes_nothing_a_post_makes_the_account(organisation, owner):
    address = link(organisation, owner, "contributor")
    client = Client()
    for _ in range(2):
        assert "Rejoindre « Métropole de Valmont »" in client.get(address).content.decode()
    assert Invitation.objects.get().used_on is None
    assert client.post(address, NEW).url == "/o/valmont/"
    assert Membership.objects.get(user__email="nouvelle@valmont.example").role == "contributor"
    assert Client().get(address).status_code == 400
    assert Entry.objects.order_by("-number").first().action == "accounts.joined"


def test_the_page_of_an_invitation_tells_no_referrer_and_no_index_even_when_it_is_gone(organisation, owner):
    address = link(organisation, owner)
    for there in (address, address[:-3] + "xx/"):
        seen = Client().get(there).headers
        assert (seen["Referrer-Policy"], seen["X-Robots-Tag"]) == ("no-referrer", "noindex, nofollow")
        assert "no-store" in seen["Cache-Control"]


def test_a_browser_that_says_no_origin_joins_and_a_form_from_elsewhere_does_not(
    organisation, owner, stranger, signed_in
):
    """Under no-referrer, browsers send "Origin: null" with a form."""
    address = link(organisation, owner)
    client = Client(enforce_csrf_checks=True)
    page = client.get(address).content.decode()
    told = {"csrfmiddlewaretoken": re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]}
    assert client.post(address, NEW, headers={"origin": "null"}).status_code == 403
    assert client.post(address, NEW | told, headers={"origin": "https://elsewhere.example"}).status_code == 403
    assert client.post(address, NEW | told, headers={"origin": "null"}).url == "/o/valmont/"
    assert "/langue/" not in page, "a form for the language would be refused: a link asks it"
    assert "Join “Métropole de Valmont”" in client.get(link(organisation, owner) + "?langue=en").content.decode()


def test_guessing_invitations_soon_waits(organisation, owner, monkeypatch):
    assert views_joining.TRIES == 20
    monkeypatch.setattr(views_joining, "TRIES", 3)
    client = Client()
    statuses = [client.get(f"/invitation/essai-{n}/").status_code for n in range(5)]
    assert statuses == [400] * 3 + [429] * 2
    assert client.get(link(organisation, owner)).status_code == 200, "a true link is no guess"


def test_a_person_with_an_account_accepts_signed_in(organisation, owner, stranger, signed_in):
    address = link(organisation, owner)
    client = signed_in(stranger)
    assert client.get(address + "accepter/").status_code == 405
    assert client.post(address + "accepter/").url == "/o/valmont/"
    assert Membership.objects.get(user=stranger).role == "reader"


def test_an_auditor_begins_with_the_audits(organisation, owner):
    address = link(organisation, owner, "auditor", until=timezone.now() + timedelta(days=20))
    client = Client()
    assert client.post(address, NEW).url == "/o/valmont/audits/"
    assert client.get("/o/valmont/audits/").status_code == 200


def test_a_known_address_is_asked_to_sign_in(organisation, owner, stranger):
    page = Client().post(link(organisation, owner), NEW | {"email": stranger.email}).content.decode()
    assert "a déjà un compte" in page
    assert not Membership.objects.filter(user=stranger).exists()


@pytest.mark.parametrize("how", ["expired", "withdrawn", "unknown"])
def test_an_invitation_expired_withdrawn_or_unknown_opens_nothing(how, organisation, owner):
    made, token = joining.invite(organisation, owner, "reader")
    if how == "expired":
        Invitation.objects.update(expires_on=timezone.now() - timedelta(seconds=1))
    elif how == "withdrawn":
        joining.withdraw(organisation, owner, made.pk)
    else:
        token = token[::-1]
    answer = Client().get(f"/invitation/{token}/")
    assert answer.status_code == 400
    assert "plus valable" in answer.content.decode() and "Valmont" not in answer.content.decode()


def test_an_invitation_for_one_address_serves_no_other(organisation, owner, stranger):
    token = joining.invite(organisation, owner, "reader", email="paul@valmont.example")[1]
    assert code_of(lambda: joining.accept(token, stranger)) == "app.invitation_for_another"
    assert Invitation.objects.get().used_on is None


def test_a_member_s_role_is_not_changed_by_an_invitation(organisation, owner, reader):
    token = joining.invite(organisation, owner, "owner")[1]
    assert code_of(lambda: joining.accept(token, reader)) == "app.already_member"
    assert Membership.objects.get(user=reader).role == "reader"


def test_weak_or_different_passwords_are_said_beside_their_field(organisation, owner):
    address = link(organisation, owner)
    short = Client().post(address, NEW | {"password": "court", "again": "court"}).content.decode()
    assert 'href="#id_password"' in short
    other = Client().post(address, NEW | {"again": "une autre phrase longue"}).content.decode()
    assert "Les deux mots de passe diffèrent." in other
    assert not User.objects.filter(email__startswith="nouvelle").exists()


def test_only_the_host_opens_a_further_organisation(owner, owner_client):
    assert owner_client.get("/organisations/nouvelle/").status_code == 403
    User.objects.filter(pk=owner.pk).update(is_host=True)
    assert (
        owner_client.post("/organisations/nouvelle/", {"name": "Métropole de Valmont"}).url
        == "/o/metropole-de-valmont/"
    )
    assert (
        owner_client.post("/organisations/nouvelle/", {"name": "Métropole de Valmont"}).url
        == "/o/metropole-de-valmont-2/"
    )


def test_the_last_day_given_is_the_last_day_shown(organisation, owner, owner_client, client):
    sent = {"role": "auditor", "until": "2030-01-31"}
    page = owner_client.post("/o/valmont/reglages/personnes/inviter/", sent).content.decode()
    link = re.search(r"/invitation/[^\s\"<]+", page)[0]
    assert "31/01/2030" in client.get(link).content.decode()
    client.post(link, {"email": "a@audit.example", "password": PASSWORD, "again": PASSWORD})
    members = owner_client.get("/o/valmont/reglages/personnes/").content.decode()
    assert "31/01/2030" in members and "01/02/2030" not in members
