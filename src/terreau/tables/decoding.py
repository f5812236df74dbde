"""From bytes to UTF-8 text, in big chunks (décodage): BOM, else strict UTF-8, else UTF-16, else Windows-1252.

A plain UTF-8 file is never copied: the engine reads it where it lies. Anything else is rewritten once, beside the engine.
"""

import codecs
import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from terreau.kernel.errors import TerreauError
from terreau.tables.findings import Finding
from terreau.tables.sniffing import looks_utf16

CHUNK = 1 << 20
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_NUMBERS = itertools.count(1)
_ESCAPED = re.compile("[\udc80-\udcff]")


@cache
def _beyond_ascii() -> re.Pattern[str]:
    """What is told in UTF-8 by several bytes; late, for so wide a range is long to compile and seldom asked."""
    return re.compile("[\u00a0-\ud7ff\ue000-\U0010ffff]")


class NotUtf8Error(Exception):
    """The first bytes promised UTF-8, a later one broke the promise: decode again with ``rewrite``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecodedText:
    """A UTF-8 file the engine can read. ``breaks``: line breaks in it; ``lines``: physical lines [count]."""

    path: Path
    encoding: str
    breaks: int
    lines: int
    findings: tuple[Finding, ...] = ()


@dataclass(slots=True)
class _Tally:
    """What one pass over the bytes counts."""

    breaks: int = 0
    returns: int = 0
    nul: int = 0
    mended: int = 0
    last: int = 10
    endless: bool = False
    sample: bytes = field(default=b"")


def encoding_of(sample: bytes) -> str:
    """The encoding the first bytes announce: "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-8" or "cp1252"."""
    for bom, name in _BOMS:
        if sample.startswith(bom):
            return name
    if guess := looks_utf16(sample):
        return guess
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)  # a last character cut by the sample is no error
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def decoded(
    path: Path, folder: Path, encoding: str | None = None, *, name: str = "", rewrite: bool = False
) -> DecodedText:
    """``path`` as UTF-8 text; written to ``folder`` only when its bytes are not plain UTF-8 (or ``rewrite``).

    encoding: imposed by a person; None to find it. The text keeps its physical lines.
    ``tables.unreadable_csv`` when a whole megabyte holds no line break.
    """
    tally = _tally(path)
    if tally.endless:
        raise TerreauError("tables.unreadable_csv", name=name or path.name)
    chosen = encoding or encoding_of(tally.sample)
    if chosen in ("utf-8", "utf-8-sig") and not rewrite and not tally.nul and (tally.breaks or not tally.returns):
        lines = tally.breaks + (tally.last != 10)
        return DecodedText(path=path, encoding=chosen, breaks=tally.breaks, lines=lines)
    return _rewritten(
        path, folder, chosen if encoding else _settled(path, chosen, tally.sample), only_returns=not tally.breaks
    )


def _tally(path: Path) -> _Tally:
    tally = _Tally()
    with path.open("rb", buffering=0) as file:
        while chunk := file.read(CHUNK):
            tally.sample = tally.sample or chunk
            tally.breaks += chunk.count(b"\n")
            tally.nul += chunk.count(b"\0") if b"\0" in chunk else 0
            has_returns = b"\r" in chunk
            tally.returns += has_returns
            tally.endless |= len(chunk) == CHUNK and not has_returns and b"\n" not in chunk
            tally.last = chunk[-1]
    return tally


def _settled(path: Path, guess: str, sample: bytes) -> str:
    """UTF-8 is a promise about every byte: a file that breaks it more often than it keeps it is Windows-1252."""
    if "16" in guess:
        return guess
    broken, whole = _utf8_faith([sample] if guess == "cp1252" else _chunks(path))
    if not broken:
        return "utf-8" if guess == "cp1252" else guess
    return guess if guess == "utf-8-sig" else "utf-8" if whole > broken else "cp1252"


def _utf8_faith(chunks: Iterable[bytes]) -> tuple[int, int]:
    """Bytes that break UTF-8, characters beyond ASCII that keep it [count]."""
    broken, whole = 0, 0
    for text in _texts(chunks, codecs.getincrementaldecoder("utf-8")(errors="surrogateescape")):
        if not text.isascii():
            broken += len(_ESCAPED.findall(text))
            whole += len(_beyond_ascii().findall(text))
    return broken, whole


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb", buffering=0) as file:
        while chunk := file.read(CHUNK):
            yield chunk


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """One stray byte read as Windows-1252, then as Latin-1 for the five bytes Windows-1252 leaves out."""
    assert isinstance(error, UnicodeDecodeError)
    stray = error.object[error.start : error.start + 1]
    text = stray.decode("cp1252", errors="ignore") or stray.decode("latin-1")
    return text, error.start + 1


codecs.register_error("terreau.cp1252", _as_cp1252)


def _rewritten(path: Path, folder: Path, encoding: str, *, only_returns: bool) -> DecodedText:
    """The same lines in UTF-8: line breaks made ``\\n``, NUL removed, stray bytes read as Windows-1252."""
    target = folder / f"{next(_NUMBERS)}.utf8"
    tally = _Tally()
    with target.open("w", encoding="utf-8", newline="", errors="replace") as out:
        for raw in _texts(_chunks(path), _decoder(encoding)):
            tally.nul += raw.count("\0")
            tally.mended += raw.count("\ufffd")
            text = raw.replace("\0", "").replace("\r\r\n", "\n").replace("\r\n", "\n")
            text = text.replace("\r", "\n" if only_returns else " ")
            tally.breaks += text.count("\n")
            tally.last = ord(text[-1]) if text else tally.last
            out.write(text)
    mixed = _utf8_faith(_chunks(path))[0] if encoding.startswith("utf-8") else 0
    lines = tally.breaks + (tally.last != 10)
    findings = _findings(tally, mixed)
    return DecodedText(path=target, encoding=encoding, breaks=tally.breaks, lines=lines, findings=findings)


class _Windows(codecs.IncrementalDecoder):
    """Windows-1252 ten times faster than the standard codec, its five unused bytes read as Latin-1."""

    def decode(self, data: bytes, final: bool = False) -> str:  # type: ignore[override]
        """The text of ``data``: one byte, one character, nothing to remember."""
        text = data.decode("latin-1")
        if _WINDOWS_ONLY.search(text):
            for latin, windows in _WINDOWS.items():
                text = text.replace(latin, windows)
        return text


_WINDOWS = {chr(code): bytes([code]).decode("cp1252", errors="ignore") or chr(code) for code in range(0x80, 0xA0)}
_WINDOWS_ONLY = re.compile("[\x80-\x9f]")


def _decoder(encoding: str) -> codecs.IncrementalDecoder:
    if encoding == "cp1252":
        return _Windows()
    return codecs.getincrementaldecoder(encoding)(errors="replace" if "16" in encoding else "terreau.cp1252")


def _texts(chunks: Iterable[bytes], decoder: codecs.IncrementalDecoder) -> Iterator[str]:
    """Decoded chunks that never end between a carriage return and its line feed."""
    held = ""
    for chunk in chunks:
        text = held + decoder.decode(chunk)
        kept = len(text.rstrip("\r"))
        held = text[kept:]
        yield text[:kept]
    yield held + decoder.decode(b"", final=True)


def _findings(tally: _Tally, mixed: int) -> tuple[Finding, ...]:
    found = []
    if tally.nul:
        found.append(Finding(line=0, column="", code="tables.nul_bytes", facts={"count": tally.nul}))
    if mixed:
        found.append(Finding(line=0, column="", code="tables.mixed_encodings", facts={"count": mixed}))
    if tally.mended:
        found.append(Finding(line=0, column="", code="tables.unreadable_characters", facts={"count": tally.mended}))
    return tuple(found)
