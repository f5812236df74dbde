"""Reading: a large CSV to a footprint, against DuckDB merely reading that CSV into a table."""

from collections.abc import Iterator
from pathlib import Path

from benchmarks.fleets import grouped, write_csv
from benchmarks.measure import Cost, against

OURS = "import sys; from terreau.cli import main; sys.exit(main(['footprint', sys.argv[1], '--at', '2026-09-30', '--json']))"
CHECK = "import sys; from terreau.cli import main; sys.exit(main(['inventory', 'check', sys.argv[1], '--at', '2026-09-30']))"
IMPORT = """
import sys, tempfile; from datetime import date; from pathlib import Path
from terreau.inventory import bring_in
with tempfile.TemporaryDirectory() as folder:
    bring_in([sys.argv[1]], at=date(2026, 9, 30), folder=Path(folder), reasons=Path(folder) / "reasons.csv")
"""
# With every processor, as DuckDB does by itself.
MERELY = (
    "import os, sys\nfrom terreau.tables.engine import engine\n"
    "with engine(os.cpu_count()) as con: con.execute('CREATE TABLE t AS SELECT * FROM read_csv(?)', [sys.argv[1]])"
)


def rows(folder: Path, lines: int) -> Iterator[tuple[str, ...]]:
    """Footprint, check and import of ``lines`` lines, processor time and memory; each beside its own mere reading."""
    path = str(write_csv(folder / f"fleet-{lines}.csv", lines))
    for name, code in (
        ("CSV vers empreinte, tous contrôles", OURS),
        ("CSV vérifié", CHECK),
        ("CSV importé (instantané, constats, raisons)", IMPORT),
    ):
        ours, read, ratio = against(code, MERELY, path)
        yield (f"{name}, {grouped(lines)} lignes", told(ours), "DuckDB lisant ce CSV", told(read),
               f"{ratio:.1f} ×")  # fmt: skip


def told(one: Cost) -> str:
    """Processor time, wall time and memory of a process."""
    return f"{one.cpu:.1f} s CPU, {one.wall:.1f} s, {one.memory:.0f} Mo"
