"""The sample inventories give the counts their README plants in them."""

from decimal import Decimal
from functools import cache

import pytest

from terreau import inventory
from terreau.kernel.errors import TerreauError
from terreau.kernel.period import Period
from tests.inventory.lines.conftest import AT, EXAMPLES


@cache
def sheets_of(name):
    """What a check tells of a sample, read once for all the tests that ask."""
    return inventory.check([EXAMPLES / name], at=AT).files


@pytest.fixture(scope="module")
def read(con):
    """A function from the name of a sample to its arrival and its fleet, read once for all the tests that ask."""

    @cache
    def arrived(name):
        arrival = inventory.take_in(con, [EXAMPLES / name])
        return arrival, inventory.fleet_of(con, arrival.kept, period=Period.twelve_months_ending(AT))

    return arrived


@pytest.fixture
def rows_of(con, read):
    """A function from the name of a sample and a question about its ``{fleet}`` to the answer."""
    return lambda name, sql: con.execute(sql.format(fleet=read(name)[1])).fetchall()


def test_the_computers_have_eighteen_virtual_machines_and_nine_devices_written_twice():
    (sheet,) = sheets_of("glpi10_fr_ordinateurs.csv")
    assert (sheet.profile, sheet.encoding, sheet.separator) == ("glpi", "utf-8-sig", ";")
    assert sheet.lines.as_json() == {"read": 627, "accepted": 613, "doubtful": 14, "rejected": 0}
    assert sheet.kept.as_json() == {
        "counted": 538, "merged": 9, "virtual": 18, "stock": 50, "retired": 12, "personal": 0,
    }  # fmt: skip


def test_a_reimaged_computer_stays_under_the_name_that_says_most():
    (sheet,) = sheets_of("glpi10_fr_ordinateurs.csv")
    merged = [one for one in sheet.findings if one.code == "inventory.duplicate_serial"]
    assert len(merged) == 9
    assert {one.facts["kept_file"] for one in merged} == {"glpi10_fr_ordinateurs.csv"}


def test_ninety_nine_computers_have_no_date_at_all_and_none_is_taken_for_new(con, read):
    lines, count = read("glpi10_fr_ordinateurs.csv")[0].kept, "SELECT count(*) FROM {} WHERE bought_on IS NULL{}"
    assert con.execute(count.format(lines, "")).fetchone() == (136,)
    assert con.execute(count.format(lines, " AND in_service_on IS NULL")).fetchone() == (99,)


def test_every_computer_that_is_not_virtual_has_a_category(rows_of):
    assert rows_of("glpi10_fr_ordinateurs.csv", "SELECT count(*) FROM {fleet} WHERE category IS NULL") == [(18,)]


def test_a_device_retired_during_the_year_counts_until_that_day(rows_of):
    rows = rows_of(
        "glpi10_fr_ordinateurs.csv",
        "SELECT count(*) FROM {fleet} WHERE status = 'retired' AND fate = 'counted' AND left_on >= '2025-10-01'",
    )
    assert rows == [(20,)]  # 21 since then, one of them written twice


def test_the_monitors_are_screens_even_where_neither_type_nor_model_says_so(rows_of):
    (sheet,) = sheets_of("glpi11_fr_ecrans.csv")
    assert (sheet.encoding, sheet.lines.read, sheet.lines.rejected) == ("utf-8", 480, 0)
    assert sheet.kept.as_json() == {
        "counted": 397, "merged": 0, "virtual": 0, "stock": 43, "retired": 40, "personal": 0,
    }  # fmt: skip
    assert rows_of("glpi11_fr_ecrans.csv", "SELECT DISTINCT category FROM {fleet}") == [("monitor",)]


def test_the_phones_are_mobiles_and_desk_phones(rows_of):
    (sheet,) = sheets_of("glpi10_fr_telephones.csv")
    assert sheet.lines.read == 210
    assert sum(sheet.kept.as_json().values()) == 210
    rows = rows_of("glpi10_fr_telephones.csv", "SELECT category, count(*) FROM {fleet} GROUP BY 1 ORDER BY 1")
    assert dict(rows) == {"ip_phone": 42, "smartphone": 168}


def test_the_school_list_has_231_items_in_247_lines():
    (sheet,) = sheets_of("parc_ecoles_cp1252.csv")
    assert (sheet.encoding, sheet.header_line, sheet.decimal) == ("cp1252", 4, ",")
    assert sheet.lines.read == 231
    kinds = [(one.kind, one.lines) for one in sheet.set_aside]
    totals = sum(lines for kind, lines in kinds if kind in ("total", "subtotal"))
    titles = sum(lines for kind, lines in kinds if kind == "title")
    blanks = sum(lines for kind, lines in kinds if kind == "blank")
    assert (titles, totals) == (2, 7)
    written = (EXAMPLES / "parc_ecoles_cp1252.csv").read_bytes().splitlines()
    assert len(written) == 231 + titles + totals + blanks + 1  # and the line of headings


def test_the_school_list_counts_506_devices_before_the_lots_are_opened(con, read):
    arrival, _ = read("parc_ecoles_cp1252.csv")
    (sheet,) = arrival.sheets
    said = con.execute(f"SELECT sum(c4::INT) FROM {sheet.raw.relation}").fetchone()
    counted = con.execute(f"""SELECT sum(quantity) FROM {arrival.kept}
        WHERE type_word NOT LIKE 'classe mobile%'""").fetchone()
    lots = con.execute(f"""SELECT line, quantity FROM {arrival.kept}
        WHERE type_word LIKE 'classe mobile%' ORDER BY line LIMIT 2""").fetchall()
    assert said == (506,)
    assert counted == (Decimal(506 - 25),)
    assert lots == [(12, Decimal(24)), (18, Decimal(24))]  # 2 classes of 12


def test_the_school_sites_written_once_are_repeated_and_dates_no_device_can_have_are_unknown(con, read):
    arrival, fleet = read("parc_ecoles_cp1252.csv")
    assert con.execute(f"SELECT count(*), count(DISTINCT site) FROM {arrival.kept} WHERE site IS NOT NULL"
                       ).fetchone() == (231, 6)  # fmt: skip
    laptop = con.execute(f"SELECT entered_on, entry_precision, doubtful FROM {fleet} WHERE asset = '7'").fetchone()
    assert laptop == (None, "unknown", True)  # a ProBook 450 G9 (2021) bought in 2015


def test_junk_serials_of_the_school_list_never_merge_anything():
    (sheet,) = sheets_of("parc_ecoles_cp1252.csv")
    assert sheet.kept.merged == 0


def test_the_workbook_has_140_computers_and_60_mobiles_with_their_whole_imei(con, read):
    computers, mobiles = sheets_of("parc_services_techniques.xlsx")
    assert (computers.lines.read, mobiles.lines.read) == (140, 60)
    assert (computers.header_line, mobiles.kept.stock) == (4, 10)
    lines = read("parc_services_techniques.xlsx")[0].kept
    lengths = con.execute(f"SELECT DISTINCT length(imei) FROM {lines} WHERE imei IS NOT NULL").fetchall()
    precisions = dict(con.execute(f"SELECT date_precision, count(*) FROM {lines} GROUP BY 1").fetchall())
    assert lengths == [(15,)]
    assert precisions["year"] > 10
    assert "unknown" not in precisions


FATES = {  # export, then lines counted, merged, virtual, in stock, retired, personal
    "g4it_datacenters.csv": ("g4it-datacentre", 0, 0, 0, 0, 0, 0),
    "g4it_equipements_physiques.csv": ("g4it", 180, 0, 0, 0, 0, 0),
    "g4it_equipements_virtuels.csv": ("g4it-virtuel", 0, 0, 20, 0, 0, 0),
    "glpi10_fr_ordinateurs.csv": ("glpi", 538, 9, 18, 50, 12, 0),
    "glpi10_fr_telephones.csv": ("glpi", 187, 0, 0, 9, 14, 0),
    "glpi11_fr_ecrans.csv": ("glpi", 397, 0, 0, 43, 40, 0),
    "intune_devices.csv": ("intune", 449, 0, 0, 0, 0, 34),
    "jamf_computers.csv": ("jamf", 57, 0, 3, 0, 0, 0),
    "jamf_mobiles.csv": ("jamf", 36, 0, 0, 0, 0, 4),
    "lansweeper_assets.csv": ("lansweeper", 73, 2, 10, 6, 5, 0),
    "numecoeval_equipements_cp1252.csv": ("g4it", 19, 0, 0, 2, 3, 0),
    "ocs_fr_machines.csv": ("ocs", 285, 4, 11, 0, 0, 0),
    "parc_ecoles_cp1252.csv": ("spreadsheet", 211, 0, 0, 14, 6, 0),
    "parc_services_techniques.xlsx › Mobiles": ("spreadsheet", 50, 0, 0, 10, 0, 0),
    "parc_services_techniques.xlsx › Parc ST": ("spreadsheet", 140, 0, 0, 0, 0, 0),
    "rvtools_tabvHost.csv": ("rvtools-vhost", 52, 0, 0, 0, 0, 0),
    "rvtools_tabvHost_dbcolumnnames.csv": ("rvtools-vhost", 12, 0, 0, 0, 0, 0),
    "rvtools_tabvInfo.csv": ("rvtools-vinfo", 0, 0, 360, 0, 0, 0),
    "sccm_en_hardware01a.csv": ("sccm", 22, 0, 2, 0, 0, 0),
    "sccm_en_requete.csv": ("sccm", 51, 3, 6, 0, 0, 0),
    "sccm_fr_systemes.csv": ("sccm", 92, 6, 12, 0, 0, 0),
    "snipeit_en_hardware.csv": ("snipeit", 531, 0, 0, 94, 75, 0),
    "snipeit_fr_hardware.csv": ("snipeit", 41, 0, 0, 12, 7, 0),
}
BILLS = ("aws_cur_extrait.csv", "azure_facture_extrait.csv", "gcp_facture_extrait.csv")


@pytest.mark.parametrize("name", sorted(path.name for path in EXAMPLES.glob("*") if path.suffix in (".csv", ".xlsx")))
def test_no_sample_loses_a_line(name):
    try:
        sheets = sheets_of(name)
    except TerreauError as refusal:
        assert (refusal.code, name in BILLS) == ("inventory.cloud_bill", True)
        return
    for sheet in sheets:
        lines, kept = sheet.lines, sheet.kept
        assert lines.read == lines.accepted + lines.doubtful + lines.rejected
        assert lines.accepted + lines.doubtful == sum(kept.as_json().values())
        assert (sheet.profile, *kept.as_json().values()) == FATES[sheet.name]
