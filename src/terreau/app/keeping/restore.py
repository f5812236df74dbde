"""``terreau restore``: an archive becomes an instance again, in an empty home, whole or not at all.

Everything is made and verified apart, in a hidden folder of the home. Then the folders and the keys take their place,
and last the database: the SQLite file takes its name, or PostgreSQL commits. Until that instant there is no instance;
a note names what was put in place, so that the next restore takes it away again (``emptiness``).
"""

from __future__ import annotations

from contextlib import ExitStack, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import DatabaseError, connections, transaction

from terreau.app.home import private_file
from terreau.app.keeping import archive, rows
from terreau.app.keeping.emptiness import UNFINISHED, WORK, in_place, make_room, take_back
from terreau.app.keeping.journals import Kept, journals_of
from terreau.app.keeping.standing import database_in, standing_on
from terreau.app.keeping.whole import new_folder, said
from terreau.kernel.errors import TerreauError

DATABASE = "terreau.sqlite3"


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What came back: rows, files [count], when the archive was made, organisations, journals already broken then."""

    home: Path
    made_at: str
    made_by: str
    rows: int
    files: int
    migrated: int
    organisations: tuple[str, ...]
    broken_before: tuple[str, ...]
    damaged: tuple[str, ...]


def restore(source: Path, home: Path, *, passphrase: str | None = None) -> Restored:
    """Make the instance of the archive ``source`` in ``home``; the database is the one of DATABASE_URL, else a file there.

    Raises app.home_not_empty, app.database_not_empty, app.archive_* (absent, unreadable, altered, unsafe, newer),
    app.passphrase_needed, app.passphrase_wrong, app.restore_no_room, app.restore_rows_refused, app.disk_full.
    """
    try:
        restored = _restore(source, home, passphrase)
    except BaseException:
        if (home / UNFINISHED).exists():
            take_back(home)
        raise
    (home / UNFINISHED).unlink(missing_ok=True)
    return restored


def _restore(source: Path, home: Path, passphrase: str | None) -> Restored:
    with ExitStack() as stack:
        reader = stack.enter_context(archive.opened(source, archive.BACKUP, passphrase))
        with said(home):
            home.mkdir(parents=True, exist_ok=True, mode=0o700)
        _database_is_empty(home)
        make_room(home)
        apart = stack.enter_context(new_folder(home, WORK))
        reader.check_room(apart)
        database = database_in(apart)
        in_a_file = "sqlite" in database["ENGINE"]
        files = _files(reader, apart)
        with said(apart):
            stack.enter_context(standing_on(apart, database))
            # A server's rows stay unseen until the last instant; a file's do by not having its name yet.
            stack.enter_context(nullcontext() if in_a_file else transaction.atomic())
            migrated = _rows(reader)
            found = _verified(reader, apart)
            _say_so(reader, found)
            if in_a_file:
                connections["default"].close()
                private_file(apart / DATABASE)
            make_room(home, holding=apart)
            in_place(apart, home, last=DATABASE if in_a_file else None)
    manifest = reader.manifest
    return Restored(
        home=home, made_at=manifest["made_at"], made_by=manifest["terreau"], files=files, migrated=migrated,
        rows=sum(one["rows"] for one in manifest["tables"].values()), organisations=tuple(one.name for one in found),
        broken_before=tuple(one.name for one in found if not one.sound), damaged=tuple(manifest["damaged"]),
    )  # fmt: skip


def _database_is_empty(home: Path) -> None:
    database = database_in(home)
    if "sqlite" in database["ENGINE"]:
        return
    try:
        with standing_on(home, database) as connection, connection.cursor():
            there = connection.introspection.table_names()
    except DatabaseError as trouble:
        raise TerreauError("app.database_unreachable", reason=str(trouble).strip()[:200]) from trouble
    if there:
        raise TerreauError("app.database_not_empty", there=", ".join(sorted(there)[:5]))


def _files(reader: archive.Reader, apart: Path) -> int:
    names = [name for name in reader.entries if name.startswith("home/")]
    for name in names:
        reader.extract(name, apart / name.removeprefix("home/"))
    return len(names)


def _rows(reader: archive.Reader) -> int:
    """The tables as they were, their rows, then the migrations that came since: how many."""
    was = [(app, name) for app, name in reader.manifest["migrations"]]
    if newer := rows.unknown(was, "default"):
        raise TerreauError("app.archive_newer", made_by=reader.manifest["terreau"], migration=".".join(newer[0]))
    try:
        rows.bring_to(was, "default")
        _load(reader, rows.tables(was, "default"))
        before = len(rows.applied("default"))
        ContentType.objects.clear_cache()
        call_command("migrate", interactive=False, verbosity=0)
        connections["default"].check_constraints()
        return len(rows.applied("default")) - before
    except DatabaseError as trouble:
        raise TerreauError("app.restore_rows_refused", table="…", reason=str(trouble).strip()[:200]) from trouble


def _load(reader: archive.Reader, models: list[Any]) -> None:
    kept: dict[str, Any] = reader.manifest["tables"]
    by_label = {rows.label(model): model for model in models}
    if unknown := set(kept) - set(by_label):
        raise TerreauError("app.archive_altered", what=min(unknown))
    with transaction.atomic():
        _constraints("DEFERRED")  # rows come table by table, whatever points where
        for model in models:
            rows.empty(model, "default")
        for label, told in kept.items():
            rows.load(by_label[label], told["columns"], reader.lines(f"rows/{label}.jsonl"), "default")
            if rows.count(by_label[label], "default") != told["rows"]:
                raise TerreauError("app.archive_altered", what=label)
        rows.next_keys(models, "default")
        # From now on checked at once: a table with checks pending cannot be altered by a migration.
        _constraints("IMMEDIATE")


def _constraints(when: str) -> None:
    if connections["default"].vendor == "postgresql":
        with connections["default"].cursor() as cursor:
            cursor.execute(f"SET CONSTRAINTS ALL {when}")


def _verified(reader: archive.Reader, apart: Path) -> list[Kept]:
    """The journals, read again: what held when the archive was made must hold, up to the very same head."""
    outside = {path.parent.name: path for path in (apart / "organisations").glob("*/journal.heads")}
    found = journals_of(rows.tables(rows.applied("default"), "default"), "default", outside)
    if [one.as_json() for one in found] != reader.manifest["organisations"]:
        raise TerreauError("app.archive_altered", what="journal")
    return found


def _say_so(reader: archive.Reader, found: list[Kept]) -> None:
    """One entry in each journal: from here on, this chain goes its own way."""
    from terreau.app.accounts.models import Organisation
    from terreau.app.journal import door, heads

    with transaction.atomic():
        for one in found:
            facts = {"made_at": reader.manifest["made_at"], "entries": one.entries}
            said_in = door.record(Organisation.objects.get(pk=one.id), None, "keeping.restored", facts)
            heads.append(one.id, said_in.number, said_in.digest)  # now: once committed, the folder will have moved
