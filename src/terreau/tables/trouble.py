"""What the machine refuses (disque plein, mémoire), told apart from what a file has wrong and from our own faults."""

from __future__ import annotations

import errno
import re

from terreau.kernel.errors import TerreauError

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FULL_WORDS = ("No space left on device", "Disk quota exceeded", "File too large", "disk is full")
_QUOTED = re.compile(r'"([^"]+)"')


def refusal_of(trouble: BaseException) -> TerreauError | None:
    """The refusal to show for ``trouble``: tables.disk_full, tables.out_of_memory; None when it is neither.

    The engine says both with exceptions of its own, hence their names and words rather than their classes.
    """
    if isinstance(trouble, OSError) and trouble.errno in _FULL:
        return TerreauError("tables.disk_full", where=str(trouble.filename or "…"))
    if type(trouble).__module__.startswith(("duckdb", "_duckdb")):
        said = str(trouble)
        if any(words in said for words in _FULL_WORDS):
            where = _QUOTED.search(said)
            return TerreauError("tables.disk_full", where=where[1] if where else "…")
        if type(trouble).__name__ == "OutOfMemoryException":
            return TerreauError("tables.out_of_memory")
    return TerreauError("tables.out_of_memory") if isinstance(trouble, MemoryError) else None
