"""A child process with limits (processus confiné): what a stranger's file can do stays in it.

The parent gives a dotted path and plain arguments, and gets plain values back, as JSON: nothing the child says is run.
Time is limited everywhere; memory, processor time and the size of written files where the system can.
``python -m terreau.tables.confined`` is the child; it reads its order on its standard input, and dies when that
input ends: whatever kills the parent kills it. What rooms say on their way (``kernel.underway``) is heard in the parent.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from terreau.kernel.errors import TerreauError
from terreau.kernel.underway import Stopped, Work, step, under_way
from terreau.tables.limits import MIB, UPLOAD, Limits
from terreau.tables.trouble import refusal_of
from terreau.tables.working import CHILD, working_folder

GRACE = 5  # seconds the child has, beyond its time, to say that it ran out of it
MOST_ANSWER = 64 * MIB
LOOK_EVERY = 0.05  # seconds between two looks at whether the child ended, should stop, or said where it is
SAID = "step.json"  # where the child is: in its folder
_OUT_OF_MEMORY = ("MemoryError", "OutOfMemoryException", "_ArrayMemoryError")


def confined(
    function: str, /, *, limits: Limits = UPLOAD, stop: Callable[[], bool] | None = None, **arguments: Any
) -> Any:
    """The result of ``function`` (dotted path) called with ``arguments``, run in a limited child process.

    Arguments and result are plain JSON values. ``stop`` is asked now and then: when it says True, the child is killed.
    Raises the TerreauError the function raised, ``tables.reading_too_long``, ``tables.reading_died`` when the child
    was killed or ran out of memory, Stopped when ``stop`` said so.
    """
    order = {"function": function, "arguments": arguments, "memory": limits.memory, "seconds": limits.seconds,
             "written": 2 * limits.max_uncompressed}  # fmt: skip
    name = _label(arguments, function)
    with working_folder(CHILD) as folder:
        answer = folder / "answer.json"
        order["answer"], order["folder"] = str(answer), str(folder)
        errors = _run(json.dumps(order).encode(), limits, name, str(folder), stop)
        if not answer.exists() or answer.stat().st_size > MOST_ANSWER:
            raise TerreauError("tables.reading_died", name=name) from RuntimeError(errors[-4000:])
        return _told(json.loads(answer.read_text(encoding="utf-8")), name)


def _run(order: bytes, limits: Limits, name: str, folder: str, stop: Callable[[], bool] | None) -> str:
    """Let the child do its work; returns what it wrote on its error stream."""
    command = [sys.executable, "-m", "terreau.tables.confined"]
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "TMPDIR": folder,
        "TEMP": folder,
        "TMP": folder,
    }
    said = Path(folder) / "errors.txt"
    with said.open("wb") as errors:
        child = subprocess.Popen(  # noqa: S603 our own interpreter and module
            command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=errors, env=environment
        )
        try:
            _wait(child, order, limits, name, stop, Path(folder) / SAID)
        finally:
            if child.poll() is None:
                child.kill()
            child.wait()
            with contextlib.suppress(OSError):
                child.stdin.close()  # type: ignore[union-attr]
    return said.read_text(encoding="utf-8", errors="replace")


def _wait(
    child: subprocess.Popen[bytes], order: bytes, limits: Limits, name: str, stop: Callable[[], bool] | None, said: Path
) -> None:
    """Give the order, its input left open: the child watches it to know that we live."""
    assert child.stdin
    with contextlib.suppress(BrokenPipeError):  # dead already: its answer is missing
        child.stdin.write(order + b"\n")
        child.stdin.flush()
    end, heard = time.monotonic() + limits.seconds + GRACE, ""
    while True:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(LOOK_EVERY if stop else max(0.0, end - time.monotonic()))
            return
        if time.monotonic() >= end:
            raise TerreauError("tables.reading_too_long", name=name, seconds=limits.seconds)
        if stop and stop():
            raise Stopped
        heard = _hear(said, heard)


def _hear(said: Path, before: str) -> str:
    """Repeat what the child said since, if it said something; what it says is kept apart from what it answers."""
    try:
        told = said.read_text(encoding="utf-8")
    except OSError:  # nothing yet
        return before
    if told != before:
        key, done, of = json.loads(told)
        step(str(key), int(done), int(of))
    return told


def _label(arguments: Mapping[str, Any], function: str) -> str:
    """What a person calls the file being read: the ``name``, the ``files`` or the ``path`` of the arguments."""
    if arguments.get("name"):
        return str(arguments["name"])
    files = arguments.get("files") or ()
    names = [Path(str(one if isinstance(one, str) else one[-1])).name for one in files]
    return ", ".join(names) or Path(str(arguments.get("path") or function)).name


def _told(answer: Mapping[str, Any], name: str) -> Any:
    if answer["outcome"] == "done":
        return answer["result"]
    if answer["outcome"] == "refused":
        raise TerreauError(answer["code"], **answer["facts"])
    if answer["outcome"] == "late":
        raise TerreauError("tables.reading_too_long", name=name, seconds=answer["seconds"])
    if answer["outcome"] == "memory":
        raise TerreauError("tables.reading_died", name=name)
    raise RuntimeError(f"confined work failed:\n{answer['trace']}")


def main() -> None:
    """The child: take limits, do the work, leave the answer in a file."""
    order = json.loads(sys.stdin.buffer.readline())
    answer = Path(order["answer"])
    _limit(order)
    threading.Thread(target=_die_with_the_parent, args=(order["folder"],), daemon=True).start()
    watch = threading.Timer(order["seconds"], _give_up, [answer, order["seconds"]])
    watch.daemon = True
    watch.start()
    with under_way(Work(_saying(Path(order["folder"]) / SAID))):
        told = _work(order["function"], order["arguments"])
    watch.cancel()
    _leave(answer, told)
    sys.stderr.flush()
    os._exit(0)  # the engine's threads have nothing left to say


def _saying(said: Path) -> Callable[[str, int, int], None]:
    """What the rooms say, left where the parent looks: each step, and now and then how much of it is done."""
    last: tuple[str, float] = ("", 0.0)

    def say(key: str, done: int, of: int) -> None:
        nonlocal last
        now = time.monotonic()
        if key == last[0] and now - last[1] < LOOK_EVERY:
            return
        last = key, now
        with contextlib.suppress(OSError):  # a full disk: the work itself will say so
            _leave(said, (key, done, of))

    return say


def _die_with_the_parent(folder: str) -> None:
    while os.read(sys.stdin.fileno(), 64):
        pass
    shutil.rmtree(folder, ignore_errors=True)  # nobody else will
    os._exit(1)


def _limit(order: Mapping[str, Any]) -> None:
    """Memory, processor time and size of files, where the system knows how."""
    sys.dont_write_bytecode = (
        True  # Python keeps a compiled module even cut short by a limit: nothing would start again
    )
    if sys.platform == "win32":
        return
    import resource

    wanted = {
        resource.RLIMIT_AS: order["memory"],
        resource.RLIMIT_CPU: order["seconds"] * (os.cpu_count() or 1) + GRACE,
        resource.RLIMIT_FSIZE: order["written"],
        resource.RLIMIT_CORE: 0,
    }
    for what, value in wanted.items():
        _, hard = resource.getrlimit(what)
        with contextlib.suppress(ValueError, OSError):  # macOS refuses some of them
            resource.setrlimit(what, (value if hard < 0 else min(value, hard), hard))


def _work(function: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
    try:
        module, _, name = function.rpartition(".")
        return {"outcome": "done", "result": getattr(importlib.import_module(module), name)(**arguments)}
    except TerreauError as error:
        return {
            "outcome": "refused",
            "code": error.code,
            "facts": {key: _plain(fact) for key, fact in error.facts.items()},
        }
    except Exception as error:
        if type(error).__name__ in _OUT_OF_MEMORY:
            return {"outcome": "memory"}
        if refusal := refusal_of(error):
            return {"outcome": "refused", "code": refusal.code, "facts": refusal.facts}
        import traceback

        return {"outcome": "failed", "trace": traceback.format_exc()}


def _plain(fact: object) -> object:
    return fact if isinstance(fact, str | int | float | bool | None) else str(fact)


def _leave(answer: Path, told: Any) -> None:
    draft = answer.with_suffix(".part")
    draft.write_text(json.dumps(told), encoding="utf-8")
    draft.replace(answer)


def _give_up(answer: Path, seconds: int) -> None:
    _leave(answer, {"outcome": "late", "seconds": seconds})
    os._exit(1)


if __name__ == "__main__":
    main()
