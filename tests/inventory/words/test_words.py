"""Short words: statuses, ownership, countries, serials, makers, kinds of sheets."""

import duckdb
import pytest

from terreau.inventory import connectors, countries, keys, manufacturers, ownership, serials, sheetkinds, statuses
from terreau.inventory.headers import understand
from terreau.inventory.vocabulary import rows
from tests.inventory.words.sheets import LAYOUTS, sheet, workbook


@pytest.mark.parametrize(
    ("profile", "written", "status"),
    [
        ("glpi", "En production", "in_use"),
        ("glpi", "Volé / perdu", "lost"),
        ("glpi", "Donné (association)", "donated"),
        ("glpi", "Parc > En stock", "stock"),
        ("any", "donné asso 2025", "donated"),
        ("any", "tiroir", "stock"),
        ("any", "cassé", "repair"),
        ("snipeit", "Ready to Deploy (deployed)", "in_use"),
        ("snipeit", "Ready to Deploy (deployable)", "stock"),
        ("snipeit", "Donated (archived)", "donated"),
        ("snipeit", "Étiquette maison (undeployable)", "repair"),
        ("snipeit", "En stock (deployed)", "in_use"),
        ("intune", "Managed", "in_use"),
        ("intune", "Wipe pending", "retired"),
    ],
)
def test_a_status_is_read_in_the_words_of_its_tool(profile, written, status):
    assert statuses.read(profile, [written])[written] == statuses.StatusRead(status)


@pytest.mark.parametrize("written", ["HS", "À réformer", "à remplacer"])
def test_a_device_that_should_leave_is_still_there_until_something_says_it_left(written):
    read = statuses.read("any", [written])[written]
    assert (read.status, read.if_left, read.code) == ("in_use", "retired", "inventory.status_still_there")


def test_a_status_nobody_knows_stays_unknown_and_is_shown():
    read = statuses.read("any", ["zone bleue", "?"])
    assert read["zone bleue"] == statuses.StatusRead("unknown", "inventory.status_unknown")
    assert read["?"] == statuses.StatusRead("unknown", "inventory.status_not_said")


@pytest.mark.parametrize("name", [name for name in LAYOUTS if not name.startswith("rvtools")])
def test_every_status_of_the_examples_is_known(name):
    table = sheet(name)
    read = statuses.read(table.understood.profile, table.cells("status"))
    assert not [value for value, found in read.items() if found.code not in (None, "inventory.status_still_there")]


def test_the_heading_says_what_yes_means():
    assert ownership.read(["oui", "non"], "BYOD") == {
        "oui": ownership.OwnershipRead("personal"),
        "non": ownership.OwnershipRead("org"),
    }
    assert ownership.read(["True"], "Leased")["True"].ownership == "leased"
    assert ownership.read(["Banque Exemple"], "Loueur")["Banque Exemple"].ownership == "leased"
    assert ownership.read(["oui"], "Propriété")["oui"].code == "inventory.ownership_unknown"


def test_every_ownership_of_the_mobile_management_example_is_known():
    read = ownership.read(sheet("intune_devices.csv").cells("ownership"), "Ownership")
    assert {value: found.ownership for value, found in read.items()} == {"Corporate": "org", "Personal": "personal"}


@pytest.mark.parametrize(
    ("written", "alpha3"),
    [("France", "FRA"), ("Allemagne", "DEU"), ("germany", "DEU"), ("DE", "DEU"), ("La Réunion", "REU"),
     ("États-Unis", "USA"), ("Côte d'Ivoire", "CIV"), ("Royaume Uni", "GBR")],
)  # fmt: skip
def test_a_country_is_known_in_french_and_in_english(written, alpha3):
    assert countries.alpha3(written) == alpha3


def test_a_place_that_is_no_country_says_so():
    assert countries.read(["Valmont"])["Valmont"] == countries.CountryRead(None, "inventory.country_unknown")


@pytest.mark.parametrize(
    "written",
    ["To Be Filled By O.E.M.", "Default string", "illisible", "idem", "voir étiquette", "0000000", "AAAAAA", "?", "",
     None, "12", "3.57E+14", "VMware-42 64 f0 3a 27 0c 4e a3", "7853-4422-8809-2204-2259-8041-47", "N/A-01",
     "INCONNU-01", "Pas de série", "non lisible", "en attente", "Absent.", "cassé", "Dell", "2024", "03/06/2024",
     "00:1B:44:11:3A:B7", "jean.dupont@ville.example", "00000000-0000-0000-0000-000000000000"],
)  # fmt: skip
def test_a_placeholder_is_never_a_key(written):
    assert serials.is_junk(written)
    assert serials.key(written) is None


def test_a_serial_is_compared_without_case_spaces_or_hyphens_and_keeps_its_zeros():
    assert serials.key(" 00ab-12 cd ") == "00AB12CD"
    real = (
        "5CG3595KCL",
        "GHJKLMN",
        "FVFXKJQWMN",
        "CN-0X1234-56789-ABC-0123",
        "SN12345",
        "0012345",
        "5E9A1234",
        "NA-12345",
    )
    assert not any(map(serials.is_junk, real))


def test_a_serial_can_betray_a_virtual_machine():
    assert serials.is_virtual("VMware-42 64 f0 3a")
    assert serials.is_virtual("7853-4422-8809-2204-2259-8041-47")
    assert not serials.is_virtual("5CG3595KCL")


@pytest.mark.parametrize(
    ("written", "name"),
    [("Hewlett-Packard", "HP"), ("HP Inc.", "HP"), ("LENOVO", "Lenovo"), ("Dell Inc.", "Dell"), ("Iiyama", "iiyama"),
     ("To Be Filled By O.E.M.", ""), ("?", ""), (None, ""), ("Atelier Dupont", "Atelier Dupont")],
)  # fmt: skip
def test_a_maker_has_one_name(written, name):
    assert manufacturers.normal_name(written) == name


def test_the_three_letters_of_a_screen_are_a_maker_for_screens_only():
    assert manufacturers.normal_name("GSM", screen=True) == "LG"
    assert manufacturers.normal_name("GSM") == "GSM"


@pytest.mark.parametrize(
    ("name", "kind"),
    [("glpi10_fr_ordinateurs.csv", "computers"), ("glpi11_fr_ecrans.csv", "monitors"),
     ("glpi10_fr_telephones.csv", "phones")],
)  # fmt: skip
def test_a_list_says_what_it_holds_by_its_content_when_its_name_does_not(name, kind):
    table = sheet(name)
    connector = connectors.connector_for(table.understood, table.headers)
    assert connector.KEY == "glpi"
    assert connector.kind("glpi.csv", table.headers, set(table.cells("category"))) == kind
    assert connector.kind(name, (), ()) == kind


def test_portable_is_a_phone_on_a_sheet_of_phones_and_a_laptop_elsewhere():
    assert sheetkinds.type_word("phones", "Portable") == "téléphone portable"
    assert sheetkinds.type_word("", "Portable") == "Portable"
    assert sheetkinds.type_word("monitors", None) == "écran"
    assert sheetkinds.type_word("computers", None) is None


def test_a_hand_made_list_of_laptops_and_phones_is_not_a_list_of_phones():
    connector = connectors.connectors()["spreadsheet"]
    assert connector.kind("inventaire.xlsx", ("Type",), {"smartphone", "iphone", "portable", "fixe"}) == ""
    assert connector.kind("Mobiles", ("Type",), ()) == "phones"


def test_any_other_file_is_a_spreadsheet():
    for table in (*workbook(), sheet("parc_ecoles_cp1252.csv")):
        assert connectors.connector_for(table.understood, table.headers).KEY == "spreadsheet"
    assert connectors.connector_for(understand(["a"]), ["a"]).KEY == "spreadsheet"


def test_no_junk_is_plainly_a_number_to_the_engine():
    words = [row["value"] for row in rows("junk-serials") if row["kind"] == "exact"]
    starts = [
        "0",
        "0x",
        "x",
        "1",
        "no",
        "sans",
        "todo",
        "tbd",
        "serial",
        "test",
        "nonumero",
        "vmware",
        "9",
        "e",
        *words,
    ]
    written = {make(start + "0" * n + end) for start in starts for n in range(9) for end in ("", "1", "12x", "x", "e5")
               for make in (str.lower, str.upper, str.title)}  # fmt: skip
    told = duckdb.execute(f"SELECT v FROM (SELECT unnest($1) AS v) WHERE {keys.plainly_a_number('v')}",
                          [[*sorted(written), "5CG1234567"]])  # fmt: skip
    plain = [row[0] for row in told.fetchall()]
    assert len(plain) > 1000
    assert "5CG1234567" in plain
    assert [text for text in plain if serials.is_junk(text)] == []
