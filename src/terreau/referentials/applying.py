"""Which criteria a profile makes inapplicable: a tiny language of names, not, and, or, parentheses.

The rules only propose; a person decides, with a reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from terreau.kernel.errors import TerreauError
from terreau.referentials.edition import Edition, Words

_TOKEN = re.compile(r"\s*(?:([a-z][a-z0-9_]*)|([()]))")
_WORDS = {"and", "or", "not"}
MOST_LETTERS = 500
Test = Callable[[Mapping[str, bool]], bool]


def propose(edition: Edition, profile: Mapping[str, bool]) -> dict[str, Words]:
    """Criterion key -> reason, for each criterion that this profile makes inapplicable.

    A question left unanswered (absent from ``profile``) never takes a criterion away: only a sure "no" does.
    """
    return {
        criterion.key: criterion.not_applicable_because
        for criterion in edition.criteria
        if criterion.applies_if and surely_not(criterion.applies_if, profile)
    }


def applies(expression: str, profile: Mapping[str, bool]) -> bool:
    """The truth of ``expression``; a name without answer reads as no. TerreauError referentials.expression."""
    return _compiled(expression)[0](profile)


def surely_not(expression: str, profile: Mapping[str, bool]) -> bool:
    """True when ``expression`` is false whatever the unanswered questions would say."""
    unknown = sorted(names(expression) - set(profile))
    if len(unknown) > 8:  # 256 cases at most; beyond, keep the criterion: nothing is taken away on a doubt
        return False
    for case in range(2 ** len(unknown)):
        guess = {name: bool(case >> rank & 1) for rank, name in enumerate(unknown)}
        if applies(expression, {**profile, **guess}):
            return False
    return True


def names(expression: str) -> frozenset[str]:
    """The profile keys an expression names; TerreauError referentials.expression when it cannot be read."""
    return _compiled(expression)[1]


@lru_cache(maxsize=1024)
def _compiled(expression: str) -> tuple[Test, frozenset[str]]:
    if len(expression) > MOST_LETTERS:
        raise TerreauError("referentials.expression", expression=f"{expression[:60]}…", place=MOST_LETTERS)
    reader = _Reader(expression)
    test = reader.either()
    if reader.word:
        reader.refuse()
    return test, frozenset(reader.named)


class _Reader:
    """Reads one expression from left to right; ``or`` binds less than ``and``, ``and`` less than ``not``."""

    def __init__(self, expression: str) -> None:
        self.expression = expression
        self.named: set[str] = set()
        self._words = self._split()
        self.word, self.place = next(self._words)

    def _split(self) -> Iterator[tuple[str, int]]:
        place, text = 0, self.expression.rstrip()
        while place < len(text):
            found = _TOKEN.match(text, place)
            if not found:
                self.place = place
                self.refuse()
                return
            yield found.group(1) or found.group(2), found.end()
            place = found.end()
        yield "", len(text)

    def _advance(self) -> None:
        self.word, self.place = next(self._words, ("", len(self.expression)))

    def refuse(self) -> None:
        """Say where the reading stopped."""
        raise TerreauError("referentials.expression", expression=self.expression, place=self.place)

    def either(self) -> Test:
        """One side or the other."""
        tests = [self.both()]
        while self.word == "or":
            self._advance()
            tests.append(self.both())
        return tests[0] if len(tests) == 1 else lambda profile: any(test(profile) for test in tests)

    def both(self) -> Test:
        """Every side."""
        tests = [self.one()]
        while self.word == "and":
            self._advance()
            tests.append(self.one())
        return tests[0] if len(tests) == 1 else lambda profile: all(test(profile) for test in tests)

    def one(self) -> Test:
        """A name, its contrary, or what parentheses hold."""
        word = self.word
        if word == "not":
            self._advance()
            inner = self.one()
            return lambda profile: not inner(profile)
        if word == "(":
            self._advance()
            inner = self.either()
            if self.word != ")":
                self.refuse()
            self._advance()
            return inner
        if not word or word in _WORDS or word == ")":
            self.refuse()
        self.named.add(word)
        self._advance()
        return lambda profile: bool(profile.get(word, False))
