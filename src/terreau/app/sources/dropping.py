"""An organisation's own pack: read apart first, then kept in its folder, or refused with the reason."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.db import transaction

from terreau.app import confinement
from terreau.app.home import organisation_folder
from terreau.app.journal import door as journal
from terreau.app.sources.models import OwnPack
from terreau.factors.packs import Pack, load_pack
from terreau.kernel.errors import TerreauError

MOST_BYTES = 10 * 1024 * 1024
PACK_FILES = ("pack.toml", "factors.csv", "items.csv")


def own_packs(organisation: Any) -> list[OwnPack]:
    """The packs this organisation dropped."""
    return list(OwnPack.objects.filter(organisation=organisation))


def place(pack: OwnPack) -> Path:
    """The folder or file of a pack; made of identifiers only."""
    name = f"{pack.pk.hex}.csv" if pack.bare_file else pack.pk.hex
    return organisation_folder(pack.organisation_id, "packs") / name


def load(pack: OwnPack) -> Pack:
    """Its figures and papers; the confined child read these very files before they were kept."""
    return load_pack(place(pack))


def keep(organisation: Any, actor: Any, uploads: Sequence[Any]) -> list[dict[str, str]]:
    """Read the files in the confined child and keep them when all hold; the same key again replaces the older pack.

    uploads: pack.toml with factors.csv (and items.csv), or CSV files of the G4IT world (item impacts, types, models)
    returns key, title, publisher and digest of each pack kept, ``replaces``: "1" when an older one had its key
    Raises TerreauError of the room ``factors`` when papers or lines are refused, app.packs_alike.
    """
    packs = organisation_folder(organisation.pk, "packs")
    with tempfile.TemporaryDirectory(dir=packs, prefix=".arriving-") as apart:
        arrived = _written(Path(apart), uploads)
        read = [_papers(path, name) for path, name in arrived]
        _check_apart([papers["key"] for papers in read], [name for _, name in arrived])
        with transaction.atomic():
            for (path, _), papers in zip(arrived, read, strict=True):
                row, new = OwnPack.objects.update_or_create(
                    organisation=organisation, key=papers["key"], defaults={"by": actor, "bare_file": path.is_file()}
                )
                _replace(path, place(row))
                papers["replaces"] = "" if new else "1"
                facts = {"pack": papers["key"], "publisher": papers["publisher"], "digest": papers["digest"]}
                journal.record(organisation, actor, "sources.pack_kept", facts)
    return read


def _check_apart(keys: Sequence[str], names: Sequence[str]) -> None:
    """Of two files with one key, the second would replace the first without a word."""
    for key in keys:
        alike = [name for name, other in zip(names, keys, strict=True) if other == key]
        if len(alike) > 1:
            raise TerreauError("app.packs_alike", names=", ".join(alike)[:200])


def remove(pack: OwnPack, actor: Any) -> None:
    """Take a pack away; the runs already computed keep its digest in their name."""
    where = place(pack)
    with transaction.atomic():
        journal.record(pack.organisation, actor, "sources.pack_removed", {"pack": pack.key})
        pack.delete()
    _forget(where)


def _papers(arrived: Path, name: str) -> dict[str, str]:
    """The papers, read in the confined child; a refusal speaks of the file by the ``name`` its person gave it."""
    try:
        told: dict[str, str] = confinement.run("terreau.app.sources.reading.papers", path=str(arrived))
    except TerreauError as refusal:
        known = {key: name if fact == arrived.name else fact for key, fact in refusal.facts.items()}
        raise TerreauError(refusal.code, **known) from refusal
    return told


def _written(apart: Path, uploads: Sequence[Any]) -> list[tuple[Path, str]]:
    """What was dropped, written apart: the folder of a pack when its papers are there, and each other CSV by itself."""
    names = [str(one.name)[:120] for one in uploads]
    inside = {name.lower(): one for one, name in zip(uploads, names, strict=True) if name.lower() in PACK_FILES}
    if len(uploads) == 1 and "pack.toml" not in inside:
        inside = {}
    found = []
    if inside:
        folder = apart / "pack"
        folder.mkdir()
        for name, one in inside.items():
            _copied(one, folder / name)
        found.append((folder, next(iter(inside))))
    for rank, (one, name) in enumerate(zip(uploads, names, strict=True)):
        if name.lower() not in inside and (len(uploads) == 1 or name.lower().endswith(".csv")):
            found.append((_copied(one, apart / f"pack-{rank}.csv"), name))
    if not found:
        raise TerreauError("factors.nothing_there", where=", ".join(sorted(names))[:200])
    return found


def _copied(upload: Any, target: Path) -> Path:
    with target.open("wb") as file:
        for piece in upload.chunks():
            file.write(piece)
    return target


def _replace(arrived: Path, target: Path) -> None:
    _forget(target)
    shutil.move(arrived, target)


def _forget(where: Path) -> None:
    for one in (where.with_suffix(""), where.with_suffix(".csv")):
        if one.is_dir():
            shutil.rmtree(one)
        else:
            one.unlink(missing_ok=True)
