"""What the machine and the database refuse (disque plein, base abîmée ou absente), as words and a status."""

from __future__ import annotations

import logging
import re

from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError, ProgrammingError

from terreau.kernel.errors import TerreauError

FULL = ("database or disk is full", "No space left on device", "disk full", "could not extend file")
BROKEN = ("malformed", "file is not a database", "disk I/O error", "invalid page", "could not read block")
OLDER = re.compile(r"no such (column|table)|(column|relation) \S+ does not exist")
CODES = {"tables.disk_full", "app.disk_full", "tables.out_of_memory", "app.database_full", "app.database_broken",
         "app.database_silent", "app.database_older", "app.snapshot_damaged", "tables.damaged_snapshot",
         "app.work_without_room"}  # fmt: skip
"""Refusals that no other request would avoid: told with the status 503."""
log = logging.getLogger("terreau.machine")


def refusal_of(trouble: BaseException) -> TerreauError | None:
    """The refusal to show for ``trouble``; None when the machine has nothing to do with it."""
    from terreau.tables import trouble as machine

    return refusal_of_the_database(trouble) or machine.refusal_of(trouble)


def refusal_of_the_database(trouble: BaseException) -> TerreauError | None:
    """app.database_full, _broken, _older or _silent; None for what is no trouble of the database itself."""
    if not isinstance(trouble, DatabaseError | InterfaceError) or isinstance(trouble, IntegrityError):
        return None
    said = str(trouble)
    code = "app.database_full" if any(words in said for words in FULL) else ""
    code = code or ("app.database_broken" if any(words in said for words in BROKEN) else "")
    if not code and isinstance(trouble, OperationalError | ProgrammingError):
        code = "app.database_older" if OLDER.search(said) else ""
    if not code and isinstance(trouble, OperationalError | InterfaceError):
        code = "app.database_silent"
    if not code:
        return None
    log.error("%s: %s", code, said.strip()[:300])  # the page names no host, no file
    return TerreauError(code)
