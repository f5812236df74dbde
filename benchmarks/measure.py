"""One piece of work in a process of its own: wall time, processor time and peak memory, from the system's accounts."""

import os
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass

_LAUNCHER = """
import os, subprocess, sys, time
start = time.perf_counter()
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, used = os.wait4(process.pid, 0)
print(time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss, os.waitstatus_to_exitcode(status))
"""
"""A small process between: the system counts in the peak memory of a child that of the parent it was split from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Median cost of a whole process. wall, cpu [s] ; memory [MB], the largest seen."""

    wall: float
    cpu: float
    memory: float


def cost(code: str, *arguments: str, runs: int = 3) -> Cost:
    """Cost of ``python -c code arguments``, start-up and imports included."""
    return _median([_once([sys.executable, "-c", code, *arguments]) for _ in range(runs)])


def against(ours: str, theirs: str, *arguments: str, runs: int = 5) -> tuple[Cost, Cost, float]:
    """Cost of two commands run in turn, so that both meet the machine as it is then, and the median of their ratios of CPU."""
    pairs = [(cost(theirs, *arguments, runs=1), cost(ours, *arguments, runs=1)) for _ in range(runs)]
    ratio = statistics.median(mine.cpu / other.cpu for other, mine in pairs)
    return _median([mine for _, mine in pairs]), _median([other for other, _ in pairs]), ratio


def _median(found: Sequence[Cost]) -> Cost:
    return Cost(
        wall=statistics.median(one.wall for one in found),
        cpu=statistics.median(one.cpu for one in found),
        memory=max(one.memory for one in found),
    )


def _once(command: list[str]) -> Cost:
    process = subprocess.run(
        [sys.executable, "-c", _LAUNCHER, *command], capture_output=True, env=_usual(), check=False
    )
    try:
        wall, cpu, memory, code = map(float, process.stdout.split()[-4:])
    except ValueError:
        code = -1.0
    if code not in (0, 1):
        sys.exit(f"a benchmark failed ({code:.0f}): {process.stderr.decode(errors='replace')[-2000:]}")
    return Cost(wall=wall, cpu=cpu, memory=memory / 1024)


def _usual() -> dict[str, str]:
    """The environment of a usual process: Python keeps what it compiled."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
