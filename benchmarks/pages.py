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
    """Median and 95th percentile over every page; then a cold start."""
    large, tiny = _times(LARGE), _times(TINY)
    for name, of in (("médiane", statistics.median), ("95e centile", _percentile)):
        ours, theirs = of(large), of(tiny)
        yield (f"Pages d'une organisation de {grouped(LARGE)} lignes, temps du serveur, {name}", f"{ours * 1000:.0f} ms",
               f"la même de {TINY} lignes", f"{theirs * 1000:.0f} ms", f"{ours / theirs:.1f} ×")  # fmt: skip
    first, again = _first_page(folder / "froid"), _first_page(folder / "froid")
    bare = cost("import django.core.handlers.wsgi, django.core.management").wall
    for name, seconds in (("base à créer", first), ("base déjà là", again)):
        yield (
            f"`terreau serve` à la première page, {name}",
            f"{seconds:.2f} s",
            "Python qui importe Django",
            f"{bare:.2f} s",
            f"{seconds / bare:.1f} ×",
        )


def _times(lines: int) -> list[float]:
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks.page_times", str(lines)], check=True, capture_output=True, text=True
    )
    found: dict[str, list[float]] = json.loads(told.stdout.splitlines()[-1])
    slowest = sorted(found, key=lambda path: -statistics.median(found[path]))[:3]
    print(
        f"  {lines}: " + ", ".join(f"{path} {statistics.median(found[path]) * 1000:.0f} ms" for path in slowest),
        flush=True,
    )
    return [one for times in found.values() for one in times]


def _percentile(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def _first_page(home: Path) -> float:
    """Seconds from the command to the first page served, in ``home``."""
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
                    return time.perf_counter() - start
            except OSError:
                time.sleep(0.02)
        raise TimeoutError("terreau serve did not answer in a minute")
    finally:
        served.terminate()
        served.wait(timeout=20)
