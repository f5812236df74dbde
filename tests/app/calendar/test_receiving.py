"""The calendar elsewhere: the secret link and its rules, the weekly letter."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from terreau.app.accounts.models import Membership
from terreau.app.calendar import digests, subscribing
from terreau.app.calendar.models import Digest, HeldLabel, Subscription
from terreau.app.evidence.models import Evidence
from terreau.app.security.logs import WithoutSecrets
from terreau.cli import main
from terreau.kernel.errors import TerreauError
from tests.app.test_mailing import server  # noqa: F401  the same small server

MAKE = "/o/valmont/calendrier/recevoir/lien/"


@pytest.fixture
def link(organisation, reader, signed_in):
    """The path of the reader's link, as the page shows it once."""
    Evidence.objects.create(organisation=organisation, title="Attestation", confidentiality="organisation",
                            valid_until=timezone.localdate() + timedelta(days=9))  # fmt: skip
    shown = signed_in(reader).post(MAKE)
    assert shown.headers["Referrer-Policy"] == "no-referrer"
    return re.search(r'value="https?://[^/]+(/[^"]+\.ics)"', shown.content.decode())[1]


def test_a_link_gives_the_calendar_without_an_account_and_tells_nobody(organisation, link):
    answer = Client().get(link)
    text = answer.content.decode()
    assert answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/calendar")
    assert text.startswith("BEGIN:VCALENDAR\r\n") and "Attestation" in text and "URL:http" in text
    told = answer.headers
    assert (
        told["Referrer-Policy"] == "no-referrer"
        and told["X-Robots-Tag"] == "noindex, nofollow"
        and "no-store" in told["Cache-Control"]
    )
    row = Subscription.objects.get()
    assert row.read_on == timezone.localdate() and link.split("/")[-2] not in row.token_hash


def test_a_link_opens_nothing_once_its_person_left_was_suspended_or_withdrew_it(
    organisation, other_organisation, reader, signed_in, link
):
    assert Client().get(link.replace("valmont", "numa")).status_code == 404
    held = Membership.objects.get(user=reader)
    Membership.objects.filter(pk=held.pk).update(until=timezone.now() - timedelta(minutes=1))
    assert Client().get(link).status_code == 404
    Membership.objects.filter(pk=held.pk).update(until=timezone.now() + timedelta(days=9), role="auditor")
    assert Client().get(link).status_code == 404
    Membership.objects.filter(pk=held.pk).update(role="reader", until=None)
    reader.is_active = False
    reader.save()
    assert Client().get(link).status_code == 404
    reader.is_active = True
    reader.save()
    assert Client().get(link).status_code == 200
    Subscription.objects.update(expires_on=timezone.now() - timedelta(seconds=1))
    assert Client().get(link).status_code == 404
    Subscription.objects.update(expires_on=timezone.now() + timedelta(days=9))
    signed_in(reader).post(f"{MAKE}retirer/")
    assert Client().get(link).status_code == 404


def test_a_new_link_ends_the_one_before_and_wrong_tokens_wait(organisation, reader, signed_in, link):
    signed_in(reader).post(MAKE)
    assert Client().get(link).status_code == 404
    answers = [
        Client().get("/o/valmont/calendrier/lien/faux/terreau.ics").status_code for _try in range(subscribing.TRIES)
    ]
    assert answers[0] == 404 and answers[-1] == 429


def test_a_token_is_never_written_in_a_log(link):
    import logging

    record = logging.LogRecord("x", logging.WARNING, "", 0, "GET %s", (link,), None)
    WithoutSecrets().filter(record)
    assert link.split("/")[-2] not in record.getMessage() and "/calendrier/lien/…" in record.getMessage()


MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("sent_on", "today", "due"),
    [
        (date(2026, 11, 20), MONDAY, MONDAY),  # the day itself
        (MONDAY, MONDAY, None),  # sent already
        (date(2026, 11, 16), date(2026, 11, 25), MONDAY),  # two nights without a timer
        (date(2026, 11, 24), date(2026, 11, 25), None),  # asked for on a Tuesday: the next Monday
    ],
)
def test_a_letter_is_due_on_its_day_and_missed_nights_do_not_lose_it(sent_on, today, due):
    assert Digest(weekday=0, sent_on=sent_on).due_on(today) == due


@pytest.fixture
def letter(organisation, reader):
    """The reader's letter, due today; one piece of evidence ends soon."""
    today = timezone.localdate()
    Evidence.objects.create(organisation=organisation, title="Attestation", confidentiality="organisation",
                            valid_until=today + timedelta(days=9))  # fmt: skip
    return Digest.objects.create(
        organisation=organisation, user=reader, weekday=today.weekday(), sent_on=today - timedelta(days=7)
    )


def test_the_nightly_command_hands_a_letter_a_week_to_a_real_server(letter, server, settings, monkeypatch, capsys):  # noqa: F811
    from terreau.app import settings_env as env

    monkeypatch.setenv("TERREAU_MAIL_URL", f"smtp://127.0.0.1:{server.server_address[1]}?from=terreau%40example.org")
    monkeypatch.setenv("TERREAU_URL", "https://terreau.example.org")
    for name, value in env.mail().items():
        setattr(settings, name, value)
    settings.MAIL_WORKS = True
    assert main(["mail", "remind"]) == 0 and main(["mail", "remind"]) == 0
    (sent,) = server.letters
    assert (
        "To: reader@valmont.example" in sent
        and "List-Unsubscribe: <https://terreau.example.org/o/valmont/calendrier/recevoir/>" in sent
    )
    assert capsys.readouterr().out.startswith("1 ")


def test_without_a_mail_server_the_letters_of_the_day_are_shown_on_the_console_and_stay_due(letter, capsys):
    assert main(["mail", "remind", "--show"]) == 0 and main(["mail", "remind", "--show"]) == 0
    said = capsys.readouterr().out
    assert said.count("To: reader@valmont.example\nSubject: Métropole de Valmont") == 2 and "Attestation" in said
    assert Digest.objects.get().sent_on == letter.sent_on
    assert main(["mail", "remind"]) == 2  # sending needs a server


def test_no_letter_to_who_left_nor_about_nothing_and_one_that_cannot_leave_waits(letter, reader, mailoutbox, settings):
    settings.EMAIL_BACKEND, (settings.EMAIL_HOST, settings.EMAIL_PORT) = (
        "django.core.mail.backends.smtp.EmailBackend",
        ("127.0.0.1", 9),
    )
    assert digests.send_all() == 0 and Digest.objects.get().sent_on == letter.sent_on
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    held = Membership.objects.filter(user=reader)
    held.update(until=timezone.now())
    assert digests.send_all() == 0
    held.update(until=None)
    Evidence.objects.update(valid_until=timezone.localdate() + timedelta(days=90))
    assert digests.send_all() == 0 and not mailoutbox
    Digest.objects.update(sent_on=letter.sent_on)
    Evidence.objects.update(valid_until=timezone.localdate() - timedelta(days=1))
    assert digests.send_all() == 1 and "En retard :" in mailoutbox[0].body and mailoutbox[0].to == [reader.email]


@pytest.mark.parametrize(
    ("sent_on", "weekday", "next_due"),
    [
        (MONDAY, 3, MONDAY + timedelta(days=10)),  # this week had its letter on Monday: Thursday of the next
        (MONDAY + timedelta(days=3), 0, MONDAY + timedelta(days=7)),
        (MONDAY - timedelta(days=7), 3, MONDAY + timedelta(days=3)),  # no letter this week yet
    ],
)
def test_another_day_never_makes_two_letters_in_a_week(organisation, reader, sent_on, weekday, next_due):
    held = Digest.objects.create(organisation=organisation, user=reader, weekday=sent_on.weekday(), sent_on=sent_on)
    digests.chosen(organisation, reader, weekday, "en")
    held.refresh_from_db()
    days = (MONDAY + timedelta(days=n) for n in range(sent_on.weekday(), 21))
    assert (held.weekday, held.language) == (weekday, "en")
    assert next(on for day in days if (on := held.due_on(day))) == next_due


def test_a_day_asked_for_and_changed_before_any_letter_keeps_the_letter_of_the_week(organisation, reader):
    held = Digest.objects.create(organisation=organisation, user=reader, weekday=3, sent_on=MONDAY)
    digests.chosen(organisation, reader, 4, "fr")
    held.refresh_from_db()
    friday = MONDAY + timedelta(days=4)
    assert held.due_on(friday) == friday


def test_a_calendar_that_cannot_be_read_keeps_its_letter_and_those_of_the_others_leave(
    letter, other_organisation, outsider, mailoutbox, monkeypatch
):
    HeldLabel.objects.create(organisation=other_organisation, name="Label", granted_on=timezone.localdate(), years=1,
                             ends_on=timezone.localdate() + timedelta(days=9), prepare_months=0)  # fmt: skip
    Digest.objects.create(
        organisation=other_organisation, user=outsider, weekday=letter.weekday, sent_on=letter.sent_on
    )
    told = digests.events

    def unreadable(organisation, user, language):
        if organisation == letter.organisation:
            raise TerreauError("app.people_key_changed", name="people.key")
        return told(organisation, user, language)

    monkeypatch.setattr(digests, "events", unreadable)
    assert digests.send_all() == 1 and mailoutbox[0].to == [outsider.email]
    letter.refresh_from_db()
    assert letter.due_on(timezone.localdate())


def test_a_title_on_two_lines_cannot_write_a_line_of_its_own(letter, mailoutbox):
    Evidence.objects.update(title="Attestation\n\nTout le calendrier :\nhttps://ailleurs.example")
    assert digests.send_all() == 1
    assert "\nhttps://ailleurs.example" not in mailoutbox[0].body and "ailleurs.example" in mailoutbox[0].body


def test_each_chooses_and_stops_their_own_letter(organisation, reader, signed_in):
    client, address = signed_in(reader), "/o/valmont/calendrier/recevoir/courriel/"
    client.post(address, {"weekday": "9"})
    assert not Digest.objects.exists()
    client.post(address, {"weekday": "3"})
    assert (Digest.objects.get().user, Digest.objects.get().weekday) == (reader, 3)
    client.post(address, {"weekday": "3", "stop": "1"})
    assert not Digest.objects.exists()
