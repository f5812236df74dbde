"""What entered and what left between two days: each rule on devices one can count on one's fingers."""

import csv
from datetime import date

import pytest

from terreau.inventory.movements import compare, pair_sources
from terreau.inventory.movements.flows import CASES, moves_table
from terreau.inventory.movements.listing import MOVE_COLUMNS, move_rows
from terreau.inventory.movements.records import ENTRIES, LEAVINGS, Movements
from terreau.kernel.errors import TerreauError
from terreau.tables.engine import engine

FIRST, SECOND = date(2025, 9, 30), date(2026, 9, 30)
HEADS = ("Nom", "Numéro d'inventaire", "Numéro de série", "Type", "Modèle", "Statut", "Quantité", "Date d'achat",
         "Date de réforme", "Propriété", "Entité")  # fmt: skip
OLD = "12/03/2020"


def device(name, sid="", serial="", kind="Ordinateur portable", model="Latitude 5400", status="En service", quantity="",
           bought=OLD, left="", owner="", entity="Ville"):  # fmt: skip
    return (name, sid, serial, kind, model, status, quantity, bought, left, owner, entity)


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("inventaires")

    def write(name, *rows):
        with (folder / name).open("w", encoding="utf-8", newline="") as target:
            csv.writer(target, delimiter=";").writerows((HEADS, *rows))
        return folder / name

    return write


@pytest.fixture(scope="module")
def year(written):
    """One fleet a year apart, each device a case; its movements by the name of the device."""
    before = written(
        "parc-2025.csv",
        device("stays", serial="SER-00001"), device("given", serial="SER-00002"), device("vanishes", serial="SER-00003"),
        device("renamed", serial="SER-00004"), device("retagged", "MV1", "SER-00005"),
        device("tablets", kind="Tablette", model="iPad 9", quantity="12"),
        device("was-out", serial="SER-00006", status="Réformé"), device("still-out", serial="SER-00007", status="Réformé"),
        device("ordered", serial="SER-00008", status="Commandé", bought=""),
        device("taken-home", serial="SER-00009"), device("moves", serial="SER-00010"),
        device("vm", model="VMware Virtual Platform", kind="VMware"), device("twice", serial="SER-00011"),
        device("twice-again", serial="SER-00011"), device("learned", "MV2"),
    )  # fmt: skip
    after = written(
        "parc-2026.csv",
        device("stays", serial="SER-00001", status="En stock"),
        device("given", serial="SER-00002", status="Donné (association)", left="12/03/2026"),
        device("new-name", serial="SER-00004"), device("retagged", "MV1", "SER-00055"),
        device("tablets", kind="Tablette", model="iPad 9", quantity="10"),
        device("was-out", serial="SER-00006"), device("still-out", serial="SER-00007", status="Vendu"),
        device("ordered", serial="SER-00008", bought=""), device("taken-home", serial="SER-00009", owner="personnel"),
        device("vm", model="VMware Virtual Platform", kind="VMware"), device("twice", serial="SER-00011"),
        device("learned", "MV2", "SER-00012"),
        device("bought", serial="SER-00013", bought="05/01/2026"), device("year-only", serial="SER-00014", bought="2026"),
        device("found-old", serial="SER-00015"), device("found-undated", serial="SER-00016", bought=""),
        device("from-elsewhere", serial="SER-00017", bought="06/01/2026"),
        device("came-and-went", serial="SER-00018", bought="05/01/2026", status="Recyclé", left="05/08/2026"),
        device("old-news", serial="SER-00019", status="Réformé", left="05/08/2021"),
        *(device(f"ccas{n}", serial=f"BBB-{n:03}", entity="CCAS", bought="") for n in range(6)),
    )  # fmt: skip
    gone_source = written("ocs-2025.csv", device("other", serial="SER-00017"), device("unique", serial="SER-00070"))
    new_source = written("intune-2026.csv", device("mdm", serial="SER-00010", bought="06/01/2026"),
                         device("mdm-2", serial="SER-00071", bought="06/01/2026"))  # fmt: skip
    with engine() as con:
        found = compare(con, [before, gone_source], [after, new_source], at_before=FIRST, at_after=SECOND)
        rows = [dict(zip(MOVE_COLUMNS, row, strict=True)) for row in move_rows(con, found.moves, found.movements)]
    return found.movements, rows


def moved(rows, name):
    return [(row["movement"], row["destination"], row["quantity"]) for row in rows if row["device"] == name]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("stays", []),
        ("given", [("exit", "donated", 1)]),
        ("vanishes", [("gone", "gone", 1)]),
        ("new-name", []),
        ("MV1", []),
        ("tablets", [("taken_from_lot", "taken_from_lot", 2)]),
        ("was-out", [("returned", None, 1)]),
        ("still-out", []),
        ("ordered", [("purchased", None, 1)]),
        ("SER-00009", [("set_apart", None, 1)]),
        ("moves", [("moved_out", None, 1)]),
        ("vm", []),
        ("twice", []),
        ("MV2", []),
        ("bought", [("purchased", None, 1)]),
        ("year-only", [("purchased", None, 1)]),
        ("found-old", [("discovered_older", None, 1)]),
        ("found-undated", [("discovered_undated", None, 1)]),
        ("from-elsewhere", [("moved_in", None, 1)]),
        ("came-and-went", [("purchased", None, 1), ("exit", "recycled", 1)]),
        ("old-news", []),
    ],
)
def test_each_device_moves_as_its_two_lines_say(year, name, expected):
    assert moved(year[1], name) == expected


def test_a_source_on_one_side_only_is_said_and_neither_bought_nor_gone(year):
    told, rows = year
    assert {one.name: one.sides for one in told.sources} == {
        "parc-2026.csv": "both", "ocs-2025.csv": "before", "intune-2026.csv": "after",
    }  # fmt: skip
    assert not {"mdm", "mdm-2", "other", "unique"} & {row["device"] for row in rows}


def test_the_year_balances_and_is_kept_as_json(year):
    told, _ = year
    assert told.total("before") == 21
    assert told.total("purchased") - told.total("exit", "gone", "taken_from_lot") == 4 - 5
    assert told.total("before", *ENTRIES) - told.total(*LEAVINGS) == told.total("after") == 28
    assert Movements.from_json(told.as_json()) == told


def test_a_lifespan_needs_both_dates_and_says_the_share_dated(year):
    whole = next(one for one in year[0].lifespans if one.category == "*")
    assert (whole.exits, whole.dated) == (5, 2)
    assert whole.longest == pytest.approx(6, abs=0.01), "given: 12 March 2020 to 12 March 2026"
    assert year[0].told["learned"] == 1, "retired a year ago, sold since: a destination learned, not an exit"


def test_every_case_keeps_the_balance_whatever_the_states_and_quantities():
    states = "unnest([NULL, 'present', 'out', 'ordered', 'personal'])"
    day = "unnest([NULL, DATE '2019-01-01', DATE '2026-01-01', DATE '2030-01-01'])"
    with engine() as con:
        con.execute(f"""CREATE TABLE every AS
            SELECT *, entry AS entry_low, entry AS entry_high, entry AS entered_on, 'day' AS entry_precision,
                   DATE '2025-09-30' AS since, DATE '2026-09-30' AS until, b_state AS b_status, a_status
            FROM (SELECT {states} AS b_state), (SELECT {states} AS a_state), (SELECT unnest([1, 12]) AS b_quantity),
                 (SELECT unnest([1, 10]) AS a_quantity), (SELECT {day} AS entry), (SELECT {day} AS left_on),
                 (SELECT unnest([TRUE, FALSE]) AS b_elsewhere), (SELECT unnest([TRUE, FALSE]) AS a_elsewhere),
                 (SELECT unnest(['sold', 'in_use']) AS a_status)""")
        moves = moves_table(con, "every")
        sums = dict(con.execute(f"SELECT kind, sum(quantity) FROM {moves} GROUP BY 1").fetchall())
    assert sums["before"] + sum(sums.get(kind, 0) for kind in ENTRIES) == sums["after"] + sum(sums[k] for k in LEAVINGS)
    assert set(sums) == {kind.strip("'") for _, kind, _, _ in CASES if "CASE" not in kind} | set(ENTRIES)


def test_sources_are_paired_by_name_without_its_date():
    pairs = pair_sources(["a/site1-2025.csv", "site2-2025.csv"], ["site1_2026-09-30.xlsx", "site3-2026.csv"])
    assert [(one.name, one.sides) for one in pairs] == [
        ("site1_2026-09-30.xlsx", "both"), ("site2-2025.csv", "before"), ("site3-2026.csv", "after"),
    ]  # fmt: skip
    assert pair_sources(["old list.csv"], ["parc.csv"])[0].sides == "both", "one on each side: nothing else to compare"
    with pytest.raises(TerreauError, match="nothing_to_compare"):
        pair_sources(["glpi.csv", "ocs.csv"], ["intune.csv", "jamf.csv"])


def test_an_entity_that_appears_whole_is_told_as_a_change_of_perimeter_and_is_not_bought(year):
    told, rows = year
    assert [(one.name, one.side, one.quantity) for one in told.entities] == [("CCAS", "after", 6)]
    assert {row["movement"] for row in rows if row["entity"] == "CCAS"} == {"discovered_undated"}


def test_the_first_day_comes_first():
    with pytest.raises(TerreauError, match="comparison_backwards"), engine() as con:
        compare(con, ["parc.csv"], ["parc.csv"], at_before=SECOND, at_after=FIRST)


@pytest.mark.parametrize(
    ("after", "told"),
    [
        ([("6", "En service", OLD, ""), ("4", "En service", OLD, "")], {"kept": 10}),
        ([("6", "En service", OLD, ""), ("4", "Vendu", OLD, "01/02/2026")], {"kept": 6, "exit": 4}),
        ([("6", "Vendu", OLD, "01/02/2026"), ("4", "En service", OLD, "")], {"kept": 4, "exit": 6}),
        ([("6", "En service", OLD, ""), ("3", "Vendu", OLD, "01/02/2026")], {"kept": 6, "exit": 3, "taken_from_lot": 1}),
        ([("6", "En service", OLD, ""), ("4", "En service", "01/03/2026", "")],
         {"kept": 6, "taken_from_lot": 4, "purchased": 4}),
    ],
)  # fmt: skip
def test_a_lot_of_ten_cut_into_two_lines_neither_gains_nor_loses_a_device(written, after, told):
    first = written("lots-2025.csv", device("", quantity="10"))
    second = written("lots-2026.csv", *(device("", quantity=quantity, status=status, bought=bought, left=left)
                                        for quantity, status, bought, left in after))  # fmt: skip
    with engine(threads=1) as con:
        moves = compare(con, [first], [second], at_before=FIRST, at_after=SECOND).moves
        found = con.execute(f"SELECT kind, sum(quantity)::INT FROM {moves} GROUP BY 1").fetchall()
    assert {kind: quantity for kind, quantity in found if kind not in ("before", "after")} == told
