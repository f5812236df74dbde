"""The only door to DuckDB: a private, offline, in-memory engine that spills to a folder of its own."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from terreau.kernel.underway import stoppable
from terreau.tables.working import ENGINE, working_folder

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Engine
else:
    Engine = object

MEMORY = "700MB"
WIDE_FROM = 40_000
"""Lines from which an engine works with every processor: under it, handing pieces round costs more than it gains (a
footprint of 2,000 lines takes a quarter less processor time with one thread, and is there sooner) [count]."""


@contextmanager
def engine(threads: int | None = None, memory: str = MEMORY) -> Iterator[Engine]:
    """An engine for one piece of work; closed and its spill folder removed at the end.

    threads: those it keeps to; without, one until it meets a long list (see ``widen``)
    Its question under way ends when the work does: see ``kernel.underway``, which then raises Stopped.
    """
    import duckdb  # late on purpose: 0.2 s that a page or --help must not pay

    with working_folder(ENGINE) as spill:
        settings: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": memory,
            "temp_directory": str(spill),
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        }
        settings["threads"] = threads or 1
        connection = duckdb.connect(":memory:", config=settings)
        try:
            if threads is None:
                connection.execute("SET VARIABLE may_widen = true")
            with stoppable(connection.interrupt):
                yield connection
        finally:
            connection.close()


def widen(connection: Engine, lines: int) -> None:
    """Give the engine every processor when a list of so many ``lines`` is to be asked; one told its threads keeps to them."""
    if lines >= WIDE_FROM and connection.execute("SELECT getvariable('may_widen')").fetchone() == (True,):
        connection.execute("RESET threads")


@contextmanager
def one_thread(connection: Engine) -> Iterator[None]:
    """Within, the engine works with one thread: to copy rows in their order without holding them back.

    Several threads that must keep the order pile up what they read ahead: on a CSV of a million lines, 300 MB and 1.7 s
    of processor time instead of 140 MB and 1.2 s.
    """
    row = connection.execute("SELECT current_setting('threads')").fetchone()
    connection.execute("SET threads = 1")
    try:
        yield
    finally:
        connection.execute(f"SET threads = {int(row[0]) if row else 2}")


@contextmanager
def alike(connection: Engine) -> Iterator[None]:
    """Within, a file written owes its bytes to its rows alone, not to what the engine knows of where they come from.

    Statistics of the source tell the engine which columns have no empty cell, and it writes those otherwise.
    """
    connection.execute("SET disabled_optimizers = 'statistics_propagation'")
    try:
        yield
    finally:
        connection.execute("RESET disabled_optimizers")


def quoted(name: str) -> str:
    """An SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """An SQL string."""
    return "'" + text.replace("'", "''") + "'"


def folder_of(connection: Engine) -> Path:
    """The private folder of an engine, gone with it: where its own working files live."""
    row = connection.execute("SELECT current_setting('temp_directory')").fetchone()
    folder = Path(str(row[0])) if row and row[0] else Path(tempfile.mkdtemp(prefix="terreau-"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def engine_errors() -> tuple[type[Exception], ...]:
    """What the engine raises when it refuses a file or a question."""
    import duckdb

    return (duckdb.Error,)
