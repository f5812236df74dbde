"""Pages: server time with a large organisation against a tiny one; from the command to the first page."""

import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from benchmarks.fleets import grouped
from benchmarks.measure import cost

LARGE, TINY = 100_000, 100


def rows(folder: Path, lines: int) -> Iterator[tuple[str, ...]]:
    """Median and 95th percentile over every page, processor and wall time of the process that answers; then a cold start."""
    large, tiny = _times(LARGE), _times(TINY)
    for name, of in (("médiane", statistics.median), ("95e centile", _percentile)):
        ours, theirs = (tuple(of([look[way] for look in looks]) * 1000 for way in (0, 1)) for looks in (large, tiny))
        yield (f"Pages d'une organisation de {grouped(LARGE)} lignes, temps du serveur, {name}",
               f"{ours[1]:.0f} ms CPU, {ours[0]:.0f} ms", f"la même de {TINY} lignes",
               f"{theirs[1]:.0f} ms CPU, {theirs[0]:.0f} ms", f"{ours[1] / theirs[1]:.1f} ×")  # fmt: skip
    first, again = _first_page(folder / "froid"), _first_page(folder / "froid")
    bare = cost("import django.core.handlers.wsgi, django.core.management")
    for name, (wall, cpu) in (("base à créer", first), ("base déjà là", again)):
        yield (f"`terreau serve` à la première page, {name}", f"{cpu:.2f} s CPU, {wall:.2f} s", "Python qui importe Django",
               f"{bare.cpu:.2f} s CPU, {bare.wall:.2f} s", f"{cpu / bare.cpu:.1f} ×")  # fmt: skip


def _times(lines: int) -> list[tuple[float, float]]:
    """(wall, processor) time of every look [s]; the slowest pages are printed, and those that load the engine."""
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks.page_times", str(lines)], check=True, stdout=subprocess.PIPE, text=True
    )
    found = json.loads(told.stdout.splitlines()[-1])
    times = {path: statistics.median(cpu for _, cpu in looks) * 1000 for path, looks in found["times"].items()}
    slowest = sorted(times, key=lambda path: -times[path])[:3]
    print(f"  {lines}: " + ", ".join(f"{path} {times[path]:.0f} ms CPU" for path in slowest), flush=True)
    if found["engine"]:
        print("  le moteur est chargé par : " + ", ".join(found["engine"]), flush=True)
    return [(wall, cpu) for looks in found["times"].values() for wall, cpu in looks]


def _percentile(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def _first_page(home: Path) -> tuple[float, float]:
    """From the command to the first page served, in ``home``: wall, processor time of the server by then [s]."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    home.mkdir(exist_ok=True)
    around = {name: value for name, value in os.environ.items() if not name.startswith(("TERREAU_", "DJANGO_"))}
    start = time.perf_counter()
    served = subprocess.Popen(
        [sys.executable, "-m", "terreau", "serve", "--port", str(port)], stdout=subprocess.DEVNULL,
        env={**around, "TERREAU_HOME": str(home)}, cwd=tempfile.gettempdir(),
    )  # fmt: skip
    try:
        while time.perf_counter() - start < 60:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/connexion/", timeout=5):
                    return time.perf_counter() - start, _processor(served.pid)
            except OSError:
                time.sleep(0.02)
        raise TimeoutError("terreau serve did not answer in a minute")
    finally:
        served.terminate()
        served.wait(timeout=20)


def _processor(pid: int) -> float:
    """Processor time of a process so far [s]; nan where the system does not tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return float("nan")
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
