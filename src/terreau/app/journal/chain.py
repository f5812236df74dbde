"""The arithmetic of the chain: a keyed digest of each entry and of the one before (HMAC-SHA256)."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One entry as the chain sees it."""

    organisation: str
    number: int
    at: datetime
    actor: int | None
    actor_label: str
    action: str
    written: str
    previous: str
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """Where the chain breaks. kind: missing, altered, unchained, cut (entries known outside are gone), rewritten."""

    number: int
    kind: str


def digest_of(link: Link, key: bytes) -> str:
    """64 hexadecimal digits that nobody without the key can make for another content."""
    content = [
        link.organisation,
        link.number,
        link.at.astimezone(UTC).isoformat(timespec="microseconds"),
        link.actor,
        link.actor_label,
        link.action,
        link.written,
        link.previous,
    ]
    written = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hmac.new(key, written.encode(), hashlib.sha256).hexdigest()


def _readable(links: Iterable[Link], found: list[Break]) -> Iterator[Link]:
    """The links up to the first cell that is not even of its kind (a date that is no date, a number that is text)."""
    seen = 0
    try:
        for link in links:
            if not isinstance(link.number, int):
                raise TypeError(link.number)
            yield link
            seen = link.number
    except (TypeError, ValueError):
        found.append(Break(number=seen + 1, kind="altered"))


def _is_what_was_written(link: Link, key: bytes) -> bool:
    try:
        return hmac.compare_digest(digest_of(link, key).encode(), link.digest.encode())
    except (TypeError, ValueError, AttributeError):
        return False  # a cell was replaced by something that no entry can hold


def breaks(links: Iterable[Link], heads: dict[int, str], key: bytes) -> list[Break]:
    """Everything wrong in the entries of one organisation, in order; ``heads`` are the digests kept outside."""
    found: list[Break] = []
    expected, previous, seen = 1, GENESIS, 0
    for link in _readable(links, found):
        if link.number != expected:
            found.append(Break(number=expected, kind="missing"))
        elif link.previous != previous:
            found.append(Break(number=link.number, kind="unchained"))
        if not _is_what_was_written(link, key):
            found.append(Break(number=link.number, kind="altered"))
        elif heads.get(link.number, link.digest) != link.digest:
            found.append(Break(number=link.number, kind="rewritten"))
        expected, previous, seen = link.number + 1, link.digest, link.number
    beyond = [number for number in heads if number > seen]
    if beyond:
        found.append(Break(number=seen + 1, kind="cut"))
    return found
