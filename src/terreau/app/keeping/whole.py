"""Files that are there whole or not at all, and working folders that a killed process leaves behind, found and swept."""

import contextlib
import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from terreau.kernel.errors import TerreauError
from terreau.tables.working import held_folder, hold, sweep


@contextlib.contextmanager
def new_file(target: Path) -> Iterator[IO[bytes]]:
    """A file of our own (0600) beside ``target``; it takes that name at the end, whole and on the disk, or vanishes.

    Raises app.target_exists, also when another file took the name meanwhile; app.disk_full, app.cannot_write.
    """
    if target.exists() or target.is_symlink():
        raise TerreauError("app.target_exists", path=str(target))
    with said(target):
        sweep(target.parent, f".{target.name}.partial-")
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.partial-")
    written = Path(name)
    try:
        with said(target), os.fdopen(handle, "w+b") as file:
            hold(file.fileno())
            yield file
            file.flush()
            os.fsync(file.fileno())
            _name(written, target)
            sync_folder(target.parent)
    finally:
        written.unlink(missing_ok=True)


@contextlib.contextmanager
def new_folder(parent: Path, prefix: str) -> Iterator[Path]:
    """A private folder to work in, held while this process lives, removed at the end."""
    with said(parent):
        sweep(parent, prefix)
        folder, lock = held_folder(parent, prefix)
    try:
        yield folder
    finally:
        os.close(lock)
        shutil.rmtree(folder, ignore_errors=True)


def sync_folder(folder: Path) -> None:
    """The names in this folder reach the disk."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sync(folder: Path) -> None:
    """The files of this folder, then their names, reach the disk."""
    for path in folder.iterdir():
        with path.open("rb+") as file:
            os.fsync(file.fileno())
    sync_folder(folder)


@contextlib.contextmanager
def said(path: Path) -> Iterator[None]:
    """What the disk refuses, in words: app.disk_full, or app.cannot_write with its reason."""
    try:
        yield
    except OSError as trouble:
        if trouble.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            raise TerreauError("app.disk_full", path=str(path)) from trouble
        raise TerreauError("app.cannot_write", path=str(path), reason=_reason(trouble)) from trouble


def _reason(trouble: OSError) -> str:
    return f"{trouble.strerror or trouble}" + (f" ({trouble.filename})" if trouble.filename else "")


def _name(written: Path, target: Path) -> None:
    # A hard link never takes the place of a file that came meanwhile; some disks have none.
    try:
        os.link(written, target)
    except FileExistsError:
        raise TerreauError("app.target_exists", path=str(target)) from None
    except OSError:
        if target.exists():
            raise TerreauError("app.target_exists", path=str(target)) from None
        written.replace(target)


def quietly_closed(file: Any) -> None:
    """Close, whatever the disk says: what matters was said before."""
    with contextlib.suppress(OSError):
        file.close()
