"""One organisation leaves with everything, or is erased, and nothing of another is touched."""

import json
import zipfile
from unittest.mock import patch

import pytest
from django.db import connection, models, transaction
from django.test.utils import isolate_apps

from terreau.app.accounts.models import Organisation
from terreau.app.home import secret
from terreau.app.journal import door as journal
from terreau.app.journal.locks import lifted
from terreau.app.keeping import belongings, erasing, outside
from terreau.app.keeping.leaving import export
from terreau.cli import main
from tests.app.keeping.conftest import KINDS
from tests.app.keeping.test_hostile_archives import declared, rewritten


def test_every_model_belongs_to_an_organisation_or_says_why_not():
    assert belongings.strangers() == []


@isolate_apps("terreau.app.files", "terreau.app.accounts")
def test_a_model_added_tomorrow_is_covered_or_asked_about():
    class Evidence(models.Model):
        organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)

        class Meta:
            app_label = "files"

    class Remark(models.Model):
        evidence = models.ForeignKey(Evidence, on_delete=models.DO_NOTHING)

        class Meta:
            app_label = "files"

    class Weather(models.Model):
        class Meta:
            app_label = "files"

    new = [Weather, Remark, Evidence]
    found = belongings.belongings([*belongings.all_models(), *new])
    assert (found[Evidence], found[Remark]) == ("organisation", "evidence__organisation")
    assert list(found).index(Evidence) < list(found).index(Remark), "the furthest is erased first"
    assert belongings.strangers([*belongings.all_models(), *new]) == ["files.weather"]


def left(organisation_id):
    """Label -> rows of this organisation still there."""
    found = {
        model._meta.label_lower: belongings.rows_of(model, path, organisation_id).count()
        for model, path in belongings.belongings().items()
    }
    return {label: count for label, count in found.items() if count}


@pytest.mark.parametrize("kind", KINDS)
def test_one_leaves_and_the_other_stays_as_it_was(instance, tmp_path, kind, capsys):
    with instance(kind) as home:
        valmont, numa = Organisation.objects.get(slug="valmont"), Organisation.objects.get(slug="numa")
        assert set(left(valmont.pk)) == {m._meta.label_lower for m in belongings.belongings()}, "a row of each model"
        counted, head = left(valmont.pk), journal.head(valmont)
        made = export("valmont", tmp_path / "valmont.zip")
        assert (made.entries, made.head, made.sound) == (head.number, head.digest, True)
        assert made.rows == sum(counted.values()) + 2, "and its two people, named once each"

        other = left(numa.pk)
        folder = home / "organisations" / str(numa.pk)
        files = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        gone = erasing.erase("valmont")
        assert gone.people == ("alone@valmont.example",) and gone.rows >= sum(counted.values())
        assert not left(valmont.pk) and left(numa.pk) == other
        numa.refresh_from_db()
        assert numa.parent is None and journal.verify_all() == (journal.verify(numa),) and journal.verify(numa).sound
        assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == files
        assert [path.name for path in (home / "organisations").iterdir()] == [str(numa.pk)]
        with pytest.raises(Exception, match="append-only"), connection.cursor() as cursor:
            cursor.execute("DELETE FROM journal_entry")
        if kind == "sqlite":
            connection.close()
            assert "Métropole de Valmont".encode() not in (home / "terreau.sqlite3").read_bytes()
    assert main(["journal", "verify", str(tmp_path / "valmont.zip")]) == 0
    assert f"Métropole de Valmont : {head.number} entrées" in capsys.readouterr().out
    with zipfile.ZipFile(tmp_path / "valmont.zip") as written:
        told = "".join(written.read(name).decode("utf-8", "replace") for name in written.namelist())
        people = [json.loads(line) for line in written.read("rows/accounts.user.jsonl").splitlines()]
    assert {one["email"] for one in people} == {"both@valmont.example", "alone@valmont.example"}
    assert "Atelier Numa" not in told and "token_hash" not in told and "pbkdf2" not in told and "md5$" not in told


def test_an_exported_journal_shows_an_edit_by_itself(instance, tmp_path, capsys):
    with instance():
        export("numa", tmp_path / "numa.zip")

    def edit(contents):
        contents[outside.ENTRIES] = contents[outside.ENTRIES].replace(b"Site", b"Sote")
        declared(contents, outside.ENTRIES)

    rewritten(tmp_path / "numa.zip", tmp_path / "forged.zip", edit)
    assert main(["journal", "verify", str(tmp_path / "forged.zip")]) == 2
    assert "entrée 2 : modifiée" in capsys.readouterr().out


def test_an_exported_journal_begun_with_the_key_of_all_is_verified_without_it(instance, tmp_path, capsys):
    with instance() as home:
        numa, shared = Organisation.objects.get(slug="numa"), secret("journal.key")
        with lifted(connection), connection.cursor() as cursor:
            cursor.execute("DELETE FROM journal_entry WHERE organisation_id = %s", [numa.pk.hex])
        (home / "organisations" / str(numa.pk) / "journal.heads").unlink()
        with transaction.atomic(), patch.object(journal, "key_of", lambda _: shared.encode()):
            for name in ("Budget", "Site"):
                journal.record(numa, None, "portfolio.added", {"name": name})
        with transaction.atomic():
            journal.record(numa, None, "portfolio.added", {"name": "Paie"})
        assert export("numa", tmp_path / "numa.zip").sound
    with zipfile.ZipFile(tmp_path / "numa.zip") as written:
        assert not [name for name in written.namelist() if shared.encode() in written.read(name)]
    assert main(["journal", "verify", str(tmp_path / "numa.zip")]) == 0

    def edit(contents):
        contents[outside.ENTRIES] = contents[outside.ENTRIES].replace(b"Site", b"Sote")
        declared(contents, outside.ENTRIES)

    rewritten(tmp_path / "numa.zip", tmp_path / "forged.zip", edit)
    assert main(["journal", "verify", str(tmp_path / "forged.zip")]) == 2
    assert "entrée 2 : modifiée" in capsys.readouterr().out


def test_an_erasure_cut_half_way_is_ended_or_undone_at_the_next_start(instance):
    with instance() as home:
        for one in Organisation.objects.all():
            (home / "organisations" / str(one.pk) / erasing.NOTE).touch()
        gone = home / "organisations" / "00000000-0000-4000-8000-000000000000"
        (gone / "files").mkdir(parents=True)
        (gone / erasing.NOTE).touch()
        (home / "organisations" / ".erased-x").mkdir()
        erasing.finish()
        assert {path.name for path in (home / "organisations").iterdir()} == {
            str(o.pk) for o in Organisation.objects.all()
        }
        assert not list(home.rglob(erasing.NOTE)) and all(each.sound for each in journal.verify_all())
