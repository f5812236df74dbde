"""One piece of work in a process of its own: wall time, processor time and peak memory, from the system's accounts."""

import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Median cost of a whole process. wall, cpu [s] ; memory [MB], the largest seen."""

    wall: float
    cpu: float
    memory: float


def cost(code: str, *arguments: str, runs: int = 3) -> Cost:
    """Cost of ``python -c code arguments``, start-up and imports included."""
    found = [_once([sys.executable, "-c", code, *arguments]) for _ in range(runs)]
    return Cost(
        wall=statistics.median(one.wall for one in found),
        cpu=statistics.median(one.cpu for one in found),
        memory=max(one.memory for one in found),
    )


def _once(command: list[str]) -> Cost:
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    trouble = process.stderr.read() if process.stderr else b""
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        sys.exit(f"a benchmark failed ({process.returncode}): {trouble.decode(errors='replace')[-2000:]}")
    return Cost(wall=wall, cpu=used.ru_utime + used.ru_stime, memory=used.ru_maxrss / 1024)
