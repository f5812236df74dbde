"""Which indicator a cell names (nommer): by key or by name, in either language; the nearest when nobody knows it."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from terreau.indicators.definition import Indicator
from terreau.kernel.text import normal

MOST_GUESSES = 300
"""Distinct names nobody knows for which the nearest is looked for: a file all of strangers is told so, quickly."""


class Names:
    """The keys and names a file may use; a name that two indicators share names neither."""

    def __init__(self, indicators: Sequence[Indicator]) -> None:
        self._by_name: dict[str, Indicator | None] = {}
        self._said: dict[str, str] = {}
        self._near: dict[str, tuple[str, ...]] = {}
        for one in indicators:
            for name in {normal(one.key), normal(one.short), normal(one.name.fr), normal(one.name.en)} - {""}:
                taken = name in self._by_name and self._by_name[name] is not one
                self._by_name[name] = None if taken else one
                self._said[name] = one.short
        for one in indicators:  # a key always names its own
            self._by_name[normal(one.key)] = one

    def find(self, text: str) -> Indicator | None:
        """The indicator ``text`` names; None when none does, or two do."""
        return self._by_name.get(normal(text))

    def nearest(self, text: str) -> tuple[str, ...]:
        """The keys that look most like ``text``, by key or by name, the best first; at most three."""
        asked = normal(text[:120])
        if asked not in self._near and len(self._near) < MOST_GUESSES:
            near = difflib.get_close_matches(asked, self._by_name, n=4, cutoff=0.5)
            self._near[asked] = tuple(dict.fromkeys(self._said[name] for name in near))[:3]
        return self._near.get(asked, ())
