"""Literals a pattern cannot do without: most product lines are ruled out without being tried.

A pattern is taken apart by Python's own parser. The answer is a set of texts of which at least one
must be present for the pattern to match, or None when nothing can be said (the pattern is then tried).
"""

from typing import Any

try:
    from re import _constants as _ops  # type: ignore[attr-defined]
    from re import _parser  # type: ignore[attr-defined]
except ImportError:  # another Python: every pattern is tried, slower and just as right
    _parser = None

_LEAST = 2  # a shorter literal is everywhere


def needles_of(pattern: str) -> frozenset[str] | None:
    """Texts of which one must be present for ``pattern`` to be found; None when any text may do."""
    if _parser is None:
        return None
    found = _any_of(_parser.parse(pattern))
    return frozenset(found) if found else None


def _any_of(parsed: Any) -> set[str] | None:
    """The best set among the pieces that follow each other: each of them must be there, so the longest wins."""
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
    return max(choices, key=lambda texts: (min(map(len, texts)), -len(texts)), default=None)


def _inside(operation: Any, argument: Any) -> set[str] | None:
    if operation is _ops.SUBPATTERN:
        return _any_of(argument[3])
    if operation is _ops.BRANCH:
        branches = [_any_of(branch) for branch in argument[1]]
        return None if any(texts is None for texts in branches) else set().union(*filter(None, branches))
    if operation in (_ops.MAX_REPEAT, _ops.MIN_REPEAT) and argument[0] >= 1:
        return _any_of(argument[2])
    return None
