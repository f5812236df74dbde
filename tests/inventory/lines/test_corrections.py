"""What a person corrects in the wizard, or settles once, changes what is read and survives the next import."""

import json
from datetime import date
from decimal import Decimal

import pytest

from terreau import inventory
from terreau.inventory.choices import Choices, heading_keys
from terreau.inventory.decisions import Decisions
from terreau.kernel.period import Period
from tests.bench import bench
from tests.inventory.lines.conftest import AT


def read(path, columns, choices=None):
    con = bench()
    arrival = inventory.take_in(con, [path], choices)
    return con.execute(f"SELECT {columns} FROM {arrival.kept} ORDER BY line").fetchall()


def remembered(choices):
    """As the app keeps them between two imports."""
    return Choices.from_json(json.loads(json.dumps(choices.as_json())))


def test_a_column_can_be_given_its_meaning(listed):
    path = listed("Type;Bidule", "écran;en stock")
    assert read(path, "status") == [(None,)]
    assert read(path, "status", remembered(Choices(fields={"bidule": "status"}))) == [("stock",)]


def test_a_column_can_be_left_aside_or_declared_personal(listed):
    path = listed("Type;Nom;Lieu", "écran;Camille Exemple;Siège")
    ignored = remembered(Choices(fields={"lieu": "ignore", "nom": "user"}))
    assert read(path, "name, site", ignored) == [(None, None)]
    sheet = inventory.check([path], at=AT, choices=ignored).files[0]
    assert sheet.mapping == {"Type": "category", "Nom": "personal", "Lieu": "ignore"}
    assert "Camille" not in json.dumps(sheet.as_json("fr")) + str(sheet.sample_rows)


def test_a_correction_follows_its_column_when_columns_move(listed):
    choices = Choices(fields={"bidule": "status"})
    assert read(listed("Bidule;Type", "en stock;écran"), "status", choices) == [("stock",)]


def test_the_order_of_day_and_month_can_be_chosen_for_a_column(listed):
    path = listed("Type;Date d'achat", "écran;04/03/2022")
    assert read(path, "bought_on") == [(date(2022, 3, 4),)]
    assert read(path, "bought_on, doubtful", remembered(Choices(date_orders={"date d'achat": "mdy"}))) == [
        (date(2022, 4, 3), False)
    ]


def test_the_decimal_mark_can_be_chosen(listed):
    path = listed("Type;Quantité;Prix", "écran;1;1.234", "écran;1;2.345")
    assert read(path, "cost", Choices(decimal=".")) == [(Decimal("1.23"),), (Decimal("2.35"),)]
    assert read(path, "cost", Choices(decimal=",")) == [(Decimal("1234.00"),), (Decimal("2345.00"),)]


def test_sites_written_once_are_repeated_unless_a_person_says_no(listed):
    path = listed("Lieu;Type", "École A;écran", ";écran", "École B;écran", ";écran")
    assert read(path, "site") == [("École A",), ("École A",), ("École B",), ("École B",)]
    assert read(path, "site", remembered(Choices(fill_down={"lieu": False})))[1] == (None,)
    (finding,) = [one for one in inventory.check([path], at=AT).files[0].findings if "filled" in one.code]
    assert "2 cases" in finding.words("fr").what


def test_empty_sites_scattered_in_a_list_stay_empty(listed):
    path = listed("Lieu;Type", "A;écran", ";écran", "B;écran", "A;écran")
    assert read(path, "site")[1] == (None,)


def test_two_columns_of_one_heading_are_told_apart():
    assert heading_keys(["Lieu", "lieu ", "", "Lieu"]) == ("lieu", "lieu#2", "", "lieu#3")


def test_choices_and_decisions_are_named_by_their_content():
    assert remembered(Choices(left_out=("b", "a"))).digest == Choices(left_out=("a", "b")).digest
    settled = (
        Decisions()
        .with_model("Acme", "Zed 3", "laptop")
        .with_type("Bidule", "monitor", "27in")
        .with_quantity("id:4", 12)
    )
    again = Decisions.from_json(json.loads(json.dumps(settled.as_json())))
    assert (again, again.digest) == (settled, settled.digest)
    assert again.digest != Decisions().digest


@pytest.mark.parametrize("decisions", [
    Decisions().with_model("ACME", "zed 3", "laptop", "standard"),
    Decisions().with_type("machin", "laptop", "standard"),
])  # fmt: skip
def test_a_model_settled_once_is_known_at_every_import(listed, decisions):
    path = listed("Type;Marque;Modèle", "Machin;Acme;Zed 3")
    con = bench()
    period = Period.twelve_months_ending(AT)
    unknown = inventory.fleet(con, [path], period=period)
    known = inventory.fleet(con, [path], period=period, decisions=decisions)
    columns = "category, size_class, class_level"
    assert con.execute(f"SELECT {columns} FROM {unknown}").fetchall() == [(None, None, "none")]
    assert con.execute(f"SELECT {columns} FROM {known}").fetchall() == [("laptop", "standard", "decision")]


def test_the_quantity_of_a_line_settled_once_replaces_what_was_read(listed):
    path = listed("N°;Désignation;Modèle", "007;classe mobile 12 postes;Lenovo 100e Chromebook", "008;écran;")
    con = bench()
    (lot,) = inventory.lots(con, inventory.gather(con, [path]))
    assert (lot.line, lot.quantity) == (2, 12)
    decisions = Decisions().with_quantity(lot.line_key, 15)
    assert inventory.check([path], at=AT).quantity == 13
    assert inventory.check([path], at=AT, decisions=decisions).quantity == 16


def test_a_settled_quantity_and_a_device_written_twice_live_together(listed):
    path = listed("N°;Type;Numéro de série", "1;écran;ABC1234", "2;écran;ABC 1234", "3;écran;")
    report = inventory.check([path], at=AT, decisions=Decisions().with_quantity("id:3", 7))
    assert (report.quantity, report.files[0].kept.merged) == (8, 1)
