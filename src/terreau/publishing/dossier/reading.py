"""A received dossier, folder or zip, read without trusting it: no link followed, nothing unpacked, no more read than said."""

from __future__ import annotations

import hashlib
import os
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol

from terreau.kernel.errors import TerreauError
from terreau.publishing.dossier.copying import CHUNK
from terreau.publishing.dossier.manifest import MANIFEST

MOST_ENTRIES = 100_000
LARGEST_TEXT = 64 << 20
"""The manifest and the frozen record are read whole in memory: never more than this [bytes]."""


class Received(Protocol):
    """What verifying asks of a dossier."""

    strange: tuple[tuple[str, str], ...]
    """Entries that no dossier holds, with their sort: link, special, unlawful, twice."""

    def sizes(self) -> dict[str, int]:
        """Path -> size, of the ordinary files."""
        ...

    def open(self, path: str) -> IO[bytes]:
        """The bytes of one of them."""
        ...


@contextmanager
def received(path: Path) -> Iterator[Received]:
    """The dossier at ``path``; TerreauError publishing.nothing_there, or publishing.no_dossier when it is no dossier."""
    if path.is_dir():
        yield Folder(path)
        return
    if not path.is_file():
        raise TerreauError("publishing.nothing_there", path=str(path))
    try:
        with zipfile.ZipFile(path) as opened:
            yield Zip(path, opened)
    except (zipfile.BadZipFile, NotImplementedError) as trouble:
        raise TerreauError("publishing.no_dossier", path=str(path), reason=str(trouble)) from trouble


class Folder:
    """A dossier as a folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._sizes: dict[str, int] = {}
        strange = []
        for place, folders, files in os.walk(root, followlinks=False):
            for name in (*folders, *files):
                path = Path(place) / name
                known = path.relative_to(root).as_posix()
                mode = path.lstat().st_mode
                if stat.S_ISLNK(mode):
                    strange.append((known, "link"))
                elif stat.S_ISREG(mode):
                    self._sizes[known] = path.lstat().st_size
                elif not stat.S_ISDIR(mode):
                    strange.append((known, "special"))
            if len(self._sizes) > MOST_ENTRIES:
                raise TerreauError("publishing.no_dossier", path=str(root), reason=f"> {MOST_ENTRIES}")
        self.strange = tuple(sorted(strange))

    def sizes(self) -> dict[str, int]:
        """Path -> size."""
        return self._sizes

    def open(self, path: str) -> IO[bytes]:
        """The bytes; a file replaced by a link meanwhile is not followed."""
        handle = os.open(self.root / path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
        return os.fdopen(handle, "rb")


class Zip:
    """A dossier as one archive: everything under one folder, read where it is."""

    def __init__(self, path: Path, opened: zipfile.ZipFile) -> None:
        self.opened = opened
        self._entries: dict[str, zipfile.ZipInfo] = {}
        infos = opened.infolist()
        if len(infos) > MOST_ENTRIES:
            raise TerreauError("publishing.no_dossier", path=str(path), reason=f"> {MOST_ENTRIES}")
        root = next((info.filename.removesuffix(MANIFEST) for info in infos if info.filename.endswith(MANIFEST)), None)
        if root is None or root.count("/") > 1:
            raise TerreauError("publishing.no_dossier", path=str(path), reason=MANIFEST)
        strange = []
        for info in infos:
            if info.is_dir():
                continue
            known, sort = info.filename.removeprefix(root), _strange(info, root)
            if sort or known in self._entries:
                strange.append((info.filename, sort or "twice"))
            else:
                self._entries[known] = info
        self.strange = tuple(strange)

    def sizes(self) -> dict[str, int]:
        """Path -> size as the archive says it."""
        return {path: info.file_size for path, info in self._entries.items()}

    def open(self, path: str) -> IO[bytes]:
        """The bytes, as they come out of the archive."""
        return self.opened.open(self._entries[path])


def digest_of(found: Received, path: str, most: int) -> tuple[str, int]:
    """SHA-256 and size of one file; reading stops as soon as it is longer than ``most``."""
    digest, size = hashlib.sha256(), 0
    with found.open(path) as file:
        while size <= most and (chunk := file.read(min(CHUNK, most + 1 - size))):
            digest.update(chunk)
            size += len(chunk)
    return digest.hexdigest(), size


def text_of(found: Received, path: str) -> bytes:
    """A file read whole; ValueError when it is larger than any we write."""
    with found.open(path) as file:
        content = file.read(LARGEST_TEXT + 1)
    if len(content) > LARGEST_TEXT:
        raise ValueError(f"> {LARGEST_TEXT}")
    return content


def _strange(info: zipfile.ZipInfo, root: str) -> str:
    name = info.filename
    if stat.S_ISLNK(info.external_attr >> 16):
        return "link"
    if (
        not name.startswith(root)
        or "\\" in name
        or name.startswith("/")
        or ".." in name.split("/")
        or ":" in name.split("/")[0]
    ):
        return "unlawful"
    return "special" if info.flag_bits & 0x1 else ""
