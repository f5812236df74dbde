"""What the conversion decides: which pack a figure goes to, which class an item belongs to, which words become which."""

import re

PACK_OF_SOURCE = {
    "ADEME-PUBLICODES-2.1.0": "ademe-devices",
    "IMPACTCO2": "ademe-devices",
    "BOAVIZTA-NEGAOCTET": "base-empreinte",
    "BOAVIZTA-ELEC": "base-empreinte",
    "BOAVIZTA-ENVFOOT": "manufacturer-sheets",
    "BOAVIZTAPI-2.5.0-RUN": "boaviztapi-runs",
    "BOAVIZTAPI-2.5.0-IOT-RUN": "boaviztapi-runs",
}

FAMILY = {
    "computers": "laptop chromebook desktop mini_pc thin_client all_in_one workstation pos_terminal",
    "screens": "monitor television digital_signage interactive_display video_projector",
    "mobiles": "tablet smartphone feature_phone vr_headset",
    "peripherals": "conference_unit ip_phone landline_phone docking_station keyboard mouse webcam headset charger "
    "usb_stick external_drive payment_terminal barcode_scanner badge_reader ip_camera iot_sensor",
    "printing": "inkjet_printer laser_printer multifunction_copier label_printer large_format_printer scanner",
    "network": "internet_box network_switch router firewall wifi_access_point",
    "servers": "rack_server tower_server blade_server hypervisor_host gpu_server nas disk_array tape_library",
    "infrastructure": "rack ups",
}
FAMILY_OF = {category: family for family, words in FAMILY.items() for category in words.split()}

METHOD_OF_VARIANT = (
    ("pcf_median", "pcf"),
    ("harmonised_ademe", "ademe_ratio"),
    ("area_from_ademe_tv", "ademe_ratio"),
    ("core_chassis", "ademe_ratio"),
    ("functional_blocks", "functional_blocks"),
    ("ecodiag", "ecodiag"),
    ("geometric_mean", "mixed"),
)
METHOD_OF_ITEM = (
    (("network_switch", "tape_library"), "bottom_up"),
    (("ups", "rack"), "mass"),
    (("interactive_display", "pos_terminal"), "pcf"),
)

KEPT_FLAGS = (
    "superseded_vintage",
    "old_vintage",
    "equals_ADPf",
    "preferred_for_France",
    "unreliable_end_of_life",
    "outlier_do_not_use",
    "zero_means_missing",
    "negative_credit",
    "not_for_boundary",
    "world_value_below_every_country",
    "world_value_low",
    "single_sheet",
    "gpu_operation_power_not_included",
)

ASSUMPTION_FR = (
    ("TEC of the sheets, high R740", "consommation type des fiches constructeurs"),
    ("ENERGY STAR TEC of the sheets", "consommation type ENERGY STAR des fiches constructeurs"),
    ("TEC of home sheets", "consommation type des fiches de caméras domestiques"),
    ("TEC of the sheets", "consommation type des fiches constructeurs"),
    ("TEC of the sheet", "consommation type de la fiche constructeur"),
    ("TEC of R240", "consommation type de la fiche R240"),
    ("TEC median", "médiane des consommations types"),
    ("TEC;", "consommation type ;"),
    ("one sheet of 2015", "une seule fiche, de 2015"),
    ("one model read", "un seul modèle lu"),
    ("without the PoE load", "sans la puissance fournie en PoE"),
    ("always on", "toujours allumé"),
    ("line powered", "alimenté par la ligne"),
    ("powered by the computer", "alimenté par l’ordinateur"),
    ("losses counted with the device", "pertes comptées avec l’appareil"),
    ("battery or", "pile, ou"),
    ("marked to do in the tool", "à compléter selon l’outil lui-même"),
    ("memory platform", "plateforme mémoire"),
    ("idle drives", "lecteurs au repos"),
    ("mid-point", "milieu"),
    ("drives", "lecteurs"),
    ("controllers", "contrôleurs"),
    ("losses", "de pertes"),
    ("limit", "maximum"),
    ("recalled", "de mémoire, à confirmer"),
    ("judgement", "notre jugement"),
    ("no power", "aucune consommation"),
    ("high =", "haut ="),
    ("high", "haut :"),
    ("for an office", "au bureau"),
    (", old", ", ancien"),
    (" to ", " à "),
)


def assumption_fr(text: str) -> str:
    """The hours assumption of the categories table, in French."""
    for english, french in ASSUMPTION_FR:
        text = text.replace(english, french)
    text = re.sub(r"\bd\b(?!’)", "j", text)
    text = re.sub(r"(\d)\.(\d)", r"\1,\2", text)
    return re.sub(r"\s*;", " ;", text).replace(" x ", " × ")
