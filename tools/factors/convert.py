"""Make the packs of Terreau from a folder of source tables.

    python tools/factors/convert.py SOURCE_FOLDER [TARGET_FOLDER]

Writes ``factors.csv`` (and ``items.csv``) of each pack; the papers (``pack.toml``) are written by hand and never touched.
TARGET_FOLDER defaults to the packs of this repository.
"""

import csv
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import electricity  # noqa: E402
import fleet  # noqa: E402
import tables  # noqa: E402

COLUMNS = (
    "kind", "subject", "criterion", "stage", "value", "low", "high", "unit",
    "method", "source", "year", "flags", "note_fr", "note_en",
)  # fmt: skip


def read(folder: Path, name: str) -> list[dict[str, str]]:
    """The lines of one source table."""
    with (folder / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, columns: Iterable[str], rows: Iterable[dict[str, str]]) -> None:
    """One table, in the order given."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(columns), restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main(source: Path, target: Path) -> None:
    """Read everything, sort by pack, write."""
    packs: dict[str, list[dict[str, str]]] = defaultdict(list)
    categories = read(source, "fleet-categories.csv")
    used = fleet.references(categories)
    for pack, row in (
        *fleet.by_stage(read(source, "screening-devices-carbon-water-by-stage.csv")),
        *fleet.servers(read(source, "screening-servers-storage.csv")),
        *fleet.complement(read(source, "fleet-devices-complement.csv"), used),
        *fleet.multicriteria(read(source, "screening-devices-embedded-multicriteria.csv")),
        *fleet.energies(categories, read(source, "screening-devices-usage.csv")),
        *fleet.lifespans(categories),
        *fleet.ranges(categories),
        *fleet.power_usage_effectiveness(),
        *electricity.climate(read(source, "screening-electricity.csv"), source),
        *electricity.other_criteria(read(source, "screening-electricity.csv"), source),
        *electricity.boundaries(read(source, "boundaries-planetary-boundaries.csv")),
    ):
        packs[pack].append(row)
    for pack, rows in sorted(packs.items()):
        write(target / pack / "factors.csv", COLUMNS, rows)
        print(f"{pack}: {len(rows)} rows")
    write(target / "terreau-items" / "items.csv", fleet.ITEM_COLUMNS, fleet.items(categories, tables.FAMILY_OF))


if __name__ == "__main__":
    default = Path(__file__).parents[2] / "src" / "terreau" / "factors" / "data"
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else default)
