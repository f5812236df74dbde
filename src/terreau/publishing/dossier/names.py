"""Names that any computer can hold (noms de fichiers): normal form, nothing invisible, nothing Windows keeps to itself."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import PurePosixPath

from terreau.kernel.text import normal

LONGEST = 255
"""The longest segment a file system holds [bytes]."""
READABLE = 120
"""The longest one we make: a path of three still opens on an old Windows [bytes]."""
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|clock\$|com[0-9¹²³]|lpt[0-9¹²³])", re.IGNORECASE)
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def segment(text: str, extension: str = "", longest: int = READABLE) -> str:
    """One name of a path: NFC, no control nor turning sign, no separator, no trailing dot or space, never a reserved name.

    extension: with its dot, kept whole when the name is cut; longest: in bytes of UTF-8, at most LONGEST
    """
    tail = _clean(extension)[:12]
    stem = _cut(_clean(text), min(longest, LONGEST) - len(tail.encode()))
    stem = re.sub(r"[ .]+$|[ -]+$", "", stem.strip(" .")).strip(" .") or "sans-nom"
    if _RESERVED.fullmatch(stem.partition(".")[0].rstrip()):
        stem = "_" + stem
    return (stem + tail).rstrip(" .")


def slug(text: str, longest: int = 48) -> str:
    """A short name without accents or spaces: "Tenez-vous une liste ?" -> "tenez-vous-une-liste"."""
    words = re.findall(r"\w+", normal(_clean(text)))
    made = ""
    for word in words:
        longer = f"{made}-{word}" if made else word
        if len(longer.encode()) > longest:
            break
        made = longer
    return segment(made or _cut("-".join(words), longest) or "sans-titre")


def extension_of(name: str) -> str:
    """The extension of a received name, with its dot, lower case; '' when it has none that looks like one."""
    found = PurePosixPath(_clean(name).replace("\\", "/")).suffix
    return found.lower() if re.fullmatch(r"\.[A-Za-z0-9]{1,8}", found) else ""


def same(name: str) -> str:
    """What two names share when a computer cannot tell them apart (capitals, accents written otherwise)."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", name).casefold())


def free(taken: set[str], make: Callable[[str], str]) -> str:
    """The first of ``make('')``, ``make(' (2)')``… that nothing in ``taken`` looks like; it is taken from then on."""
    rank = 1
    while same(name := make("" if rank == 1 else f" ({rank})")) in taken:
        rank += 1
    taken.add(same(name))
    return name


def numbered(text: str, extension: str, mark: str) -> str:
    """``segment`` with a mark that survives the cut."""
    room = READABLE - len(mark.encode()) - len(extension.encode())
    return segment(segment(text, longest=room) + mark, extension)


def lawful(path: str) -> bool:
    """True when ``path`` is one this module could have made: relative, forward slashes, each segment unchanged by ``segment``."""
    parts = path.split("/")
    return bool(path) and all(
        part and len(part.encode("utf-8", "replace")) <= LONGEST and _kept(part) for part in parts
    )


def _kept(part: str) -> bool:
    return part not in (".", "..") and part == _clean(part) and part == part.rstrip(" .") and not _RESERVED.fullmatch(
        part.partition(".")[0].rstrip()
    )  # fmt: skip


def _clean(text: str) -> str:
    spaced = " ".join(unicodedata.normalize("NFC", text).split())
    shown = "".join(sign for sign in spaced if unicodedata.category(sign) not in _HIDDEN)
    return unicodedata.normalize("NFC", _FORBIDDEN.sub("-", shown))


def _cut(text: str, size: int) -> str:
    cut = text.encode()[: max(size, 0)].decode("utf-8", "ignore")
    while cut and unicodedata.combining(text[len(cut) : len(cut) + 1] or " "):  # never a letter without its accent
        cut = cut[:-1]
    return cut
