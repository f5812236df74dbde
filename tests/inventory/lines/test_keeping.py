"""A snapshot keeps what was read, once; two snapshots of a source tell what changed; nothing personal is kept."""

import csv
import json
from decimal import Decimal

import pytest

from terreau import inventory
from terreau.inventory.decisions import Decisions
from terreau.inventory.device import DEVICE, SNAPSHOT_COLUMNS
from terreau.kernel.errors import TerreauError
from terreau.kernel.period import Period
from tests.inventory.lines.conftest import AT, EXAMPLES

HEADINGS = "N°;Nom;Modèle;Numéro de série;Statut;Utilisateur"


def test_the_same_file_twice_leaves_one_snapshot(listed, tmp_path):
    path = listed(HEADINGS, "1;a;Latitude 5540;ABC1234;en service;camille")
    first = inventory.bring_in([path], at=AT, folder=tmp_path / "kept").snapshot
    again = inventory.bring_in([path], at=AT, folder=tmp_path / "kept", previous=first.path)
    assert again.snapshot.sha256 == first.sha256
    assert sorted(one.suffix for one in (tmp_path / "kept").iterdir()) == [".json", ".parquet"]
    assert (again.difference.new, again.difference.gone, again.difference.changed) == (0, 0, 0)


def test_one_file_under_two_names_is_said(listed, tmp_path):
    path = listed(HEADINGS, "1;a;Latitude 5540;;en service;camille")
    other, longer = tmp_path / "zz.csv", tmp_path / "zzz.csv"
    other.write_bytes(path.read_bytes())
    longer.write_bytes(path.read_bytes() + b"2;b;Latitude 5540;;en service;\n")
    told = [(sheet.name, one.facts) for sheet in inventory.check([other, longer, path, path], at=AT).files
            for one in sheet.findings if one.code == "inventory.same_file"]  # fmt: skip
    assert told == [("zz.csv", {"name": "zz.csv", "first": path.name})]


def test_a_check_writes_nothing(listed, tmp_path):
    path = listed(HEADINGS, "1;a;Latitude 5540;ABC1234;en service;camille")
    inventory.check([path], at=AT)
    assert list(tmp_path.iterdir()) == [path]


def test_a_snapshot_gives_the_fleet_of_its_file(con, tmp_path):
    path = EXAMPLES / "glpi10_fr_ordinateurs.csv"
    kept = inventory.bring_in([path], at=AT, folder=tmp_path).snapshot
    period = Period.twelve_months_ending(AT)
    rows = []
    for one in (path, kept.path):
        fleet = inventory.fleet(con, [one], period=period)
        rows.append(
            con.execute(f"""SELECT f.* EXCLUDE (class_no), k.* EXCLUDE (class_no)
            FROM {fleet} f JOIN {fleet}_classes k USING (class_no) ORDER BY line""").fetchall()
        )
    assert len(rows[0]) == 627
    assert rows[0] == rows[1]


def test_the_fleet_has_the_columns_the_footprint_reads(con, listed):
    fleet = inventory.fleet(con, [listed("Type", "écran")], period=Period.twelve_months_ending(AT))
    kinds = {name: kind for name, kind, *_ in con.execute(f"DESCRIBE {fleet}").fetchall()}
    assert list(kinds) == list(inventory.FLEET_COLUMNS)
    assert kinds["quantity"] == kinds["own_kwh"] == "DECIMAL(18,6)"
    assert kinds["entered_on"] == kinds["left_on"] == "DATE"
    assert kinds["size_known"] == kinds["in_datacentre"] == kinds["status_given"] == "BOOLEAN"


def test_nothing_about_people_is_kept_shown_or_reported(listed, tmp_path):
    row = "1;a;Latitude 5540;ABC1234;bidule;camille@exemple.invalid"
    kept = inventory.bring_in(
        [listed(HEADINGS, row)], at=AT, folder=tmp_path / "kept", reasons=tmp_path / "raisons.csv"
    )
    told = json.dumps(kept.report.as_json("fr")) + str(kept.report) + (tmp_path / "raisons.csv").read_text("utf-8-sig")
    assert "camille" not in told
    assert all(b"camille" not in one.read_bytes() for one in (tmp_path / "kept").iterdir())
    assert kept.report.files[0].mapping["Utilisateur"] == "personal"


def test_the_reason_file_says_every_doubtful_rejected_and_merged_line(listed, tmp_path):
    path = listed("Nom;Type;Quantité;Numéro de série;Date d'achat", "a;écran;0;;", "b;écran;1;;?", "c;écran;1;ABC1234;",
                  "d;écran;1;ABC1234;", "=e;écran;1;;32/13/2020")  # fmt: skip
    inventory.bring_in([path], at=AT, reasons=tmp_path / "why.csv", language="en")
    with (tmp_path / "why.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert [(row["Line"], row["Outcome"]) for row in rows] == [
        ("2", "rejected"), ("3", "doubtful"), ("5", "merged"), ("6", "doubtful"),
    ]  # fmt: skip
    assert all(row["Remedy"] for row in rows)
    assert rows[-1]["Name"] == "'=e"


def test_two_imports_tell_the_new_the_gone_and_the_changed(listed, tmp_path):
    before = listed(HEADINGS, "1;a;Zed;ABC1234;en service;", "2;b;Zed;DEF1234;en service;", "3;c;Zed;;en service;")
    after = listed(
        HEADINGS, "1;a;Zed;ABC1234;en stock;", "3;c;Zed;;en service;", "4;d;Zed;GHI1234;en service;", name="2.csv"
    )
    first = inventory.bring_in([before], at=AT, folder=tmp_path / "kept").snapshot
    changes = inventory.bring_in([after], at=AT, previous=first.path).difference
    assert (changes.new, changes.gone, changes.changed, changes.same) == (1, 1, 1, 1)
    assert (changes.new_names, changes.gone_names, changes.by_column) == (("d",), ("b",), {"status": 1})
    (change,) = changes.changes
    assert (change.name, change.before, change.after) == ("a", "in_use", "stock")


@pytest.fixture
def compared(con, listed):
    """A function from the lines of two inventories and what was said of them to new, gone, changed and same."""

    def count(before, after, decisions):
        first, second = (inventory.take_in(con, [listed(HEADINGS, *lines, name=f"{n}.csv")]).kept
                         for n, lines in enumerate((before, after)))  # fmt: skip
        told = inventory.difference(con, first, second, decisions=decisions, source="GLPI")
        return (told.new, told.gone, told.changed, told.same)

    return count


TWICE_NUMBERED = (
    ("1;a;Zed;ABC1234;en service;", "2;b;Zed;;en service;"),
    ("7;a2;Zed;DEF1234;en service;", "2;b;Zed;;en service;"),
)


def test_two_numbers_said_to_be_one_device_are_one_from_an_inventory_to_the_next(compared):
    before, after = TWICE_NUMBERED
    assert compared(before, after, Decisions()) == (1, 1, 0, 1)
    elsewhere = "serial:XYZ␟Intune"  # through a line of another source: a is that one, that one is a2
    said = Decisions().with_same("serial:ABC1234␟GLPI", elsewhere).with_same(elsewhere, "id:7␟GLPI")
    assert compared(before, after, said) == (0, 0, 0, 2)
    other = Decisions().with_same("serial:ABC1234␟OCS", "id:7␟OCS")  # said of the lines of another source
    assert compared(before, after, other) == (1, 1, 0, 1)


def test_an_import_compares_as_a_person_decided_of_its_source(listed, tmp_path):
    before, after = (listed(HEADINGS, *lines, name=f"{n}.csv") for n, lines in enumerate(TWICE_NUMBERED))
    kept = inventory.bring_in([before], at=AT, folder=tmp_path / "kept").snapshot
    said = Decisions().with_same("serial:ABC1234␟GLPI", "id:7␟GLPI")
    told = inventory.bring_in([after], at=AT, previous=kept.path, decisions=said, source="GLPI").difference
    assert (told.new, told.gone, told.changed, told.same) == (0, 0, 0, 2)


def test_two_lines_said_to_be_two_devices_never_are_one_from_an_inventory_to_the_next(compared):
    before, after = ("1;old;Zed;ABC1234;en service;",), ("2;new;Zed;ABC1234;en service;", "1;old;Zed;ABC1234;en stock;")
    said = Decisions().with_apart("serial:ABC1234␟GLPI␟old", "serial:ABC1234␟GLPI␟new")
    assert compared(before, after[:1], Decisions()) == (0, 0, 0, 1)
    assert compared(before, after[:1], said) == (1, 1, 0, 0)
    assert compared(before, after, said) == (1, 0, 1, 0)


FILLED = {
    "source_id": "0042", "name": "PC-42", "type_word": "ordinateur portable", "manufacturer": "Dell",
    "model": "Latitude 5540", "screen_size": "15", "serial": "0012345", "imei": "356938035643809", "quantity": "3",
    "status": "reused_internally", "bought_on": "2023-06-09", "in_service_on": "2023-07-01", "retired_on": "2026-07-01",
    "last_seen_on": "2026-06-30", "entity": "Ville", "site": "Siège", "country": "France", "datacentre": "Salle A",
    "ownership": "leased", "condition_at_purchase": "second_hand", "kwh_per_year": "41.5", "cost": "899.9", "operating_system": "Windows 11",
}  # fmt: skip


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("format", ["xlsx", "csv"])
def test_the_template_filled_in_is_read_back_as_it_is(con, tmp_path, format, language):
    path = tmp_path / f"modele.{format}"
    path.write_bytes(inventory.template(format, language, [FILLED]))
    arrival = inventory.take_in(con, [path])
    columns = [column for column in SNAPSHOT_COLUMNS if column in FILLED]
    (row,) = con.execute(f"SELECT {', '.join(columns)}, doubtful FROM {arrival.kept}").fetchall()
    wanted = {**FILLED, "country": "FRA"}
    for column, value in zip(columns, row, strict=False):
        expected = Decimal(wanted[column]) if isinstance(value, Decimal) else wanted[column]
        assert (str(value) if not isinstance(value, Decimal) else value) == expected, column
    assert row[-1] is False
    assert set(arrival.sheets[0].meaning.mapping(arrival.sheets[0].raw)) == {one.label(language) for one in DEVICE}
    assert not arrival.sheets[0].meaning.unknown


def test_an_empty_template_holds_no_device(tmp_path):
    path = tmp_path / "modele.csv"
    path.write_bytes(inventory.template("csv"))
    assert inventory.check([path], at=AT).files[0].lines.read == 0


def test_a_small_shop_has_its_fleet_from_eight_numbers(con, tmp_path):
    form = inventory.QuickForm(
        counts={"laptops": 10, "screens": 8, "phones": 5, "printers": 1}, mean_age=3, country="France", headcount=12
    )
    kept = inventory.bring_in_form(form, at=AT, folder=tmp_path)
    assert kept.report.quantity == 24
    assert {one.category: one.quantity for one in kept.report.categories} == {
        "laptop": 10, "monitor": 8, "smartphone": 5, "laser_printer": 1,
    }  # fmt: skip
    assert (kept.report.age_known, kept.report.clean) == (1.0, True)
    fleet = inventory.fleet(con, [kept.snapshot.path], period=Period.twelve_months_ending(AT))
    zones = con.execute(f"SELECT DISTINCT zone, entry_precision, year(entered_on) FROM {fleet}").fetchall()
    assert zones == [("FRA", "month", 2023)]


def test_each_question_of_the_form_names_a_category():
    counts = {line.key: n for n, line in enumerate(inventory.QUICK_LINES, 1)}
    told = inventory.bring_in_form(inventory.QuickForm(counts=counts), at=AT).report.categories
    assert {one.category: one.quantity for one in told} == {
        line.category: counts[line.key] for line in inventory.QUICK_LINES
    }
    assert len(told) == len(counts)
    assert all(line.fr != line.en or line.key == "phones" for line in inventory.QUICK_LINES)


@pytest.mark.parametrize("wrong", [
    {"counts": {}}, {"counts": {"laptops": -1}}, {"counts": {"laptops": 1}, "mean_age": 200.0},
    {"counts": {"laptops": 1}, "mean_age": float("nan")}, {"counts": {"laptops": 1}, "headcount": 0},
])  # fmt: skip
def test_an_impossible_form_is_refused_with_a_remedy(wrong):
    with pytest.raises(TerreauError) as refusal:
        inventory.QuickForm(**wrong)
    assert refusal.value.words("en").remedy


def test_the_report_keeps_its_public_shape():
    told = inventory.check([EXAMPLES / "parc_ecoles_cp1252.csv"], at=AT).as_json("en")
    assert list(told) == ["files", "overlaps"]
    (sheet,) = told["files"]
    assert list(sheet) == [
        "name",
        "encoding",
        "separator",
        "profile",
        "mapping",
        "lines",
        "kept",
        "set_aside",
        "findings",
    ]
    assert list(sheet["kept"]) == ["counted", "merged", "virtual", "stock", "retired", "personal"]
    assert all(list(one) == ["line", "column", "code", "what", "why", "remedy"] for one in sheet["findings"])
    assert json.loads(json.dumps(told)) == told
