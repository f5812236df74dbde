"""Electricity by zone, and the boundaries of the planet, from the source tables to rows of packs."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

Row = dict[str, str]
NOT_A_COUNTRY = {"WOR", "EEE", "WORLD", "EU", "EUROPE", "OECD", "AFRICA", "ASIA"}
ECOLOGITS = {"adpe": ("resource_use_minerals_metals", "kg Sb eq/kWh"), "pe": ("primary_energy", "MJ/kWh"),
             "wue": ("water_withdrawal", "L/kWh")}  # fmt: skip
CODES = {"RUM": "resource_use_minerals_metals", "PE": "primary_energy", "WATER_OFFSITE": "water_withdrawal"}


def climate(lines: list[Row], folder: Path) -> Iterator[tuple[str, Row]]:
    """Climate of one kWh: ADEME first, then the world table in grams, brought to kilograms."""
    first = set()
    for line in lines:
        if line["source_id"].startswith("ADEME") and line["criterion"] == "CC" and line["zone"] not in NOT_A_COUNTRY:
            first.add(line["zone"])
            yield "electricity-climate", _mix(line["zone"], "climate_change", line["value"], line["unit"],
                                              line["source_id"], line["year"], line["flag"])  # fmt: skip
    for zone, entry in json.loads((folder / "codecarbon-global_energy_mix.json").read_text(encoding="utf-8")).items():
        if zone not in first:
            old = "old_vintage" if int(entry["year"]) < 2021 else ""
            # A kilowatt-hour without any emission is a rounding or a hole of the table, never a measurement.
            old = old if entry["carbon_intensity"] > 0 else "zero_means_missing"
            yield "electricity-climate", _mix(zone, "climate_change", repr(entry["carbon_intensity"]), "g CO2 eq/kWh",
                                              "CODECARBON-MIX", str(entry["year"]), old)  # fmt: skip


def other_criteria(lines: list[Row], folder: Path) -> Iterator[tuple[str, Row]]:
    """Minerals, primary energy and water (EcoLogits), then the criteria of the Base Empreinte extract."""
    done = set()
    for line in lines:
        if (
            line["source_id"].startswith("ECOLOGITS")
            and line["criterion"] in CODES
            and line["zone"] not in NOT_A_COUNTRY
        ):
            key = CODES[line["criterion"]]
            done.add((line["zone"], key))
            yield "electricity-ecologits", _mix(line["zone"], key, line["value"], line["unit"], line["source_id"],
                                                line["year"], line["flag"])  # fmt: skip
    with (folder / "ecologits-electricity_mixes.csv").open(encoding="utf-8-sig", newline="") as file:
        for entry in csv.DictReader(file):
            for column, (key, unit) in ECOLOGITS.items():
                if entry["name"] not in NOT_A_COUNTRY and (entry["name"], key) not in done:
                    flag = "equals_ADPf" if column == "pe" else ""
                    yield "electricity-ecologits", _mix(entry["name"], key, entry[column], unit, "ECOLOGITS-0.9.1",
                                                        "2025", flag)  # fmt: skip
    for line in lines:
        if (line["source_id"] == "BOAVIZTA-ELEC" and not line["criterion"].startswith("CC")
                and line["zone"] not in NOT_A_COUNTRY):  # fmt: skip
            yield "base-empreinte", _mix(line["zone"], line["criterion"], line["value"], line["unit"],
                                         line["source_id"], line["year"], line["flag"])  # fmt: skip


def boundaries(lines: list[Row]) -> Iterator[tuple[str, Row]]:
    """Sala 2020: world, per person; land use is left out, its unit is not the one of the category."""
    population = None
    for line in lines:
        if line["set_id"] != "SALA2020" or line["category"] == "LU":
            continue
        row = {"subject": "world", "criterion": line["category"], "method": "equal_per_capita",
               "source": "SALA-2020", "year": line["population_year"]}  # fmt: skip
        yield "boundaries-sala2020", row | {"kind": "boundary", "value": line["per_capita_year"],
                                            "unit": f"{line['unit']}/person-year"}  # fmt: skip
        yield "boundaries-sala2020", row | {"kind": "boundary_world", "value": f"{float(line['global_value']):g}",
                                            "unit": f"{line['unit']}/year"}  # fmt: skip
        population = line
    assert population
    yield "boundaries-sala2020", {"kind": "population", "subject": "world", "value": population["population"],
                                  "unit": "person", "method": "census", "source": "SALA-2020",
                                  "year": population["population_year"]}  # fmt: skip


def _mix(zone: str, criterion: str, value: str, unit: str, source: str, year: str, flags: str) -> Row:
    return {"kind": "electricity", "subject": zone, "criterion": criterion, "value": value, "unit": unit,
            "method": "location_based", "source": source, "year": year, "flags": flags}  # fmt: skip
