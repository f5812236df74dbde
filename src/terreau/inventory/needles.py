"""Literals a pattern cannot do without: most patterns of the vocabulary are ruled out without being compiled.

A pattern is taken apart by Python's own parser. The answer is several sets of texts, of each of which at least one
must be present for the pattern to match; none when nothing can be said (the pattern is then tried).
"""

import re
from functools import cache
from typing import Any

from terreau.inventory.vocabulary import taken_apart

Needles = tuple[tuple[str, ...], ...]
"""Sets of texts, the most telling first."""

try:
    from re import _constants as _ops  # type: ignore[attr-defined]
    from re import _parser  # type: ignore[attr-defined]
except ImportError:  # another Python: every pattern is tried, slower and just as right
    _parser = None

_LEAST = 2  # a shorter literal is everywhere


class Guarded:
    """A pattern compiled the first time a text may hold it: a compilation costs a thousand looks for its needles."""

    def __init__(self, source: str) -> None:
        self.source, self.needles = source, kept_needles(source)
        self._compiled: re.Pattern[str] | None = None

    def search(self, text: str) -> re.Match[str] | None:
        """As ``re.Pattern.search``."""
        for texts in self.needles:  # plain loops: this is asked a hundred times per model, and they are twice as quick
            for needle in texts:
                if needle in text:
                    break
            else:
                return None
        if self._compiled is None:
            self._compiled = re.compile(self.source)
        return self._compiled.search(text)


def kept_needles(pattern: str) -> Needles:
    """The needles of a pattern as the vocabulary keeps them, else taken from the pattern now."""
    known = _kept()
    return known[pattern] if pattern in known else needles_of(pattern)


@cache
def _kept() -> dict[str, Needles]:
    return {pattern: tuple(tuple(texts) for texts in sets) for pattern, sets in taken_apart().items()}


def needles_of(pattern: str) -> Needles:
    """The sets of texts of each of which one must be present for ``pattern`` to be found."""
    if _parser is None:
        return ()
    choices = sorted(_choices(_parser.parse(pattern)), key=_telling, reverse=True)
    return tuple(dict.fromkeys(tuple(sorted(texts)) for texts in choices))


def _telling(texts: set[str]) -> tuple[int, int, list[str]]:
    """Long and few is telling; the texts themselves settle the order."""
    return min(map(len, texts)), -len(texts), sorted(texts)


def _any_of(parsed: Any) -> set[str] | None:
    """The most telling set among the pieces that follow each other."""
    return max(_choices(parsed), key=_telling, default=None)


def _choices(parsed: Any) -> list[set[str]]:
    """A set for each piece that must be there."""
    choices: list[set[str]] = []
    run = ""
    for operation, argument in parsed:
        if operation is _ops.LITERAL:
            run += chr(argument)
            continue
        if len(run) >= _LEAST:
            choices.append({run})
        run = ""
        inside = _inside(operation, argument)
        if inside:
            choices.append(inside)
    if len(run) >= _LEAST:
        choices.append({run})
    return choices


def _inside(operation: Any, argument: Any) -> set[str] | None:
    if operation is _ops.SUBPATTERN:
        return _any_of(argument[3])
    if operation is _ops.BRANCH:
        branches = [_any_of(branch) for branch in argument[1]]
        return None if any(texts is None for texts in branches) else set().union(*filter(None, branches))
    if operation in (_ops.MAX_REPEAT, _ops.MIN_REPEAT) and argument[0] >= 1:
        return _any_of(argument[2])
    return None
