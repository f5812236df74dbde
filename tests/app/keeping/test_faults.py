"""Killed at any point, on a full disk, beside a clock that jumps: the whole or nothing, and the next try works.

TERREAU_KILLS=100 kills that many times at random; a handful here.
"""

import os
import shutil
import subprocess
import sys

import pytest

from terreau.app.accounts.models import Organisation
from terreau.app.journal import door as journal
from terreau.app.keeping import archive, starting
from terreau.app.keeping.backup import backup
from terreau.app.keeping.restore import restore
from terreau.kernel.errors import TerreauError
from tests.house.rules import REPO

KILLS = int(os.environ.get("TERREAU_KILLS", "2"))
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks, and kills what it forked")


def nursery(home, *words, url=""):
    """Rank -> how its child ended: -9 killed, 0 done, 1 refused in words."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("TERREAU", "DATABASE", "DJANGO", "PYTEST"))}
    env |= {"TERREAU_HOME": str(home), "DATABASE_URL": url, "PYTHONPATH": f"{REPO / 'src'}{os.pathsep}{REPO}"}
    made = subprocess.run(
        [sys.executable, "-m", "tests.app.keeping.nursery", *map(str, words)],
        env=env, capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    assert made.returncode == 0 and "Traceback" not in made.stderr, made.stderr[-3000:]
    return {int(rank): int(status) for rank, status in (line.split() for line in made.stdout.splitlines())}


@pytest.fixture
def copied(made, tmp_path):
    """A home on its own, that no process stands on."""
    return shutil.copytree(made("sqlite")[0], tmp_path / "home")


@pytest.fixture
def whole(instance, copied, tmp_path):
    """A sound archive of it."""
    with instance.at(copied):
        backup(tmp_path / "tout.zip")
    return tmp_path / "tout.zip"


def is_whole(path):
    with archive.opened(path, archive.BACKUP, None) as reader:
        for name in reader.entries:
            assert sum(map(len, reader.pieces(name))) == reader.entries[name]["size"]
    return True


def is_nothing_or_whole(instance, home, source, entries):
    """What a killed restore left: an instance that is whole, or a home where restoring again works."""
    if (home / "terreau.sqlite3").exists():
        with instance.at(home):
            assert {o.slug: journal.head(o).number for o in Organisation.objects.all()} == entries
            assert all(journal.verify(one).sound for one in Organisation.objects.all())
        with instance.at(home.with_name("nobody")), pytest.raises(TerreauError, match="home_not_empty"):
            restore(source, home)
        return True
    return False


@pytest.fixture
def entries(instance, copied):
    with instance.at(copied):
        return {one.slug: journal.head(one).number + 1 for one in Organisation.objects.all()}


def test_a_backup_killed_leaves_no_archive_or_a_whole_one(instance, copied, tmp_path):
    ended = nursery(copied, "backup", "-", tmp_path / "b.zip", "random", KILLS, 7, "at", 5, 7, 8)
    assert -9 in ended.values() and set(ended.values()) <= {-9, 0}
    assert all(is_whole(path) for path in tmp_path.glob("*.zip-*") if not path.name.startswith("."))
    with instance.at(copied):
        backup(tmp_path / "b.zip-again")
    assert not list(copied.glob(".backup-*")), "what killed processes left was swept"


def test_a_restore_killed_leaves_nothing_or_the_whole(instance, copied, whole, entries, tmp_path):
    steps = (8, 10, 11)  # folders in place; all but the database; all but the last sync
    ended = nursery(copied, "restore", whole, tmp_path / "s", "random", KILLS, 11, "at", *steps)
    assert -9 in ended.values() and set(ended.values()) <= {-9, 0}
    left = [home for home in tmp_path.glob("s-*") if not is_nothing_or_whole(instance, home, whole, entries)]
    assert left, "some were cut before the end"
    with_a_note = next((home for home in left if (home / ".restore-unfinished").exists()), left[0])
    with instance.at(tmp_path / "nobody"):
        restore(whole, with_a_note)
    assert is_nothing_or_whole(instance, with_a_note, whole, entries)
    assert not list(with_a_note.glob(".rest*"))


@pytest.mark.xdist_group("postgres")
@pytest.mark.postgres
def test_a_restore_killed_before_the_server_commits_leaves_an_empty_database(
    instance, copied, whole, entries, tmp_path, postgresql_migrated
):
    url = instance.server()
    assert nursery(copied, "restore", whole, tmp_path / "p", "commit", 0, url=url) == {0: -9}
    home = tmp_path / "p-0"
    assert (home / "organisations").is_dir(), "everything stood in place, but for the rows"
    with instance.at(home, url):
        with pytest.raises(TerreauError, match="restore_unfinished"):
            starting.look()
        restore(whole, home)
    with instance.at(home, url):
        starting.look()
        assert {o.slug: journal.head(o).number for o in Organisation.objects.all()} == entries
        assert all(journal.verify(one).sound for one in Organisation.objects.all())
    assert tables_of(url) == tables_of(postgresql_migrated), "the tables of the migrations, constraint by constraint"


def tables_of(url):
    """Columns, constraints, indexes and triggers of a database on the server, each as one sentence."""
    import psycopg

    asked = """
        SELECT concat_ws(' ', table_name, column_name, data_type, character_maximum_length, is_nullable, is_identity)
        FROM information_schema.columns WHERE table_schema = 'public'
        UNION ALL SELECT concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid))
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace
        UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
        UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1
    """
    with psycopg.connect(url) as connection:
        return connection.execute(asked).fetchall()


def test_a_full_disk_is_said_and_leaves_nothing(copied, whole, tmp_path):
    assert set(nursery(copied, "backup", "-", tmp_path / "f.zip", "full", 0, 2000, 9000).values()) == {1}
    assert not list(tmp_path.glob("*f.zip*")) and not list(copied.glob(".backup-*"))
    assert set(nursery(copied, "restore", whole, tmp_path / "g", "full", 1000, 300_000).values()) == {1}
    assert not [left for home in tmp_path.glob("g-*") for left in home.iterdir()]
