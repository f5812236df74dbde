"""What the world does to a file between the tool that wrote it and us: one mutation per line, a few per file.

A *case* is one mutation. Every random choice comes from the generator given, so that a case is named by its seed.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

SPECIMENS = Path(__file__).resolve().parents[3] / "examples" / "inventories"
KEPT_LINES = 121
CELLS = (
    "", " ", "\u00a0", "?", "-", "N/A", "0", "-1", "1e400", "NaN", "inf", "١٢", "12 postes", "9" * 30, "0,0000001", "1.145,24", "'=1+1",
    "=HYPERLINK(1)", "+33", "@x", "31/02/2020", "00/00/0000", "0001-01-01", "9999-12-31T23:59:59.9999999", "29/02/1900", "2099",
    "rentrée 2018", "45000", "To Be Filled By O.E.M.", "Total", "sous-total", "<br>", "&nbsp;", "😀", "\u202eabc", "\u200b", "é" * 300,
    "x" * 5000, "\x07", "\\", "''", "%s{0}{name}", "$1", "NULL", "true", "VMware7,1", "Personal", "Retiré le 12", "12:00", "1 234,5 €",
)  # fmt: skip
"""Cells that are found in inventories, or would hurt whoever believes them."""

LineMutation = Callable[[Random, str, str], str]
FileMutation = Callable[[Random, bytes], bytes]


def trimmed(path: Path) -> bytes:
    """The first lines of a specimen, in its own bytes."""
    return b"".join(path.read_bytes().splitlines(keepends=True)[:KEPT_LINES])


def _cell(rng: Random, line: str, separator: str) -> str:
    cells = line.split(separator)
    cells[rng.randrange(len(cells))] = rng.choice(CELLS)
    return separator.join(cells)


def _quoted_cell(rng: Random, line: str, separator: str) -> str:
    cells = line.split(separator)
    cells[rng.randrange(len(cells))] = '"' + rng.choice(CELLS) + '"'
    return separator.join(cells)


def _lost_cell(rng: Random, line: str, separator: str) -> str:
    cells = line.split(separator)
    del cells[rng.randrange(len(cells))]
    return separator.join(cells)


def _more_cells(rng: Random, line: str, separator: str) -> str:
    return line + separator * rng.randint(1, 9) + "x"


def _swapped(rng: Random, line: str, separator: str) -> str:
    cells = line.split(separator)
    one, other = rng.randrange(len(cells)), rng.randrange(len(cells))
    cells[one], cells[other] = cells[other], cells[one]
    return separator.join(cells)


def _cut(rng: Random, line: str, separator: str) -> str:
    return line[: rng.randrange(len(line) + 1)]


def _lost_letter(rng: Random, line: str, separator: str) -> str:
    at = rng.randrange(len(line) + 1)
    return line[:at] + line[at + 1 :]


def _other_letter(rng: Random, line: str, separator: str) -> str:
    at = rng.randrange(len(line) + 1)
    return line[:at] + chr(rng.choice([rng.randrange(32, 127), rng.randrange(160, 0x2FFF)])) + line[at + 1 :]


def _lone_quote(rng: Random, line: str, separator: str) -> str:
    at = rng.randrange(len(line) + 1)
    return line[:at] + '"' + line[at:]


def _emptied(rng: Random, line: str, separator: str) -> str:
    return separator * line.count(separator)


ON_LINES: tuple[LineMutation, ...] = (
    _cell,
    _cell,
    _cell,
    _lost_cell,
    _more_cells,
    _swapped,
    _cut,
    _lost_letter,
    _other_letter,
    _emptied,
)
WITH_QUOTES: tuple[LineMutation, ...] = (*ON_LINES, _quoted_cell, _lone_quote)


def _flipped(rng: Random, content: bytes) -> bytes:
    at = rng.randrange(len(content))
    return content[:at] + bytes([content[at] ^ (1 << rng.randrange(8))]) + content[at + 1 :]


def _truncated(rng: Random, content: bytes) -> bytes:
    return content[: rng.randrange(1, len(content))]


def _repeated(rng: Random, content: bytes) -> bytes:
    return content + content


def _with_nul(rng: Random, content: bytes) -> bytes:
    at = rng.randrange(len(content))
    return content[:at] + b"\0" + content[at:]


def _other_ends(rng: Random, content: bytes) -> bytes:
    return content.replace(b"\r\n", b"\n").replace(b"\n", rng.choice([b"\r\n", b"\n", b"\n\n"]))


def _other_bytes(rng: Random, content: bytes) -> bytes:
    at = rng.randrange(len(content))
    return content[:at] + bytes(rng.randrange(128, 256) for _ in range(3)) + content[at:]


def _as_utf16(rng: Random, content: bytes) -> bytes:
    return content.decode("utf-8", errors="replace").encode("utf-16")


def _untouched(rng: Random, content: bytes) -> bytes:
    return content


ON_FILES: tuple[FileMutation, ...] = (
    _untouched, _untouched, _flipped, _truncated, _repeated, _with_nul, _other_ends, _other_bytes, _as_utf16,
)  # fmt: skip


def mutated_text(rng: Random, content: bytes, *, quotes: bool) -> tuple[bytes, int]:
    """The specimen with every data line mutated, and the number of cases that makes. ``quotes``: may leave quotes about."""
    encoding = "utf-8"
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text, encoding = content.decode("cp1252", errors="replace"), "cp1252"
    lines = text.split("\n")
    separator = max(";,\t", key=text.count)
    if not quotes:
        lines = [line.replace('"', "") for line in lines]
    chosen = WITH_QUOTES if quotes else ON_LINES
    for number in range(1, len(lines)):
        lines[number] = rng.choice(chosen)(rng, lines[number].rstrip("\r"), separator)
    return "\n".join(lines).encode(encoding, errors="replace"), len(lines) - 1


def mutated_file(rng: Random, content: bytes) -> bytes:
    """The whole file hurt once."""
    return rng.choice(ON_FILES)(rng, content)
