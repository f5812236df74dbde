"""The one door to files of tables: any CSV or workbook in, sheets of text cells out (lecture)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from terreau.kernel.errors import TerreauError
from terreau.tables.csv_reading import read_csv
from terreau.tables.engine import Engine
from terreau.tables.limits import SHELL, Limits
from terreau.tables.set_aside import SetAside
from terreau.tables.sheet import RawSheet
from terreau.tables.snapshot import is_snapshot
from terreau.tables.sniffing import kind_of

__all__ = ["RawSheet", "ReadingChoices", "SetAside", "read_sheets"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingChoices:
    """What a person decided instead of the reader; None leaves the reader decide.

    sheets: the sheets of a workbook to read; header_line: physical line (1-based).
    """

    encoding: str | None = None
    separator: str | None = None
    decimal: str | None = None
    header_line: int | None = None
    sheets: tuple[str, ...] | None = None


def read_sheets(
    con: Engine,
    path: Path,
    *,
    name: str,
    known_header: Callable[[str], bool],
    choices: ReadingChoices | None = None,
    limits: Limits = SHELL,
) -> tuple[RawSheet, ...]:
    """Every useful sheet of ``path`` (one for a CSV), known to people as ``name``.

    known_header: says whether a header is one we understand. TerreauError when the file cannot be read as tables.
    """
    chosen = choices or ReadingChoices()
    limits.checked_size(path, name)
    with left_alone(path, name):
        return _sheets(con, path, name, known_header, chosen, limits)


@contextmanager
def left_alone(path: Path, name: str) -> Iterator[None]:
    """Refuse what was read of a file that changed meanwhile: a reading goes through it several times.

    TerreauError: tables.changed_while_read.
    """
    before = _state(path)
    try:
        yield
    finally:
        if _state(path) != before:
            raise TerreauError("tables.changed_while_read", name=name)


def _state(path: Path) -> tuple[int, ...]:
    try:
        told = path.stat()
    except OSError:
        return ()
    return told.st_dev, told.st_ino, told.st_size, told.st_mtime_ns


def _sheets(
    con: Engine, path: Path, name: str, known_header: Callable[[str], bool], chosen: ReadingChoices, limits: Limits
) -> tuple[RawSheet, ...]:
    kind = kind_of(path, name)
    if kind == "parquet":
        raise TerreauError("tables.read_already" if is_snapshot(path) else "tables.not_a_snapshot", name=name)
    if kind == "text":
        sheet = read_csv(
            con,
            path,
            name=name,
            known_header=known_header,
            limits=limits,
            encoding=chosen.encoding,
            separator=chosen.separator,
            decimal=chosen.decimal,
            header_line=chosen.header_line,
        )
        return (sheet,)
    from terreau.tables.workbook import read_workbook  # late: what opens archives and XML is of no use to a CSV

    return read_workbook(
        con,
        path,
        kind=kind,
        name=name,
        known_header=known_header,
        limits=limits,
        decimal=chosen.decimal,
        header_line=chosen.header_line,
        only=chosen.sheets,
    )
