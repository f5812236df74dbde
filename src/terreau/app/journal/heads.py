"""The head of each chain, kept outside the database: one line added per entry once its transaction is committed.

A commit is on the disk before it is told (SQLite ``synchronous=FULL``, PostgreSQL by default), then the line is written and
synced. So this file may lag behind the database (a process killed, a power cut between the two), never precede it: an entry
known here and absent there was removed, or the database is an older copy. That is what ``verify`` looks for. Until the next
entry, the ones that lag have no witness: ``verify`` counts them, and each start gives the last one its line.
"""

import os
import re
from pathlib import Path
from uuid import UUID

from terreau.app.home import home, organisation_home

LINE = re.compile(r"(\d+) ([0-9a-f]{64})")


def path_of(organisation_id: UUID | str) -> Path:
    """Where the heads of this organisation are written."""
    return organisation_home(organisation_id) / "journal.heads"


def organisations() -> set[str]:
    """Identifiers of the organisations that have heads here."""
    return {path.parent.name for path in (home() / "organisations").glob("[!.]*/journal.heads")}


def append(organisation_id: UUID | str, number: int, digest: str) -> None:
    """One more line, in one write, so that processes never mix theirs; it starts on a new line after a torn one."""
    handle = os.open(path_of(organisation_id), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, f"\n{number} {digest}\n".encode("ascii"))
        os.fsync(handle)
    finally:
        os.close(handle)


def read(organisation_id: UUID | str) -> dict[int, str]:
    """Digest by entry number; torn lines are left out, the first word about a number holds."""
    return read_file(path_of(organisation_id))


def read_file(path: Path) -> dict[int, str]:
    """The same, of a file that stands elsewhere."""
    known: dict[int, str] = {}
    if path.exists():
        for line in path.read_text(encoding="ascii", errors="replace").splitlines():
            if match := LINE.fullmatch(line):
                known.setdefault(int(match[1]), match[2])
    return known
