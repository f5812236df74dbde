"""The first reading of a pack from outside, run in the confined child process: plain values in and out."""

from __future__ import annotations

from pathlib import Path

from terreau.factors.packs import load_pack
from terreau.kernel.errors import TerreauError

MOST_PAPERS = 256 * 1024
LONGEST_KEY = 120


def papers(path: str) -> dict[str, str]:
    """Whether the pack at ``path`` holds, and the papers that name it: key, title, publisher, digest.

    Raises TerreauError of the room ``factors`` when papers or lines are refused, app.pack_unreadable when its
    pack.toml is a trap or its key cannot be kept.
    """
    try:
        written = Path(path) / "pack.toml"
        if written.is_file() and written.stat().st_size > MOST_PAPERS:
            raise ValueError(written.name)
        pack = load_pack(Path(path))
        if len(pack.key) > LONGEST_KEY or not pack.key.isprintable():
            raise ValueError(pack.key)
    except (ValueError, RecursionError) as trouble:
        raise TerreauError("app.pack_unreadable", limit=LONGEST_KEY) from trouble
    return {"key": pack.key, "title": pack.papers.title, "publisher": pack.papers.publisher, "digest": pack.digest}
