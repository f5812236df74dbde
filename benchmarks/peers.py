"""Peers: processor time per asset of Terreau against boaviztapi and e-footprint, each in an environment of its own.

They are installed from the registry the machine is set for, in a folder kept between runs, never beside Terreau: their
licence (AGPL-3.0) and their dependencies stay apart. Without a registry the row says so.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.fleets import grouped, write_csv
from benchmarks.measure import cost

SCRIPTS = Path(__file__).parent / "peer_scripts"
PEERS = (
    ("boaviztapi 2.5.0, un ordinateur portable, 3 critères", ("boaviztapi==2.5.0", "httpx"), SCRIPTS / "boavizta.py"),
    ("e-footprint 9.0.0, un actif d'un service sur un an", ("efootprint==9.0.0",), SCRIPTS / "efootprint.py"),
)
OURS = (
    "import sys; from datetime import date; from terreau.footprint import footprint; "
    "footprint([sys.argv[1]], at=date(2026, 9, 30)).as_json()"
)


def rows(folder: Path, lines: int) -> Iterator[tuple[str, ...]]:
    """One row per peer: a device read from a CSV, all criteria and intervals, against one asset of theirs."""
    ours = cost(OURS, str(write_csv(folder / f"peers-{lines}.csv", lines)), runs=1).cpu / lines
    what = f"Un équipement, du CSV aux impacts, parmi {grouped(lines)}"
    for name, packages, script in PEERS:
        try:
            theirs = _per_asset(packages, script)
        except (subprocess.SubprocessError, OSError, ValueError) as trouble:
            yield (what, f"{ours * 1e6:.1f} µs CPU", name, f"pas mesuré ({type(trouble).__name__})", "–")
            continue
        yield (
            what,
            f"{ours * 1e6:.1f} µs CPU",
            name,
            f"{theirs * 1000:.1f} ms CPU",
            f"{theirs / ours:,.0f} fois moins".replace(",", " "),
        )


def _per_asset(packages: tuple[str, ...], script: Path) -> float:
    python = _environment(packages)
    told = subprocess.run([python, str(script)], check=True, capture_output=True, text=True, timeout=600)
    return float(told.stdout.split()[-1])


def _environment(packages: tuple[str, ...]) -> Path:
    """The interpreter of an environment that holds ``packages``; made once."""
    kept = Path(os.environ.get("TERREAU_BENCH_PEERS") or Path(tempfile.gettempdir()) / "terreau-bench-peers")
    home = kept / packages[0].replace("==", "-")
    python = home / "bin" / "python"
    done = home / "installed"
    if not done.exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(home)], check=True, timeout=120)
        subprocess.run([python, "-m", "pip", "install", "-q", *packages], check=True, capture_output=True, timeout=900)
        _readable(home)
        done.touch()
    return python


def _readable(home: Path) -> None:
    """e-footprint is written for Python 3.12: two quotes inside quotes, which 3.11 refuses, are turned here."""
    for source in home.glob("lib/*/site-packages/efootprint/core/hardware/server_base.py"):
        text = source.read_text(encoding="utf-8")
        source.write_text(text.replace('replace("_", " ")', "replace('_', ' ')"), encoding="utf-8")
