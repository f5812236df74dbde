"""The archive: a ZIP of plain files with a manifest that counts and digests them; read with suspicion.

Nothing is ever extracted by its own name: a name must be one of those Terreau writes (``NAMES``), it becomes a new
regular file (0600) under the folder asked for, and its bytes are counted against what was declared.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from terreau.app.keeping import sealed
from terreau.app.keeping.whole import new_file, said
from terreau.kernel.errors import TerreauError

BACKUP, ORGANISATION = "terreau-backup-1", "terreau-organisation-1"
MANIFEST = "manifest.json"
SEGMENT = r"[A-Za-z0-9_][A-Za-z0-9._-]{0,200}"
UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
FOLDER = rf"(?:journal\.heads|(?:snapshots|files|packs|results)(?:/{SEGMENT}){{1,6}})"
NAMES = re.compile(
    rf"manifest\.json|rows/[a-z_0-9]+\.[a-z_0-9]+\.jsonl|home/(?:secret\.key|journal\.key|people\.key|organisations/{UUID}/{FOLDER})"
    rf"|folder/{FOLDER}|journal/(?:key|seals)|LISEZ-MOI\.txt"
)
SHAPE: dict[str, type] = {
    "made_at": str, "terreau": str, "migrations": list, "tables": dict, "organisations": list, "damaged": list,
}  # fmt: skip
CHUNK = 1 << 20
MANIFEST_BYTES, LINE_BYTES, ENTRIES = 256 << 20, 256 << 20, 2_000_000
PACKED_ALREADY = {".parquet", ".xlsx", ".ods", ".pdf", ".png", ".jpg", ".jpeg", ".zip"}


class Writer:
    """One archive being written; ``entries`` says what went in."""

    def __init__(self, file: Any) -> None:
        self._zip = zipfile.ZipFile(file, "w", allowZip64=True)
        self.entries: dict[str, dict[str, Any]] = {}

    def file(self, name: str, path: Path) -> str:
        """Add the bytes of ``path`` as they are now; returns their sha256."""
        packed = path.suffix in PACKED_ALREADY or not path.suffix
        with path.open("rb") as source:
            return self._add(name, iter(lambda: source.read(CHUNK), b""), packed)

    def lines(self, name: str, lines: Iterable[bytes]) -> int:
        """Add lines, each ended here; returns how many."""
        count = 0

        def ended() -> Iterator[bytes]:
            nonlocal count
            for line in lines:
                count += 1
                yield line + b"\n"

        self._add(name, ended(), packed=False)
        return count

    def text(self, name: str, content: str) -> None:
        """Add a short text."""
        self._add(name, [content.encode()], packed=False)

    def close(self, manifest: dict[str, Any]) -> None:
        """Write the manifest, then the table of contents."""
        whole = {**manifest, "entries": self.entries}
        self._add(MANIFEST, [json.dumps(whole, ensure_ascii=False, indent=1).encode()], packed=False)
        self._zip.close()

    def _add(self, name: str, pieces: Iterable[bytes], packed: bool) -> str:
        if not NAMES.fullmatch(name):
            raise ValueError(f"a name no archive may hold: {name}")
        info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
        info.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
        info.external_attr = 0o100600 << 16
        digest, size = hashlib.sha256(), 0
        with self._zip.open(info, "w", force_zip64=True) as target:
            for piece in pieces:
                digest.update(piece)
                size += len(piece)
                target.write(piece)
        if name != MANIFEST:
            self.entries[name] = {"sha256": digest.hexdigest(), "size": size}
        return digest.hexdigest()


@contextmanager
def written(target: Path, passphrase: str | None) -> Iterator[Writer]:
    """An archive written at ``target``: whole, private, closed with the passphrase when there is one."""
    with new_file(target) as file:
        through = sealed.SealedWriter(file, passphrase) if passphrase else None
        yield Writer(through or file)
        if through:
            through.finish()


class Reader:
    """An archive whose table of contents and manifest agree; its bytes are verified as they are read."""

    def __init__(self, file: Any, kind: str) -> None:
        try:
            self._zip = zipfile.ZipFile(file)
            self._infos = _contents(self._zip)
            self.manifest = _manifest(self._zip, self._infos, kind)
        except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, KeyError, OverflowError) as trouble:
            raise TerreauError("app.archive_unreadable") from trouble
        self.entries: dict[str, dict[str, Any]] = self.manifest["entries"]

    @property
    def size(self) -> int:
        """Bytes once unpacked."""
        return sum(entry["size"] for entry in self.entries.values())

    def extract(self, name: str, target: Path) -> None:
        """One entry as a new regular file, readable by its owner only."""
        with said(target):
            _private_folder(target.parent)
            target.touch(mode=0o600, exist_ok=False)
            with target.open("wb") as file:
                for piece in self.pieces(name):
                    file.write(piece)

    def lines(self, name: str) -> Iterator[bytes]:
        """The lines of an entry; what does not agree with the manifest shows at the end at the latest."""
        rest = b""
        for piece in self.pieces(name):
            *whole, rest = (rest + piece).split(b"\n")
            yield from whole
            if len(rest) > LINE_BYTES:
                raise TerreauError("app.archive_altered", what=name)
        if rest:
            raise TerreauError("app.archive_altered", what=name)

    def pieces(self, name: str) -> Iterator[bytes]:
        """The bytes of an entry, counted and digested on the way."""
        declared, digest, seen = self.entries[name], hashlib.sha256(), 0
        try:
            with self._zip.open(self._infos[name]) as source:
                while piece := source.read(CHUNK):
                    seen += len(piece)
                    if seen > declared["size"]:
                        break
                    digest.update(piece)
                    yield piece
        except (zipfile.BadZipFile, EOFError, zlib.error, NotImplementedError) as trouble:
            raise TerreauError("app.archive_altered", what=name) from trouble
        if seen != declared["size"] or digest.hexdigest() != declared["sha256"]:
            raise TerreauError("app.archive_altered", what=name)

    def check_room(self, folder: Path) -> None:
        """Refuse before writing what this disk cannot hold: app.restore_no_room."""
        needed, free = self.size, shutil.disk_usage(folder).free
        if needed > free:
            raise TerreauError("app.restore_no_room", needed=-(-needed >> 20), free=free >> 20, path=str(folder))


@contextmanager
def opened(path: Path, kind: str, passphrase: str | None) -> Iterator[Reader]:
    """The archive at ``path``; app.archive_absent, app.archive_unreadable, app.passphrase_needed and the like."""
    try:
        file = path.open("rb")
    except OSError as trouble:
        raise TerreauError("app.archive_absent", path=str(path), reason=trouble.strerror or "") from trouble
    with file:
        clear: IO[bytes] = file
        if sealed.is_sealed(file):
            if not passphrase:
                raise TerreauError("app.passphrase_needed", path=str(path))
            clear = io.BufferedReader(sealed.SealedReader(file, passphrase), CHUNK)
        yield Reader(clear, kind)


def _private_folder(folder: Path) -> None:
    if not folder.is_dir():
        _private_folder(folder.parent)
        folder.mkdir(mode=0o700)


def _contents(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    infos = archive.infolist()
    found = {info.filename: info for info in infos}
    if len(found) != len(infos) or len(infos) > ENTRIES:
        raise TerreauError("app.archive_unsafe", what="×2")
    for name, info in found.items():
        plain = info.flag_bits & 0x1 == 0 and info.compress_type in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
        kind = info.external_attr >> 28  # a regular file, or a system that does not say
        if not NAMES.fullmatch(name) or ".." in name or not plain or kind not in {0, 0o10}:
            raise TerreauError("app.archive_unsafe", what=ascii(name)[:80])
    return found


def _manifest(archive: zipfile.ZipFile, infos: dict[str, zipfile.ZipInfo], kind: str) -> dict[str, Any]:
    if MANIFEST not in infos or infos[MANIFEST].file_size > MANIFEST_BYTES:
        raise TerreauError("app.archive_unreadable")
    with archive.open(infos[MANIFEST]) as file:
        manifest = json.loads(file.read(MANIFEST_BYTES))
    if not isinstance(manifest, dict) or manifest.get("format") not in {BACKUP, ORGANISATION}:
        raise TerreauError("app.archive_newer" if "format" in manifest else "app.archive_unreadable")
    if manifest["format"] != kind:
        raise TerreauError("app.archive_of_another_kind", kind=manifest["format"])
    if kind == BACKUP and not all(isinstance(manifest[key], of) for key, of in SHAPE.items()):
        raise TerreauError("app.archive_unreadable")
    declared = manifest["entries"]
    if set(declared) != set(infos) - {MANIFEST}:
        raise TerreauError("app.archive_altered", what=MANIFEST)
    for name, entry in declared.items():
        if infos[name].file_size != int(entry["size"]) or not re.fullmatch(r"[0-9a-f]{64}", entry["sha256"]):
            raise TerreauError("app.archive_altered", what=name)
    return manifest
