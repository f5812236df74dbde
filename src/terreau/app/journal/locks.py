"""The database's own refusal to change or remove a journal row, lifted for one purpose only: erasing an organisation."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

TRIGGERS = ("journal_entry_is_never_changed", "journal_entry_is_never_removed")


@contextmanager
def lifted(connection: Any) -> Iterator[None]:
    """Within, rows of the journal can be removed (right to erasure, and the tests' own cleaning)."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'journal_entry'")
            kept = cursor.fetchall()
            for name, _ in kept:
                cursor.execute(f'DROP TRIGGER "{name}"')
        else:
            # A table with checks still pending cannot be altered: have them done now.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER USER")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                for _, sql in kept:
                    cursor.execute(sql)
            else:
                cursor.execute("ALTER TABLE journal_entry ENABLE TRIGGER USER")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
