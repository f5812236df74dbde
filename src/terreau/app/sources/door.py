"""What the other rooms may ask this one: the packs an organisation dropped for itself."""

from pathlib import Path
from typing import Any

from terreau.app.sources import dropping


def own_pack_paths(organisation: Any) -> tuple[Path, ...]:
    """Folders or files of the organisation's own packs, to be put in front of the factor set (``extra``)."""
    return tuple(dropping.place(pack) for pack in dropping.own_packs(organisation))
