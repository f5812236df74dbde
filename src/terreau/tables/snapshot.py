"""Snapshots (instantanés): an immutable Parquet file named by its own SHA-256, with a manifest beside it.

The manifest is written first and the Parquet appears last, in one rename: a snapshot is there whole, or not at all.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from terreau.kernel.errors import TerreauError
from terreau.tables.engine import Engine, alike, literal, one_thread

_NAME = re.compile(r"[0-9a-f]{64}")
ROWS_A_GROUP = 122_880


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotRecord:
    """Papers of one snapshot. ``lines``: rows in it [count]; ``manifest``: what its writer said of it."""

    sha256: str
    path: Path
    lines: int
    manifest: Mapping[str, Any]


def write_snapshot(
    con: Engine,
    relation_or_sql: str,
    folder: Path,
    manifest: Mapping[str, Any] | None = None,
    *,
    straight: str = "",
) -> SnapshotRecord:
    """Keep the rows of a relation (or of a SELECT) in ``folder``, in their order.

    straight: a SELECT of the same rows that should already come by rising ``line``, without sorting; its file is kept
    only if it proves to be the very one that sorting gives.

    The same rows give the same bytes, hence the same name: writing them twice changes nothing, and the first manifest stays.
    """
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f".{uuid.uuid4().hex}.part"
    try:
        lines = _copied_straight(con, straight, draft) if straight else None
        if lines is None:
            lines = _copied(con, relation_or_sql, draft)
        digest = _synced(draft)
        path = folder / f"{digest}.parquet"
        if not (is_snapshot(path) and is_sound(path)):
            _write_manifest(path, {"sha256": digest, "lines": lines, "manifest": dict(manifest or {})})
            draft.replace(path)
            _settle(folder)
    finally:
        draft.unlink(missing_ok=True)
    return read_snapshot(path)


def read_snapshot(path: Path) -> SnapshotRecord:
    """The record of a snapshot; ``tables.not_a_snapshot`` when one of its two files is missing or unreadable."""
    try:
        told = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        if not path.is_file():
            raise FileNotFoundError(path)
        return SnapshotRecord(sha256=told["sha256"], path=path, lines=told["lines"], manifest=told["manifest"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise TerreauError("tables.not_a_snapshot", name=path.name) from error


def read_manifest(path: Path) -> Mapping[str, Any]:
    """What the writer of a snapshot said of it."""
    return read_snapshot(path).manifest


def is_snapshot(path: Path) -> bool:
    """True for a Parquet file named by a digest, with its manifest beside it (the content is not reread)."""
    path = Path(path)
    named = path.suffix == ".parquet" and bool(_NAME.fullmatch(path.stem))
    return named and path.is_file() and path.with_suffix(".json").is_file()


def verified(path: Path) -> SnapshotRecord:
    """The record of a snapshot whose bytes still give its name; ``tables.damaged_snapshot`` otherwise."""
    record = read_snapshot(path)
    if not record.sha256 == path.stem == digest_of(path):
        raise TerreauError("tables.damaged_snapshot", name=path.name)
    return record


def is_sound(path: Path) -> bool:
    """True when the bytes of a file named by its digest still give it; read once per process and state of the file."""
    try:
        told = path.stat()
        return _digest_once(path, told.st_dev, told.st_ino, told.st_size, told.st_mtime_ns) == path.stem
    except OSError:
        return False


def checked(path: Path) -> Path:
    """``path``, unless it is named by a digest that its bytes no longer give: ``tables.damaged_snapshot``."""
    if path.suffix == ".parquet" and _NAME.fullmatch(path.stem) and not is_sound(path):
        raise TerreauError("tables.damaged_snapshot", name=path.name)
    return path


@lru_cache(maxsize=1024)
def _digest_once(path: Path, *_state: int) -> str:
    return digest_of(path)


def digest_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _synced(draft: Path) -> str:
    """The digest of a file whose bytes have reached the disk: its name must never come before them."""
    with draft.open("rb+") as file:
        os.fsync(file.fileno())
        return hashlib.file_digest(file, "sha256").hexdigest()


def _copied(con: Engine, relation_or_sql: str, target: Path) -> int:
    is_question = re.match(r"\s*(select|with|from|values)\b", relation_or_sql, re.IGNORECASE)
    source = f"({relation_or_sql})" if is_question else relation_or_sql
    with alike(con):
        row = con.execute(
            f"COPY (FROM {source}) TO {literal(str(target))} "
            f"(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, WRITE_BLOOM_FILTER false, "
            f"ROW_GROUP_SIZE {ROWS_A_GROUP})"
        ).fetchone()
    return int(row[0]) if row else 0


def _copied_straight(con: Engine, select: str, target: Path) -> int | None:
    """Rows copied as they come, None when they do not come in order and in whole groups, as sorted rows do.

    Sorting a million lines to find them already sorted took 1 s of processor time and 300 MB.
    """
    with one_thread(con):
        lines = _copied(con, select, target)
    path = literal(str(target))
    uneven = con.execute(
        f"""SELECT count(*) FROM (SELECT DISTINCT row_group_id, row_group_num_rows FROM parquet_metadata({path}))
        WHERE row_group_num_rows <> least({ROWS_A_GROUP}, {lines} - row_group_id * {ROWS_A_GROUP})"""
    ).fetchone()
    falls = con.execute(
        f"SELECT count(*) FROM (SELECT line <= lag(line) OVER () AS falls FROM read_parquet({path})) WHERE falls"
    ).fetchone()
    return lines if (uneven, falls) == ((0,), (0,)) else None


def _write_manifest(path: Path, told: Mapping[str, Any]) -> None:
    draft = path.with_name(f".{uuid.uuid4().hex}.part")
    try:
        with draft.open("w", encoding="utf-8") as file:
            json.dump(told, file, ensure_ascii=False, indent=1, sort_keys=True)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path.with_suffix(".json"))
    finally:
        draft.unlink(missing_ok=True)


def _settle(folder: Path) -> None:
    """Ask the system to remember the new names now; Windows does so by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
