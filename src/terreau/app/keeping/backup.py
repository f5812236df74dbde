"""``terreau backup``: everything worth keeping of this instance, as it stood at one instant, in one file.

Left out on purpose: sessions (everybody signs in again), imports under way (people's names, forgotten after a week),
results (computed again at need, unless asked for), the cache. Kept, hence the warning: password hashes, second-factor
secrets with the key that opens them, the key of the journal.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connections

import terreau
from terreau.app.keeping import archive, rows
from terreau.app.keeping.gathering import Gathered, at_one_instant, damaged
from terreau.app.keeping.journals import Kept, journals_of
from terreau.kernel.errors import TerreauError

LEFT_OUT = frozenset({"sessions.session", "parc.draft"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """What was kept: rows, files [count], bytes once unpacked, organisations with their journals, and what is wrong."""

    path: Path
    made_at: datetime
    rows: int
    files: int
    size: int
    sealed: bool
    organisations: tuple[Kept, ...]
    damaged: tuple[str, ...] = field(default=())
    ignored: tuple[str, ...] = field(default=())

    @property
    def sound(self) -> bool:
        """True when every file named by its content holds it, and every chain holds."""
        return not self.damaged and all(one.sound for one in self.organisations)


def backup(target: Path, *, passphrase: str | None = None, results: bool = False) -> Backup:
    """Write the archive at ``target``; nothing is left there when this fails or is killed.

    Raises app.target_exists, app.disk_full, app.database_damaged, app.database_newer, app.nothing_to_keep.
    """
    migrations = _state()
    made_at = datetime.now(UTC)
    with archive.written(target, passphrase) as writer, at_one_instant(results) as (reader, found):
        tables = rows.tables(migrations, reader)
        counts = _rows(writer, tables, reader)
        kept = journals_of(tables, reader, _heads(found))
        wrong = _files(writer, found)
        manifest = {
            "format": archive.BACKUP,
            "made_at": made_at.isoformat(timespec="seconds"),
            "terreau": terreau.__version__,
            "database": connections[reader].vendor,
            "migrations": migrations,
            "tables": counts,
            "organisations": [one.as_json() for one in kept],
            "damaged": wrong,
            "results": results,
        }
        size = sum(entry["size"] for entry in writer.entries.values())
        writer.close(manifest)
    return Backup(
        path=target, made_at=made_at, rows=sum(one["rows"] for one in counts.values()), files=len(found.files),
        size=size, sealed=bool(passphrase), organisations=tuple(kept), damaged=tuple(wrong), ignored=tuple(found.ignored),
    )  # fmt: skip


def worth_keeping(models: list[Any]) -> list[Any]:
    """The tables whose rows are kept: all, save those left out and those that cannot stand without them."""
    gone = {rows.label(model) for model in models} & LEFT_OUT
    while True:
        more = {rows.label(model) for model in models if _needs(model, gone)} - gone
        if not more:
            return [model for model in models if rows.label(model) not in gone]
        gone |= more


def _needs(model: Any, gone: set[str]) -> bool:
    links = [field for field in model._meta.local_concrete_fields if field.is_relation]
    return any(rows.label(link.related_model) in gone for link in links)


def _state() -> list[rows.Key]:
    connection = connections["default"]
    try:
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                told = cursor.execute("PRAGMA quick_check(1)").fetchone()[0]
            if told != "ok":
                raise TerreauError("app.database_damaged", table="…", reason=told[:200])
        migrations = rows.applied("default")
    except DatabaseError as trouble:
        raise TerreauError("app.database_damaged", table="…", reason=str(trouble).strip()[:200]) from trouble
    if not migrations:
        raise TerreauError("app.nothing_to_keep")
    if newer := rows.unknown(migrations, "default"):
        raise TerreauError("app.database_newer", migration=".".join(newer[0]))
    return migrations


def _rows(writer: archive.Writer, tables: list[Any], reader: str) -> dict[str, dict[str, Any]]:
    counts = {}
    for model in worth_keeping(tables):
        label = rows.label(model)
        count = writer.lines(f"rows/{label}.jsonl", rows.lines(model, reader))
        counts[label] = {"rows": count, "columns": rows.columns(model)}
    return counts


def _files(writer: archive.Writer, found: Gathered) -> list[str]:
    wrong = []
    for name, path in found.files.items():
        if damaged(name, writer.file(name, path)):
            wrong.append(name.removeprefix("home/"))
    return wrong


def _heads(found: Gathered) -> dict[str, Path]:
    return {name.split("/")[2]: path for name, path in found.files.items() if name.endswith("/journal.heads")}
