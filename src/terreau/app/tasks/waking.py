"""Telling the workers of this very server that something waits, so that they need not look all the time."""

from __future__ import annotations

from collections.abc import Callable

_wakers: list[Callable[[], None]] = []


def on_work(call: Callable[[], None]) -> None:
    """Have ``call`` called each time work is asked for in this process."""
    _wakers.append(call)


def wake() -> None:
    """Something waits."""
    for call in _wakers:
        call()
