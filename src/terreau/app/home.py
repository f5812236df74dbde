"""Where Terreau keeps things: the database, the secrets, one folder per organisation (TERREAU_HOME)."""

import os
import secrets
from pathlib import Path
from uuid import UUID

KINDS = ("snapshots", "results", "files", "packs")


def home() -> Path:
    """The folder of this instance: ``TERREAU_HOME``, else the platform's user-data folder. Created private."""
    given = os.environ.get("TERREAU_HOME", "").strip()
    if given:
        return _private(Path(given).expanduser().absolute())
    from platformdirs import user_data_path

    return _private(user_data_path("terreau", appauthor=False))


def organisation_folder(organisation_id: UUID | str, kind: str) -> Path:
    """``organisations/<uuid>/<kind>``: nothing is shared nor deduplicated across organisations."""
    if kind not in KINDS:
        raise ValueError(f"unknown kind of folder: {kind}")
    return _private(organisation_home(organisation_id) / kind)


def organisation_home(organisation_id: UUID | str) -> Path:
    """``organisations/<uuid>``: everything one organisation keeps outside the database."""
    return _private(home() / "organisations" / str(UUID(str(organisation_id))))


def secret(name: str, length: int = 64) -> str:
    """The secret kept in file ``name`` of the home, made at first need, readable by its owner only (0600)."""
    path = home() / name
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        made = secrets.token_urlsafe(length)
        file.write(made)
    return made


def _private(folder: Path) -> Path:
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder
