"""How the tests of this room read a file: headers they know, lines as Python values."""

from contextlib import contextmanager
from pathlib import Path

from terreau.kernel.text import normal
from terreau.tables.reading import read_sheets
from tests.bench import bench

EXAMPLES = Path(__file__).parents[2] / "examples" / "inventories"
KNOWN = {
    normal(header)
    for header in (
        "Nom", "Type", "Modèle", "Marque", "Statut", "Désignation", "Qté", "N° série", "S/N", "IMEI", "Serial", "Model",
        "Machine", "Serial number", "Manufacturer", "Host", "VM", "modele", "Numéro de série", "product_vcpu", "Prix",
    )
}  # fmt: skip


def known_header(text):
    """True for the few headers these tests use."""
    return normal(text) in KNOWN


@contextmanager
def opened(path, **choices):
    """The sheets of ``path`` and the engine that holds them."""
    yield bench(), read_sheets(bench(), Path(path), name=Path(path).name, known_header=known_header, **choices)


def table(path, **choices):
    """The only sheet of ``path`` and its lines: [(physical line, cell, cell…)]."""
    with opened(path, **choices) as (con, sheets):
        (sheet,) = sheets
        return sheet, con.execute(f"SELECT * FROM {sheet.relation}").fetchall()


def codes(sheet):
    """The codes of the findings of a sheet."""
    return {finding.code for finding in sheet.findings}
