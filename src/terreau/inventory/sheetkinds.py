"""What a sheet holds as a whole: a list of phones makes "portable" a phone (nature de la feuille)."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

from terreau.inventory import typewords
from terreau.inventory.vocabulary import rows
from terreau.kernel.text import normal

COMPUTERS, MONITORS, PHONES = "computers", "monitors", "phones"

_WORDS = {
    PHONES: {"smartphone", "feature_phone", "ip_phone"},
    MONITORS: {"monitor", "large_display"},
    COMPUTERS: {"laptop", "desktop", "mini_pc", "all_in_one", "workstation", "thin_client", "server", "blade"},
}
_MOST = 0.6  # share of the type words that must agree


def kind_of(name: str, headers: Sequence[str], types: Iterable[str]) -> str:
    """computers, monitors, phones or '': from the name of the file or sheet, then its type words, then its headings.

    types: distinct type words of the sheet; words that mean another thing from one list to another do not vote.
    """
    return _by_name(name) or _by_types(types) or _by_headers(headers)


def type_word(kind: str, word: str | None) -> str | None:
    """The type word as this kind of sheet means it; the sheet's own default for an empty cell, None when it has none."""
    meanings = _table("type")
    bare = normal(word or "")
    return meanings.get((kind, bare)) or (word if bare else None)


def readings(kind: str) -> dict[str, str]:
    """Type words (normal form, '' for an empty cell) that this kind of sheet reads otherwise, for a join in SQL."""
    return {word: reads_as for (held, word), reads_as in _table("type").items() if held == kind}


def _by_name(name: str) -> str:
    words = f" {re.sub(r'[^a-z0-9]+', ' ', normal(name))} "
    found = {kind for kind, clue in _table("name") if f" {clue} " in words}
    return found.pop() if len(found) == 1 else ""


def _by_types(types: Iterable[str]) -> str:
    ambiguous = {word for _, word in _table("type")}
    votes: Counter[str] = Counter()
    for text in types:
        said = typewords.read(normal(text)).word if normal(text) not in ambiguous else ""
        votes[next((kind for kind, words in _WORDS.items() if said in words), "")] += bool(said)
    total = sum(votes.values())
    kind, count = votes.most_common(1)[0] if votes else ("", 0)
    return kind if kind and count >= 2 and count >= _MOST * total else ""


def _by_headers(headers: Sequence[str]) -> str:
    found = {kind for kind, clue in _table("header") if clue in {normal(header) for header in headers}}
    return found.pop() if len(found) == 1 else ""


@cache
def _table(clue: str) -> dict[tuple[str, str], str]:
    return {(row["kind"], normal(row["word"])): row["reads_as"] for row in rows("sheet-kinds") if row["clue"] == clue}
