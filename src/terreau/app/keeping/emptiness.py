"""An empty home: what may stand there before a restore, and how what comes takes its place."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from terreau.app.keeping.whole import said, sweep, sync_folder
from terreau.kernel.errors import TerreauError

UNFINISHED, WORK = ".restore-unfinished", ".restoring-"
NOT_OURS = {"lost+found"}


def make_room(home: Path, holding: Path | None = None) -> None:
    """Take away what a restore cut half-way put here, then refuse anything else: app.home_not_empty.

    To be asked once the database is known to be empty. ``holding``: the working folder of the restore that asks.
    """
    with said(home):
        if holding is None:
            sweep(home, WORK)
        take_back(home)
        there = sorted(path.name for path in home.iterdir() if path != holding and path.name not in NOT_OURS)
    if there:
        raise TerreauError("app.home_not_empty", path=str(home), there=", ".join(there[:5]))


def in_place(apart: Path, home: Path, last: str | None) -> None:
    """Give their names to the folders and files of ``apart``, all on the disk; ``last`` comes last, alone."""
    names = sorted(path.name for path in apart.iterdir() if path.name != ".held" and path.name != last)
    for path in sorted(apart.rglob("*")):
        _sync(path)
    note = apart / UNFINISHED
    note.write_text(json.dumps({"put": names, "last": last}), encoding="utf-8")
    _sync(note)
    note.replace(home / UNFINISHED)
    sync_folder(home)
    for name in [*names, *([last] if last else [])]:
        if name == last:
            sync_folder(home)
        (apart / name).rename(home / name)
    sync_folder(home)


def take_back(home: Path) -> None:
    """Undo a restore cut while it put things in place; one whose database took its name was whole and stays."""
    note = home / UNFINISHED
    if not note.exists():
        return
    told = json.loads(note.read_text(encoding="utf-8"))
    if not (told["last"] and holds_tables(home / told["last"])):
        for name in [*told["put"], *([told["last"]] if told["last"] else [])]:
            _remove(home / Path(name).name)
    note.unlink()


def holds_tables(database: Path) -> bool:
    """True when this SQLite file exists and something was ever made in it."""
    if not database.is_file():
        return False
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as opened:
            return bool(opened.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
    except sqlite3.Error:
        return True  # not ours to judge, hence not ours to remove


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    if path.is_dir():
        sync_folder(path)
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
