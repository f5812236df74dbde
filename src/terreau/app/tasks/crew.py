"""The workers of a server: child processes that die with it, and are started again when they die.

Each child reads its standard input: a line wakes it, the end of it means that the server is gone. That holds on
every system, whatever killed the server.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
import time
from types import TracebackType

from terreau.app.tasks import waking, worker

FIRST_WAIT, LONGEST_WAIT = 1.0, 30.0  # seconds before a child that died is started again
STEADY = 60.0  # seconds after which a child is held to be well
FIRST_AFTER, APART = 0.5, 3.0  # seconds before the first start, and between two: pages come first
NAME, INSTEAD = "TERREAU_WORKER_NAME", "TERREAU_WORKER_INSTEAD"


class Crew:
    """``with Crew(2):`` two workers at work, until the end of the block."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.over = threading.Event()
        self.children: dict[int, subprocess.Popen[bytes]] = {}
        self.threads: list[threading.Thread] = []

    def __enter__(self) -> Crew:
        for rank in range(self.count):
            thread = threading.Thread(target=self._keep_one, args=(rank,), name=f"crew-{rank}", daemon=True)
            thread.start()
            self.threads.append(thread)
        waking.on_work(self.wake)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.over.set()
        for child in list(self.children.values()):
            _close(child)
            if os.name == "posix":  # one that is still starting does not read yet
                child.terminate()
        end = time.monotonic() + worker.GRACE + 2
        for child in list(self.children.values()):
            try:
                child.wait(max(0.1, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()

    def wake(self) -> None:
        """Something waits: every child looks now."""
        for child in list(self.children.values()):
            with contextlib.suppress(OSError, ValueError):
                if child.stdin:
                    child.stdin.write(b"\n")
                    child.stdin.flush()

    def _keep_one(self, rank: int) -> None:
        wait, dead = FIRST_WAIT, ""
        if self.over.wait(FIRST_AFTER + rank * APART):
            return
        while not self.over.is_set():
            name, born = worker.new_name() + f"-{rank}", time.monotonic()
            self.children[rank] = child = _start(name, dead)
            child.wait()
            _close(child)
            dead = name
            wait = FIRST_WAIT if time.monotonic() - born > STEADY else min(wait * 2, LONGEST_WAIT)
            if self.over.wait(wait):
                return


def _start(name: str, dead: str) -> subprocess.Popen[bytes]:
    around = {**os.environ, NAME: name, INSTEAD: dead, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, "-m", "terreau.app.tasks.child"]
    return subprocess.Popen(command, stdin=subprocess.PIPE, env=around)  # noqa: S603  our own interpreter and module


def _close(child: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(OSError):
        if child.stdin:
            child.stdin.close()
