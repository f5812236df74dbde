"""Making a dossier (montage): a folder that appears whole or not at all, and the same bytes for the same frozen snapshot."""

from __future__ import annotations

import errno
import os
import shutil
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from terreau.kernel import canonical, underway
from terreau.kernel.errors import TerreauError
from terreau.publishing import earl
from terreau.publishing.dossier import grid, listing, manifest, story
from terreau.publishing.dossier.copying import CHUNK, Files, copied, digest_of
from terreau.publishing.dossier.held import Held, held
from terreau.publishing.dossier.layout import LISTING, arranged
from terreau.publishing.dossier.records import DossierPackage
from terreau.publishing.settled import entry
from terreau.tables.working import held_folder, sweep

Tell = Callable[[str, int, int], object]
FillsGrid = Callable[[Path], object]
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What was made. digest: SHA-256 of the manifest, the one number to quote; aside: reason -> how many pieces."""

    target: Path
    digest: str
    files: int
    size: int
    criteria: int
    aside: dict[str, int]


def build(
    package: DossierPackage,
    files: Files,
    target: Path,
    tell: Tell | None = None,
    *,
    fills_grid: FillsGrid | None = None,
) -> Summary:
    """Make the folder ``target``, which must not exist yet.

    files: digest -> path of the bytes kept; tell: hears (step, done, of), and may raise to stop
    fills_grid: writes the received workbook, filled, to the path given or with its own suffix, which it returns; our own grid otherwise
    TerreauError publishing.target_exists, disk_full, cannot_write; nothing is left at ``target`` then.
    """
    with _beside(target) as made:
        made.mkdir()
        told = _fill(made, package, files, tell or underway.step, fills_grid)
    return Summary(target=target, **told)


def archive(folder: Path, target: Path, tell: Tell | None = None, *, name: str = "") -> None:
    """The dossier ``folder`` as one zip, stored as it is, under one folder (``name``, that of the target); whole or not at all."""
    with _beside(target) as made:
        _zip(folder, made, tell or underway.step, name or target.stem)


def zipped(
    package: DossierPackage,
    files: Files,
    target: Path,
    tell: Tell | None = None,
    *,
    fills_grid: FillsGrid | None = None,
    name: str = "",
) -> Summary:
    """Make the archive ``target`` and nothing else: what ``build`` then ``archive`` would."""
    with _beside(target) as made:
        folder = made.with_name("dossier")
        folder.mkdir()
        told = _fill(folder, package, files, tell or underway.step, fills_grid)
        _zip(folder, made, tell or underway.step, name or target.stem)
    return Summary(target=target, **told)


def _fill(
    root: Path, package: DossierPackage, files: Files, tell: Tell, fills_grid: FillsGrid | None
) -> dict[str, Any]:
    laid = arranged(package)
    copies = []
    for done, filed in enumerate(laid.filed):
        tell("copy", done, len(laid.filed))
        copies.append(copied(filed, files, root))
    there = held(laid, copies)
    found = [_written(root, path, content) for path, content in _documents(package, there, tell)]
    found.append(_grid(root, package, there, fills_grid))
    tell("manifest", 0, 0)
    told = manifest.manifest(package, there, found)
    told = manifest.listed(told, _written(root, manifest.LINKS, manifest.links(told)))
    told = manifest.listed(told, _written(root, manifest.TABLE, manifest.table(told)))
    _, digest, size = _written(root, manifest.MANIFEST, manifest.as_bytes(told))
    _written(root, manifest.SEAL, manifest.seal(digest))
    return {
        "digest": digest,
        "files": len(there.copies),
        "size": size + sum(one["size"] for one in told["files"]),
        "criteria": len(package.asked.criteria),
        "aside": dict(Counter(one.why for one in there.aside)),
    }


def _documents(package: DossierPackage, there: Held, tell: Tell) -> Iterator[tuple[str, bytes]]:
    from terreau.publishing import pdf
    from terreau.referentials.document import as_document

    yield manifest.FROZEN, package.told.as_text().encode()
    if package.audience != "public" or not package.edition.key.startswith(
        "org:"
    ):  # a received grid is not ours to publish
        yield manifest.EDITION, canonical.text(as_document(package.edition)).encode()
    for place in there.layout.places:
        if place.links:
            yield f"{place.folder}/{LISTING}", listing.listing(place, package, there).encode()
    yield "earl.jsonld", manifest.as_bytes(earl.earl(package))
    tell("document", 0, 0)
    yield "dossier.pdf", pdf.pdf(story.document(package, there))
    yield "LISEZMOI.txt", listing.first_read(package, story.title_of(package)).encode()


def _grid(root: Path, package: DossierPackage, there: Held, fills_grid: FillsGrid | None) -> manifest.Found:
    tell_path = "grille.xlsx"
    if fills_grid is None:
        return _written(root, tell_path, grid.grid(package, there))
    written = fills_grid(root / tell_path)
    if isinstance(written, Path):  # a received ODS or CSV stays one
        tell_path = written.name
    return (tell_path, *digest_of(root / tell_path))


def _written(root: Path, path: str, content: bytes) -> manifest.Found:
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    return (path, *digest_of(target))


def _zip(folder: Path, made: Path, tell: Tell, name: str) -> None:
    paths = sorted((path.relative_to(folder).as_posix(), path) for path in folder.rglob("*") if path.is_file())
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as opened:
        for done, (known, path) in enumerate(paths):
            tell("archive", done, len(paths))
            info = entry(f"{name}/{known}")
            info.file_size = path.stat().st_size
            with path.open("rb") as source, opened.open(info, "w") as written:
                shutil.copyfileobj(source, written, CHUNK)
    with made.open("rb+") as whole:
        os.fsync(whole.fileno())


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """Where to make what takes the name ``target`` at the end, in a folder beside it; what a killed process left there is swept first."""
    if target.exists() or target.is_symlink():
        raise TerreauError("publishing.target_exists", path=str(target))
    prefix = f".{target.name[:60]}.partiel-"
    with _said(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        sweep(target.parent, prefix)
        working, lock = held_folder(target.parent, prefix)
        try:
            yield working / "made"
            underway.check()
            (working / "made").rename(target)
        finally:
            os.close(lock)
            shutil.rmtree(working, ignore_errors=True)


@contextmanager
def _said(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as trouble:
        if trouble.errno in FULL:
            raise TerreauError("publishing.disk_full", path=str(target)) from trouble
        if trouble.errno in (errno.EEXIST, errno.ENOTEMPTY):
            raise TerreauError("publishing.target_exists", path=str(target)) from trouble
        raise TerreauError(
            "publishing.cannot_write", path=str(target), reason=trouble.strerror or str(trouble)
        ) from trouble
