"""Files people have: a small GLPI export in a cold process, a large workbook, a large file with careless quotes."""

from collections.abc import Iterator
from pathlib import Path

from benchmarks.fleets import grouped, write_csv
from benchmarks.measure import against, cost
from benchmarks.reading import CHECK, IMPORT, MERELY, OURS, told

SPECIMEN = Path(__file__).resolve().parents[1] / "examples" / "inventories" / "glpi10_fr_ordinateurs.csv"
SMALL = 2_000
BRIEF = 7
"""Runs of what lasts a second, of which the noise of the machine is a larger part [count]."""
START = "import duckdb, numpy"
BARELY = """
import sys; from python_calamine import CalamineWorkbook
for row in CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).iter_rows(): pass
"""


def rows(folder: Path, lines: int) -> Iterator[tuple[str, ...]]:
    """Check and footprint of 2,000 GLPI lines; check and import of a workbook; import of a file quoted like OCS's."""
    glpi = str(_glpi(folder / "glpi.csv"))
    for name, code in (("vérifié", CHECK), ("vers empreinte", OURS)):
        ours, cold, ratio = against(code, START, glpi, runs=BRIEF)
        yield (f"GLPI de {grouped(SMALL)} lignes {name}, à froid", told(ours), "Python important DuckDB et NumPy",
               told(cold), f"{ratio:.1f} ×")  # fmt: skip
    many = lines // 5
    book = str(_workbook(folder / "fleet.xlsx", write_csv(folder / f"fleet-{many}.csv", many)))
    ours, theirs = cost(IMPORT, book, runs=1), cost(BARELY, book, runs=1)
    yield (f"XLSX importé, {grouped(many)} lignes", told(ours), "calamine lisant les cases", told(theirs),
           f"{ours.cpu / theirs.cpu:.1f} ×")  # fmt: skip
    careless = str(_careless(folder / "careless.csv", write_csv(folder / f"fleet-{lines}.csv", lines)))
    ours, theirs = cost(IMPORT, careless, runs=1), cost(MERELY, str(folder / f"fleet-{lines}.csv"), runs=1)
    yield (f"Guillemets non doublés (OCS), importé, {grouped(lines)} lignes", told(ours),
           "DuckDB lisant le même fichier, bien écrit", told(theirs), f"{ours.cpu / theirs.cpu:.1f} ×")  # fmt: skip


def _glpi(path: Path) -> Path:
    """The GLPI specimen, its lines repeated up to 2,000 with serials of their own."""
    head, *data = SPECIMEN.read_text(encoding="utf-8-sig").splitlines()
    body = (data[n % len(data)].replace('";"', f'{n}";"', 1) for n in range(SMALL))
    path.write_text("\n".join([head, *body]) + "\n", encoding="utf-8")
    return path


def _workbook(path: Path, source: Path) -> Path:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Parc")
    with source.open(encoding="utf-8") as lines:
        for line in lines:
            sheet.append(line.rstrip("\n").split(";"))
    book.save(path)
    return path


def _careless(path: Path, source: Path) -> Path:
    """Every cell quoted, an inner quote nobody doubled in one model out of thirteen."""
    with source.open(encoding="utf-8") as lines, path.open("w", encoding="utf-8") as target:
        for line in lines:
            cells = line.rstrip("\n").replace("P2722H", 'P2722H 27" IPS').split(";")
            target.write(";".join(f'"{cell}"' for cell in cells) + "\n")
    return path
