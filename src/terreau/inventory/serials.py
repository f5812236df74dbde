"""Serial numbers worth trusting as keys: a placeholder identifies nothing (numéros de série)."""

import re
import unicodedata
from functools import cache

from terreau.inventory.vocabulary import rows
from terreau.kernel.text import normal

_VIRTUAL = re.compile(r"^(vmware-|parallels-|(\d{4}-){6}\d{2}$)", re.IGNORECASE)
_BLANKS = re.compile(r"[\s\-]+")


def is_junk(serial: str | None) -> bool:
    """True when the text identifies nothing: a mainboard placeholder, "idem", "illisible", 0000…"""
    written = (serial or "").strip()
    return not written or _junk(written)


def key(serial: str | None) -> str | None:
    """The comparable form of a serial number, None when it must never join two lines.

    Capitals, no space nor hyphen; leading zeros stay, they are part of the number.
    """
    if is_junk(serial):
        return None
    bare = _BLANKS.sub("", unicodedata.normalize("NFKC", serial or "")).upper()
    return bare if len(bare) > 3 else None


def is_virtual(serial: str | None) -> bool:
    """True when the number is one a hypervisor gives to its guests (VMware-…, Hyper-V)."""
    return bool(_VIRTUAL.match((serial or "").strip()))


@cache
def _words() -> frozenset[str]:
    return frozenset(normal(row["value"]) for row in rows("junk-serials") if row["kind"] == "exact")


def plain_words() -> tuple[str, ...]:
    """The words of the list that are letters and digits, as any number might be, in alphabetical order."""
    return tuple(sorted(word for word in _words() if word.isalnum()))


@cache
def _shapes() -> re.Pattern[str]:
    shapes = (row["value"].replace(r"\1", f"(?P=same{at})").replace("^(.)", f"^(?P<same{at}>.)")
              for at, row in enumerate(rows("junk-serials")) if row["kind"] == "regex")  # fmt: skip
    return re.compile("|".join(f"(?:{shape})" for shape in shapes))


def _junk(written: str) -> bool:
    bare = normal(written)
    return bare in _words() or written.casefold() in _words() or bool(_shapes().search(bare)) or is_virtual(written)
