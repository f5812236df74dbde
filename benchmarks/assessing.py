"""Assessing: pages of an organisation with twenty referentials and five thousand evidence links, against a few of each."""

import json
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.fleets import grouped

LINKS, FEW = 5_000, 50
NAMES = {
    "critere": "Une question du diagnostic",
    "evaluation": "Vue d'ensemble",
    "echeance": "Échéance",
    "preuves": "Liste des preuves",
}


def rows(folder: Path, lines: int) -> Iterator[tuple[str, ...]]:
    """Median server time of each page [ms], with many referentials and links and with few."""
    many, few = _times(20, LINKS), _times(6, FEW)
    for page, name in NAMES.items():
        ours, theirs = (
            tuple(statistics.median(look[way] for look in looks[page]) * 1000 for way in (0, 1))
            for looks in (many, few)
        )
        yield (f"{name}, 20 référentiels, {grouped(LINKS)} rattachements de preuves, médiane", f"{ours[1]:.0f} ms CPU, {ours[0]:.0f} ms",
               f"la même, 6 référentiels, {FEW} rattachements", f"{theirs[1]:.0f} ms CPU, {theirs[0]:.0f} ms",
               f"{ours[1] / theirs[1]:.1f} ×")  # fmt: skip


def _times(referentials: int, links: int) -> dict[str, list[tuple[float, float]]]:
    command = [sys.executable, "-m", "benchmarks.assessing_times", str(referentials), str(links)]
    told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, list[tuple[float, float]]] = json.loads(told.stdout.splitlines()[-1])
    return found
