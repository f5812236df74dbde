"""Evidence copied into the dossier, its digest computed on the way: a byte that differs stops that file, and it is told."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from terreau.publishing.dossier.layout import DAMAGED, MISSING, Filed

Files = Callable[[str], Path]
"""Digest -> where the bytes are; LookupError or FileNotFoundError when nobody has them any more."""
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """What came of one file: its size [bytes] when it is in the dossier, else why it is not."""

    filed: Filed
    size: int = 0
    why: str = ""


def copied(filed: Filed, files: Files, root: Path) -> Copied:
    """Copy one file under ``root``; OSError when the disk refuses to write."""
    try:
        source = files(filed.sha256).open("rb")
    except (LookupError, OSError):
        return Copied(filed=filed, why=MISSING)
    target = root / filed.path
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with source, target.open("xb", buffering=0) as written:
        while True:
            try:
                chunk = source.read(CHUNK)
            except OSError:  # the disk it comes from
                size = -1
                break
            if not chunk:
                break
            digest.update(chunk)
            _write(written.fileno(), chunk)
            size += len(chunk)
    if size < 0 or digest.hexdigest() != filed.sha256:
        target.unlink()
        return Copied(filed=filed, why=DAMAGED)
    return Copied(filed=filed, size=size)


def digest_of(path: Path) -> tuple[str, int]:
    """SHA-256 and size of a file."""
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
        return found, file.tell()


def _write(handle: int, chunk: bytes) -> None:
    view = memoryview(chunk)
    while view:
        view = view[os.write(handle, view) :]
