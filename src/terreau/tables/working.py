"""Folders to work in, held by their process while it lives: what a killed one leaves is told apart, and swept."""

import contextlib
import errno
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ENGINE, CHILD = "terreau-engine-", "terreau-child-"
ELSEWHERE = 24 * 3600.0


@contextlib.contextmanager
def working_folder(prefix: str) -> Iterator[Path]:
    """A folder among the temporary files of the system, held by this process, gone at the end."""
    folder, lock = held_folder(Path(tempfile.gettempdir()), prefix)
    try:
        yield folder
    finally:
        os.close(lock)
        shutil.rmtree(folder, ignore_errors=True)


def sweep_the_temporary_files() -> None:
    """Remove the working folders of processes that died; those of living ones stay, of another version of Terreau too."""
    for prefix in (ENGINE, CHILD):
        sweep(Path(tempfile.gettempdir()), prefix, unheld_for=ELSEWHERE)


def held_folder(parent: Path, prefix: str) -> tuple[Path, int]:
    """A new folder to work in, and the open file by which this process holds it while it lives."""
    # Another process may sweep a folder in the instant before it is held: then it is made again.
    for _ in range(20):
        folder = Path(tempfile.mkdtemp(dir=parent, prefix=prefix))
        with contextlib.suppress(FileNotFoundError):
            lock = os.open(folder / ".held", os.O_CREAT | os.O_RDWR, 0o600)
            if hold(lock) and (folder / ".held").exists():
                return folder, lock
            os.close(lock)
    raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(parent))


def sweep(parent: Path, prefix: str, unheld_for: float = 0.0) -> None:
    """Remove what a killed process left under this prefix; what a living one holds stays.

    unheld_for: time that a folder nobody ever held is left alone: older versions held none [s]
    """
    for left in parent.glob(f"{prefix}*"):
        held = left / ".held" if left.is_dir() else left
        if not held.exists() and _age(left) < unheld_for:
            continue
        if held.exists() and not _free(held):
            continue
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)


def hold(handle: int) -> bool:
    """Keep this open file to ourselves until the process ends, however it ends; False when another holds it."""
    try:
        import fcntl
    except ImportError:  # Windows: an open file cannot be removed there, which serves
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _age(path: Path) -> float:
    with contextlib.suppress(OSError):
        return time.time() - path.stat().st_mtime
    return 0.0


def _free(path: Path) -> bool:
    try:
        handle = os.open(path, os.O_RDWR)
    except OSError:
        return False
    try:
        return hold(handle)
    finally:
        os.close(handle)
