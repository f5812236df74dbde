"""One device written twice counts once, and which line stays never depends on where it stands."""

import itertools

from terreau import inventory
from terreau.inventory import keys
from terreau.kernel.period import Period
from tests.bench import bench
from tests.inventory.lines.conftest import AT

HEADINGS = "Nom;Modèle;Numéro de série;Statut;Date d'achat;Dernier contact"


def counted_names(*paths):
    con = bench()
    fleet = inventory.fleet(con, paths, period=Period.twelve_months_ending(AT))
    rows = con.execute(f"SELECT asset FROM {fleet} WHERE fate NOT IN ('merged') ORDER BY asset").fetchall()
    return [name for (name,) in rows]


def test_the_line_in_service_stays_then_the_dated_then_the_last_seen(listed):
    """A device manager sees a device last, but only the inventory knows its age: adding one loses no date."""
    rows = (
        "stocked;Latitude 5540;ABC1234;en stock;14/03/2023;20/09/2026",
        "dated;Latitude 5540;ABC1234;en service;14/03/2023;20/09/2024",
        "recent;Latitude 5540;ABC1234;en service;;20/09/2026",
    )
    for order in itertools.permutations(rows):
        assert counted_names(listed(HEADINGS, *order)) == ["dated"]
    seen = "seen;Latitude 5540;XYZ1234;en service;14/03/2023;20/09/2026"
    lost = "lost;Latitude 5540;XYZ1234;en service;14/03/2023;20/09/2024"
    assert counted_names(listed(HEADINGS, lost, seen)) == ["seen"]


def test_a_serial_is_the_same_whatever_its_case_spaces_and_hyphens(listed):
    path = listed(HEADINGS, "a;Latitude 5540;abc-1234;;;", "b;Latitude 5540;ABC 1234;;;")
    assert counted_names(path) == ["a"]


def test_serials_that_identify_nothing_never_merge(listed):
    junk = ("To Be Filled By O.E.M.", "Default string", "illisible", "idem", "0000000", "N/A", "123456789", "")
    rows = [f"m{n}{twin};Latitude 5540;{serial};;;" for n, serial in enumerate(junk) for twin in "ab"]
    assert len(counted_names(listed(HEADINGS, *rows))) == 2 * len(junk)


def test_a_leading_zero_is_part_of_a_serial(listed):
    assert len(counted_names(listed(HEADINGS, "a;Latitude 5540;0012345;;;", "b;Latitude 5540;12345;;;"))) == 2


def test_phones_are_recognised_by_their_imei_even_written_as_a_serial(listed):
    mobiles = listed("Nom;Modèle;IMEI", "one;iPhone 11;356938035643809", name="mobiles.csv")
    phones = listed("Nom;Modèle;Numéro de série", "two;iPhone 11;356938035643809", name="phones.csv")
    assert counted_names(mobiles, phones) == ["one"]


def test_a_check_says_which_files_hold_the_same_devices(listed):
    one = listed(HEADINGS, "a;Latitude 5540;ABC1234;;;", "b;Latitude 5540;DEF1234;;;", name="one.csv")
    two = listed(HEADINGS, "a;Latitude 5540;ABC1234;;;", "c;Latitude 5540;GHI1234;;;", name="two.csv")
    for files in ([one, two], [two, one]):
        told = inventory.check(files, at=AT).as_json("fr")
        assert told["overlaps"] == [{"files": ["one.csv", "two.csv"], "by": "serial", "devices": 1, "disagreements": 0}]
        assert [sheet["kept"]["merged"] for sheet in told["files"]] == [0, 1]


def test_a_repeated_line_says_which_one_counts(listed):
    sheet = inventory.check([listed(HEADINGS, "b;Zed;ABC1234;;;", "a;Zed;ABC1234;;;")], at=AT).files[0]
    (finding,) = [one for one in sheet.findings if one.line]
    assert (finding.line, finding.code, finding.facts["kept_line"]) == (2, "inventory.duplicate_serial", 3)
    assert "ligne 3" in finding.words("fr").what
    assert "line 3" in finding.words("en").what


def test_numbers_written_twice_are_the_same_found_by_grouping_or_by_sorting(monkeypatch):
    """Serials in any letters, an IMEI in the column of serials, three times the same: what ten millions of lines ask."""
    con = bench()
    con.execute("""CREATE TABLE written AS SELECT * FROM (VALUES ('abc-1', NULL), ('ABC1', '35'), ('35', '36'),
        ('Z', '36'), (NULL, '36'), ('alone', NULL), (NULL, NULL)) t(serial, imei)""")
    grouped = con.execute(f"FROM {keys.repeated_serials(con, 'written')} ORDER BY h").fetchall()
    monkeypatch.setattr(keys, "SORTED_FROM", 1)
    sorted_ = con.execute(f"FROM {keys.repeated_serials(con, 'written')} ORDER BY h").fetchall()
    told = con.execute("SELECT hash(v) AS h FROM (VALUES ('ABC1'), ('35'), ('36')) t(v) ORDER BY h").fetchall()
    assert grouped == sorted_ == told
