"""What an organisation added for itself by dropping one file: its own levers and its own rules of arbitration."""

from __future__ import annotations

import hashlib
import tempfile
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction

from terreau.app import confinement
from terreau.app.files.door import plain_name
from terreau.app.home import organisation_folder
from terreau.app.journal import door as journal
from terreau.kernel.errors import TerreauError

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
    """The levers it dropped; none while one of the files can no longer be read: ``broken`` says which and why."""
    from terreau.levers import load

    try:
        return load(folder(organisation, LEVERS), owner=owner(organisation))
    except TerreauError:
        return ()


def own_rules(organisation: Any) -> tuple[Rule, ...]:
    """The rules it dropped; likewise."""
    from terreau.levers import load_rules

    try:
        return load_rules(folder(organisation, RULES), owner=owner(organisation))
    except TerreauError:
        return ()


def levers_digest(organisation: Any) -> str:
    """Names the levers it dropped, '' when there is none: gains are kept under it."""
    found = sorted(folder(organisation, LEVERS).glob("*.yaml"))
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in found)).hexdigest()[:12] if found else ""


def broken(organisation: Any) -> Any:
    """Why what was dropped can no longer be read, in words; None when all of it holds."""
    from terreau.app.language import language
    from terreau.levers import load, load_rules

    for kind, read in ((RULES, load_rules), (LEVERS, load)):
        try:
            read(folder(organisation, kind), owner=owner(organisation))
        except TerreauError as refused:
            return refused.words(language())
    return None


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
        if not target.exists() and len(list(where.glob("*.yaml"))) >= MOST_FILES:
            raise TerreauError("app.pack_files_many", most=MOST_FILES)
        with transaction.atomic():
            journal.record(organisation, actor, "plan.pack_kept", {"key": target.stem, "title": told["title"][:160]})
            arrived.replace(target)
    return told["kind"], told["key"]


def remove(organisation: Any, actor: Any, kind: str, key: str) -> bool:
    """Take back the rule or the lever dropped under a private key; False when there is no such thing."""
    known: tuple[Rule | Lever, ...] = own_levers(organisation) if kind == LEVERS else own_rules(organisation)
    if not any(one.key == key for one in known):
        return False
    name = key.rpartition("/")[2]
    with transaction.atomic():
        journal.record(organisation, actor, "plan.pack_removed", {"key": name})
        (folder(organisation, kind) / f"{name}.yaml").unlink(missing_ok=True)
    return True


def specimen() -> str:
    """One of our rules as it is written, to start from."""
    return files("terreau.levers").joinpath("data/rules/train-6h.yaml").read_text(encoding="utf-8")
