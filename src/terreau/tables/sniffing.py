"""What a file really is, read from its first bytes: its name is only what somebody called it (nature du fichier)."""

import zipfile
from pathlib import Path

from terreau.kernel.errors import TerreauError

SAMPLE = 64 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_FOREIGN = {
    b"%PDF": "PDF", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"GIF8": "GIF", b"\x1f\x8b": "gzip", b"7z\xbc\xaf": "7z",
    b"Rar!": "RAR", b"MZ": "EXE", b"\x7fELF": "ELF", b"SQLite format 3": "SQLite", b"BZh": "bzip2", b"\xfd7zXZ": "xz",
    b"{\\rtf": "RTF", b"ORC": "ORC", b"Obj\x01": "Avro",
}  # fmt: skip
_TEXT_CONTROLS = frozenset(b"\t\n\r\x0b\x0c\x1a\x1b")
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def kind_of(path: Path, name: str = "") -> str:
    """ "text", "xlsx", "ods" or "parquet", whatever the name says; TerreauError for all we cannot read."""
    name = name or path.name
    with path.open("rb") as file:
        head = file.read(SAMPLE)
    if head.startswith(_OLE):
        raise TerreauError(_ole_refusal(path), name=name)
    if head.startswith(b"PK"):
        return _archive_kind(path, name)
    if head.startswith(b"PAR1"):
        return "parquet"
    _refuse_foreign(name, head)
    return "text"


def _ole_refusal(path: Path) -> str:
    """Excel 97 and encrypted workbooks share one container: only the directory tells them apart."""
    with path.open("rb") as file:
        tail = b""
        while chunk := file.read(1 << 20):
            if _ENCRYPTED in tail + chunk:
                return "tables.password_protected"
            tail = chunk[-64:]
    return "tables.old_excel"


def _archive_kind(path: Path, name: str) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and b"opendocument.spreadsheet" in archive.open("mimetype").read(200):
                return "ods"
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError) as error:
        raise TerreauError("tables.damaged_workbook", name=name) from error
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        raise TerreauError("tables.old_excel", name=name)
    raise TerreauError("tables.not_a_table", name=name, kind="ZIP")


def _refuse_foreign(name: str, head: bytes) -> None:
    for magic, kind in _FOREIGN.items():
        if head.startswith(magic):
            raise TerreauError("tables.not_a_table", name=name, kind=kind)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:600].lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<body", b"<meta")) or b"<html" in start:
        raise TerreauError("tables.html_disguised", name=name)
    if start.startswith(b"<?xml"):
        raise TerreauError("tables.not_a_table", name=name, kind="XML")
    if start.startswith((b'{"', b"{\n", b"{\r", b'[{"', b"[\n", b"[[")):
        raise TerreauError("tables.not_a_table", name=name, kind="JSON")
    if not head.startswith(_BOMS) and not looks_utf16(head) and _is_binary(head):
        raise TerreauError("tables.not_text", name=name)


def looks_utf16(head: bytes) -> str:
    """ "utf-16-le" or "utf-16-be" when every other byte is mostly NUL, as in western text; "" otherwise."""
    pairs = len(head) // 2
    if pairs < 4:
        return ""
    even, odd = head[0 : 2 * pairs : 2].count(0), head[1 : 2 * pairs : 2].count(0)
    if odd > 0.7 * pairs and even < 0.1 * pairs:
        return "utf-16-le"
    if even > 0.7 * pairs and odd < 0.1 * pairs:
        return "utf-16-be"
    return ""


def _is_binary(head: bytes) -> bool:
    """More than one byte in twenty is a control character no text uses (two of them prove nothing)."""
    controls = sum(head.count(code) for code in range(32) if code not in _TEXT_CONTROLS)
    return controls > 2 and controls * 20 > len(head)
