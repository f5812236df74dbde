"""Starting: what `terreau --help` costs beyond Python itself."""

from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import cost

HELP = "import sys; from terreau.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass"
BARE = "import argparse"


def rows(folder: Path, lines: int) -> Iterator[tuple[str, ...]]:
    """One row: help against an empty argparse program."""
    ours, theirs = cost(HELP, runs=9), cost(BARE, runs=9)
    yield (
        "`terreau --help`",
        f"{ours.wall:.2f} s",
        "Python qui importe argparse",
        f"{theirs.wall:.2f} s",
        f"{ours.wall / theirs.wall:.1f} ×",
    )
