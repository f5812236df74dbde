"""The arithmetic of the chain: a keyed digest of each entry and of the one before (HMAC-SHA256)."""

import hashlib
import hmac
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
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
    return _keyed(_content(link), key)


def seal_of(link: Link, key: bytes) -> str:
    """What vouches, under the key of one organisation, for an entry of before that key: its content and its digest."""
    return _keyed(["before", *_content(link), link.digest], key)


def _content(link: Link) -> list[str | int | None]:
    return [
        link.organisation,
        link.number,
        link.at.astimezone(UTC).isoformat(timespec="microseconds"),
        link.actor,
        link.actor_label,
        link.action,
        link.written,
        link.previous,
    ]


def _keyed(content: list[str | int | None], key: bytes) -> str:
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


@dataclass(slots=True)
class Keys:
    """What tells that an entry is what was written: the key of the organisation, or what came before it.

    First versions had one key for all organisations. Entries of that time still hold, from the first one to the last
    before the change: once an entry holds under its organisation's own key, the older way is not tried any more.
    before: the key of that time; seals: seals of those entries by number, where that key must not go (an export)
    """

    own: bytes
    before: bytes | None = None
    seals: Mapping[int, str] = field(default_factory=dict)
    changed: bool = False

    def hold(self, link: Link) -> bool:
        """True when the entry is what was written; asked once for each, in their order."""
        try:
            if _same(digest_of(link, self.own), link.digest):
                self.changed = True
                return True
            return not self.changed and (self._held_before(link) or self._sealed(link))
        except (TypeError, ValueError, AttributeError):
            return False  # a cell was replaced by something that no entry can hold

    def _held_before(self, link: Link) -> bool:
        return self.before is not None and _same(digest_of(link, self.before), link.digest)

    def _sealed(self, link: Link) -> bool:
        return link.number in self.seals and _same(seal_of(link, self.own), self.seals[link.number])


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


def breaks(links: Iterable[Link], heads: dict[int, str], hold: Callable[[Link], bool]) -> list[Break]:
    """Everything wrong in the entries of one organisation, in order.

    heads: the digests kept outside; hold: tells that an entry is what was written (``Keys.hold``)
    """
    found: list[Break] = []
    expected, previous, seen = 1, GENESIS, 0
    for link in _readable(links, found):
        if link.number != expected:
            found.append(Break(number=expected, kind="missing"))
        elif link.previous != previous:
            found.append(Break(number=link.number, kind="unchained"))
        if not hold(link):
            found.append(Break(number=link.number, kind="altered"))
        elif heads.get(link.number, link.digest) != link.digest:
            found.append(Break(number=link.number, kind="rewritten"))
        expected, previous, seen = link.number + 1, link.digest, link.number
    beyond = [number for number in heads if number > seen]
    if beyond:
        found.append(Break(number=seen + 1, kind="cut"))
    return found
