"""Each export read twice: by Terreau, and by the plainest reader there is; and what the tools say that is not so."""

import csv
import importlib.util
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from terreau import inventory
from terreau.tables.engine import engine
from tests.inventory.lines.conftest import AT, EXAMPLES

REPO = EXAMPLES.parents[1]

PLAIN = {  # file: encoding, separator, serial columns, a date column, its field, its form
    "intune_devices.csv": ("utf-8", ",", ("Serial number",), "Last check-in", "last_seen_on", "%Y-%m-%d"),
    "jamf_computers.csv": ("utf-8", ",", ("Serial Number",), "PO Date", "bought_on", "%Y-%m-%d"),
    "jamf_mobiles.csv": ("utf-8", ",", ("Serial Number",), "Last Inventory Update", "last_seen_on", "%Y-%m-%d"),
    "lansweeper_assets.csv": ("utf-8-sig", ",", ("Serialnumber",), "PurchaseDate", "bought_on", "%m/%d/%Y"),
    "ocs_fr_machines.csv": ("utf-8", ";", ("BIOS Numéro de série",), "Dernier inventaire", "last_seen_on", "%Y-%m-%d"),
    "rvtools_tabvHost.csv": ("utf-8", ",", ("Serial number", "Service tag"), "", "bought_on", ""),
    "rvtools_tabvHost_dbcolumnnames.csv": ("utf-8", ";", ("vHostSerialNumber", "vHostServiceTag"), "", "bought_on", ""),
    "sccm_fr_systemes.csv": ("utf-8", ",", ("SerialNumber0",), "LastHWScan", "last_seen_on", "%d/%m/%Y"),
    "snipeit_en_hardware.csv": ("utf-8", ",", ("Serial",), "Purchased", "bought_on", "%Y-%m-%d"),
    "snipeit_fr_hardware.csv": ("utf-8-sig", ",", ("Numéro de série",), "Acheté", "bought_on", "%Y-%m-%d"),
    "g4it_equipements_physiques.csv": ("utf-8", ";", (), "dateAchat", "bought_on", "%Y-%m-%d"),
}
FILLERS = ("", "N/A", "None")


@pytest.fixture(scope="module")
def together():
    """Every example of a tool in one arrival: the relation of the lines kept."""
    with engine() as con:
        names = (*PLAIN, "numecoeval_equipements_cp1252.csv", "g4it_datacenters.csv")
        arrival = inventory.take_in(con, [EXAMPLES / name for name in names])
        con.execute(f"CREATE TEMP TABLE kept AS FROM {arrival.kept}")
        yield con, arrival


def plainly(name):
    encoding, separator, *_ = PLAIN[name]
    with (EXAMPLES / name).open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file, delimiter=separator))


@pytest.mark.parametrize("name", PLAIN)
def test_terreau_reads_the_lines_serials_and_days_a_plain_reader_reads(together, name):
    con, _ = together
    *_, serials, heading, field, form = PLAIN[name]
    expected = []
    for row in plainly(name):
        number = next((row[column] for column in serials if row[column] not in FILLERS), None)
        cell = row[heading].split(" ")[0] if heading else ""
        expected.append((number, datetime.strptime(cell, form).date() if cell else None))
    read = con.execute(f"SELECT serial, {field} FROM kept WHERE file = '{name}' ORDER BY line").fetchall()
    assert read == expected


def test_what_a_tool_dates_without_meaning_it_is_not_taken_for_an_age(together):
    """Enrolling, booting, checking out, the planned end of life or of a lease: none says when a device came or left."""
    con, _ = together
    undated = ("intune_devices.csv", "jamf_mobiles.csv", "rvtools_tabvHost.csv", "ocs_fr_machines.csv")
    rows = con.execute(f"""SELECT file, count(bought_on), count(in_service_on), count(retired_on) FROM kept
        WHERE file LIKE 'snipe%' OR file LIKE 'jamf_c%' OR file IN {undated} GROUP BY 1 ORDER BY 1""").fetchall()
    assert rows == [
        ("intune_devices.csv", 0, 0, 0), ("jamf_computers.csv", 40, 0, 0), ("jamf_mobiles.csv", 0, 0, 0),
        ("ocs_fr_machines.csv", 0, 0, 0), ("rvtools_tabvHost.csv", 0, 0, 0),
        ("snipeit_en_hardware.csv", sum(bool(row["Purchased"]) for row in plainly("snipeit_en_hardware.csv")), 0, 0),
        ("snipeit_fr_hardware.csv", sum(bool(row["Acheté"]) for row in plainly("snipeit_fr_hardware.csv")), 0, 0),
    ]  # fmt: skip


def test_the_meta_of_snipe_it_is_the_truth_and_its_costs_keep_their_decimals(together):
    con, _ = together
    met = {"deployed": "in_use", "deployable": "stock", "pending": "ordered"}
    read = con.execute("""SELECT source_id, status, cost FROM kept WHERE file = 'snipeit_fr_hardware.csv'
        AND status IN ('in_use', 'stock', 'ordered') ORDER BY line""").fetchall()
    said = [(row["Étiquette de l'actif"], row["Statut"].rsplit("(", 1)[1].rstrip(")"),
             row["Coût"].replace(".", "").replace(",", ".")) for row in plainly("snipeit_fr_hardware.csv")]  # fmt: skip
    assert read == [(tag, met[meta], Decimal(cost) if cost else None) for tag, meta, cost in said if meta in met]
    gone = con.execute("""SELECT status, count(*) FROM kept WHERE file = 'snipeit_en_hardware.csv'
        AND status IN ('donated', 'lost', 'retired') GROUP BY 1 ORDER BY 1""").fetchall()
    assert gone == [("donated", 12), ("lost", 8), ("retired", 55)]


def test_the_optional_columns_of_numecoeval_are_kept_as_they_are_said(together):
    con, _ = together
    told = con.execute("""SELECT sum(quantity), count(*) FILTER (WHERE use_mode = 'BYOD'), sum(use_rate), sum(years_here),
        sum(years_before), sum(years_after), sum(kwh_per_year), count(*) FILTER (WHERE country = 'DEU')
        FROM kept WHERE file LIKE 'numecoeval%'""").fetchone()
    assert [float(one) for one in told] == [36.5, 2, 4.8, 90, 3, 2, 9003, 1]
    days = con.execute("SELECT bought_on FROM kept WHERE file LIKE 'numecoeval%' ORDER BY line").fetchall()
    assert [day for (day,) in days] == [date(2023 + n % 3, 3, 4 + n % 20) for n in range(24)]  # four forms, one meaning


def test_rooms_are_kept_beside_the_devices_and_told_apart(together, tmp_path):
    con, arrival = together
    rooms = con.execute(f"SELECT datacentre, pue, country FROM {arrival.places} ORDER BY line").fetchall()
    assert rooms == [("B1", Decimal("1.43"), "FRA"), ("DC-Valmont", Decimal("1.62"), "FRA"), ("Salle É1", None, "DEU")]
    record = inventory.keep(con, arrival, tmp_path)
    kept = con.execute(f"SELECT record, count(*) FROM read_parquet('{record.path}') GROUP BY 1 ORDER BY 1").fetchall()
    devices = con.execute("SELECT count(*) FROM kept").fetchone()[0]
    assert dict(kept) == {None: devices, "datacentre": 3}


def test_a_file_of_rooms_alone_is_read_and_its_nameless_room_is_told():
    report = inventory.check([EXAMPLES / "g4it_datacenters.csv"], at=AT)
    (sheet,) = report.files
    assert [one.kind for one in sheet.set_aside] == ["datacentre"] * 4
    assert sheet.set_aside[0].text == "B1 · Salle B1 du siège · FRA · PUE 1.43"
    assert [one.code for one in sheet.findings] == ["inventory.room_without_name"]


def test_a_query_of_configuration_manager_in_plain_words_keeps_its_serials_days_and_numbers_and_drops_people():
    with engine() as con:
        arrival = inventory.take_in(con, [EXAMPLES / "sccm_en_requete.csv"])
        read = con.execute(
            f"SELECT name, serial, source_id, last_seen_on, entity, site FROM {arrival.kept} ORDER BY line"
        ).fetchall()
        columns = {name for name, *_ in con.execute(f"DESCRIBE {arrival.kept}").fetchall()}
    with (EXAMPLES / "sccm_en_requete.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["Manufacturer"]]
    days = [datetime.strptime(row["Last Hardware Scan"], "%m/%d/%Y %I:%M:%S %p").date() for row in rows]
    assert read == [(row["Computer Name"], row["Serial Number"], row["Resource ID"], day, "VALMONT", None)
                    for row, day in zip(rows, days, strict=True)]  # fmt: skip
    assert "user" not in columns


def test_an_asset_tag_that_says_there_is_none_numbers_nothing(tmp_path):
    """The built-in report, below its own title: its number of record first, else an asset tag somebody gave."""
    whole = EXAMPLES / "sccm_en_hardware01a.csv"
    bare = tmp_path / "without_record.csv"
    bare.write_text(whole.read_text(encoding="utf-8-sig").replace("ResourceID", "OU"), encoding="utf-8")
    with engine() as con:
        said = [con.execute(f"SELECT source_id FROM {inventory.take_in(con, [path]).kept} ORDER BY line LIMIT 4").fetchall()
                for path in (whole, bare)]  # fmt: skip
    assert said == [[("16779000",), ("16779001",), ("16779002",), ("16779003",)],
                    [(None,), ("VAL00001",), (None,), ("VAL00003",)]]  # fmt: skip


def test_the_specimens_are_those_their_generator_writes():
    spec = importlib.util.spec_from_file_location("specimens", REPO / "tools" / "specimens.py")
    specimens = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(specimens)
    for name in specimens.FILES:
        assert Path(EXAMPLES / name).read_bytes() == specimens.written(name), name


def test_the_file_of_the_importer_of_snipe_it_drops_the_people_and_the_planned_end(tmp_path):
    path = tmp_path / "assets.csv"
    path.write_text(
        "\ufeffCompany,Name,Asset Tag,Category,Supplier,Manufacturer,Location,Order Number,Model,Model Notes,Model Number,"
        "Asset Notes,Purchase Date,Purchase Cost,Checkout Type,Checked Out To: Username,Checked Out To: First Name,"
        "Checked Out To: Last Name,Checked Out To: Email,Checkout Location,Asset EOL Date\n"
        'A,,SN-1,Laptops,X,Apple,Paris,P1,MacBook Air 13,,A2681,,1/23/23,"1,199.00",user,u1,U,One,u1@x.invalid,,1/23/24\n'
        "A,Hall,SN-2,Monitors,X,Dell,Paris,,U2723QE,,,,3/5/24,549,location,,,,,Reception,\n",
        encoding="utf-8",
    )
    with engine() as con:
        arrival = inventory.take_in(con, [path])
        (sheet,) = arrival.sheets
        lines = con.execute(
            f"SELECT source_id, bought_on, retired_on, cost, doubtful FROM {arrival.kept} ORDER BY line"
        ).fetchall()
    assert sheet.meaning.shown_profile == "snipeit-importer"
    assert sum(said == "personal" for said in sheet.meaning.mapping(sheet.raw).values()) == 4
    assert lines == [("SN-1", date(2023, 1, 23), None, Decimal("1199.00"), False),
                     ("SN-2", date(2024, 3, 5), None, Decimal("549.00"), False)]  # fmt: skip
