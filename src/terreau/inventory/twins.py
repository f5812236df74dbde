"""Files that are one file under two names (doublons de fichiers): without serials, their lines would count twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from terreau.tables.snapshot import digest_of


def twins(files: Iterable[Path]) -> dict[Path, Path]:
    """Each file with the bytes of one named before it -> that one; a path given twice is one file, read once.

    Only files of one size are read, and those that cannot be are left to what will say why.
    """
    by_size: dict[int, list[Path]] = defaultdict(list)
    for file in dict.fromkeys(files):
        with suppress(OSError):
            by_size[file.stat().st_size].append(file)
    found: dict[Path, Path] = {}
    for alike in by_size.values():
        first: dict[str, Path] = {}
        for file in alike if len(alike) > 1 else ():
            with suppress(OSError):
                earlier = first.setdefault(digest_of(file), file)
                if earlier is not file:
                    found[file] = earlier
    return found
