"""Each line read is accepted, doubtful or rejected; each line kept has one fate."""

from datetime import date
from decimal import Decimal

import pytest

from terreau import inventory
from terreau.kernel.errors import TerreauError
from terreau.kernel.period import Period
from tests.inventory.lines.conftest import AT


def only_sheet(path):
    return inventory.check([path], at=AT).files[0]


def codes(sheet):
    return [one.code for one in sheet.findings if one.line]


@pytest.mark.parametrize("quantity", ["0", "-3", "beaucoup", "2000000"])
def test_a_line_without_a_usable_quantity_is_rejected(listed, quantity):
    sheet = only_sheet(listed("Type;Quantité", f"écran;{quantity}", "écran;3"))
    assert sheet.lines.as_json() == {"read": 2, "accepted": 1, "doubtful": 0, "rejected": 1}
    assert codes(sheet) == ["inventory.quantity_unusable"]


def test_an_empty_quantity_is_read_as_one_device_with_doubt(listed):
    path = listed("Type;Quantité", "écran;", "écran;3")
    sheet = only_sheet(path)
    assert sheet.lines.as_json() == {"read": 2, "accepted": 1, "doubtful": 1, "rejected": 0}
    assert inventory.check([path], at=AT).quantity == Decimal(4)


def test_without_a_quantity_each_line_is_one_device_without_doubt(listed):
    for path in (listed("Type;Modèle", "écran;"), listed("Type;Quantité;Modèle", "écran;;P2419H")):
        report = inventory.check([path], at=AT)
        assert (report.quantity, report.files[0].lines.accepted) == (Decimal(1), 1)


def test_a_line_that_says_nothing_of_what_it_is_is_rejected(listed):
    sheet = only_sheet(listed("Nom;Type;Modèle;Quantité", "M1;;;1", "M2;écran;;1"))
    assert sheet.lines.rejected == 1
    assert codes(sheet) == ["inventory.nothing_says_what"]


def test_an_unknown_thing_is_accepted_and_waits_to_be_named(listed):
    report = inventory.check([listed("Type;Quantité", "borne de bidulage;3", "écran;1", "truc;5")], at=AT)
    assert report.files[0].lines.accepted == 3
    assert [(one.type_word, one.quantity) for one in report.unsettled] == [("truc", 5), ("borne de bidulage", 3)]


def test_a_lot_of_twelve_is_twelve_devices_unless_the_quantity_already_says_so(con, listed):
    rows = ("classe mobile 12 postes;Lenovo 100e Chromebook;2", "classe mobile 12 postes;Lenovo 100e Chromebook;12")
    arrival = inventory.take_in(con, [listed("Désignation;Modèle;Qté", *rows)])
    assert con.execute(f"SELECT line, quantity, doubtful FROM {arrival.kept} ORDER BY line").fetchall() == [
        (2, Decimal(24), True),
        (3, Decimal(12), True),
    ]


def test_an_unreadable_cell_makes_its_line_doubtful_and_never_empties_another(listed):
    sheet = only_sheet(listed("Type;Statut;Date d'achat", "écran;en service;31/02/2020", "écran;en stock;14/03/2020"))
    assert (sheet.lines.doubtful, sheet.kept.counted, sheet.kept.stock) == (1, 1, 1)
    (finding,) = [one for one in sheet.findings if one.line]
    assert (finding.line, finding.column, finding.code) == (2, "Date d'achat", "inventory.date_impossible")


EXITS = (  # status, date of exit, fate
    ("en service", "", "counted"), ("en réparation", "", "counted"), ("", "", "counted"), ("?", "", "counted"),
    ("en stock", "", "stock"), ("commandé", "", "stock"),
    ("réformé", "", "retired"), ("vendu", "", "retired"), ("donné", "", "retired"), ("perdu", "", "retired"),
    ("réformé", "30/09/2025", "retired"), ("réformé", "01/10/2025", "counted"), ("donné", "15/01/2027", "counted"),
    ("en service", "15/01/2020", "retired"), ("en stock", "15/01/2020", "retired"),
)  # fmt: skip


def test_the_dated_exit_of_a_device_decides_before_its_status(con, listed):
    rows = (f"{n};écran;{status};{left}" for n, (status, left, _) in enumerate(EXITS, 1))
    path = listed("Numéro d'inventaire;Type;Statut;Date de réforme", *rows)
    fleet = inventory.fleet(con, [path], period=Period.twelve_months_ending(AT))
    told = con.execute(f"SELECT fate FROM {fleet} ORDER BY line").fetchall()
    assert [(*said, fate) for (*said, _), (fate,) in zip(EXITS, told, strict=True)] == list(EXITS)


def test_each_line_takes_the_first_fate_that_fits(con, listed):
    rows = (
        "VMware Virtual Platform;S1234567;personnel;réformé",
        "Latitude 5540;A1234567;personnel;réformé",
        "Latitude 5540;A1234567;organisation;en stock",
        "Latitude 5540;B1234567;personnel;réformé",
        "Latitude 5540;C1234567;;réformé",
        "Latitude 5540;D1234567;;en stock",
        "Latitude 5540;E1234567;;en service",
    )
    path = listed("Modèle;Numéro de série;Propriété;Statut", *rows)
    fleet = inventory.fleet(con, [path], period=Period.twelve_months_ending(AT))
    fates = [fate for (fate,) in con.execute(f"SELECT fate FROM {fleet} ORDER BY line").fetchall()]
    assert fates == ["virtual", "merged", "stock", "personal", "retired", "stock", "counted"]


def test_a_date_of_entry_that_cannot_be_is_unknown_but_kept_as_read(con, listed):
    path = listed(
        "Modèle;Date d'achat;Date de réforme", "Latitude 5540;14/03/2012;", "Latitude 5540;14/03/2026;1/2/2026"
    )
    arrival = inventory.take_in(con, [path])
    fleet = inventory.fleet_of(con, arrival.kept, period=Period.twelve_months_ending(AT))
    assert con.execute(f"SELECT bought_on FROM {arrival.kept} WHERE line = 2").fetchall() == [(date(2012, 3, 14),)]
    assert con.execute(f"SELECT entered_on, entry_precision, left_on, doubtful FROM {fleet} ORDER BY line"
                       ).fetchall() == [
        (None, "unknown", None, True),
        (None, "unknown", date(2026, 2, 1), True),
    ]  # fmt: skip


def test_a_file_whose_headings_say_nothing_is_refused_with_a_remedy(listed):
    with pytest.raises(TerreauError) as refusal:
        inventory.check([listed("bleu;vert;rouge", "1;2;3", "4;5;6")], at=AT)
    assert refusal.value.words("fr").remedy
    assert refusal.value.words("en").what != refusal.value.words("fr").what


def test_a_sheet_of_notes_beside_the_devices_is_said_and_not_counted(tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "Parc"
    for row in (["Type", "Modèle"], ["écran", "P2419H"]):
        book.active.append(row)
    notes = book.create_sheet("Notes")
    for row in (["bleu", "vert"], ["ceci", "cela"]):
        notes.append(row)
    book.save(tmp_path / "parc.xlsx")
    (devices,) = inventory.check([tmp_path / "parc.xlsx"], at=AT).files
    assert (devices.name, devices.lines.read) == ("parc.xlsx › Parc", 1)
    assert any("Notes" in one.words("fr").what for one in devices.findings)


def test_two_columns_of_one_meaning_give_the_first_that_is_not_empty(con, listed):
    path = listed("Type;Quantité;Nombre", "écran;;4", "écran;2;9", "écran;;")
    arrival = inventory.take_in(con, [path])
    assert con.execute(f"SELECT quantity, doubtful FROM {arrival.kept} ORDER BY line").fetchall() == [
        (4, False), (2, False), (1, True),
    ]  # fmt: skip
