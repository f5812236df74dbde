"""The board: two hundred indicators followed for ten years, against a dozen of them."""

import json
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

MANY, FEW = 200, 12
NAMES = {
    "tableau": "Tableau de bord",
    "suite": "Sa page 5",
    "comite": "Page pour un comité",
    "fiche": "Un indicateur",
    "csv": "Tout en CSV",
}


def rows(folder: Path, lines: int) -> Iterator[tuple[str, ...]]:
    """Median server time of each page [ms], with many indicators and with few, ten yearly values each."""
    many, few = _times(MANY), _times(FEW)
    for page, name in NAMES.items():
        ours, theirs = (
            tuple(statistics.median(look[way] for look in looks[page]) * 1000 for way in (0, 1))
            for looks in (many, few)
        )
        yield (f"{name}, {MANY} indicateurs suivis sur 10 ans, médiane", f"{ours[1]:.0f} ms CPU, {ours[0]:.0f} ms",
               f"la même, {FEW} indicateurs", f"{theirs[1]:.0f} ms CPU, {theirs[0]:.0f} ms", f"{ours[1] / theirs[1]:.1f} ×")  # fmt: skip


def _times(count: int) -> dict[str, list[tuple[float, float]]]:
    command = [sys.executable, "-m", "benchmarks.board_times", str(count)]
    told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, list[tuple[float, float]]] = json.loads(told.stdout.splitlines()[-1])
    return found
