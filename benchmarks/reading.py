"""Reading: a large CSV to a footprint, against DuckDB merely reading that CSV into a table."""

from collections.abc import Iterator
from pathlib import Path

from benchmarks.fleets import grouped, write_csv
from benchmarks.measure import cost

OURS = "import sys; from terreau.cli import main; sys.exit(main(['footprint', sys.argv[1], '--at', '2026-09-30', '--json']))"
CHECK = "import sys; from terreau.cli import main; sys.exit(main(['inventory', 'check', sys.argv[1], '--at', '2026-09-30']))"
MERELY = (
    "import sys\nfrom terreau.tables.engine import engine\n"
    "with engine() as con: con.execute('CREATE TABLE t AS SELECT * FROM read_csv(?)', [sys.argv[1]])"
)


def rows(folder: Path, lines: int) -> Iterator[tuple[str, ...]]:
    """Footprint and check of ``lines`` lines, processor time and memory."""
    path = str(write_csv(folder / f"fleet-{lines}.csv", lines))
    read = cost(MERELY, path)
    for name, code in (("CSV vers empreinte, tous contrôles", OURS), ("CSV vérifié", CHECK)):
        ours = cost(code, path)
        yield (f"{name}, {grouped(lines)} lignes", f"{ours.cpu:.1f} s CPU, {ours.memory:.0f} Mo",
               "DuckDB lisant ce CSV", f"{read.cpu:.1f} s CPU, {read.memory:.0f} Mo", f"{ours.cpu / read.cpu:.1f} ×")  # fmt: skip
