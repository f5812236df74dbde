"""The head of each chain, kept outside the database: one line added per entry once its transaction is committed.

A file may lag behind the database (a process killed between the two); it can never be ahead of it, unless entries
were removed, or lost with the database's last moments in a power cut (SQLite does not sync each commit, and neither
does this file). That is what ``verify`` looks for.
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
