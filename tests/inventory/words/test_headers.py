"""Headings: who wrote this file, and what does each column say."""

import pytest

from terreau.inventory.device import DEVICE, FIELD_OF_COLUMN
from terreau.inventory.headers import known_header, understand
from tests.inventory.words.sheets import LAYOUTS, sheet, workbook

PROFILES = {
    "glpi10_fr_ordinateurs.csv": ("glpi", "fr"),
    "glpi11_fr_ecrans.csv": ("glpi", "fr"),
    "glpi10_fr_telephones.csv": ("glpi", "fr"),
    "snipeit_en_hardware.csv": ("snipeit", "en"),
    "snipeit_fr_hardware.csv": ("snipeit", "fr"),
    "intune_devices.csv": ("intune", "en"),
    "rvtools_tabvInfo.csv": ("rvtools-vinfo", "en"),
    "rvtools_tabvHost.csv": ("rvtools-vhost", "en"),
    "ocs_fr_machines.csv": ("ocs", "fr"),
    "g4it_equipements_physiques.csv": ("g4it", "fr"),
    "parc_ecoles_cp1252.csv": ("any", "fr"),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_heading_of_the_examples_is_known_and_its_tool_recognised(name):
    understood = sheet(name).understood
    assert (understood.profile, understood.language) == PROFILES[name]
    assert understood.unknown == {}


@pytest.mark.parametrize(
    "headers",
    [
        ["Name", "Status", "Manufacturer", "Serial number", "Type", "Model", "Operating System - Name", "Location",
         "Last update", "Components - Processor", ""],
        ["Name", "Entity", "Status", "Manufacturer", "Location", "Type", "Model", "Alternate username", "Serial number",
         "Inventory number", "Size", "Financial and administrative information - Date of purchase"],
        ["Name", "Entity", "Status", "Manufacturer", "Location", "Type", "Model", "User", "Serial number", "Last update"],
    ],
    ids=["computers", "monitors", "phones"],
)  # fmt: skip
def test_the_english_lists_of_glpi_are_recognised(headers):
    understood = understand(headers)
    assert (understood.profile, understood.language, understood.unknown) == ("glpi", "en", {})


def test_the_sheets_of_a_workbook_made_by_hand_are_understood_by_synonyms():
    computers, mobiles = workbook()
    assert set(computers.understood.fields.values()) == {
        "name", "category", "manufacturer", "model", "serial", "bought_on", "user", "cost",
    }  # fmt: skip
    assert set(mobiles.understood.fields.values()) == {"name", "model", "imei", "in_service_on", "user", "status"}


def test_a_cyrillic_letter_and_a_trailing_space_do_not_hide_a_column():
    french = sheet("snipeit_fr_hardware.csv")
    said = {french.headers[column]: field for column, field in french.understood.fields.items()}
    assert said["\u0421atégorie"] == "category"
    assert "Type " in french.understood.ignored.values()


def test_people_are_told_apart_so_that_they_can_be_dropped():
    headers = ["Nom", "Type", "Modèle", "Usager", "Téléphone de l'agent", "E-mail professionnel", "Prénom", "Lieu"]
    understood = understand(headers)
    assert {headers[column] for column in understood.personal} == {
        "Usager", "Téléphone de l'agent", "E-mail professionnel", "Prénom",
    }  # fmt: skip
    also = ["Nom du salarié", "Dernier utilisateur", "Contact"]
    assert understand(["Type", *also, "Dernier contact", "Adresse IP"]).personal == (1, 2, 3)


def test_an_unknown_heading_is_shown_with_the_nearest_known_one():
    understood = understand(["Marqe", "Numéro de serei", "Couleur du capot"])
    assert understood.unknown == {
        0: ("Marqe", "Marque"),
        1: ("Numéro de serei", "Numéro de série"),
        2: ("Couleur du capot", None),
    }


def test_units_and_stars_around_a_heading_do_not_hide_it():
    understood = understand(["Coût (EUR)", "Quantité *", "Type :", "Gestion - Date d'achat"])
    assert list(understood.fields.items()) == [(3, "bought_on"), (2, "category"), (0, "cost"), (1, "quantity")]


def test_a_date_of_purchase_is_preferred_to_a_date_of_delivery_wherever_it_stands():
    understood = understand(["Type", "Date de livraison", "Date d'achat", "Marque", "Modèle"])
    assert understood.columns("bought_on") == (2, 1)


def test_three_everyday_words_do_not_sign_a_tool():
    assert understand(["Nom", "Type", "Modèle"]).profile == "any"
    assert understand(["Type", "Type", "Modèle", "Modèle"]).profile == "any"


def test_seven_headings_in_ten_sign_a_tool():
    glpi = ["Nom", "Statut", "Fabricant", "Numéro de série", "Type", "Modèle", "Lieu"]
    assert understand([*glpi, "Couleur", "Forme", "Odeur"]).profile == "glpi"
    assert understand([*glpi, "Couleur", "Forme", "Odeur", "Poids du carton"]).profile == "any"


@pytest.mark.parametrize("headings", [
    "Computer Name|Domain/Workgroup|SMS Site Name|Top Console User|Operating System|Service Pack Level|Serial Number|Asset Tag"
    "|Manufacturer|Model|Memory (KBytes)|Processor (GHz)|Disk Space (MB)|Free Disk Space (MB)",
    "Resource ID|Netbios Name|Resource Domain OR Workgroup|Operating System Name and Version|Last Logon User Name|Client Version",
    "Computer Name|User Name|Make|Model|Serial Number|Operating System|SCCM Client Version|OS Install Date",
    "Computer Name|Manufacturer|Model|Serial Number|Chassis Type|Last Hardware Scan",
])  # fmt: skip
def test_a_report_of_configuration_manager_in_plain_words_is_signed_by_a_word_it_alone_writes(headings):
    understood = understand(headings.split("|"))
    assert understood.profile == "sccm"
    assert {"name", "serial", "model"} <= set(understood.fields.values()) or "Netbios Name" in headings
    assert not any(
        "User" in headings.split("|")[column] for column, field in understood.fields.items() if field != "user"
    )


@pytest.mark.parametrize(("headings", "tool"), [
    ("Computer Name|User Name|Manufacturer|Model|Serial Number|Operating System|Asset Tag|Resource ID|Client Version|Service Pack",
     "any"),
    ("Computer Name|Asset Tag|Serial Number|Model|Make|Operating System|Last Check-in|Username", "jamf"),
    ("Device name|Serial number|Manufacturer|Model|OS|OS version|Ownership|Last check-in|Primary user UPN", "intune"),
    ("AssetName|AssetTypename|Domain|Username|Manufacturer|Model|Serialnumber|Lastseen|OSname", "lansweeper"),
    ("Asset Tag|Serial|Model|Manufacturer|Category|Status|Purchased|Location", "snipeit"),
    ("Computer name|Operating system|Domain|Manufacturer|Model|Serial number|Memory|IP address", "any"),
])  # fmt: skip
def test_what_configuration_manager_shares_with_others_signs_nothing(headings, tool):
    assert understand(headings.split("|")).profile == tool


def test_a_line_of_data_is_not_a_line_of_headings():
    assert known_header(" N° Série ")
    assert not known_header("PC-F0310")
    assert not known_header("")


def test_many_unknown_columns_are_read_without_searching_a_neighbour_for_each():
    understood = understand([f"colonne étrange numéro {n}" for n in range(2_000)])
    assert len(understood.unknown) == 2_000


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_headings_of_our_own_template_are_understood(language):
    headers = [column.label(language) for column in DEVICE]
    understood = understand(headers)
    assert [understood.fields.get(place) for place in range(len(headers))] == [
        FIELD_OF_COLUMN[column.name] for column in DEVICE
    ]


def test_a_hand_made_list_is_not_taken_for_a_tool_that_would_ignore_its_type():
    read = understand(["Type", "Modèle", "Quantité", "Date d'achat", "Statut"])
    assert read.profile == "any"
    assert "category" in read.fields.values()


def test_beside_a_first_name_a_name_is_that_of_a_person():
    headers = ["Matricule", "Nom", "Prénom", "Matériel", "N° inventaire"]
    understood = understand(headers)
    assert {headers[column] for column in understood.personal} == {"Matricule", "Nom", "Prénom"}
    assert understood.fields[4] == "source_id"
    assert understand(["Nom", "Type", "Matricule"]).fields == {0: "name", 1: "category", 2: "source_id"}


def test_plurals_and_small_words_do_not_hide_a_heading():
    headers = ["Types", "Marques", "Modèles", "Numéros de séries", "DATE_SORTIE", "Lieu", "Statut"]
    fields = understand(headers).fields
    assert {headers[column]: field for column, field in fields.items()} == {
        "Types": "category", "Marques": "manufacturer", "Modèles": "model", "Numéros de séries": "serial",
        "DATE_SORTIE": "retired_on", "Lieu": "site", "Statut": "status",
    }  # fmt: skip
    english = understand(["Item", "Manufacturers", "Locations", "Count"]).fields
    assert english == {0: "category", 1: "manufacturer", 2: "site", 3: "quantity"}


@pytest.mark.parametrize("heading", ["Datacentre", "Datacenter", "Data centre", "Centre de données"])
def test_a_machine_room_is_known_however_it_is_spelt(heading):
    reading = understand(["Type", "Modèle", heading, "Quantité"])
    assert (reading.fields[2], reading.unknown) == ("datacentre", {})


@pytest.mark.parametrize(
    ("headers", "said"),
    [
        ("Kind;Brand/Model;Where;Bought;Owner;Qty;Room;Notes", "category model site bought_on user quantity site ignore"),
        ("Kind;Make & model;Serial num;Date bought;Who has it;How many;Dept;Price paid;Current status",
         "category model serial bought_on user quantity entity cost status"),
        ("Asset;Type of device;Made by;Year purchased;Place;Given to;No. of units;In use since;Bought from",
         "name category manufacturer bought_on site user quantity in_service_on ignore"),
    ],
)  # fmt: skip
def test_an_everyday_english_list_made_by_hand_is_understood(headers, said):
    understood = understand(headers.split(";"))
    told = {**understood.fields, **dict.fromkeys(understood.ignored, "ignore")}
    assert (understood.profile, understood.language, understood.unknown) == ("any", "en", {})
    assert [told[column] for column in sorted(told)] == said.split()
