"""What an organisation added for itself by dropping one file: its own levers and its own rules of arbitration."""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction

from terreau.app import confinement
from terreau.app.files.door import plain_name
from terreau.app.home import organisation_folder
from terreau.app.journal import door as journal
from terreau.kernel.errors import TerreauError, Words

if TYPE_CHECKING:
    from terreau.levers import Lever, Rule

LEVERS, RULES = "levers", "rules"
MOST_BYTES, MOST_FILES, MOST_NAME = 64 * 1024, 60, 160


def folder(organisation: Any, kind: str) -> Path:
    """Where the files of one kind are kept."""
    return organisation_folder(organisation.pk, "packs") / kind


def owner(organisation: Any) -> str:
    """What the keys of its own things begin with."""
    return f"org:{organisation.pk}"


def own_levers(organisation: Any) -> tuple[Lever, ...]:
    """The levers it dropped; those whose file can no longer be read are in ``broken``."""
    return _held(organisation, LEVERS)[0]


def own_rules(organisation: Any) -> tuple[Rule, ...]:
    """The rules it dropped; likewise."""
    return _held(organisation, RULES)[0]


def levers_digest(organisation: Any) -> str:
    """Names the levers it dropped, '' when there is none: gains are kept under it."""
    found = _files(organisation, LEVERS)
    told = [path.read_bytes() if os.access(path, os.R_OK) else path.name.encode() for path in found]
    return hashlib.sha256(b"\0".join(told)).hexdigest()[:12] if found else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """One file dropped here that can no longer be read: the name it is kept under, its kind, its private key, and why."""

    name: str
    kind: str
    key: str
    why: Words


def broken(organisation: Any, kind: str) -> tuple[Broken, ...]:
    """What was dropped of one kind and can no longer be read, file by file; nothing else is hidden by it."""
    from terreau.app.language import language

    told = language()
    return tuple(
        Broken(name=path.stem, kind=kind, key=f"{owner(organisation)}/{path.stem}", why=why.words(told))
        for path, why in _held(organisation, kind)[1]
    )


def _held(organisation: Any, kind: str) -> tuple[tuple[Any, ...], tuple[tuple[Path, TerreauError], ...]]:
    """What the files of one kind hold, read one by one, and those that can no longer be read with why."""
    from terreau.levers import load, load_rules

    read = load if kind == LEVERS else load_rules
    good: list[Any] = []
    bad: list[tuple[Path, TerreauError]] = []
    for path in _files(organisation, kind):
        try:
            for one in read(path, owner=owner(organisation)):  # none when it has just been taken away
                key = one.key.rpartition("/")[2]
                if key != path.stem:  # put there by hand, under another name
                    raise TerreauError("kernel.key_claimed_twice", key=key, first=f"{key}.yaml", second=path.name)
                good.append(one)
        except TerreauError as refused:
            bad.append((path, refused))
    return tuple(good), tuple(bad)


def _files(organisation: Any, kind: str) -> list[Path]:
    return sorted(folder(organisation, kind).glob("*.yaml"))


def keep(organisation: Any, actor: Any, upload: Any) -> tuple[str, str]:
    """Read a dropped file in the confined child, and keep it when it holds: its kind and its private key.

    The same key again replaces the older file. TerreauError app.pack_file_missing, app.pack_file_heavy, app.pack_files_many,
    or those of levers and of YAML.
    """
    if upload is None:
        raise TerreauError("app.pack_file_missing")
    if upload.size > MOST_BYTES:
        raise TerreauError("app.pack_file_heavy", most=MOST_BYTES // 1024)
    place = organisation_folder(organisation.pk, "packs")
    with tempfile.TemporaryDirectory(dir=place, prefix=".arriving-") as apart:
        name = plain_name(str(upload.name)).encode()[:MOST_NAME].decode(errors="ignore")
        arrived = Path(apart) / (name if name.endswith(".yaml") else f"{name}.yaml")
        arrived.write_bytes(upload.read())
        told: dict[str, str] = confinement.run(
            "terreau.app.plan.packs_reading.understood", path=str(arrived), owner=owner(organisation)
        )
        where = folder(organisation, told["kind"])
        where.mkdir(exist_ok=True)
        target = where / f"{told['key'].rpartition('/')[2]}.yaml"
        if not target.exists() and len(_files(organisation, told["kind"])) >= MOST_FILES:
            raise TerreauError("app.pack_files_many", most=MOST_FILES)
        with transaction.atomic():
            journal.record(organisation, actor, "plan.pack_kept", {"key": target.stem, "title": told["title"][:160]})
            arrived.replace(target)
    return told["kind"], told["key"]


def remove(organisation: Any, actor: Any, kind: str, key: str) -> bool:
    """Take back the file dropped under a private key, readable or not; False when there is no such thing."""
    held = {f"{owner(organisation)}/{path.stem}": path for path in _files(organisation, kind)}
    if key not in held:
        return False
    with transaction.atomic():
        journal.record(organisation, actor, "plan.pack_removed", {"key": held[key].stem})
        held[key].unlink(missing_ok=True)
    return True


def specimen() -> str:
    """One of our rules as it is written, to start from."""
    return files("terreau.levers").joinpath("data/rules/train-6h.yaml").read_text(encoding="utf-8")
