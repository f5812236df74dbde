"""Results kept for an organisation under the name of all that decides them: made once, whole or not at all, and bounded.

``organisations/<uuid>/results``: anything there may be removed, it is made again when asked for.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from terreau.app.home import organisation_folder
from terreau.app.tasks.door import Job, digest_of
from terreau.app.tasks.needing import needed

KEPT = {"small": 400, "files": 12, "folders": 24}  # the newest kept of an organisation


def kept_json(organisation: Any, name: str, make: Callable[[], Any], *, kind: str, inputs: dict[str, Any]) -> Any:
    """The JSON kept under ``name``, made by ``make`` when it is not there; by a worker when a page asks.

    kind: the job that makes it, ``inputs`` those of the job
    """
    path = folder(organisation) / f"{name}.json"
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        _ask(organisation, path.name, kind, inputs)
    told = make()
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    _write(path, lambda part: part.write_text(text, encoding="utf-8"))
    return json.loads(text)


def kept_file(organisation: Any, name: str, make: Callable[[Path], Any], *, kind: str, inputs: dict[str, Any]) -> Path:
    """The path of the file kept under ``name``, written by ``make(path)`` when it is not there; likewise."""
    path = folder(organisation) / name
    if not path.exists():
        _ask(organisation, name, kind, inputs)
        _write(path, make)
    return path


def holds(job: Job) -> bool:
    """True while what a finished job made is still there."""
    return (folder(job.organisation) / str(job.inputs["name"])).exists()


def folder(organisation: Any) -> Path:
    """Where the results of an organisation are kept."""
    return organisation_folder(organisation.pk, "results")


def _ask(organisation: Any, name: str, kind: str, inputs: dict[str, Any]) -> None:
    needed(organisation, kind, {**inputs, "name": name}, digest=digest_of(kind, name))


def _write(path: Path, make: Callable[[Path], Any]) -> None:
    # Under a name of its own, then renamed: two workers may write the same result, a killed one leaves none.
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".made-") as apart:
        part = Path(apart) / path.name
        make(part)
        part.replace(path)
    forget_the_oldest(path.parent)


def forget_the_oldest(place: Path) -> None:
    """Remove what exceeds the newest kept of each kind: small results, files to take away, results in several files."""
    found: dict[str, list[tuple[int, str]]] = {kind: [] for kind in KEPT}
    with os.scandir(place) as entries:
        for entry in entries:
            with contextlib.suppress(FileNotFoundError):
                if not entry.name.startswith("."):
                    found[_kind(entry)].append((entry.stat().st_mtime_ns, entry.path))
    for kind, paths in found.items():
        for _, path in sorted(paths)[: max(0, len(paths) - KEPT[kind])]:
            _remove(Path(path))


def _kind(entry: os.DirEntry[str]) -> str:
    return "folders" if entry.is_dir() else "small" if entry.name.endswith(".json") else "files"


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
