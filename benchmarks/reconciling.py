"""Several sources: four exports of one fleet to one fleet, and a year against the one before, beside a loop over rows."""

from collections.abc import Iterator
from pathlib import Path

from benchmarks.fleets import grouped, write_sources
from benchmarks.measure import cost
from benchmarks.organisations import exports
from benchmarks.reading import told

OURS = """
import sys; from datetime import date
from terreau.inventory import reconcile; from terreau.kernel.period import Period; from terreau.tables.engine import engine
with engine() as con:
    reconcile(con, sys.argv[1:], period=Period.twelve_months_ending(date(2026, 9, 30))).as_json('fr')
"""
KEYS = "serial", "numéro de série", "serial number", "imei"
LOOP = f"""
import csv, sys
parents = {{}}
def root(key):
    while parents.setdefault(key, key) != key:
        parents[key] = parents[parents[key]]
        key = parents[key]
    return key
for path in sys.argv[1:]:
    with open(path, encoding='utf-8', newline='') as lines:
        head = lines.readline(); lines.seek(0)
        for n, row in enumerate(csv.DictReader(lines, delimiter=';' if ';' in head else ',')):
            said = [value.strip().upper() for name, value in row.items() if name.lower() in {KEYS} and value.strip()]
            for key in said or [(path, n)]:
                parents[root(key)] = root(said[0]) if said else key
len({{root(key) for key in list(parents)}})
"""
"""Joins rows by their numbers, and nothing else: no column recognised, no value chosen, nobody told what disagrees."""
YEARS = """
import sys; from datetime import date
from terreau.inventory.movements import measures, movements; from terreau.tables.engine import engine
with engine() as con:
    measures(movements(con, [sys.argv[1]], [sys.argv[2]], at_before=date(2025, 9, 30), at_after=date(2026, 9, 30)))
"""


def rows(folder: Path, lines: int) -> Iterator[tuple[str, ...]]:
    """Four sources and two years of a tenth of ``lines`` each (100,000 by default)."""
    many = lines // 10
    sources = [str(path) for path in write_sources(folder, many)]
    ours, theirs = cost(OURS, *sources), cost(LOOP, *sources)
    yield (f"Quatre sources rapprochées, 4 × {grouped(many)} lignes de CSV", told(ours),
           "boucle Python, ensembles disjoints par numéro, sans rien d'autre", told(theirs), f"{ours.cpu / theirs.cpu:.1f} ×")  # fmt: skip
    apart = folder / f"years-{many}"
    apart.mkdir(exist_ok=True)
    years = [str(path) for name, _, path in exports(apart, many) if name == "GLPI"]
    ours, theirs = cost(YEARS, *years), cost(LOOP, *years)
    yield (f"Une année contre une autre, 2 × {grouped(many)} lignes de CSV", told(ours),
           "boucle Python, ensembles disjoints par numéro, sans rien d'autre", told(theirs), f"{ours.cpu / theirs.cpu:.1f} ×")  # fmt: skip
