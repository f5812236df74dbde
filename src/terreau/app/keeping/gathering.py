"""What a backup holds besides the rows: the files as they stood at one instant, held by a second name each.

A file kept here never changes under its name: another takes its place, or it goes. So a hard link made while nobody
may write holds the very bytes the rows speak of, and copying them can then take its time.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connections, transaction

from terreau.app.home import home
from terreau.app.keeping.archive import NAMES
from terreau.app.keeping.whole import new_folder
from terreau.kernel.errors import TerreauError

SECRETS = ("secret.key", "journal.key", "people.key")
KINDS = ("snapshots", "files", "packs")
DRAFTS = ("files", "drafts")  # imports under way: people's names, forgotten after a week
NAMED_BY_CONTENT = re.compile(r"(?P<sha256>[0-9a-f]{64})(?:\.parquet)?")
READER = "keeping"


@dataclass(slots=True)
class Gathered:
    """Files by the name they take in the archive; ``ignored``: names that are not Terreau's."""

    files: dict[str, Path] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)


@contextmanager
def at_one_instant(results: bool, only: str = "") -> Iterator[tuple[str, Gathered]]:
    """The rows (alias of a reading connection) and the files of one and the same instant; writers wait for a moment.

    only: identifier of one organisation, whose imports under way then come too
    """
    with new_folder(home(), ".backup-") as apart, _reader() as reader:
        with _nobody_writes():
            _start_reading(reader)
            found = gather(home(), apart, results, only)
        yield reader.alias, found


def gather(source: Path, apart: Path, results: bool, only: str = "") -> Gathered:
    """Link every file worth keeping of a home under ``apart``."""
    found = Gathered()
    for name in SECRETS:
        if not only and (source / name).is_file():
            _take(found, f"home/{name}", source / name, apart)
    organisations = source / "organisations"
    for folder in sorted(organisations.glob(only or "[!.]*")):
        for path, name in of_organisation(folder, results, drafts=bool(only)):
            _take(found, f"home/organisations/{folder.name}/{name}", path, apart)
    return found


def of_organisation(folder: Path, results: bool, drafts: bool) -> Iterator[tuple[Path, str]]:
    """The files of one organisation worth keeping, and their names inside its folder."""
    if (folder / "journal.heads").is_file():
        yield folder / "journal.heads", "journal.heads"
    for kind in (*KINDS, *(["results"] if results else [])):
        for path in sorted((folder / kind).rglob("*")):
            parts = path.relative_to(folder).parts
            left_out = any(part.startswith(".") for part in parts) or (parts[:2] == DRAFTS and not drafts)
            if path.is_file() and not path.is_symlink() and not left_out:
                yield path, "/".join(parts)


def damaged(name: str, sha256: str) -> bool:
    """True when a file named by its content holds another content."""
    known = NAMED_BY_CONTENT.fullmatch(name.rpartition("/")[2])
    return bool(known and ("/files/" in name or "/snapshots/" in name) and known["sha256"] != sha256)


def _take(found: Gathered, name: str, path: Path, apart: Path) -> None:
    if not NAMES.fullmatch(name):
        found.ignored.append(str(path))
        return
    held = apart / str(len(found.files))
    try:
        if path.name == "journal.heads":  # it grows under its name
            shutil.copyfile(path, held)
        else:
            os.link(path, held)
    except FileNotFoundError:
        return  # removed with its row an instant before
    except OSError:  # a disk without hard links
        shutil.copyfile(path, held)
    found.files[name] = held


@contextmanager
def _reader() -> Iterator[Any]:
    reader = connections["default"].copy(alias=READER)
    reader.settings_dict["OPTIONS"].pop("transaction_mode", None)  # reading only: never waits, nobody waits for it
    connections[READER] = reader
    try:
        yield reader
    finally:
        reader.close()
        del connections[READER]


@contextmanager
def _nobody_writes() -> Iterator[None]:
    # Every change worth keeping takes the row of its organisation; files leave after it, under the same lock.
    try:
        with transaction.atomic(), connections["default"].cursor() as cursor:
            if connections["default"].vendor == "postgresql":
                cursor.execute("SET LOCAL lock_timeout = '20s'")
                cursor.execute("LOCK TABLE accounts_organisation IN EXCLUSIVE MODE")
            yield
    except DatabaseError as trouble:
        raise TerreauError("app.database_unreachable", reason=str(trouble).strip()[:200]) from trouble


def _start_reading(reader: Any) -> None:
    if reader.vendor == "sqlite":
        reader.ensure_connection()
        cursor = reader.connection.cursor()
        cursor.execute("BEGIN")
        cursor.execute("SELECT count(*) FROM sqlite_master").fetchone()
    else:
        reader.set_autocommit(False)
        with reader.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT 1")
