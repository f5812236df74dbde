"""People without their names (personnes): a name becomes an identifier that only the holder of a key could make again."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from terreau.kernel.errors import TerreauError
from terreau.kernel.text import normal

SHORTEST_KEY = 16
"""Bytes below which a key could be found by trying: refused."""
LETTERS = 32
_TITLES = frozenset(("m", "mr", "mme", "mlle", "mrs", "ms", "dr", "pr", "monsieur", "madame", "mademoiselle"))
_WORD = re.compile(r"[^\W_]+")

Handles = tuple[str, ...]
"""What tells one person, the surest first: the identifier made of a staff number, then the one made of a name."""


def handles(key: bytes, *, name: str = "", number: str = "") -> Handles:
    """The identifiers of one person; () when neither the name nor the number says anything.

    The order of the words of a name, its accents, capitals, hyphens and titles count for nothing, nor does the form of an
    e-mail address (jean.dupont@…). Names are not kept. TerreauError indicators.training_key_short.
    """
    if len(key) < SHORTEST_KEY:
        raise TerreauError("indicators.training_key_short", least=SHORTEST_KEY)
    told = (("number", "".join(_WORD.findall(normal(number)))), ("name", " ".join(name_words(name))))
    return tuple(_sealed(key, kind, text) for kind, text in told if text)


def name_words(name: str) -> tuple[str, ...]:
    """The words of a name that tell a person, in alphabetical order."""
    words = _WORD.findall(normal(name).partition("@")[0])
    return tuple(sorted(word for word in words if word not in _TITLES))


def same_people(met: Iterable[Handles]) -> Mapping[str, str]:
    """Handle -> person. A name goes with the number it was met with, unless it was met with two: namesakes stay apart."""
    numbers: dict[str, set[str]] = defaultdict(set)
    every: set[str] = set()
    for one in met:
        every.update(one)
        if len(one) > 1:
            numbers[one[-1]].add(one[0])
    return {handle: next(iter(numbers[handle])) if len(numbers.get(handle, ())) == 1 else handle for handle in every}


def _sealed(key: bytes, kind: str, text: str) -> str:
    return hmac.new(key, f"terreau person\0{kind}\0{text}".encode(), hashlib.sha256).hexdigest()[:LETTERS]
