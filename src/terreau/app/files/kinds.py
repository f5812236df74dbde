"""Kinds of files accepted, and whether the first bytes agree with the extension."""

import lzma
import shutil
import tempfile
import zipfile
import zlib
from pathlib import Path, PurePath
from typing import IO

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


# What the zip of each office format must hold: a part whose name starts so (OOXML), or this media type (OpenDocument).
PARTS = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}
MEDIA = {
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
}
PROGRAMS = ("vbaproject.bin", "vbadata.xml", "script-lc.xml", "script-lb.xml")
CONTENTS, MOST_CONTENTS = "[content_types].xml", 1024 * 1024
DECLARED = (b"vbaproject", b"macroenabled", b"vbadata", b"&#", b"<!")
FOLDERS = ("basic/", "scripts/", "xl/macrosheets/", "activex/")
# A zip that would swell beyond this is refused unopened: whoever verifies the dossier would open it one day.
MOST_ENTRIES, MOST_SWOLLEN, MOST_RATIO = 10_000, 1024 * 1024 * 1024, 200
RATIO_FROM = 16 * 1024 * 1024  # a small file may compress as well as it likes
# Of the archives and office files that an archive holds, so many bytes are searched; one that holds more is refused.
MOST_SEARCHED, SPOOLED, LOCKED = 256 * 1024 * 1024, 1024 * 1024, 0x1
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
COMPOUND_PROGRAMS = tuple(name.encode("utf-16-le") for name in ("_VBA_PROJECT", "VBA_PROJECT_CUR"))
PAGE_STARTS = (b"<!doctype html", b"<html", b"<svg", b"<?xml", b"<script")
# A text that begins like a file of another kind is one, even without a NUL byte.
OTHERS = tuple({start.lower() for starts in STARTS.values() for start in starts if start != b"RIFF"})


def extension_of(name: str) -> str:
    """Lower-case extension without its dot."""
    return PurePath(name).suffix.lower().lstrip(".")


def agrees(name: str, path: Path) -> bool:
    """True when the extension is accepted and the content is of that kind; macros and swelling zips are refused."""
    extension = extension_of(name)
    starts = STARTS.get(extension)
    if starts is None:
        return False
    with path.open("rb") as file:
        head = file.read(4096)
    if not starts:
        return _plain_text(head)
    if not head.startswith(starts) or (extension == "webp" and head[8:12] != b"WEBP"):
        return False
    if starts is ZIPPED:
        return _honest_zip(extension, path)
    return _sniffed(extension, head)


def _plain_text(head: bytes) -> bool:
    if head.startswith(UTF16):  # judged as the same text in UTF-8
        return _plain_text(head[: len(head) & ~1].decode("utf-16", "replace").encode("utf-8", "replace"))
    return b"\x00" not in head and not head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((*PAGE_STARTS, *OTHERS))


def _sniffed(extension: str, head: bytes) -> bool:
    """A second opinion: when the sniffing library recognises the bytes, one of its names must be ours."""
    import puremagic

    try:
        named = {match.extension.lstrip(".").lower() for match in puremagic.magic_string(head)}
    except (puremagic.PureError, ValueError):
        return True
    same = {"jpg", "jpeg", "jfif"}
    return bool(named & (same if extension in same else {extension})) or not named


def _honest_zip(extension: str, path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            if _hides(archive) or _hides_within(archive):
                return False
            names = {each.filename for each in archive.infolist()}
            if extension in PARTS:
                return "[Content_Types].xml" in names and any(name.startswith(PARTS[extension]) for name in names)
            if extension in MEDIA:
                return (
                    "mimetype" in names
                    and archive.open("mimetype").read(200).decode("ascii", "replace").strip() == MEDIA[extension]
                )
            return True
    except (
        zipfile.BadZipFile,
        zlib.error,
        lzma.LZMAError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        OSError,
        ValueError,
    ):
        return False


def _hides(archive: zipfile.ZipFile) -> bool:
    """True when it swells, holds a program, or says in its list of contents that it does."""
    inside = archive.infolist()
    if len(inside) > MOST_ENTRIES or _swells(inside) or any(_program(each.filename) for each in inside):
        return True
    return any(each.filename.lower() == CONTENTS and _declares_programs(archive, each.filename) for each in inside)


def _hides_within(archive: zipfile.ZipFile) -> bool:
    """The same asked of what it holds, one level down: archives, and office files of both generations.

    What is locked by a password is left as it is: nobody reads it here, whoever verifies is asked for the password.
    """
    searched = 0
    for each in archive.infolist():
        if each.is_dir() or each.flag_bits & LOCKED:
            continue
        with archive.open(each) as inner:
            head = inner.read(len(COMPOUND))
            if not head.startswith((*ZIPPED, COMPOUND)):
                continue
            searched += each.file_size
            if searched > MOST_SEARCHED:
                return True
            with tempfile.SpooledTemporaryFile(max_size=SPOOLED) as apart:
                apart.write(head)
                shutil.copyfileobj(inner, apart)
                apart.seek(0)
                if _compound_program(apart) if head == COMPOUND else _inner_hides(apart):
                    return True
    return False


def _inner_hides(apart: IO[bytes]) -> bool:
    with zipfile.ZipFile(apart) as inner:
        return _hides(inner)


def _compound_program(apart: IO[bytes]) -> bool:
    """An office file of before 2007 names its macros in its directory, in UTF-16."""
    kept = b""
    while piece := apart.read(SPOOLED):
        if any(sign in kept + piece for sign in COMPOUND_PROGRAMS):
            return True
        kept = piece[-64:]
    return False


def _declares_programs(archive: zipfile.ZipFile, name: str) -> bool:
    """A macro may bear any file name: what names it is the list of contents, where plain documents write no entity."""
    with archive.open(name) as listed:
        told = listed.read(MOST_CONTENTS + 1).replace(b"\0", b"").lower()  # UTF-16 is read as well
    return len(told) > MOST_CONTENTS or any(sign in told for sign in DECLARED)


def _swells(inside: list[zipfile.ZipInfo]) -> bool:
    swollen = sum(each.file_size for each in inside)
    packed = sum(each.compress_size for each in inside) or 1
    return swollen > MOST_SWOLLEN or (swollen > RATIO_FROM and swollen / packed > MOST_RATIO)


def _program(name: str) -> bool:
    lower = name.lower().replace("\\", "/")
    base = PurePath(lower).name
    return any(base.startswith(each) for each in PROGRAMS) or any(
        lower.startswith(each) or f"/{each}" in lower for each in FOLDERS
    )
