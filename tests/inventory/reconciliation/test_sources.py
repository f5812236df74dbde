"""Several sources make one fleet: who is the same device, which source speaks, what is only asked."""

import itertools
from datetime import date
from functools import cache
from pathlib import Path
from random import Random

import pytest

from terreau import inventory
from terreau.inventory.decisions import NONE
from terreau.inventory.device import SNAPSHOT_COLUMNS
from terreau.inventory.fleet import in_order
from terreau.inventory.reconciliation.clusters import components
from terreau.inventory.reconciliation.comparing import aliases
from terreau.inventory.reconciliation.sources import GROUPS, family_of, rank_of
from terreau.inventory.vocabulary import rows as words
from terreau.kernel.period import Period
from terreau.tables.engine import engine

AT = date(2026, 9, 30)
PERIOD = Period.twelve_months_ending(AT)
EXAMPLES = Path(__file__).parents[3] / "examples/inventories"
GLPI = "Nom;Fabricant;Modèle;Type;Numéro de série;IMEI;Statut;Date d'achat;Lieu"
SEEN = "Nom;Fabricant;Modèle;Numéro de série;IMEI;Dernier contact;Date de mise en service;Propriété"
GUESTS = "VM,Powerstate,Template,CPUs,Memory,Provisioned MiB"


@pytest.fixture(scope="module")
def con():
    with engine(threads=1) as opened:
        yield opened


@pytest.fixture
def source(tmp_path):
    """Write a list and name it as a source of a kind of tool."""
    number = itertools.count()

    def write(name, kind, headings, *lines):
        path = tmp_path / f"{next(number)}" / f"{name}.csv"
        path.parent.mkdir()
        path.write_text("\n".join((headings, *lines)) + "\n", encoding="utf-8")
        return inventory.NamedSource(path=path, name=name, kind=kind)

    return write


@cache
def gathered(con, inputs):
    """The lines of several sources, read once."""
    return inventory.gather_all(con, inputs)


def devices(con, inputs, decisions=NONE):
    """The devices of a fleet: what is chosen for each, and how many rows it has."""
    fleet = inventory.fleet_of(con, gathered(con, tuple(inputs)).lines, period=PERIOD, decisions=decisions)
    return con.execute(f"""
        SELECT arg_max(asset, counts), arg_max(model, counts), arg_max(status, counts), arg_max(entered_on, counts),
               arg_max(fate, counts), arg_max(source, counts), count(*) AS rows
        FROM (SELECT *, fate <> 'merged' AS counts FROM {fleet}) GROUP BY device ORDER BY ALL""").fetchall()


def reconcile(con, inputs, decisions=NONE):
    return inventory.reconciled(con, gathered(con, tuple(inputs)), period=PERIOD, decisions=decisions)


def test_links_are_followed_and_an_imei_in_the_serial_column_is_a_number_like_another(con, source):
    """A and B share a serial, B and C an IMEI that C writes in its column of serials: one device, three rows."""
    inputs = [source("A", "glpi", GLPI, "tel;Apple;iPhone 13;GSM;F2LX9012;;;03/06/2024;"),
              source("B", "intune", SEEN, "u;Apple;iPhone 13;F2LX-9012;356938035643809;2026-09-01;2025-01-05;"),
              source("C", "spreadsheet", GLPI, "gsm;Apple;iPhone 13;GSM;356938035643809;;;;")]  # fmt: skip
    ((_, model, status, entered, fate, _, rows),) = devices(con, inputs)
    assert (model, status, fate, rows) == ("iPhone 13", "in_use", "counted", 3)
    assert entered == date(2024, 6, 3)  # the purchase, not the enrolment of 2025
    told = reconcile(con, inputs)
    assert {(one.first, one.second, one.by) for one in told.overlaps} == {
        ("A", "B", "serial"), ("A", "C", "imei"), ("B", "C", "imei")}  # fmt: skip
    (one,) = told.seen and inventory.lineage(con, told.seen, [row.device for row in _all(con, told)]).values()
    assert {(row.source, row.line, row.counts) for row in one} == {("A", 2, True), ("B", 2, False), ("C", 2, False)}


def test_every_row_of_every_source_is_in_the_lineage_with_its_fate_and_a_source_of_guests_is_listed(con, source):
    """Two rows of one laptop, one sold, and a source made only of virtual machines: five rows, five fates."""
    inputs = [source("A", "glpi", GLPI, "pc;Dell;Latitude 5540;Portable;A7K29QX1;;;;",
                     "old;Dell;Latitude 5490;Portable;B7K29QX2;;Vendu;;"),
              source("B", "intune", SEEN, "u;Dell;Latitude 5540;A7K29QX1;;2026-09-01;2025-01-05;"),
              source("V", "", GUESTS, "bdd-001,poweredOn,False,8,16384,20480", "web-002,poweredOff,False,2,4096,20480")]  # fmt: skip
    told = reconcile(con, inputs)
    assert [(one.name, one.kind, one.rows, one.devices, one.alone, one.virtual) for one in told.sources] == [
        ("A", "glpi", 2, 2, 1, 0), ("B", "intune", 1, 1, 0, 0), ("V", "rvtools-vinfo", 2, 0, 0, 2)]  # fmt: skip
    assert told.rows == sum(one.rows for one in told.sources) == told.devices + told.merged + told.virtual == 5
    assert told.as_json()["sources"][2]["virtual"] == 2
    place = {heading: number for number, heading in enumerate(inventory.LINEAGE_HEADINGS["en"])}
    rows = list(inventory.lineage_rows(con, told.seen))
    shown = ("Source", "Line", "Counts", "Name", "Fate")
    assert sorted(tuple(row[place[one]] for one in shown) for row in rows) == [
        ("A", "2", "1", "pc", "counted"), ("A", "3", "1", "old", "retired"), ("B", "2", "0", "u", "merged"),
        ("V", "2", "0", "bdd-001", "virtual"), ("V", "3", "0", "web-002", "virtual")]  # fmt: skip
    guest = int(next(row[place["Device"]] for row in rows if row[place["Name"]] == "bdd-001"))
    ((found,),) = inventory.lineage(con, told.seen, [guest]).values()
    assert (found.source, found.counts, found.fate, found.said["name"]) == ("V", False, "virtual", "bdd-001")


def test_guests_alone_are_a_source_without_device(con, source):
    told = reconcile(con, [source("V", "", GUESTS, "bdd-001,poweredOn,False,8,16384,20480")])  # fmt: skip
    assert (told.rows, told.devices, told.virtual, [one.family for one in told.sources]) == (1, 0, 1, ["hypervisor"])
    assert [row[-1] for row in inventory.lineage_rows(con, told.seen)] == ["virtual"]


def _all(con, told):
    from terreau.inventory.reconciliation.listing import listed

    return list(listed(con, told.seen, f"SELECT device FROM {told.seen.devices}"))


def test_each_field_comes_from_the_source_that_knows_it_and_a_person_can_say_another_order(con, source):
    glpi = source("GLPI", "glpi", GLPI, "PC1;Lenovo;T14;Portable;PF3ABC12;;En stock;14/03/2023;Siège")
    seen = source("Intune", "intune", SEEN, "u;LENOVO;20W0005NFR;PF3ABC12;;2026-09-20;2024-02-01;Personal")
    told = reconcile(con, [glpi, seen])
    (kept,) = _all(con, told)
    assert (kept.label, kept.fate, kept.last_seen_on) == (
        "PF3ABC12",
        "personal",
        date(2026, 9, 20),
    )  # its name is a person's
    by_field = {one.field: one for one in told.disagreements}
    assert (by_field["model"].count, by_field["model"].lesser) == (
        0,
        1,
    )  # GLPI says T14, Intune says 20W0: two words for one
    assert "manufacturer" not in by_field
    first = inventory.Decisions().with_sources("Intune")
    ((_, model, *_),) = devices(con, [glpi, seen], first)
    assert model == "20W0005NFR"
    assert devices(con, [glpi, seen])[0][3] == date(2023, 3, 14)
    assert devices(con, [glpi, seen], first)[0][3] == date(2024, 2, 1)


def test_new_for_one_list_and_refurbished_for_the_other_is_a_disagreement_shown_with_its_rows(con, source):
    heads = "Nom;Fabricant;Modèle;Type;Numéro de série;État à l'achat"
    bought = source("Achats", "spreadsheet", heads, "pc;Dell;Latitude 5540;Portable;A7K29QX1;reconditionné")
    listed = source("GLPI", "glpi", heads, "pc;Dell;Latitude 5540;Portable;A7K29QX1;neuf")
    silent = source("Intune", "intune", SEEN, "pc;Dell;Latitude 5540;A7K29QX1;;2026-09-01;;")
    told = reconcile(con, [bought, listed, silent])
    (one,) = [one for one in told.disagreements if one.field == "condition_at_purchase"]
    assert one.count == 1
    ((device,),) = con.execute(f"SELECT device FROM {told.seen.devices}").fetchall()
    rows = inventory.lineage(con, told.seen, [device])[device]
    assert {(row.source, row.said.get("condition_at_purchase")) for row in rows} == {
        ("Achats", "second_hand"), ("GLPI", "new"), ("Intune", None)}  # fmt: skip


def test_a_number_that_a_list_gives_to_many_joins_none_of_them(con, source):
    """A word of the house, an IMEI copied down, the code of a model in the column of serials: nothing is lost."""
    house = [f"pc{n};Dell;Latitude 5540;Portable;CHEZ DSI 1;;;;" for n in range(4)]
    listed = source("A", "glpi", GLPI, *house)
    assert [row[-1] for row in devices(con, [listed])] == [1] * 4
    (sheet,) = inventory.check([listed.path], at=AT).files
    assert [(one.line, one.facts["value"]) for one in sheet.findings if one.code == "inventory.number_of_many"] == [
        (line, "CHEZ DSI 1") for line in range(2, 6)]  # fmt: skip
    copied = [f"t{n};Apple;iPhone 13;GSM;F2LX901{n};356938035643809;;;" for n in range(2)]
    assert [row[-1] for row in devices(con, [source("A", "glpi", GLPI, *copied)])] == [1] * 2
    model = [f"t{n};Apple;iPhone 13;GSM;MLPF3ZD/A;35693803564380{n};;;" for n in range(3)]
    seen = source("B", "intune", SEEN, "u;Apple;iPhone 13;;356938035643801;2026-09-01;2025-01-05;")
    assert [row[-1] for row in devices(con, [source("A", "glpi", GLPI, *model), seen])] == [1, 2, 1]
    twice = [f"pc{n};Dell;Latitude 5540;Portable;A7K29QX1;;;;" for n in range(3)]  # a line kept each time it moved
    assert [row[-1] for row in devices(con, [source("A", "glpi", GLPI, *twice)])] == [3]


def test_a_list_that_gives_one_number_to_a_computer_and_its_screen_or_to_two_makers_is_asked(con, source):
    screen = ["pc;Dell;Latitude 5540;Portable;A7K29QX1;;;;", "ecran;Dell;P2422H;Ecran;A7K29QX1;;;;"]
    makers = ["a;Dell;Latitude 5540;Portable;A7K29QX1;;;;", "b;Lenovo;ThinkPad T14;Portable;A7K29QX1;;;;"]
    for lines in (screen, makers):
        listed = [source("A", "glpi", GLPI, *lines)]
        assert [row[-1] for row in devices(con, listed)] == [1, 1]
        assert [one.why for one in reconcile(con, listed).pairs] == ["other_maker"]


def test_what_left_without_a_day_and_is_seen_is_asked_and_so_is_what_a_tool_says_is_somebodys_own(con, source):
    """Sold according to GLPI, seen yesterday by Intune: the exit is kept, not believed without a word."""
    inputs = [source("A", "glpi", GLPI, "sold;Dell;Latitude 5540;Portable;5CG0000001;;Vendu;;",
                     "long;Dell;Latitude 5540;Portable;5CG0000002;;Vendu;;", "mine;Dell;Latitude 5540;;5CG0000003;;;;"),
              source("B", "intune", SEEN, "u;Dell;Latitude 5540;5CG0000001;;2026-09-29;2025-01-05;Company",
                     "v;Dell;Latitude 5540;5CG0000002;;2026-01-29;2025-01-05;Company",
                     "w;Dell;Latitude 5540;5CG0000003;;2026-09-29;2025-01-05;Personal")]  # fmt: skip
    told = reconcile(con, inputs)
    assert told.fates == {"retired": 2, "personal": 1}
    asked = {one.kind: one.disagreement for one in told.to_decide}
    assert asked["gone_but_seen"].said == (("A", "sold"), ("B", "2026-09-29"))
    assert asked["personal_but_listed"].said == (("A", ""), ("B", "personal"))
    assert len(told.to_decide) == 2


def test_a_number_is_the_same_however_a_spreadsheet_writes_it(con, source):
    for one, other in [("'5CG3595KCL", "5cg-3595 kcl"), ("5CG\u20113595\u200bKCL", "5CG3595KCL"), ("86421357.0", "86421357"),
                       ("35 693803 564380 9", "35/693803/564380/9")]:  # fmt: skip
        inputs = [source(name, "glpi", GLPI, f"{name};Dell;Latitude 5540;Portable;{said};;;;")
                  for name, said in (("A", one), ("B", other))]  # fmt: skip
        assert [row[-1] for row in devices(con, inputs)] == [2], one


def test_one_number_on_two_kinds_of_device_of_two_makers_joins_nothing_and_is_asked(con, source):
    inputs = [source("A", "glpi", GLPI, "pc;Dell;Latitude 5540;Portable;A7K29QX1;;;;", "pc bis;Dell;;UC;A7K29QX1;;;;"),
              source("B", "spreadsheet", GLPI, "imp;Brother;HL-L2375DW;Imprimante;A7K29QX1;;;;")]  # fmt: skip
    assert [row[-1] for row in devices(con, inputs)] == [1, 2]
    told = reconcile(con, inputs)
    (pair,) = [one for one in told.pairs if one.why == "other_maker"]
    assert told.to_decide[0].kind == "apart"
    assert [row[-1] for row in devices(con, inputs, inventory.Decisions().with_same(*pair.keys))] == [3]


def test_a_name_only_asks_and_the_answer_is_remembered_when_the_files_come_back(con, source, tmp_path):
    def month(seen_on):
        return [source("GLPI", "glpi", GLPI, "PC-P0047;Dell;Latitude 5490;Portable;;;;14/03/2021;"),
                source("Intune", "intune", SEEN, f"pc-p0047;Dell Inc.;Latitude 5490;Default string;;{seen_on};;")]  # fmt: skip

    told = reconcile(con, month("2026-08-30"))
    (pair,) = told.pairs
    assert (pair.why, told.unknown_in_question.count, told.unknown_to_inventory.count) == ("name", 1, 0)
    joined, parted = inventory.Decisions().with_same(*pair.keys), inventory.Decisions().with_apart(*pair.keys)
    later = month("2026-09-30")
    assert [row[-1] for row in devices(con, later, joined)] == [2]
    assert reconcile(con, later, joined).overlaps[0].by == "decision"
    told = reconcile(con, later, parted)
    assert (told.pairs, told.devices, told.unknown_to_inventory.count) == ((), 2, 1)
    assert inventory.Decisions.from_json(joined.as_json()) == joined
    assert joined.digest != NONE.digest == inventory.Decisions.from_json({}).digest
    assert joined.with_apart(*pair.keys) == parted


def test_a_parted_pair_is_parted_in_the_check_the_fleet_and_the_reconciliation(con, source):
    """Two rows of one serial that a person told apart, and a third that follows the first of them."""
    inputs = [source(name, kind, GLPI, f"{name};Dell;Latitude 5540;Portable;ABC1234;;;;")
              for name, kind in (("A", "glpi"), ("B", "snipeit"), ("C", "spreadsheet"))]  # fmt: skip
    apart = inventory.Decisions().with_apart("serial:ABC1234␟A", "serial:ABC1234␟B")
    assert sorted(row[-1] for row in devices(con, inputs, apart)) == [1, 2]
    assert reconcile(con, inputs, apart).devices == 2
    files = [one.path for one in inputs]
    named = inventory.Decisions().with_apart("serial:ABC1234␟A.csv", "serial:ABC1234␟B.csv")
    assert sum(sheet.kept.merged for sheet in inventory.check(files, at=AT, decisions=named).files) == 1
    assert sum(sheet.kept.merged for sheet in inventory.check(files, at=AT).files) == 2


def test_a_machine_room_gives_its_country_and_its_pue_to_the_devices_that_name_it(con, source):
    servers = source("S", "glpi", "Nom;Type;Modèle;Datacenter;Pays", "s1;Serveur;PowerEdge R650;Salle A;France",
                     "s2;Serveur;PowerEdge R650;;France")  # fmt: skip
    gathered = inventory.gather_all(con, [servers])
    columns = "datacentre, country, pue"
    con.execute(f"""CREATE OR REPLACE TEMP VIEW rooms AS SELECT * REPLACE (d AS datacentre, c AS country, p::DECIMAL(9,4) AS pue)
        FROM {gathered.lines}, (VALUES ('salle a', 'DEU', 1.4), ('SALLE A', 'BEL', 1.2)) t(d, c, p)""")  # fmt: skip
    fleet = inventory.fleet_of(con, gathered.lines, period=PERIOD, places="rooms")
    rows = con.execute(f"SELECT asset, zone, room_zone, own_pue::DOUBLE FROM {fleet} ORDER BY 1").fetchall()
    assert rows == [("s1", "BEL", "BEL", 1.4), ("s2", "FRA", None, None)], columns
    from terreau.inventory.reconciliation.placing import room_conflicts

    (conflict,) = room_conflicts(con, "rooms")
    assert conflict.kept == ("BEL", "1.4000")


def _of_many(number, said, nobody):
    """True when too much is said of a number for it to be one device's; every line has a name of its own here."""
    own = nobody | {number}
    lists = [[row for row in said if row[0] == source] for source in "ABCD"]
    serials = [{serial for _, serial, imei in some if imei == number} - own for some in lists]
    phones = [{imei for _, serial, imei in some if serial == number} - own for some in lists]
    lines = [sum(number in row[1:] for row in some) for some in lists]
    return (max(lines) >= 4 or max(map(len, serials)) >= 2 or max(map(len, phones)) >= 3
            or len(set().union(*serials)) >= 3)  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_a_slow_union_find_agrees_whatever_the_order_of_sources(con, seed):
    """Random serials and IMEI over four sources; the clusters, counted by a second, slower road."""
    random = Random(seed)
    numbers = [f"SN{n:05}X" for n in range(14)] + ["", "Default string"]
    imeis = [f"35693803564{n:04}" for n in range(14)] + [""] * 6
    said = [(source, random.choice(numbers + imeis[:3]), random.choice(imeis)) for source in "ABCD" for _ in range(7)]
    nobody = {"", "Default string"}
    nobody |= {number for number in {*numbers, *imeis} - nobody if _of_many(number, said, nobody)}
    groups = [{place} for place in range(len(said))]
    for one, other in itertools.combinations(range(len(said)), 2):
        if {*said[one][1:]} & {*said[other][1:]} - nobody:
            left, right = (next(group for group in groups if place in group) for place in (one, other))
            if left is not right:
                left |= right
                groups.remove(right)
    found = []
    for order in ("ABCD", random.sample("ABCD", 4)):
        rows = ", ".join(f"({order.index(source)}, '{source}', {place}, nullif('{serial}', ''), nullif('{imei}', ''))"
                         for place, (source, serial, imei) in enumerate(said, 1))  # fmt: skip
        empty = ", ".join(f"NULL::{kind} AS {name}" for name, kind in SNAPSHOT_COLUMNS.items())
        lines = f"""(SELECT e.* REPLACE (s AS file, '' AS sheet, l AS line, n AS serial, i AS imei, 1 AS quantity,
            'GSM' AS type_word, s || l AS name, FALSE AS doubtful), number AS input, s AS source, 'glpi' AS kind
            FROM (VALUES {rows}) t(number, s, l, n, i), (SELECT {empty}) e)"""
        fleet = inventory.fleet_of(con, lines, period=PERIOD)
        found.append(con.execute(f"""SELECT min(asset) FILTER (fate <> 'merged'), count(*), count(*) FILTER (fate <> 'merged')
            FROM {fleet} GROUP BY device ORDER BY ALL""").fetchall())  # fmt: skip
    assert sorted(rows for _, rows, _ in found[0]) == sorted(map(len, groups))
    assert {alone for _, _, alone in found[0]} == {1}
    assert found[0] == found[1]


def test_inputs_are_read_in_one_order_and_each_once(tmp_path):
    paths = [tmp_path / name for name in ("b.csv", "a.csv", "c.csv")]
    assert in_order(paths) == in_order([*reversed(paths), paths[0]])
    assert [one.name for one in in_order(paths)] == ["a.csv", "b.csv", "c.csv"]


def test_the_ends_of_edges_are_brought_to_the_smallest():
    assert components([("c", "b"), ("d", "e"), ("b", "a")]) == {"a": "a", "b": "a", "c": "a", "d": "d", "e": "d"}


@pytest.mark.parametrize(("one", "other", "same"), [
    (("LENOVO", "20W0005NFR"), ("Lenovo", "ThinkPad T14 Gen 2"), True),
    (("LENOVO", "20W0005NFR"), ("Lenovo", "ThinkPad X280"), False),
    (("HP", "HP EliteBook 840 G8 Notebook PC"), ("Hewlett-Packard", "EliteBook 840 G8"), True),
    (("samsung", "SM-A536B"), ("Samsung", "Galaxy A53 5G"), True),
    (("Dell", "Latitude 5540"), ("Dell Inc.", "Latitude 5440"), False),
])  # fmt: skip
def test_a_machine_type_code_is_another_word_for_its_model(one, other, same):
    assert aliases(*one, *other) is aliases(*other, *one) is same


def test_every_kind_of_source_has_a_rank_for_each_group_of_fields():
    for row in words("sources"):
        assert family_of(row["kind"]) in ("inventory", "agent", "manager", "hypervisor")
        assert all(rank_of(row["kind"], group) in (1, 2, 3) for group in GROUPS)
    assert rank_of("nobody knows", "dates") == rank_of("spreadsheet", "dates") < rank_of("intune", "dates")
    assert rank_of("intune", "use") < rank_of("glpi", "use")


def test_the_samples_match_as_their_readme_plants_it(con):
    """335 Intune rows have the serial of a GLPI computer; 9 of those serials are placeholders, which join nothing."""
    files = [
        EXAMPLES / name for name in ("glpi10_fr_ordinateurs.csv", "intune_devices.csv", "glpi10_fr_telephones.csv")
    ]
    told = reconcile(con, files)
    by = {(one.first.split("_")[-1], one.by): one.devices for one in told.overlaps}
    assert by == {
        ("ordinateurs.csv", "serial"): 335 - 9,
        ("telephones.csv", "serial"): 71,
        ("telephones.csv", "imei"): 30,
    }
    unknown, personal = told.unknown_to_inventory, told.unknown_personal
    assert (unknown.count, personal.count - 1) == (24, 21)  # 45 laptops; one personal placeholder serial is not theirs
    assert unknown.by_category == (("laptop", 24),)
    assert all(one.label.startswith("DESKTOP-") for one in unknown.first)
    assert (told.unknown_in_question.count, told.all_pairs) == (
        10,
        10,
    )  # the 9 placeholders but the personal one, 2 blanks
    assert told.rows == told.devices + told.merged + told.virtual == 627 + 210 + 483
    assert sum(one.virtual for one in told.sources) == told.virtual == 18
    fates = [row[-1] for row in inventory.lineage_rows(con, told.seen)]
    assert (len(fates), fates.count("virtual"), fates.count("merged")) == (told.rows, told.virtual, told.merged)
    assert len(list(inventory.listing_rows(con, told, personal))) == personal.count
