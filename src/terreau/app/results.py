"""Results kept for an organisation under the name of all that decides them: made once, whole or not at all, and bounded.

``organisations/<uuid>/results``: anything there may be removed, it is made again when asked for.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from itertools import accumulate
from pathlib import Path
from typing import Any
from zlib import crc32

from terreau.app.home import organisation_folder
from terreau.app.keeping.whole import new_folder
from terreau.app.tasks.door import Job, digest_of
from terreau.app.tasks.needing import needed
from terreau.kernel.underway import check

PARTS = ".parts"
KEPT = {"small": 400, "files": 12, "folders": 24}  # the newest kept of an organisation


def kept_json(organisation: Any, name: str, make: Callable[[], Any], *, kind: str, inputs: dict[str, Any]) -> Any:
    """The JSON kept under ``name``, made by ``make`` when it is not there; by a worker when a page asks.

    kind: the job that makes it, ``inputs`` those of the job
    """
    path = folder(organisation) / f"{name}.json"
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError:  # spoiled on the disk: made again
        path.unlink(missing_ok=True)
        _ask(organisation, path.name, kind, inputs)
    except FileNotFoundError:
        _ask(organisation, path.name, kind, inputs)
    told = make()
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    _write(path, lambda part: part.write_text(text, encoding="utf-8"))
    return json.loads(text)


def kept_file(organisation: Any, name: str, make: Callable[[Path], Any], *, kind: str, inputs: dict[str, Any]) -> Path:
    """The path of the file kept under ``name``, written by ``make(path)`` when it is not there; likewise."""
    path = folder(organisation) / name
    if not path.exists() or not path.stat().st_size:  # an empty file: a disk that lost what it had not yet written
        path.unlink(missing_ok=True)
        _ask(organisation, name, kind, inputs)
        _write(path, make)
    return path


class Parts(Mapping[str, Any]):
    """A result kept in parts: the JSON of each is read when it is asked for, so that a page pays for what it shows.

    ValueError when ``kept`` is not what ``written`` gave.
    """

    def __init__(self, kept: bytes) -> None:
        head, _, self.body = kept.partition(b"\n")
        told = json.loads(head)
        if told["crc32"] != crc32(self.body):
            raise ValueError(told)
        self.places: dict[str, tuple[int, int]] = told["parts"]

    def __getitem__(self, name: str) -> Any:
        start, end = self.places[name]
        return json.loads(self.body[start:end])

    def __iter__(self) -> Iterator[str]:
        return iter(self.places)

    def __len__(self) -> int:
        return len(self.places)

    @staticmethod
    def written(parts: Mapping[str, Any]) -> bytes:
        """A line that says where each part stands (first and next byte after that line) and how they sum, then the parts."""
        texts = [json.dumps(part, ensure_ascii=False, separators=(",", ":")).encode() for part in parts.values()]
        ends = list(accumulate(map(len, texts)))
        places = dict(zip(parts, zip([0, *ends], ends, strict=False), strict=True))
        body = b"".join(texts)
        return json.dumps({"crc32": crc32(body), "parts": places}).encode() + b"\n" + body


def kept_parts(organisation: Any, name: str, make: Callable[[], Mapping[str, Any]], *, kind: str,
               inputs: dict[str, Any]) -> Parts:  # fmt: skip
    """The parts kept under ``name``, made by ``make`` when they are not there; by a worker when a page asks."""
    path = folder(organisation) / f"{name}{PARTS}"
    try:
        return Parts(path.read_bytes())
    except ValueError:  # spoiled on the disk: made again
        path.unlink(missing_ok=True)
        _ask(organisation, path.name, kind, inputs)
    except FileNotFoundError:
        _ask(organisation, path.name, kind, inputs)
    kept = Parts.written(make())
    _write(path, lambda part: part.write_bytes(kept))
    return Parts(kept)


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
    with new_folder(path.parent, ".made-") as apart:
        part = apart / path.name
        make(part)
        with part.open("rb+") as written:
            os.fsync(written.fileno())
        check()  # of what was called off, nothing is kept
        part.replace(path)
    forget_the_oldest(path.parent, but=path)


def forget_the_oldest(place: Path, *, but: Path | None = None) -> None:
    """Keep ``but``, just made, whatever the clock wrote on it. Remove what exceeds the newest kept of each kind: small results, files to take away, results in several files."""
    found: dict[str, list[tuple[int, str]]] = {kind: [] for kind in KEPT}
    with os.scandir(place) as entries:
        for entry in entries:
            with contextlib.suppress(FileNotFoundError):
                if not entry.name.startswith("."):
                    found[_kind(entry)].append((entry.stat().st_mtime_ns, entry.path))
    for kind, paths in found.items():
        for _, path in sorted(paths)[: max(0, len(paths) - KEPT[kind])]:
            if Path(path) != but:
                _remove(Path(path))


def _kind(entry: os.DirEntry[str]) -> str:
    return "folders" if entry.is_dir() else "small" if entry.name.endswith((".json", PARTS)) else "files"


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
