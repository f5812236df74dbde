"""How much a file may weigh before we refuse to open it (limites), stated here and overridable.

Each limit can be changed by an environment variable: ``TERREAU_MAX_BYTES``, ``TERREAU_MAX_UNCOMPRESSED``,
``TERREAU_MAX_COLUMNS``, ``TERREAU_MAX_LINES``, ``TERREAU_MAX_CELLS``, ``TERREAU_MAX_SECONDS``, ``TERREAU_MAX_MEMORY``.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

from terreau.kernel.errors import TerreauError

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one file may cost.

    max_bytes: size of the file [byte]; max_uncompressed: a workbook once unzipped [byte];
    max_columns, max_lines: of one sheet [count]; max_cells: the rectangle of one sheet of a workbook [count];
    seconds: time given to a confined reading [s]; memory: address space of a confined reading [byte].
    """

    max_bytes: int = 4096 * MIB
    max_uncompressed: int = 2048 * MIB
    max_columns: int = 1_000
    max_lines: int = 20_000_000
    max_cells: int = 30_000_000
    seconds: int = 600
    memory: int = 4096 * MIB

    def checked_size(self, path: Path, name: str) -> int:
        """The size of ``path`` [byte]; refuses what is absent, empty or too heavy."""
        try:
            if not path.is_file():
                raise FileNotFoundError(path)
            with path.open("rb"):
                size = path.stat().st_size
        except OSError as error:
            raise TerreauError("tables.missing_file", name=name) from error
        if size == 0:
            raise TerreauError("tables.empty_file", name=name)
        if size > self.max_bytes:
            raise TerreauError("tables.too_heavy", name=name, size=size // MIB, limit=self.max_bytes // MIB)
        return size


def limits_from(settings: Mapping[str, str], base: Limits) -> Limits:
    """``base`` with what the settings override; ``tables.bad_limit`` when one is not a whole number above zero."""
    chosen = {}
    for field in fields(Limits):
        name = f"TERREAU_MAX_{field.name.removeprefix('max_').upper()}"
        if value := settings.get(name):
            if not value.isdecimal() or not int(value):
                raise TerreauError("tables.bad_limit", setting=name, value=value)
            chosen[field.name] = int(value)
    return replace(base, **chosen)


SHELL = limits_from(os.environ, Limits())
UPLOAD = limits_from(
    os.environ,
    Limits(max_bytes=100 * MIB, max_uncompressed=1024 * MIB, max_lines=2_000_000, seconds=120, memory=2048 * MIB),
)
