"""The tables of a new SQLite home, written once by the migrations and kept in ``prepared.sql``: milliseconds, not a second.

The migrations stay the only truth. The script names the migrations that made it by their digest; when they are others
(another version of a library, a migration just written) it is left aside and `migrate` does the work. A test holds the
script equal to what `migrate` makes; ``python tools/prepare.py`` writes it again.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.db import transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

SCRIPT = Path(__file__).with_name("prepared.sql")
PREPARING = 0x7E44EA0  # the name of the lock on a PostgreSQL: any number that is ours


@contextlib.contextmanager
def alone(connection: Any) -> Iterator[None]:
    """Within, no other process prepares this database: two started at once would both migrate, and the second would fail.

    However the process ends, the system or the server gives the lock back.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [PREPARING])
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [PREPARING])
        return
    if connection.is_in_memory_db():
        yield
        return
    handle = _held(Path(connection.settings_dict["NAME"]).parent)
    try:
        yield
    finally:
        os.close(handle)


def fill(connection: Any) -> bool:
    """Make the tables of an empty SQLite database; False, and nothing done, when it is not one or the script is not for it."""
    if connection.vendor != "sqlite" or not SCRIPT.exists():
        return False
    first, _, script = SCRIPT.read_text(encoding="utf-8").partition("\n")
    if first != _first_line():
        return False
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        if cursor.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:  # asked inside: two may start at once
            return False
        for statement in _statements(script):
            cursor.execute(statement)
        MigrationRecorder(connection).migration_qs.update(applied=timezone.now())
    return True


def written(database: Path) -> str:
    """The script of a database that was migrated and nothing else."""
    connection = sqlite3.connect(database)
    try:
        connection.execute("UPDATE django_migrations SET applied = '1970-01-01 00:00:00'")  # never committed
        return "\n".join([_first_line(), *_tables(connection), *_rows(connection), *_others(connection), ""])
    finally:
        connection.close()


def _held(folder: Path) -> int:
    """The home held until this handle is closed; nothing is left in it, for a restore wants it empty."""
    try:
        import fcntl
    except ImportError:  # Windows holds no folder: a file that goes with its last handle
        return _held_on_windows(folder / ".preparing")
    handle = os.open(folder, os.O_RDONLY)
    with contextlib.suppress(OSError):  # a disk of the network that holds nothing: as before
        fcntl.flock(handle, fcntl.LOCK_EX)
    return handle


def _held_on_windows(path: Path) -> int:
    import msvcrt

    windows: Any = msvcrt
    handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_TEMPORARY", 0))
    while True:
        with contextlib.suppress(OSError):  # it waits ten seconds, then says so
            windows.locking(handle, windows.LK_LOCK, 1)
            return handle


def _first_line() -> str:
    """Which migrations, whatever the system's line endings."""
    digest = hashlib.sha256(".".join(map(str, django.VERSION[:2])).encode())
    for config in sorted(apps.get_app_configs(), key=lambda one: one.label):
        for path in sorted(Path(config.path, "migrations").glob("[0-9]*.py")):
            text = path.read_text(encoding="utf-8")
            digest.update(f"\n{config.label}.{path.stem} {hashlib.sha256(text.encode()).hexdigest()}".encode())
    return f"-- made by the migrations {digest.hexdigest()}"


def _statements(script: str) -> Iterator[str]:
    waiting = ""
    for line in script.splitlines(keepends=True):
        waiting += line
        if sqlite3.complete_statement(waiting):  # a trigger holds semicolons
            yield waiting
            waiting = ""


def _tables(connection: sqlite3.Connection) -> Iterator[str]:
    made = "SELECT sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    return (f"{sql};" for (sql,) in connection.execute(made))


def _others(connection: sqlite3.Connection) -> Iterator[str]:
    made = "SELECT sql FROM sqlite_master WHERE type != 'table' AND sql IS NOT NULL ORDER BY type, name"
    return (f"{sql};" for (sql,) in connection.execute(made))


def _rows(connection: sqlite3.Connection) -> Iterator[str]:
    """What the migrations put in the tables: their own list, the kinds of content, the permissions."""
    tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    for (table,) in connection.execute(tables).fetchall():
        columns = [name for _, name, *_ in connection.execute(f'PRAGMA table_info("{table}")')]
        cells = " || ', ' || ".join(f'quote("{name}")' for name in columns)
        rows = connection.execute(f'SELECT {cells} FROM "{table}" ORDER BY rowid')  # noqa: S608
        yield from (f'INSERT INTO "{table}" VALUES ({row});' for (row,) in rows)
