"""``make bench``: every ratio, measured now on this machine, printed and written to docs/reference/benchmarks.md."""

import os
import platform
import sys
import tempfile
from pathlib import Path

from benchmarks import (
    assessing,
    board,
    dossier,
    engine,
    files,
    pages,
    peers,
    plan,
    reading,
    reconciling,
    start,
    writers,
)

ROOMS = (start, reading, files, engine, plan, reconciling, pages, assessing, board, dossier, writers, peers)
PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "benchmarks.md"
HEADING = """# Mesures

Des rapports, mesurés dans une même exécution, contre une version naïve, une limite physique ou le même travail en plus petit : jamais un
chronomètre seul. Refaites-les : `make bench` (`TERREAU_BENCH_LARGE=1 make bench` pour le parc dix fois plus grand), {cores} cœurs, Python {python}.

Les commandes et les fichiers : processus entiers, médiane de trois ou plus ; CSV et petits fichiers en alternance avec ce à quoi
on les compare, et le rapport est la médiane de ceux de chaque paire ; un seul passage pour le classeur, les guillemets, le détail et un
équipement. L'instantané, les changements et les explications : un processus déjà lancé, le meilleur de deux ou trois. La mémoire est le
plus haut point du processus.

| Ce qui est mesuré | Terreau | Contre quoi | | Rapport |
| --- | --- | --- | --- | --- |
"""


def main() -> int:
    """Run every benchmark; ``TERREAU_BENCH_LINES`` sizes the fleet (one million by default)."""
    lines = int(os.environ.get("TERREAU_BENCH_LINES", "1000000"))
    rows = []
    with tempfile.TemporaryDirectory(prefix="terreau-bench-") as folder:
        for room in ROOMS:
            for row in room.rows(Path(folder), lines):
                print(" · ".join(row), flush=True)
                rows.append("| " + " | ".join(row) + " |")
            _write(rows)  # a run cut short keeps what it measured
    return 0


def _write(rows: list[str]) -> None:
    heading = HEADING.format(cores=os.cpu_count(), python=platform.python_version())
    PAGE.write_text(heading + "\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
