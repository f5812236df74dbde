"""Files as people keep them: every line is accounted for, nothing about people remains, each doubt is said."""

import json
from datetime import date

import pytest
from openpyxl import Workbook

from terreau import inventory
from terreau.inventory.decisions import NONE
from terreau.kernel.errors import TerreauError
from terreau.kernel.period import Period
from tests.bench import bench
from tests.inventory.lines.conftest import AT


def kept_lines(path, columns, at=AT):
    con = bench()
    arrival = inventory.take_in(con, [path], at=at)
    return con.execute(f"SELECT {columns} FROM {arrival.kept} ORDER BY input, line").fetchall()


def codes(path, at=AT):
    return [(one.line, one.column, one.code) for sheet in inventory.check([path], at=at).files
            for one in sheet.findings if one.line]  # fmt: skip


TWO_TABLES = (
    "Ordinateurs;;;", "Type;Marque;Modèle;Quantité", "Portable;Dell;Latitude 5400;10", "Fixe;HP;ProDesk 400;5",
    "Total;;;15", ";;;", "Téléphones;;;", "Modèle;IMEI;Attribué à;Date", "iPhone 12;356938035643809;Claire Fictive;2021",
)  # fmt: skip


def test_a_second_table_under_the_first_is_read_with_its_own_headings(listed, tmp_path):
    path = listed(*TWO_TABLES)
    report = inventory.check([path], at=AT)
    assert [(one.name, one.lines.read) for one in report.files] == [("liste.csv", 2), ("liste.csv › #2", 1)]
    assert [(one.category, one.quantity) for one in report.categories] == [
        ("laptop", 10), ("desktop", 5), ("smartphone", 1),
    ]  # fmt: skip
    set_aside = [(one.line, one.kind) for sheet in report.files for one in sheet.set_aside]
    assert set_aside == [(1, "title"), (5, "total"), (6, "blank"), (7, "title"), (8, "repeated_header")]
    kept = inventory.bring_in([path], at=AT, folder=tmp_path / "kept", reasons=tmp_path / "why.csv")
    told = json.dumps(report.as_json("fr")) + str(report) + (tmp_path / "why.csv").read_text("utf-8-sig")
    assert "Claire" not in told + str(kept_lines(path, "*"))
    assert b"Claire" not in kept.snapshot.path.read_bytes()


def test_a_gap_in_a_list_begins_no_other_table(listed):
    path = listed("Type;Modèle;Lieu", "écran;P2419H;A", ";;", "portable;Latitude 5400;B", ";;", "serveur;;")
    (sheet,) = inventory.check([path], at=AT).files
    assert (sheet.lines.read, sheet.kept.counted) == (3, 3)


def test_a_total_that_names_a_person_shows_its_figure_only(listed):
    path = listed("Agent;Type;Quantité", "Camille;écran;1", "Total Camille;;1", "Dominique;écran;2")
    (sheet,) = inventory.check([path], at=AT).files
    assert [(one.kind, one.text) for one in sheet.set_aside] == [("subtotal", "Total 1")]
    assert "Camille" not in json.dumps(sheet.as_json("fr"))


def test_the_name_of_a_personal_device_is_not_kept(listed):
    path = listed("Nom;Modèle;Propriété", "iPhone de Camille;iPhone 12;personnel", "MOB-2;iPhone 12;organisation")
    assert kept_lines(path, "name, ownership") == [(None, "personal"), ("MOB-2", "org")]


def test_the_name_of_a_personal_device_that_says_nothing_else_is_not_told(listed, tmp_path):
    path = listed("Nom;Type;Propriété", "Appareil de Camille;;personnel", "PC-2;;organisation")
    why = tmp_path / "why.csv"
    (sheet,) = inventory.bring_in([path], at=AT, reasons=why).report.files
    assert sheet.lines.rejected == 2
    told = why.read_text(encoding="utf-8-sig") + json.dumps(sheet.as_json("fr"), ensure_ascii=False)
    assert "Camille" not in told
    assert "PC-2" in told


@pytest.mark.parametrize("number", ["3,56938E+14", "3.56938E+14", "1E+15"])
def test_a_number_shortened_by_a_spreadsheet_joins_no_two_devices(listed, number):
    path = listed("Nom;Modèle;IMEI", f"a;iPhone 12;{number}", f"b;iPhone 12;{number}")
    (sheet,) = inventory.check([path], at=AT).files
    assert (sheet.kept.counted, sheet.kept.merged, sheet.lines.doubtful) == (2, 0, 2)
    assert codes(path) == [(2, "IMEI", "inventory.number_damaged"), (3, "IMEI", "inventory.number_damaged")]


def test_a_device_that_enters_in_the_future_is_doubtful(listed):
    path = listed("Type;Date d'achat;Date de mise en service", "écran;2049;", "écran;;13/12/2049", "écran;2020-01-31;")
    assert codes(path) == [
        (2, "Date d'achat", "inventory.date_in_future"), (3, "Date de mise en service", "inventory.date_in_future"),
    ]  # fmt: skip
    assert codes(path, at=date(2049, 12, 31)) == []


def test_a_year_or_a_month_that_has_begun_is_not_the_future(listed):
    path = listed(
        "Type;Date d'achat", "écran;2048", "écran;mars 2048", "écran;2049", "écran;04/2048", "écran;15/3/2048"
    )
    assert [line for line, *_ in codes(path, at=date(2048, 3, 2))] == [4, 5, 6]


def test_a_formula_never_calculated_makes_its_line_doubtful_when_its_column_is_in_use(tmp_path):
    book = Workbook()
    rows = (["Type", "Année", "Bidule"], ["écran", "=2020+1", None], ["écran", 2021, "=1+1"], ["écran", 2021, None])
    for row in rows:
        book.active.append(row)
    path = tmp_path / "parc.xlsx"
    book.save(path)
    assert kept_lines(path, "line, doubtful") == [(2, True), (3, False), (4, False)]
    assert codes(path) == [(2, "Année", "tables.formula_never_calculated")]


def fleet_rows(path, columns, decisions=NONE):
    con = bench()
    fleet = inventory.fleet(con, [path], period=Period.twelve_months_ending(AT), decisions=decisions)
    return con.execute(f"SELECT {columns} FROM {fleet} ORDER BY line, class_level = 'bundle'").fetchall()


BUNDLES = ("N°;Désignation;Modèle;Quantité;Conso annuelle (kWh)", "1;UC + écran;;10;50",
           "2;PC fixe avec 2 écrans;OptiPlex 3080;3;", "3;écran;P2419H;1;")  # fmt: skip


def test_a_computer_sold_with_its_screens_is_one_line_and_all_its_devices(listed):
    path = listed(*BUNDLES)
    assert fleet_rows(path, "line, asset, category, quantity, class_level, own_kwh") == [
        (2, "1", "desktop", 10, "type", 50), (2, "1", "monitor", 10, "bundle", None),
        (3, "2", "desktop", 3, "model", None), (3, "2", "monitor", 6, "bundle", None),
        (4, "3", "monitor", 1, "type", None),
    ]  # fmt: skip
    report = inventory.check([path], at=AT)
    assert report.quantity == 30
    assert report.files[0].lines.as_json() == {"read": 3, "accepted": 1, "doubtful": 2, "rejected": 0}
    assert report.files[0].kept.counted == 3
    assert [(one.category, one.lines, one.quantity) for one in report.categories] == [
        ("monitor", 3, 17), ("desktop", 2, 13),
    ]  # fmt: skip


def test_the_quantity_of_a_bundle_settled_by_hand_is_that_of_each_of_its_devices(listed):
    settled = inventory.Decisions().with_quantity("id:1", 4)
    assert fleet_rows(listed(*BUNDLES), "category, quantity", settled)[:2] == [("desktop", 4), ("monitor", 4)]


def test_a_bundle_classed_by_hand_is_what_a_person_says(listed):
    settled = inventory.Decisions().with_type("UC + écran", "desktop")
    assert [row for row in fleet_rows(listed(*BUNDLES), "line, category", settled) if row[0] == 2] == [(2, "desktop")]


def test_a_bundle_bearing_the_serial_of_another_line_is_merged_whole(listed):
    path = listed(
        "Désignation;Numéro de série;Dernier contact", "UC + écran;ABC1234;2026-01-02", "PC;ABC1234;2026-09-02"
    )
    assert fleet_rows(path, "line, category, fate") == [
        (2, "desktop", "merged"), (2, "monitor", "merged"), (3, "desktop", "counted"),
    ]  # fmt: skip


def test_the_footprint_counts_a_bundle_as_one_line_and_weighs_each_device(listed):
    from terreau.footprint import footprint

    bundle = footprint([listed("Désignation;Quantité", "UC + écran;10", name="a.csv")], at=AT).as_json()
    apart = footprint([listed("Désignation;Quantité", "UC;10", "écran;10", name="b.csv")], at=AT).as_json()
    assert [one["central"] for one in bundle["totals"]] == pytest.approx([one["central"] for one in apart["totals"]])
    assert (bundle["lines"]["doubtful"], bundle["lines"]["counted"], apart["lines"]["counted"]) == (1, 1, 2)


def test_a_folder_is_called_by_the_name_it_was_given():
    with pytest.raises(TerreauError) as refused:
        inventory.check(["."], at=AT)
    assert "« . »" in refused.value.words("fr").what


def test_a_file_given_twice_is_counted_once(listed):
    path = listed("Type;Quantité", "écran;2", "clavier;1")
    report = inventory.check([path, path], at=AT)
    assert (len(report.files), report.quantity) == (1, 3)
