"""Which tool each dropped file comes from, from its headings; run in the confined child process.

Only the beginning of a file is read: plain values in and out, no Django, no database.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from terreau.inventory.choices import AS_UNDERSTOOD
from terreau.inventory.headers import known_header
from terreau.inventory.understanding import complete, understand_sheet
from terreau.kernel.errors import TerreauError
from terreau.tables.engine import engine, folder_of
from terreau.tables.limits import UPLOAD
from terreau.tables.reading import read_sheets
from terreau.tables.shortening import shortened

if TYPE_CHECKING:
    from terreau.tables.engine import Engine

HEAD = 200_000  # bytes of a file that are enough to know it
ZIPPED = b"PK"  # workbooks are archives: their first rows make a workbook of their own
LISTS_OF_ONE_KIND = frozenset({"glpi"})  # tools that export computers, monitors and phones each in a list of its own


def recognise(*, folder: str, files: Sequence[Sequence[str]], max_bytes: int) -> list[dict[str, str]]:
    """For each file its tool and what its list holds.

    files: (name in ``folder``, name the person knows); max_bytes: size of one file at most [byte]
    returns [{"stored", "name", "profile", "kind"}] in the same order: profile "spreadsheet" when no tool is recognised
    (or the file cannot be read: its own reading will say why), kind "" unless the tool exports one kind per list.
    """
    return [{"stored": stored, "name": name, **_tool(Path(folder), stored, name, max_bytes)} for stored, name in files]


def _tool(folder: Path, stored: str, name: str, max_bytes: int) -> dict[str, str]:
    try:
        with engine() as con:
            beginning = _beginning(con, folder / stored)
            limits = replace(UPLOAD, max_bytes=max_bytes)
            for raw in read_sheets(con, beginning, name=name, known_header=known_header, limits=limits):
                meaning = understand_sheet(raw, AS_UNDERSTOOD)
                if not meaning.fields:
                    continue
                return tool(meaning.shown_profile, complete(con, raw, meaning, AS_UNDERSTOOD).kind)
    except TerreauError:
        pass
    return tool("spreadsheet", "")


def tool(profile: str, kind: str) -> dict[str, str]:
    """What tells one source from another: the tool, and what its list holds when the tool has one list per kind."""
    return {"profile": profile, "kind": kind if profile in LISTS_OF_ONE_KIND else ""}


def _beginning(con: Engine, path: Path) -> Path:
    """The file itself when it is short, else its first lines, in the folder of the engine: gone with it."""
    with path.open("rb") as whole:
        head = whole.read(HEAD)
    if len(head) < HEAD:
        return path
    short = folder_of(con) / path.name
    if head.startswith(ZIPPED):
        return shortened(path, short)
    wide = head[:2] in (b"\xff\xfe", b"\xfe\xff")  # UTF-16: two bytes a character
    short.write_bytes(head if wide else head[: head.rfind(b"\n") + 1] or head)
    return short
