"""Zip containers (XLSX, DOCX, ODT, dossiers) whose bytes depend on their content alone: fixed dates, fixed order.

In a dossier nothing is compressed: the same bytes come out whatever the library of the machine, and evidence mostly is already.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date

_SPACES = re.compile(rb'(?: xmlns:[\w-]+="[^"]*")+')
EPOCH = (1980, 1, 1, 0, 0, 0)
_MOMENTS = re.compile(
    rb"(<(dcterms:created|dcterms:modified|meta:creation-date|dc:date)(?: [^>]*)?>)[^<]*(</)|(?<=<meta:generator>)[^<]*()"
)


def settled(content: bytes, on: date, *, small: bool = False) -> bytes:
    """An office file again, with ``on`` for every date it holds; ``small``: compressed."""
    moment = f"{on.isoformat()}T12:00:00Z".encode()
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as target:
        for name in _ordered(source.namelist()):
            squeezed = zipfile.ZIP_DEFLATED if small and name != "mimetype" else zipfile.ZIP_STORED
            target.writestr(entry(name), _dated(name, source.read(name), moment), squeezed)
    return made.getvalue()


def entry(name: str) -> zipfile.ZipInfo:
    """An entry of a zip without a moment or a machine in it."""
    info = zipfile.ZipInfo(name, EPOCH)
    info.create_system, info.external_attr, info.compress_type = 3, 0o100644 << 16, zipfile.ZIP_STORED
    return info


def _dated(name: str, content: bytes, moment: bytes) -> bytes:
    if name in ("content.xml", "styles.xml", "meta.xml"):
        content = _SPACES.sub(lambda found: _used(found[0], content), content, count=1)
    if name not in ("docProps/core.xml", "meta.xml"):
        return content
    return _MOMENTS.sub(lambda found: found[1] + moment + found[3] if found[1] else b"Terreau", content)


def _used(declared: bytes, content: bytes) -> bytes:
    # The library declares every name it met since the process began: those in use, in a fixed order, say the same.
    kept = [
        one
        for one in re.findall(rb' xmlns:[\w-]+="[^"]*"', declared)
        if re.search(rb"[ </]" + one.split(b"=")[0].removeprefix(b" xmlns:") + b":", content)
    ]
    return b"".join(sorted(kept))


def _ordered(names: list[str]) -> list[str]:
    # An ODT is known by its first entry.
    rank: Callable[[str], tuple[bool, str]] = lambda name: (name not in ("mimetype", "[Content_Types].xml"), name)  # noqa: E731
    return sorted(names, key=rank)
