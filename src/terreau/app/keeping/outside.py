"""Verifying the journal of an exported organisation: the file is enough, no database, no server, no instance's key."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from terreau.app.journal.chain import Break, Keys, Link, breaks
from terreau.app.journal.heads import read_file
from terreau.app.keeping import archive
from terreau.kernel.errors import TerreauError

ENTRIES, HEADS, KEY = "rows/journal.entry.jsonl", "folder/journal.heads", "journal/key"
SEALS = "journal/seals"


def verify(source: Path, passphrase: str | None = None) -> tuple[str, int, list[Break]]:
    """The name of the organisation, how many entries, and where its chain breaks; every file is digested on the way.

    Raises app.archive_absent, app.archive_unreadable, app.archive_altered, app.archive_of_another_kind.
    """
    with (
        archive.opened(source, archive.ORGANISATION, passphrase) as reader,
        tempfile.TemporaryDirectory(prefix="terreau-verify-") as folder,
    ):
        for name in set(reader.entries) - {ENTRIES, HEADS, KEY, SEALS}:
            for _piece in reader.pieces(name):
                pass
        if not {ENTRIES, KEY} <= set(reader.entries):
            raise TerreauError("app.archive_altered", what=ENTRIES)
        heads = Path(folder) / "journal.heads"
        if HEADS in reader.entries:
            reader.extract(HEADS, heads)
        key = bytes.fromhex(b"".join(reader.pieces(KEY)).decode("ascii"))
        found = sorted(_links(reader), key=lambda link: link.number)
        told = reader.manifest["organisation"]
        keys = Keys(own=key, seals=dict(_seals(reader)))
        return str(told["name"]), len(found), breaks(found, read_file(heads), keys.hold)


def _seals(reader: archive.Reader) -> Iterator[tuple[int, str]]:
    for line in reader.lines(SEALS) if SEALS in reader.entries else ():
        number, _, seal = line.decode("ascii").partition(" ")
        yield int(number), seal


def _links(reader: archive.Reader) -> Iterator[Link]:
    for line in reader.lines(ENTRIES):
        row = json.loads(line)
        yield Link(
            organisation=row["organisation_id"], number=row["number"], at=datetime.fromisoformat(row["at"]),
            actor=row["actor"], actor_label=row["actor_label"], action=row["action"], written=row["written"],
            previous=row["previous"], digest=row["digest"],
        )  # fmt: skip
