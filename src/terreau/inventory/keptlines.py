"""The lines of a snapshot kept on disk, whatever the version of Terreau that wrote it (lignes gardées)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from terreau.inventory.device import snapshot_columns_sql
from terreau.tables.engine import literal, widen
from terreau.tables.snapshot import checked

if TYPE_CHECKING:
    from terreau.tables.engine import Engine

_BYTES_A_LINE = 12
"""What a line of a snapshot weighs, more or less [bytes]."""


def kept_lines(con: Engine, path: Path) -> str:
    """SQL: the rows of the snapshot ``path`` with every column of today's snapshots; tables.damaged_snapshot."""
    sound = checked(Path(path))
    widen(con, sound.stat().st_size // _BYTES_A_LINE)
    source = f"read_parquet({literal(str(sound))})"
    known = {row[0] for row in con.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()}
    return f"(SELECT {snapshot_columns_sql(known)} FROM {source})"
