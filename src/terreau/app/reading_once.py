"""A page that asks several rooms the same thing: read once while that page is made, never kept after it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, TypeVar

T = TypeVar("T")
_read: ContextVar[dict[tuple[Any, ...], Any] | None] = ContextVar("what the page being made has read", default=None)


@contextmanager
def reading_once() -> Iterator[None]:
    """Inside, what a ``once`` function read of an organisation is not read again: every page that only reads is (``tasks.needing``)."""
    token = _read.set({})
    try:
        yield
    finally:
        _read.reset(token)


def once(read: Callable[[Any], T]) -> Callable[[Any], T]:
    """``read(organisation)``, whose answer nobody changes, read once inside ``reading_once`` and each time elsewhere."""

    @wraps(read)
    def told(organisation: Any) -> T:
        kept = _read.get()
        if kept is None:
            return read(organisation)
        key = (read, organisation.pk)
        if key not in kept:
            kept[key] = read(organisation)
        answer: T = kept[key]
        return answer

    return told
