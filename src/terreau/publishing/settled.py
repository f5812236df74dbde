"""Zip containers (XLSX, DOCX, ODT, dossiers) whose bytes depend on their content alone: fixed dates, fixed order, no compression.

Nothing is compressed: the same bytes come out whatever the library of the machine, and evidence is compressed already.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date

EPOCH = (1980, 1, 1, 0, 0, 0)
_MOMENTS = re.compile(
    rb"(<(dcterms:created|dcterms:modified|meta:creation-date|dc:date)(?: [^>]*)?>)[^<]*(</)|(?<=<meta:generator>)[^<]*()"
)


def settled(content: bytes, on: date) -> bytes:
    """An office file again, with ``on`` for every date it holds."""
    moment = f"{on.isoformat()}T12:00:00Z".encode()
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as target:
        for name in _ordered(source.namelist()):
            target.writestr(entry(name), _dated(name, source.read(name), moment))
    return made.getvalue()


def entry(name: str) -> zipfile.ZipInfo:
    """An entry of a zip without a moment or a machine in it."""
    info = zipfile.ZipInfo(name, EPOCH)
    info.create_system, info.external_attr, info.compress_type = 3, 0o100644 << 16, zipfile.ZIP_STORED
    return info


def _dated(name: str, content: bytes, moment: bytes) -> bytes:
    if name not in ("docProps/core.xml", "meta.xml"):
        return content
    return _MOMENTS.sub(lambda found: found[1] + moment + found[3] if found[1] else b"Terreau", content)


def _ordered(names: list[str]) -> list[str]:
    # An ODT is known by its first entry.
    rank: Callable[[str], tuple[bool, str]] = lambda name: (name not in ("mimetype", "[Content_Types].xml"), name)  # noqa: E731
    return sorted(names, key=rank)
