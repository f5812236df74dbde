"""The 403 stored results of the NumEcoEval engine (test fixture of G4IT), computed again as a fleet.

Nothing is computed apart: the rows become a fleet, item-impact and item-type files in G4IT's layout, and the very
engine that weighs inventories gives each line, stage and criterion.
"""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from terreau.factors.criteria import named
from tests.footprint.fleets import line
from tests.footprint.numecoeval import impact, measured, mix, references

STORED = Path(__file__).parents[3] / "shared" / "data" / "factors" / "g4it-conformance-physical-equipment.csv"
STAGES = {
    "FABRICATION": "manufacturing",
    "DISTRIBUTION": "distribution",
    "FIN_DE_VIE": "end_of_life",
    "UTILISATION": "use",
}
CAUSES = {"durée de vie": "no_lifespan", "Référentiel": "no_reference", "consommation electrique": "no_energy"}
CONTRADICTS_ITSELF = "164"
"""Row whose stored value is that of another criterion: its own trace says 3.29 kWh × 4.16e-9."""
COUNTRIES = ("France", "Allemagne", "Espagne", "Italie", "Pologne", "Suède", "Grèce")

pytestmark = [pytest.mark.shared, pytest.mark.skipif(not STORED.exists(), reason="the reference folder is not there")]


def criterion(row):
    found = named(row["criterion"])
    assert found, row["criterion"]
    return found.key


@pytest.fixture(scope="module")
def stored():
    with STORED.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


@pytest.fixture(scope="module")
def computed(stored, tmp_path_factory):
    """The detail of the fleet that the rows describe."""
    devices, mixes, impacts, types = {}, {}, [], []
    for row in stored:
        devices.setdefault(row["equipment"], []).append(row)
    lines = []
    for name, rows in devices.items():
        uses = {criterion(row): row for row in rows if row["mix_factor"]}
        country = _country(
            mixes, {key: row["mix_factor"] for key, row in uses.items() if row["line"] != CONTRADICTS_ITSELF}
        )
        known = [row for row in rows if row["factor"]]
        lives = {row["lifespan_years"] for row in known if not row["purchase_date"]}
        kwh = next((row["kwh_per_year"] for row in uses.values()), "")
        impacts += [
            impact(f"réf {name}", row["step"], row["factor"], kwh, criterion=row["criterion"], unit=row["unit"])
            for row in known
        ]
        # its factors are not stored, only that its dates make no lifespan: any factor will do
        undated = [row for row in rows if "durée de vie" in row["error"]]
        impacts += [
            impact(f"réf {name}", row["step"], "1", kwh, criterion=row["criterion"], unit=row["unit"])
            for row in undated
        ]
        pue = next((row["pue"] for row in uses.values() if row["pue"]), None)
        reference = f"réf {name}" if kwh or known else ""
        types.append({"type": name, "default_lifespan": next(iter(lives), ""), "is_server": "true" if pue else "false",
                      "ref_default_item": reference})  # fmt: skip
        dates = next(
            ((row["purchase_date"], row["withdrawal_date"]) for row in known if row["purchase_date"]), (None, None)
        )
        bought, left = (date.fromisoformat(day) if day else None for day in dates)
        if undated:
            bought, left = date(2023, 6, 14), date(2023, 6, 14)
        lines.append(
            line(None, asset=name, type_word=name, zone=country, quantity=Decimal(rows[0]["quantity"]),
                 bought_on=bought, left_on=left, own_pue=Decimal(pue) if pue else None)
        )  # fmt: skip
    electricity = [
        mix(COUNTRIES[n], value, criterion=named(key).code, unit=named(key).unit)
        for n, by in mixes.items() for key, value in by.items()
    ]  # fmt: skip
    factors = references(tmp_path_factory.mktemp("g4it"), [*impacts, *electricity], types)
    for one in lines:
        one["zone"] = factors.zone_of(one["zone"])
    return measured(lines, factors, at=date(2023, 6, 14))


def _country(mixes, wanted):
    """A country whose electricity is that of an equipment's rows: each distinct one gets its own."""
    for n, by in mixes.items():
        if all(by.get(key, value) == value for key, value in wanted.items()):
            by.update(wanted)
            return COUNTRIES[n]
    mixes[len(mixes)] = dict(wanted)
    return COUNTRIES[len(mixes) - 1]


def test_every_stored_result_is_found_again_and_every_error_has_its_cause(stored, computed):
    _, detail = computed
    right = wrong = 0
    for row in stored:
        found = detail[row["equipment"], STAGES[row["step"]], criterion(row)]
        if row["indicator_status"] == "OK":
            same = found["value"] == pytest.approx(float(row["expected"]), rel=1e-9, abs=0)
            assert same or row["line"] == CONTRADICTS_ITSELF, (row, found)
            right += same
        else:
            cause = next(cause for words, cause in CAUSES.items() if words in row["error"])
            assert (found["value"], found["error"]) == (None, cause), (row, found)
            wrong += 1
    assert (right, wrong) == (367, 35)


def test_the_totals_of_the_fleet_are_the_sums_of_its_rows(stored, computed):
    result, detail = computed
    for key in {criterion(row) for row in stored}:
        rows = sum(one["value"] or 0.0 for (_, _, of), one in detail.items() if of == key)
        assert result.total(key).value.central == pytest.approx(rows, rel=1e-12, abs=0)


def test_each_row_in_error_counts_as_zero_and_is_told(computed):
    result, _ = computed
    told = {(one.criterion, one.why) for one in result.missing}
    assert {("climate_change", "no_lifespan"), ("climate_change", "unknown_category")} <= told
