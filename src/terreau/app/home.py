"""Where Terreau keeps things: the database, the secrets, one folder per organisation (TERREAU_HOME)."""

import os
import secrets
import tempfile
from pathlib import Path
from uuid import UUID

KINDS = ("snapshots", "results", "files", "packs", "dossiers")


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
    return _private(_private(home() / "organisations") / str(UUID(str(organisation_id))))


def secret(name: str, length: int = 64) -> str:
    """The secret kept in file ``name`` of the home, made at first need, readable by its owner only (0600)."""
    path = home() / name
    if not path.exists():
        _made_whole(path, secrets.token_urlsafe(length))
    private_file(path)
    kept = path.read_text(encoding="ascii").strip()
    if not kept:
        raise SystemExit(f"{path} is empty: restore it from a backup, or remove it to have a new one made")
    return kept


def private_file(path: Path) -> Path:
    """``path``, there and closed to everyone but its owner (0600), whatever the folder and the umask allow."""
    path.touch(mode=0o600)
    if os.name == "posix" and path.stat().st_mode & 0o077 and path.stat().st_uid == os.geteuid():
        path.chmod(0o600)
    return path


def _made_whole(path: Path, text: str) -> None:
    # Written apart, then named at once: another process finds all of it or nothing, and the first to name it wins.
    handle, written = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)
    try:
        os.link(written, path)
    except FileExistsError:
        return
    except OSError:  # a disk without hard links
        if not path.exists():
            Path(written).replace(path)
    finally:
        Path(written).unlink(missing_ok=True)


def _private(folder: Path) -> Path:
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder
