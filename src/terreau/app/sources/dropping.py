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


def keep(organisation: Any, actor: Any, uploads: Sequence[Any]) -> dict[str, str]:
    """Read the files in the confined child and keep them when they hold; the same key again replaces the older pack.

    uploads: pack.toml with factors.csv (and items.csv), or one CSV in the G4IT item-impact layout.
    returns key, title, publisher and digest of what was kept
    Raises TerreauError of the room ``factors`` when papers or lines are refused.
    """
    packs = organisation_folder(organisation.pk, "packs")
    with tempfile.TemporaryDirectory(dir=packs, prefix=".arriving-") as apart:
        arrived, bare = _written(Path(apart), uploads)
        papers = _papers(arrived, uploads[0].name)
        with transaction.atomic():
            row, _new = OwnPack.objects.update_or_create(
                organisation=organisation, key=papers["key"], defaults={"by": actor, "bare_file": bare}
            )
            _replace(arrived, place(row))
            facts = {"pack": papers["key"], "publisher": papers["publisher"], "digest": papers["digest"]}
            journal.record(organisation, actor, "sources.pack_kept", facts)
    return papers


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
        known = {key: str(name)[:120] if fact == "pack.csv" else fact for key, fact in refusal.facts.items()}
        raise TerreauError(refusal.code, **known) from refusal
    return told


def _written(apart: Path, uploads: Sequence[Any]) -> tuple[Path, bool]:
    names = {str(one.name).lower(): one for one in uploads}
    if "pack.toml" not in names and len(uploads) == 1:
        return _copied(uploads[0], apart / "pack.csv"), True
    folder = apart / "pack"
    folder.mkdir()
    for name in PACK_FILES:
        if name in names:
            _copied(names[name], folder / name)
    if not any(folder.iterdir()):
        raise TerreauError("factors.nothing_there", where=", ".join(sorted(names))[:200])
    return folder, False


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
