"""What a device is: hypervisor, model, type word, in that order; sizes are public classes."""

import csv
from pathlib import Path

import pytest

from terreau.inventory import productlines, sizes
from terreau.inventory.classify import classify, classify_one
from terreau.inventory.vocabulary import TABLES, rows, version
from tests.inventory.words.sheets import LAYOUTS, sheet, workbook

PUBLIC_KEYS = {
    (row["category_key"], row["size_class"])
    for row in csv.DictReader((Path(__file__).parent / "public_keys.csv").read_text("utf-8").splitlines())
}
DEVICES = [name for name in LAYOUTS if name != "rvtools_tabvInfo.csv"]
TRUTH = {"Laptop": "laptop", "Desktop": "desktop", "Server": "rack_server", "Tablet": "tablet"}


def test_the_regression_list_of_models_still_passes():
    checks = rows("checks")
    found = classify((row["manufacturer"], row["model"], None, None) for row in checks)
    wrong = [
        row for row in checks if found[row["manufacturer"], row["model"], None, None].word != row["expected_category"]
    ]
    assert len(checks) == 233
    assert wrong == []


def test_every_class_we_can_answer_is_a_public_one_and_every_word_has_its_class():
    assert sizes.public_keys() <= PUBLIC_KEYS
    words = {row["category"] for table in ("product-lines", "type-words") for row in rows(table)}
    without_class = {word for word in words - {"", "virtual_machine"} if word != "other" and sizes.place(word) is None}
    assert without_class == set()


@pytest.mark.parametrize("name", DEVICES)
def test_every_device_of_the_examples_with_a_type_or_a_model_has_a_category(name):
    said = sheet(name).said()
    found = classify(said)
    unknown = [pair for pair in said if not found[pair].virtual and found[pair].category is None]
    assert all(not (model or type_word) for _, model, type_word, _ in unknown)
    assert len(unknown) == (2 if name == "glpi11_fr_ecrans.csv" else 0)


def test_every_device_of_the_workbook_has_a_category():
    for table in workbook():
        assert all(answer.category for answer in classify(table.said()).values())


@pytest.mark.parametrize(("name", "count"), [("glpi10_fr_ordinateurs.csv", 18), ("ocs_fr_machines.csv", 11)])
def test_the_virtual_machines_of_the_examples_are_found(name, count):
    said = sheet(name).said()
    found = classify(said)
    assert sum(found[pair].virtual for pair in said) == count


def test_a_hypervisor_beats_a_type_word_that_says_desktop():
    guest = classify_one("Microsoft Corporation", "Virtual Machine", "Desktop")
    assert guest.virtual
    assert guest.category is None
    assert classify_one("VMware, Inc.", None, "Desktop").virtual
    assert classify_one(None, None, "Machine virtuelle").virtual


def test_a_host_is_hardware():
    assert not classify_one("Dell Inc.", "PowerEdge R650", "Hyperviseur").virtual
    assert classify_one(None, None, "Hyperviseur").category == "hypervisor_host"


def test_a_sure_model_beats_a_type_word_and_the_disagreement_is_shown():
    laptop = classify_one("Dell", "Latitude 5420", "Unité centrale")
    assert (laptop.category, laptop.level, laptop.contradiction) == ("laptop", "model", "desktop")


def test_a_sure_type_word_beats_a_model_that_is_not_sure():
    projector = classify_one(None, "SMART Board (ancien)", "VPI")
    assert (projector.category, projector.level) == ("video_projector", "type")


def test_a_word_that_says_nothing_beats_nothing():
    assert classify_one("Dell", "Latitude 5420", "Other").category == "laptop"
    assert classify_one(None, None, "Divers").level == "none"


def test_a_chassis_word_completes_a_form_factor_that_the_model_leaves_open():
    assert classify_one("Dell", "OptiPlex 3080", "Mini PC").category == "mini_pc"
    assert classify_one("Dell", "OptiPlex 3080", "Tower").category == "desktop"


def test_a_tower_is_said_of_servers_too():
    tower = classify_one("Dell", "PowerEdge T440", "Tower")
    assert (tower.category, tower.contradiction) == ("tower_server", None)


def test_nothing_said_is_unknown_never_guessed():
    unknown = classify_one("Dell", None, None)
    assert (unknown.category, unknown.level, unknown.maker, unknown.model_key) == (None, "none", "Dell", "")


def test_a_maker_written_twice_or_not_at_all_is_the_same_model():
    keys = {classify_one(*pair).model_key for pair in [
        ("HP", "HP EliteBook 840 G5"), ("Hewlett-Packard", "EliteBook 840 G5"), (None, "HP EliteBook 840 g5"),
    ]}  # fmt: skip
    assert keys == {"hp elitebook 840 g5"}


def test_a_lenovo_code_and_a_screen_code_are_read():
    assert classify_one("LENOVO", "20W0005NFR").line.startswith("ThinkPad T14")
    assert classify_one("Philips", "PHL 243V7").size_class == "up_to_24in"
    assert classify_one("Lenovo", "LEN T24i-20", "LCD").category == "monitor"


def test_a_screen_carries_its_model_year_and_is_sold_two_years_before():
    assert classify_one("Dell", "P2422H").first_year == 2020


@pytest.mark.parametrize(
    ("said", "category", "size_class", "known"),
    [
        ((None, None, "Portable", None), "laptop", "standard", False),
        (("Dell", "Latitude 5420", None, None), "laptop", "standard", True),
        (("HP", "ZBook Firefly 14 G8", None, None), "laptop", "mobile_workstation", True),
        ((None, "Lenovo 100e Chromebook", None, None), "chromebook", "standard", True),
        ((None, None, "Écran", "24.00"), "monitor", "up_to_24in", True),
        ((None, None, "Écran", "0.00"), "monitor", "up_to_24in", False),
        ((None, None, "Écran", "27"), "monitor", "27in", True),
        ((None, None, "Écran", "61 cm"), "monitor", "up_to_24in", True),
        ((None, None, "ECRAN 22 pouces", None), "monitor", "up_to_24in", True),
        ((None, "iiyama 32\" XB3270QS", "Écran", None), "monitor", "32in", True),
        (("Dell", "U4320Q", None, None), "monitor", "43in", True),
        ((None, "Promethean ActivPanel 75\"", "TNI", None), "interactive_display", "75in", True),
        ((None, None, "TNI", None), "interactive_display", "65in", False),
        (("Philips", "55BDL4550D", None, None), "digital_signage", "55in", True),
        ((None, None, "Téléviseur", None), "television", "48in", False),
        (("Dell", "PowerEdge R740", None, None), "rack_server", "standard_2_sockets", True),
        (("Dell", "PowerEdge R240", None, None), "rack_server", "entry", True),
        (("HPE", "ProLiant ML350 Gen10", None, None), "tower_server", "standard", True),
        (("HPE", "ProLiant BL460c Gen9", None, None), "blade_server", "standard", True),
        (("Dell", "PowerEdge XE9680", None, None), "gpu_server", "8_gpu_training", True),
        (("Cisco", "WS-C2960X-24TS-L", None, None), "network_switch", "access_24_ports", True),
        (("Cisco", "WS-C2960X-48FPD-L", None, None), "network_switch", "access_48_ports_poe", True),
        (("Cisco", "Nexus 9300", None, None), "network_switch", "datacentre", True),
        (("Netgear", "GS108E", None, None), "network_switch", "desktop_8_ports", True),
        ((None, None, "Switch", None), "network_switch", "access_48_ports", False),
        (("Fortinet", "FortiGate 60F", None, None), "firewall", "desktop", True),
        (("Cisco", "ASR 1001-X", None, None), "router", "edge_rack", True),
        ((None, "Livebox Pro", None, None), "internet_box", "standard", True),
        ((None, None, "borne wifi", None), "wifi_access_point", "office", True),
        (("HP", "OfficeJet Pro 9020", None, None), "inkjet_printer", "a4", True),
        (("Brother", "MFC-L2750DW", None, None), "laser_printer", "a4", True),
        (("Kyocera", "TASKalfa 2554ci (location)", None, None), "multifunction_copier", "a3_40_99kg", True),
        (("Konica Minolta", "AccurioPress C3070", None, None), "multifunction_copier", "production_100kg_plus", True),
        (("HP", "DesignJet T630", None, None), "large_format_printer", "plotter", True),
        ((None, None, "Imprimante", None), "laser_printer", "a4", False),
        ((None, "Gigaset", "Tél. fixe", None), "landline_phone", "dect", True),
        (("Alcatel", "8028s", "Téléphone fixe", None), "ip_phone", "standard", True),
        (("APC", "SRT5KXLI", None, None), "ups", "online_5kVA", True),
        (("NetApp", "AFF A250", None, None), "disk_array", "24_ssd", True),
        ((None, None, "Bandothèque", None), "tape_library", "small_2_drives", False),
        (("Synology", "DS920+", None, None), "nas", "4_bay", True),
        (("Zebra", "DS2208", None, None), "barcode_scanner", "standard", True),
        (("Jabra", "Speak 510", None, None), "conference_unit", "speakerphone", True),
        ((None, None, "Chariot de charge", None), None, None, False),
    ],
)  # fmt: skip
def test_words_and_inches_become_public_classes(said, category, size_class, known):
    answer = classify_one(*said)
    assert (answer.category, answer.size_class, answer.size_known) == (category, size_class, known)


@pytest.mark.parametrize(
    ("model", "type_word", "hint"),
    [
        ("Lenovo 100e Chromebook", "classe mobile 12 postes", "n=12"),
        ('Dell Optiplex 3080 / 24"', "UC + écran", "bundle=desktop+monitor"),
        (None, "PC / écran", "bundle=desktop+monitor"),
        (None, "PC + 2 écrans", "bundle=desktop+monitor+monitor"),
        (None, "lot de 5 tablettes", "n=5"),
        (None, "Ecran 24 x2", "n=2"),
        (None, "double écran", "n=2"),
        ("12 x Latitude 3540", None, "n=12"),
        ("Crosscall Core-X4", "smartphone", None),
        (None, "TOTAL GÉNÉRAL", "skip"),
        (None, "ordinateur portable", None),
    ],
)
def test_several_devices_in_one_line_are_a_proposal(model, type_word, hint):
    assert classify_one(None, model, type_word).quantity_hint == hint


def test_the_short_cut_through_patterns_never_changes_an_answer():
    said = {pair[:2] for name in DEVICES for pair in sheet(name).said()}
    said |= {(row["manufacturer"], row["model"]) for row in rows("checks")}
    products = productlines._index()[0]
    for maker, model in sorted(said, key=str):
        _, text = productlines.match_text(maker, model)
        found = [p for p in productlines._candidates(text) if p.pattern.search(text)]
        assert found == [p for p in products if p.pattern.search(text)], text


def test_hypervisors_come_first_in_the_list_of_models():
    words = [row["category"] for row in rows("product-lines")]
    guests = words.count("virtual_machine")
    assert words[:guests] == ["virtual_machine"] * guests


def test_the_vocabulary_has_a_name_that_its_content_decides():
    assert len(version()) == 16
    assert all(rows(table) for table in TABLES)


LABELS = rows("category-labels")


def test_our_own_labels_cover_the_public_list_in_both_languages():
    for language in ("fr", "en"):
        named = [(row["category_key"], row["size_class"]) for row in LABELS if row["language"] == language]
        assert sorted(named) == sorted(PUBLIC_KEYS)


def test_our_own_labels_in_a_type_column_are_understood():
    understood = classify((None, None, row["label"], None) for row in LABELS)
    wrong = {
        row["label"]: (answer.category, answer.size_class)
        for row in LABELS
        if (answer := understood[None, None, row["label"], None])
        and (answer.category, answer.size_class) != (row["category_key"], row["size_class"])
    }
    assert wrong == {}


def test_a_label_completes_a_model_whose_size_is_not_told():
    assert classify_one("Netgear", "M4300", None).size_known is False
    switch = classify_one("Netgear", "M4300", "Commutateur d'accès 24 ports")
    assert (switch.size_class, switch.size_known, switch.level) == ("access_24_ports", True, "model")
    told = classify_one("Netgear", "GS748T", "Commutateur d'accès 24 ports")
    assert told.size_class == "access_48_ports"


@pytest.mark.parametrize(
    ("type_word", "category"),
    [
        ("Chargeur portable", "charger"),
        ("Support écran", None),
        ("Color laser printer", "laser_printer"),
        ("Desktop PC (finance)", "desktop"),
        ("27-inch monitor", "monitor"),
        ("Matériel > Portable", "laptop"),
        ("Serveur - virtuel", None),
        ("Casque VR", "vr_headset"),
        ("Badge printer", "label_printer"),
    ],
)
def test_a_type_word_among_others_is_found(type_word, category):
    assert classify_one(None, None, type_word).category == category


def test_a_model_that_calls_itself_a_virtual_machine_is_never_hardware():
    for model in ("ESXi virtual machine", "Machine virtuelle Proxmox"):
        assert classify_one(None, model, "Serveur", None).virtual
    assert not classify_one(None, "Latitude 5420", None, None).virtual
