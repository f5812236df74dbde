"""The journal: what was done is written in the same transaction, chained, and cannot be unwritten unseen."""

from datetime import UTC, datetime
from unittest.mock import patch

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils.translation import override

from terreau.app.home import secret
from terreau.app.journal import door, heads
from terreau.app.journal.chain import GENESIS, Keys, Link, digest_of
from terreau.app.journal.locks import lifted
from terreau.app.journal.models import AppendOnlyError, Entry
from terreau.app.journal.words import BREAKS, sentence

pytestmark = pytest.mark.both_databases


@pytest.fixture
def three_entries(organisation, owner, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        for name in ("un", "deux", "trois"):
            door.record(organisation, owner, "portfolio.added", {"name": name})
    return organisation


def kinds(organisation):
    return [(found.number, found.kind) for found in door.verify(organisation).breaks]


def run(sql, *values):
    with lifted(connection), connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_entries_are_chained_and_sound(three_entries):
    verified = door.verify(three_entries)
    assert (verified.sound, verified.entries, verified.head.number) == (True, 3, 3)
    first, second, third = Entry.objects.filter(organisation=three_entries)
    assert (second.previous, third.previous) == (first.digest, second.digest)
    assert set(heads.read(three_entries.pk)) == {1, 2, 3}


def test_an_entry_is_written_with_its_change_or_not_at_all(three_entries, owner):
    with pytest.raises(ValueError), transaction.atomic():
        door.record(three_entries, owner, "portfolio.added", {"name": "quatre"})
        raise ValueError
    assert door.head(three_entries).number == 3


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_a_transaction_is_refused(organisation, owner):
    with pytest.raises(transaction.TransactionManagementError):
        door.record(organisation, owner, "portfolio.added")
    with transaction.atomic():
        door.record(organisation, owner, "portfolio.added", {"name": "Budget"})
    assert heads.read(organisation.pk).keys() == {1}


def test_the_model_refuses_changes_and_removals(three_entries):
    entry = Entry.objects.first()
    for act in (entry.save, entry.delete, Entry.objects.all().delete, lambda: Entry.objects.update(action="x")):
        with pytest.raises(AppendOnlyError):
            act()


@pytest.mark.parametrize("sql", ["UPDATE journal_entry SET action = 'x'", "DELETE FROM journal_entry"])
def test_the_database_refuses_changes_and_removals(three_entries, sql):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert Entry.objects.count() == 3


def test_an_edited_entry_shows(three_entries):
    run("UPDATE journal_entry SET written = %s WHERE number = 2", '{"name": "autre"}')
    assert kinds(three_entries) == [(2, "altered")]


def test_a_removed_entry_shows(three_entries):
    run("DELETE FROM journal_entry WHERE number = 2")
    assert kinds(three_entries) == [(2, "missing")]


def test_removing_the_last_entries_shows_by_the_head_kept_outside(three_entries):
    run("DELETE FROM journal_entry WHERE number >= 2")
    assert kinds(three_entries) == [(2, "cut")]


def test_exchanged_entries_show(three_entries):
    run("UPDATE journal_entry SET number = 9 WHERE number = 2")
    run("UPDATE journal_entry SET number = 2 WHERE number = 3")
    run("UPDATE journal_entry SET number = 3 WHERE number = 9")
    assert kinds(three_entries)


def test_an_entry_moved_to_another_organisation_shows(three_entries, other_organisation):
    run(
        "UPDATE journal_entry SET organisation_id = %s WHERE number = 1",
        other_organisation.pk.hex if connection.vendor == "sqlite" else other_organisation.pk,
    )
    assert (1, "altered") in kinds(other_organisation)
    assert (1, "missing") in kinds(three_entries)


def test_a_lagging_or_torn_head_file_is_not_a_break(three_entries):
    path = heads.path_of(three_entries.pk)
    path.write_text("\n1 " + heads.read(three_entries.pk)[1] + "\n\n2 abc", encoding="ascii")
    assert door.verify(three_entries).sound
    heads.append(three_entries.pk, 3, door.head(three_entries).digest)
    assert set(heads.read(three_entries.pk)) == {1, 3}


@pytest.fixture
def begun_before(organisation, owner):
    """A journal whose first two entries were written when all organisations shared one key."""
    with transaction.atomic(), patch.object(door, "key_of", lambda _: secret("journal.key").encode()):
        for name in ("un", "deux"):
            door.record(organisation, owner, "portfolio.added", {"name": name})
    with transaction.atomic():
        door.record(organisation, owner, "portfolio.added", {"name": "trois"})
    return organisation


def signed_again(organisation, number, key):
    """Entry ``number`` says something else, signed with ``key``; the next one points to it."""
    entry = Entry.objects.get(organisation=organisation, number=number)
    entry.written = '{"name": "autre"}'
    made = digest_of(door.link(entry), key)
    run("UPDATE journal_entry SET written = %s, digest = %s WHERE number = %s", entry.written, made, number)
    run("UPDATE journal_entry SET previous = %s WHERE number = %s", made, number + 1)


def test_a_journal_begun_before_each_organisation_had_its_key_still_holds(begun_before):
    assert door.verify(begun_before).sound
    run("UPDATE journal_entry SET action = 'x' WHERE number = 1")
    assert kinds(begun_before) == [(1, "altered")]


def test_the_key_of_an_export_rewrites_nothing_of_before(begun_before):
    signed_again(begun_before, 1, door.key_of(begun_before.pk))
    assert (2, "altered") in kinds(begun_before), "its own key was in use: the older one counts no more"
    signed_again(begun_before, 3, secret("journal.key").encode())
    assert (3, "altered") in kinds(begun_before)


def test_an_entry_of_the_first_version_holds_as_it_was_written():
    entry = Link(
        organisation="8644e8ca-e2bc-462a-ab44-c1be1ee5dd93", number=1, at=datetime(2026, 11, 20, 9, 30, tzinfo=UTC),
        actor=1, actor_label="Camille (camille@valmont.example)", action="portfolio.added",
        written='{"name": "Budget"}', previous=GENESIS,
        digest="f4ceb483a4a31ad29fe2c2a9a6e08217100e99c1051434baca0193f32c233c0c",
    )  # fmt: skip
    assert Keys(own=b"another", before=b"une-cle-de-la-premiere-version").hold(entry)
    assert not Keys(own=b"another").hold(entry)


def test_two_organisations_have_two_chains(three_entries, other_organisation, outsider):
    with transaction.atomic():
        assert door.record(other_organisation, outsider, "portfolio.added").number == 1
    assert door.head(three_entries).number == 3


def test_the_journal_is_read_by_owners_and_auditors(three_entries, owner_client, auditor_client, editor_client):
    page = owner_client.get("/o/valmont/reglages/journal/").content.decode()
    assert "Service ajouté : trois" in page and "Chaîne vérifiée" in page
    assert auditor_client.get("/o/valmont/reglages/journal/").status_code == 200
    assert editor_client.get("/o/valmont/reglages/journal/").status_code == 403


def test_the_page_says_a_broken_chain(three_entries, owner_client):
    run("DELETE FROM journal_entry WHERE number = 2")
    page = owner_client.get("/o/valmont/reglages/journal/").content.decode()
    assert "La chaîne est rompue" in page
    assert "Entrée 2 : " in page and not any(f" : {kind}<" in page for kind in BREAKS)


def test_the_journal_is_read_in_words_not_in_keys():
    settled = {"maker": "ACME", "model": "T1", "type_word": "", "category": "laptop"}
    assert sentence("inventory.settled", settled).endswith("devient Ordinateur portable")
    assert sentence("inventory.imported", {"source": "GLPI", "taken_on": "2026-11-22"}).endswith("22/11/2026")
    assert sentence("audits.invited", {"title": "Label", "until": "2026-12-02"}).endswith("02/12/2026")
    assert sentence("evidence.tied", {"title": "Charte", "facet": "means"}).endswith("(Moyens)")
    assert sentence("evidence.judged", {"title": "Charte", "opinion": "questioned"}).endswith(" : contestée")
    assert "Effectif" in sentence("accounts.organisation_changed", {"fields": "name, headcount"})
    facts = {"lifespans": "laptop 12", "years": {"laptop": 12.0}}
    assert sentence("accounts.lifespans_changed", facts).endswith("Ordinateur portable 12")
    with override("en"):
        assert sentence("accounts.lifespans_changed", facts).endswith("Laptop 12")
