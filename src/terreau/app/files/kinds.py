"""Kinds of files accepted, and whether the first bytes agree with the extension."""

import zipfile
from pathlib import Path, PurePath

ZIPPED = (b"PK\x03\x04",)
# extension -> possible first bytes; () means text, where a NUL byte would betray something else
STARTS: dict[str, tuple[bytes, ...]] = {
    "pdf": (b"%PDF-",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "webp": (b"RIFF",),
    "docx": ZIPPED,
    "xlsx": ZIPPED,
    "pptx": ZIPPED,
    "odt": ZIPPED,
    "ods": ZIPPED,
    "odp": ZIPPED,
    "zip": ZIPPED,
    "csv": (),
    "tsv": (),
    "txt": (),
    "md": (),
    "json": (),
    "eml": (),
}
UTF16 = (b"\xff\xfe", b"\xfe\xff")


def extension_of(name: str) -> str:
    """Lower-case extension without its dot."""
    return PurePath(name).suffix.lower().lstrip(".")


def agrees(name: str, path: Path) -> bool:
    """True when the extension is accepted and the content looks like it; macros are refused."""
    starts = STARTS.get(extension_of(name))
    if starts is None:
        return False
    with path.open("rb") as file:
        head = file.read(4096)
    if not starts:
        return head.startswith(UTF16) or b"\x00" not in head
    if not head.startswith(starts):
        return False
    return starts is not ZIPPED or _without_macros(path)


def _without_macros(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return not any(PurePath(inside).name.lower() == "vbaproject.bin" for inside in archive.namelist())
    except zipfile.BadZipFile:
        return False
