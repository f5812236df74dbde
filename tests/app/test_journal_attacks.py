"""Someone holds the database and SQL, not the key: whatever is edited, removed, moved or replayed shows."""

import pytest
from django.db import connection, transaction

from terreau.app.journal import door, heads
from terreau.app.journal.locks import lifted

pytestmark = pytest.mark.both_databases
COLUMNS = {
    "number": "9", "at": "'2020-01-01 00:00:00+00:00'", "actor": "77", "actor_label": "'autre'", "action": "'x.y'",
    "written": "'{}'", "previous": f"'{'1' * 64}'", "digest": f"'{'2' * 64}'",
}  # fmt: skip
SHUFFLES = {
    "two exchanged": ["UPDATE {t} SET number = 90 WHERE number = 2", "UPDATE {t} SET number = 2 WHERE number = 4",
                      "UPDATE {t} SET number = 4 WHERE number = 90"],
    "renumbered after a removal": ["DELETE FROM {t} WHERE number = 2", "UPDATE {t} SET number = 2 WHERE number = 3",
                                   "UPDATE {t} SET number = 3 WHERE number = 4"],
    "all renumbered": ["UPDATE {t} SET number = number + 100", "UPDATE {t} SET number = number - 99"],
    "one said twice": ["INSERT INTO {t} (organisation_id, number, at, actor, actor_label, action, written, previous, digest)"
                       " SELECT organisation_id, 5, at, actor, actor_label, action, written, digest, digest FROM {t} WHERE number = 4"],
    "the first gone": ["DELETE FROM {t} WHERE number = 1"],
    "the middle gone": ["DELETE FROM {t} WHERE number = 2 OR number = 3"],
    "the end gone": ["DELETE FROM {t} WHERE number >= 3"],
    "all gone": ["DELETE FROM {t}"],
}  # fmt: skip


@pytest.fixture
def four(organisation, owner, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        for name in ("un", "deux", "trois", "quatre"):
            door.record(organisation, owner, "portfolio.added", {"name": name})
    assert door.verify(organisation).sound and not door.verify(organisation).unwitnessed
    return organisation


def run(*statements):
    with lifted(connection), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement.replace("{t}", "journal_entry"))


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("number", [1, 2, 4])
def test_one_cell_changed_shows(four, column, number):
    run(f"UPDATE {{t}} SET {column} = {COLUMNS[column]} WHERE number = {number}")
    found = door.verify(four)
    assert found.breaks and found.breaks[0].number <= number


@pytest.mark.parametrize("shuffle", SHUFFLES)
def test_rows_moved_or_removed_show(four, shuffle):
    run(*SHUFFLES[shuffle])
    assert not door.verify(four).sound


def test_a_date_moved_by_a_millionth_of_a_second_shows(four):
    sooner = {"sqlite": "substr(at, 1, length(at) - 1) || '7'", "postgresql": "at - interval '1 microsecond'"}[
        connection.vendor
    ]
    run(f"UPDATE {{t}} SET at = {sooner} WHERE number = 3 AND substr(cast(at as text), 26, 1) <> '7'")
    kinds = {found.kind for found in door.verify(four).breaks}
    assert kinds == {"altered"} or str(door.Entry.objects.get(number=3).at.microsecond)[-1] == "7"


def test_an_older_copy_of_the_database_shows_by_the_heads(four):
    known = heads.path_of(four.pk).read_text()
    run("DELETE FROM {t} WHERE number > 2")  # the rows as they were yesterday, sound by themselves
    assert [(found.number, found.kind) for found in door.verify(four).breaks] == [(3, "cut")]
    heads.path_of(four.pk).write_text("".join(line + "\n" for line in known.splitlines() if line[:1] not in "34"))
    assert door.verify(four).sound, "heads taken back too: only a head quoted elsewhere (export, dossier) tells"


def test_heads_shortened_are_counted_and_never_hide_an_edit(four):
    heads.path_of(four.pk).write_text("")
    assert door.verify(four).sound and door.verify(four).unwitnessed == 4
    door.witness_the_last()
    assert door.verify(four).unwitnessed == 3
    run("DELETE FROM {t} WHERE number = 4")
    assert [(found.number, found.kind) for found in door.verify(four).breaks] == [(4, "cut")]


def test_entries_follow_their_number_whatever_the_clock_says(four, owner):
    run("SELECT 1")
    from terreau.app.journal.models import Entry

    Entry._meta.get_field("at").default = lambda: Entry.objects.get(number=1).at.replace(year=1999)
    try:
        with transaction.atomic():
            assert door.record(four, owner, "portfolio.added", {"name": "hier"}).number == 5
    finally:
        from django.utils import timezone

        Entry._meta.get_field("at").default = timezone.now
    assert door.verify(four).sound
