"""The example inventories, opened plainly: headings and rows as a person sees them."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from terreau.inventory.headers import HeaderReading, understand

EXAMPLES = Path(__file__).parents[3] / "examples" / "inventories"

LAYOUTS = {
    "glpi10_fr_ordinateurs.csv": ("utf-8-sig", ";", 0),
    "glpi11_fr_ecrans.csv": ("utf-8", ";", 0),
    "glpi10_fr_telephones.csv": ("utf-8-sig", ";", 0),
    "snipeit_en_hardware.csv": ("utf-8", ",", 0),
    "snipeit_fr_hardware.csv": ("utf-8-sig", ",", 0),
    "intune_devices.csv": ("utf-8", ",", 0),
    "rvtools_tabvInfo.csv": ("utf-8", ",", 0),
    "rvtools_tabvHost.csv": ("utf-8", ",", 0),
    "ocs_fr_machines.csv": ("utf-8", ";", 0),
    "g4it_equipements_physiques.csv": ("utf-8", ";", 0),
    "parc_ecoles_cp1252.csv": ("cp1252", ";", 3),
}


@dataclass(frozen=True)
class Sheet:
    """One table: its headings, its lines, and what the headings mean."""

    name: str
    headers: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    understood: HeaderReading

    def cells(self, field: str) -> list[str]:
        """The written cells of a field, empty ones left out."""
        return [cell for line in self.lines if (cell := self.cell(line, field))]

    def cell(self, line: tuple[str, ...], field: str) -> str | None:
        """The first written cell of a field on one line."""
        columns = self.understood.columns(field)
        return next((line[c] for c in columns if c < len(line) and line[c].strip()), None)

    def said(self) -> list[tuple[str | None, str | None, str | None, str | None]]:
        """Maker, model, type word and size of each line."""
        return [tuple(self.cell(line, field) for field in ("manufacturer", "model", "category", "screen_size"))
                for line in self.lines]  # fmt: skip


def sheet(name: str) -> Sheet:
    """One CSV of the examples; blank lines and totals are left out as the reader does."""
    encoding, separator, titles = LAYOUTS[name]
    with (EXAMPLES / name).open(encoding=encoding, newline="") as file:
        rows = [tuple(row) for row in csv.reader(file, delimiter=separator)]
    lines = tuple(row for row in rows[titles + 1 :] if any(row) and not any(cell.startswith("TOTAL") for cell in row))
    return Sheet(name, rows[titles], lines, understand(rows[titles]))


def workbook() -> Iterator[Sheet]:
    """The two useful sheets of the technical services' workbook; their headings stand on another line each."""
    import openpyxl

    book = openpyxl.load_workbook(EXAMPLES / "parc_services_techniques.xlsx", read_only=True)
    for name, first in (("Parc ST", "Poste"), ("Mobiles", "Ligne")):
        rows = [tuple("" if c is None else str(c) for c in row) for row in book[name].iter_rows(values_only=True)]
        at = next(place for place, row in enumerate(rows) if row[0] == first)
        yield Sheet(name, rows[at], rows[at + 1 :], understand(rows[at]))
