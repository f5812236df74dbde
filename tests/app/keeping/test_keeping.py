"""Backup and restore on real databases: what comes back is what was there, at one instant, on either database."""

import re
import stat
import zipfile

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from terreau.app.accounts.models import Organisation, User
from terreau.app.files.models import File
from terreau.app.home import organisation_folder
from terreau.app.journal import door as journal
from terreau.app.journal.locks import lifted
from terreau.app.keeping import archive, rows
from terreau.app.keeping.backup import backup
from terreau.app.keeping.gathering import at_one_instant
from terreau.app.keeping.restore import restore
from terreau.kernel.errors import TerreauError
from tests.app.keeping.conftest import KINDS
from tests.app.keeping.world import everything

PHRASE = "une phrase assez longue"


def files_of(home):
    """Relative name -> bytes, of every file worth keeping."""
    left_out = {"terreau.sqlite3", "terreau.sqlite3-wal", "terreau.sqlite3-shm"}
    return {
        str(path.relative_to(home)): path.read_bytes()
        for path in home.rglob("*")
        if path.is_file() and path.name not in left_out and not {"drafts", "results"} & set(path.parts)
    }


def comparable(home):
    """Files but for the heads, which grow by the entry that tells the restore."""
    return {name: content for name, content in files_of(home).items() if not name.endswith("journal.heads")}


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_there_comes_back_on_the_other_database(instance, tmp_path, kind):
    target, elsewhere = tmp_path / "tout.zip", tmp_path / "ailleurs"
    with instance(kind) as home:
        made = backup(target, passphrase=PHRASE)
        assert made.sound and made.files == len(files_of(home))
        rows_before, files_before = everything(but={"journal.entry"}), comparable(home)
        entries = {one.slug: journal.head(one).number for one in Organisation.objects.all()}
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    other = instance.server() if kind == "sqlite" else ""
    with instance.at(tmp_path / "nobody", other):
        back = restore(target, elsewhere, passphrase=PHRASE)
    assert back.organisations == ("Atelier Numa", "Métropole de Valmont") and not back.migrated
    with instance.at(elsewhere, other):
        assert everything(but={"journal.entry"}) == rows_before
        assert comparable(elsewhere) == files_before
        for one in Organisation.objects.all():
            assert journal.verify(one).sound and journal.head(one).number == entries[one.slug] + 1
        assert User.objects.get(email="both@valmont.example").check_password("une phrase assez longue")
        with transaction.atomic():  # numbers given from now on start after those that came back
            journal.record(Organisation.objects.get(slug="numa"), None, "portfolio.added", {"name": "Après"})
        User.objects.create_user("new@valmont.example")
        assert {path.name for path in elsewhere.iterdir()} <= {
            "journal.key", "organisations", "secret.key", "terreau.sqlite3", "terreau.sqlite3-shm", "terreau.sqlite3-wal",
        }  # fmt: skip


def test_sessions_imports_under_way_and_results_stay_out(instance, tmp_path):
    with instance():
        backup(tmp_path / "tout.zip")
    with zipfile.ZipFile(tmp_path / "tout.zip") as written:
        names = written.namelist()
    left_out = re.compile(r"session|(?<!reports\.)draft|/results/|sqlite")  # the draft of a report is work, kept
    assert not [n for n in names if left_out.search(n)]
    assert "rows/reports.drafting.jsonl" in names
    assert "home/secret.key" in names and "home/journal.key" in names


@pytest.mark.parametrize("kind", KINDS)
def test_an_older_database_is_kept_as_it_is_and_migrated_when_restored(instance, tmp_path, kind):
    with instance(kind):
        call_command("migrate", "travaux", "zero", verbosity=0)
        backup(tmp_path / "ancien.zip")
        files = list(File.objects.order_by("pk").values_list("pk", "sha256"))
    url = instance.server() if kind == "postgresql" else ""
    with instance.at(tmp_path / "nobody", url):
        assert restore(tmp_path / "ancien.zip", tmp_path / "ici").migrated >= 2
    with instance.at(tmp_path / "ici", url):
        assert list(File.objects.order_by("pk").values_list("pk", "sha256")) == files
        assert not rows.unknown(rows.applied("default"), "default")
        assert all(journal.verify(one).sound for one in Organisation.objects.all())


@pytest.mark.parametrize("kind", KINDS)
def test_rows_and_files_are_those_of_one_instant(instance, kind):
    with instance(kind):
        numa = Organisation.objects.get(slug="numa")
        snapshot = next(organisation_folder(numa.pk, "snapshots").glob("*.parquet"))
        with at_one_instant(results=False) as (reader, found):
            with transaction.atomic():
                File.objects.filter(organisation=numa).delete()
                journal.record(numa, None, "files.removed", {"name": "devis.pdf"})
            (snapshot.parent / "autre").write_bytes(b"another content")
            (snapshot.parent / "autre").replace(snapshot)
            kept = found.files[f"home/organisations/{numa.pk}/snapshots/{snapshot.name}"]
            assert kept.read_bytes() == b"numa" * 5000
            assert File.objects.using(reader).filter(organisation_id=numa.pk).count() == 1
            heads = found.files[f"home/organisations/{numa.pk}/journal.heads"].read_text()
        assert str(journal.head(numa).number) + " " not in heads.split("\n")[-2]
        assert not list(snapshot.parents[3].glob(".backup-*"))


def test_what_was_already_damaged_is_kept_and_said(instance, tmp_path):
    with instance() as home:
        valmont = Organisation.objects.get(slug="valmont")
        snapshot = next(organisation_folder(valmont.pk, "snapshots").glob("*.parquet"))
        snapshot.write_bytes(b"not what its name says")
        with lifted(connection), connection.cursor() as cursor:
            cursor.execute("UPDATE journal_entry SET action = 'x' WHERE number = 2")
        made = backup(tmp_path / "tout.zip")
        assert made.damaged == (str(snapshot.relative_to(home)),) and not made.sound
    with instance.at(tmp_path / "nobody"):
        back = restore(tmp_path / "tout.zip", tmp_path / "ici")
    assert back.broken_before == ("Atelier Numa", "Métropole de Valmont") and back.damaged == made.damaged


def test_a_database_that_cannot_be_read_whole_is_refused(instance, tmp_path):
    with instance() as home:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        content = bytearray((home / "terreau.sqlite3").read_bytes())
        for page in range(2, len(content) // 4096):
            content[page * 4096 : page * 4096 + 200] = b"\x99" * 200
        (home / "terreau.sqlite3").write_bytes(content)
        with pytest.raises(TerreauError, match="app.database_damaged"):
            backup(tmp_path / "tout.zip")
    assert not list(tmp_path.glob("*.zip")) and not list(tmp_path.glob(".tout*"))


def test_neither_a_backup_nor_a_restore_takes_the_place_of_anything(instance, tmp_path):
    (tmp_path / "tout.zip").write_text("mine")
    with instance() as home:
        with pytest.raises(TerreauError, match="app.target_exists"):
            backup(tmp_path / "tout.zip")
        backup(tmp_path / "autre.zip")
        with pytest.raises(TerreauError, match="app.home_not_empty"):
            restore(tmp_path / "autre.zip", home)
    assert (tmp_path / "tout.zip").read_text() == "mine"


@pytest.mark.xdist_group("postgres")
@pytest.mark.postgres
def test_a_restore_never_mixes_with_what_a_server_holds(instance, tmp_path):
    with instance("postgresql"):
        backup(tmp_path / "tout.zip")
        with pytest.raises(TerreauError, match="app.database_not_empty"):
            restore(tmp_path / "tout.zip", tmp_path / "ici")
    assert not list((tmp_path / "ici").iterdir())


def test_a_backup_of_a_newer_terreau_is_refused_in_words(instance, tmp_path):
    with instance():
        connection.cursor().execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('accounts', '9999_from_tomorrow', '2030-01-01')"
        )
        with pytest.raises(TerreauError, match="app.database_newer"):
            backup(tmp_path / "tout.zip")
    assert "tomorrow" in TerreauError("app.database_newer", migration="accounts.9999_from_tomorrow").words("fr").what


def test_the_archive_names_only_what_terreau_writes():
    assert archive.NAMES.fullmatch("rows/accounts.user.jsonl")
    for name in (
        "../x",
        "/etc/passwd",
        "home/organisations/../secret.key",
        "home/x",
        "rows/a.b.jsonl/..",
        "C:\\x",
        "rows\\a.b.jsonl",
    ):
        assert not archive.NAMES.fullmatch(name)
