"""Work under way (travail en cours): the rooms that do it say where they are, and whoever waits may stop it.

    work = Work(listener)                     # in the thread that does it
    with under_way(work):
        step("weigh")                         # said by any room, heard by the listener
        with stoppable(connection.interrupt): # a long question to an engine
            ...
    work.stop()                               # from any other thread: the question under way ends at once

Outside ``under_way`` nothing listens and every call here costs nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

Row = TypeVar("Row")
Listener = Callable[[str, int, int], None]
ROWS_BETWEEN = 5_000
"""Rows handed over between two words about them [count]."""


class Stopped(Exception):  # noqa: N818  it is not an error
    """Nobody waits for this work any more."""


class Work:
    """One piece of work. ``stop`` may be called by any thread, as often as one likes."""

    def __init__(self, listener: Listener | None = None, asked: threading.Event | None = None) -> None:
        self.listener, self.asked = listener, asked or threading.Event()
        self._lock = threading.Lock()
        self._questions: dict[int, Callable[[], None]] = {}

    def stop(self) -> None:
        """Ask for the end, and end the questions under way. To be said again until the work ended.

        An engine between two questions does not hear: it would answer the next one.
        """
        self.asked.set()
        with self._lock:
            for interrupt in self._questions.values():
                interrupt()

    def check(self) -> None:
        """Raises Stopped when the end was asked for."""
        if self.asked.is_set():
            raise Stopped

    @contextmanager
    def reach(self, interrupt: Callable[[], None]) -> Iterator[None]:
        """Within, ``stop`` calls ``interrupt``; whatever comes of it, nothing goes on after a stop."""
        self.check()
        with self._lock:
            self._questions[id(interrupt)] = interrupt
        try:
            yield
        except Exception:
            self.check()  # what an interrupted engine says is no refusal
            raise
        finally:
            with self._lock:
                del self._questions[id(interrupt)]
        self.check()


_work: ContextVar[Work | None] = ContextVar("the work under way", default=None)


@contextmanager
def under_way(work: Work) -> Iterator[None]:
    """Within, in this thread, what rooms say is about ``work``."""
    token = _work.set(work)
    try:
        yield
    finally:
        _work.reset(token)


def step(key: str, done: int = 0, of: int = 0) -> None:
    """Say that a step begins, or how much of it is done, of how much (0: unknown). Raises Stopped."""
    work = _work.get()
    if work is not None:
        work.check()
        if work.listener:
            work.listener(key, done, of)


def check() -> None:
    """Raises Stopped when nobody waits for the work under way any more: before writing what would be kept."""
    work = _work.get()
    if work is not None:
        work.check()


def counted(rows: Iterable[Row], key: str, of: int = 0) -> Iterator[Row]:
    """The same rows, said as they pass."""
    for done, row in enumerate(rows):
        if done % ROWS_BETWEEN == 0:
            step(key, done, of)
        yield row


@contextmanager
def stoppable(interrupt: Callable[[], None]) -> Iterator[None]:
    """Within, stopping the work under way calls ``interrupt``. Raises Stopped at either end once it was asked for."""
    work = _work.get()
    if work is None:
        yield
        return
    with work.reach(interrupt):
        yield
