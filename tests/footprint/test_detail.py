"""The detail, line by line, adds up to the totals."""

import csv
from datetime import date
from decimal import Decimal

import pytest

from terreau.footprint.detail import COLUMNS, _neutral, write_detail
from terreau.footprint.measuring import measure
from terreau.footprint.rules import rule_set
from terreau.kernel.errors import TerreauError
from terreau.tables.engine import literal
from terreau.tables.export import neutral
from tests.bench import bench
from tests.footprint.fleets import chosen, laid, line, weighed
from tests.footprint.small_set import SmallSet

FLEET = [
    line("laptop", quantity=Decimal(10), entity="=HYPERLINK(1)", asset="@poste"),
    line("laptop", model_key="t14", entered_on=date(2012, 5, 3), zone=None),
    line("monitor", quantity=Decimal("2.5"), size_class=None, size_known=False, entered_on=None, zone="DEU"),
    line("rack_server", size_class="standard_2_sockets", own_kwh=Decimal(2000)),
    line("network_switch", size_class="access_48_ports", in_datacentre=True, entered_on=date(2026, 1, 1)),
    line("keyboard", quantity=Decimal(5)),
    line(None, quantity=Decimal(2), own_kwh=Decimal(10)),
    line("laptop", fate="stock"),
    line("laptop", entered_on=date(2027, 1, 1)),
]


@pytest.fixture
def measured():
    return measure(weighed(FLEET), SmallSet(), rule_set(), chosen(lifespans={"laptop": 6}))


def written(result, path):
    write_detail(bench(), laid(bench(), FLEET), result, path)
    if path.suffix == ".csv":
        return list(csv.DictReader(path.open(encoding="utf-8")))
    rows = bench().execute(f"SELECT * FROM read_parquet({literal(str(path))})").fetchall()
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows]


@pytest.mark.parametrize("name", ["detail.csv", "detail.parquet"])
def test_the_detail_adds_up_to_the_totals(measured, tmp_path, name):
    rows = written(measured, tmp_path / name)
    for total in measured.totals:
        values = [
            float(row["value"])
            for row in rows
            if row["criterion"] == total.criterion and row["value"] not in ("", None)
        ]
        assert sum(values) == pytest.approx(total.value.central, rel=1e-12)
    assert list(tmp_path.iterdir()) == [tmp_path / name]


def test_each_row_says_where_its_value_comes_from(measured, tmp_path):
    rows = written(measured, tmp_path / "detail.csv")
    assert list(rows[0]) == list(COLUMNS)

    def row(number, stage, criterion="climate_change"):
        return next(r for r in rows if (r["line"], r["stage"], r["criterion"]) == (str(number), stage, criterion))

    young = row(1, "manufacturing")
    assert (young["match"], young["lifespan_origin"], young["lifespan_years"]) == ("size", "policy_capped", "5.0")
    old = row(2, "manufacturing")
    assert (old["match"], old["lifespan_origin"], float(old["lifespan_years"])) == (
        "exact",
        "age",
        pytest.approx(173 / 12),
    )
    own = row(4, "use")
    assert (own["match"], own["kwh_origin"], float(own["kwh"])) == ("measured", "line", 2000)
    assert float(own["value"]) == pytest.approx(2000 * 1.56 * 0.05)
    assert (row(6, "use")["value"], row(6, "use")["error"]) == ("", "no_energy")
    assert row(3, "use", "resource_use_minerals_metals")["error"] == "no_mix"
    assert row(5, "embodied", "land_use")["error"] == "no_making"
    assert {r["error"] for r in rows if r["line"] == "7"} == {"unknown_category"}
    assert not [r for r in rows if r["line"] in ("8", "9")]


def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless(measured, tmp_path):
    first = written(measured, tmp_path / "detail.csv")[0]
    assert (first["entity"], first["asset"]) == ("'=HYPERLINK(1)", "'@poste")


@pytest.mark.parametrize("asset", ["=1+1", " =1", "-12", "+33 1", "＝A1", "\tx", "poste-12", "-2,5", "@x", "é"])
def test_the_detail_makes_cells_harmless_as_every_other_export_does(asset, measured, tmp_path):
    told = bench().execute(f"SELECT {_neutral('asset')} FROM (SELECT {literal(asset)} AS asset)").fetchone()
    assert told[0] == neutral(asset)


def test_another_format_is_refused_in_words_and_nothing_is_written(measured, tmp_path):
    with pytest.raises(TerreauError) as refusal:
        write_detail(bench(), laid(bench(), FLEET), measured, tmp_path / "detail.xlsx")
    assert refusal.value.code == "footprint.detail_format"
    assert not list(tmp_path.iterdir())


def test_an_empty_fleet_has_an_empty_detail(tmp_path):
    nothing = measure(weighed([]), SmallSet(), rule_set(), chosen())
    write_detail(bench(), laid(bench(), []), nothing, tmp_path / "detail.csv")
    assert (tmp_path / "detail.csv").read_text(encoding="utf-8") == ",".join(COLUMNS) + "\n"
