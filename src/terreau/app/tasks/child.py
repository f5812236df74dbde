"""A worker as a process: ``python -m terreau.app.tasks.child`` for a server's crew, ``run`` for `terreau worker`."""

from __future__ import annotations

import os
import signal
import sys
import threading
from typing import Any


def run(*, name: str = "", instead_of: str = "", listens: bool = False) -> int:
    """Work until the process is asked to stop.

    listens: the standard input is a server's: a line wakes the worker, its end stops it
    """
    from terreau.app.tasks import worker as workers

    worker, finished = workers.Worker(name, instead_of=instead_of), threading.Event()

    def stop(number: int, frame: Any) -> None:
        worker.stop()

    signal.signal(signal.SIGTERM, stop)
    # Ctrl+C reaches the whole terminal: a server's children wait for its word.
    signal.signal(signal.SIGINT, signal.SIG_IGN if listens else stop)
    if listens:
        threading.Thread(target=_listen, args=(worker,), name="listen", daemon=True).start()
    threading.Thread(target=workers.leave_at_last, args=(worker, finished), name="leave", daemon=True).start()
    worker.run()
    finished.set()
    return 0


def _listen(worker: Any) -> None:
    while os.read(sys.stdin.fileno(), 64):
        worker.wake()
    worker.stop()


def main() -> None:
    """One worker of a server's crew."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "terreau.app.settings")
    import django

    django.setup()
    from terreau.app.tasks import crew

    run(name=os.environ.get(crew.NAME, ""), instead_of=os.environ.get(crew.INSTEAD, ""), listens=True)


if __name__ == "__main__":
    main()
