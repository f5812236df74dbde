"""Help for the tests of the NumEcoEval rules: fleets and references in G4IT's own layouts, small enough to follow."""

import csv

from terreau.factors.catalogue import factor_set
from terreau.footprint import numecoeval
from terreau.footprint.detail import COLUMNS as DETAIL
from terreau.footprint.measuring import measure
from terreau.footprint.numecoeval.detail import rows_sql
from terreau.footprint.numecoeval.weighing import weigh
from terreau.footprint.parameters import Parameters
from terreau.footprint.rules import COMPATIBLE, rule_set
from tests.bench import bench
from tests.footprint.fleets import AT, laid

assert numecoeval
IMPACTS = (
    "criterion",
    "lifecycle_step",
    "name",
    "category",
    "avg_electricity_consumption",
    "location",
    "level",
    "source",
    "unit",
    "value",
)
TYPES = ("type", "category", "default_lifespan", "is_server", "ref_default_item", "source")
MODELS = ("item_source", "ref_item_target")
CLIMATE = {"criterion": "CLIMATE_CHANGE", "unit": "kg CO2 eq", "source": "Essai 2024", "level": "2-Equipement"}


def rules():
    return rule_set(COMPATIBLE)


def impact(name, step, value, kwh="", **more):
    return {**CLIMATE, "name": name, "lifecycle_step": step, "value": value, "avg_electricity_consumption": kwh, **more}


def mix(country, value, **more):
    return {**CLIMATE, "name": country, "location": country, "category": "electricity-mix",
            "lifecycle_step": "MANUFACTURING", "value": value, "level": "", **more}  # fmt: skip


def references(folder, impacts, types=(), models=()):
    """A factor set made of files in G4IT's layout, in front of ours."""
    folder.mkdir(exist_ok=True)
    for name, heads, rows in (("impacts", IMPACTS, impacts), ("types", TYPES, types), ("models", MODELS, models)):
        if rows:
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as target:
                writer = csv.DictWriter(target, heads, delimiter=";", restval="")
                writer.writeheader()
                writer.writerows(rows)
    return factor_set(folder)


def measured(lines, factors, *, at=AT, **chosen):
    """The footprint of lines under numecoeval-2.2, and its detail by (asset, stage, criterion)."""
    con, own = bench(), rules()
    relation = laid(con, lines)
    weights = weigh(con, relation, period=own.period(at), rules=own, factor_sets=[factors], site=True)
    result = measure(weights, factors, own, Parameters(at=at, **chosen))
    rows = con.execute(f"SELECT {', '.join(DETAIL)} FROM ({rows_sql(con, relation, result.matched)})").fetchall()
    detail = {}
    for row in rows:
        one = dict(zip(DETAIL, row, strict=True))
        detail[one["asset"], one["stage"], one["criterion"]] = one
    return result, detail
