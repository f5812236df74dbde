"""Signing in: password, forgotten password without mail, second factor, limits."""

import pytest
from django.core import mail
from django.test import Client

from terreau.app import server
from terreau.app.accounts.models import Membership

pytestmark = pytest.mark.both_databases

PASSWORD = "une phrase assez longue"


def sign_in(client, email, password=PASSWORD):
    return client.post("/connexion/", {"login": email, "password": password})


def test_one_signs_in_with_an_address_whatever_its_capitals(organisation, reader, client):
    assert sign_in(client, reader.email.upper()).url == "/"
    assert client.get("/").url == "/o/valmont/"


def test_the_examples_open_on_the_first_of_them_and_elsewhere_one_chooses(
    organisation, owner, other_organisation, signed_in, settings
):
    Membership.objects.create(organisation=other_organisation, user=owner, role="owner")
    assert signed_in(owner).get("/").url == "/moi/"
    settings.DEMO = True
    assert signed_in(owner).get("/").url == "/o/valmont/"


def test_a_wrong_password_keeps_the_address_typed(reader, client):
    page = sign_in(client, reader.email, "autre chose de long").content.decode()
    assert f'value="{reader.email}"' in page and "autre chose" not in page


def test_too_many_wrong_passwords_are_slowed_down(reader, client):
    for _ in range(12):
        sign_in(client, reader.email, "mauvais mot de passe")
    assert "_auth_user_id" not in client.session
    sign_in(client, reader.email)
    assert "_auth_user_id" not in client.session


def test_nobody_signs_up_without_an_invitation(db, client):
    client.post("/connexion/inscription/", {"email": "x@x.example", "password1": PASSWORD, "password2": PASSWORD})
    assert not sign_in(client, "x@x.example").has_header("Location")


def test_without_a_mail_server_the_page_says_the_command(db, client):
    assert "terreau user link" in client.get("/connexion/mot-de-passe/oubli/").content.decode()


def test_the_link_of_the_console_gives_a_new_password_once(reader, client):
    link = server.password_link(reader.email)
    assert link.startswith("http://127.0.0.1:8000/connexion/mot-de-passe/nouveau/")
    path = link.removeprefix("http://127.0.0.1:8000")
    form = client.get(path, follow=True)
    where = form.redirect_chain[-1][0]
    done = client.post(where, {"password1": "encore une phrase longue", "password2": "encore une phrase longue"})
    assert done.url == "/connexion/mot-de-passe/nouveau/fait/"
    assert "plus valable" in Client().get(path, follow=True).content.decode()
    assert sign_in(Client(), reader.email, "encore une phrase longue").url == "/"


def test_a_link_for_nobody_is_refused_in_words(db):
    with pytest.raises(server.TerreauError, match="no_such_person"):
        server.password_link("personne@valmont.example")


def test_with_a_mail_server_the_link_is_sent_and_an_unknown_address_looks_the_same(reader, client, settings):
    settings.MAIL_WORKS = True
    for email in (reader.email, "inconnue@valmont.example"):
        assert client.post("/connexion/mot-de-passe/oubli/", {"email": email}).url.endswith("/oubli/envoye/")
    assert any("/connexion/mot-de-passe/nouveau/" in sent.body for sent in mail.outbox if sent.to == [reader.email])


def test_a_second_factor_is_asked_and_its_secret_is_encrypted(organisation, reader):
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value, yield_hotp_counters_from_time

    secret = generate_totp_secret()
    TOTP.activate(reader, secret)
    assert secret not in str(Authenticator.objects.get().data)
    client = Client()
    assert sign_in(client, reader.email).url == "/connexion/second-facteur/code/"
    assert client.get("/o/valmont/reglages/").status_code == 302
    code = f"{hotp_value(secret, next(iter(yield_hotp_counters_from_time()))):06}"
    assert client.post("/connexion/second-facteur/code/", {"code": code}).url == "/"
    assert client.get("/o/valmont/reglages/").status_code == 200
