"""Devices: impacts, energy, lifespans and recipes, from the source tables to rows of packs."""

from collections.abc import Iterator

from tables import KEPT_FLAGS, METHOD_OF_ITEM, METHOD_OF_VARIANT, PACK_OF_SOURCE, assumption_fr

Row = dict[str, str]
ITEM_COLUMNS = (
    "category", "size_class", "default", "label_fr", "label_en", "family", "pue_applies", "climate",
    "climate_harmonised", "minerals", "others", "others_scaling", "water", "proxy", "confidence",
)  # fmt: skip
OFFICE_DAYS, OFFICE_HOURS = 220, (6, 8, 10)
OFFICE = {
    "laptop": ("laptop", "personal"),
    "desktop": ("desktop", "pro_no_screen"),
    "monitor": ("monitor", "24in"),
}
SHEETS_ABOVE_OFFICE = {"monitor/32in", "monitor/43in"}
PARTS_OF_CLIMATE = {"CC_FOS", "CC_BIO", "CC_LUC"}


def pack_of(source: str, licence: str = "") -> str:
    """The pack of a figure: figures of copyleft tools and of the ODbL file each have their own."""
    if "AGPL-3.0-tool" in licence:
        return "boaviztapi-runs"
    return PACK_OF_SOURCE.get(source.split(";")[0], "published-facts")


def flags_of(text: str, *more: str) -> str:
    """The flags that mean something to the loader or to a reader."""
    return ";".join([flag for flag in text.split(";") if flag in KEPT_FLAGS] + list(more))


def method_of(device: str, variant: str) -> str:
    """The method family of one figure of the complement table."""
    for part, method in METHOD_OF_VARIANT:
        if part in variant:
            return method
    for devices, method in METHOD_OF_ITEM:
        if device in devices:
            return method
    return "pcf" if "sheet" in variant or "2015" in variant else "api_model"


def references(categories: list[Row]) -> set[str]:
    """Every reference a recipe takes: a single sheet is left behind when a harmonised figure stands for it."""
    named = set()
    for line in categories:
        named |= {line["cc_harmonised_key"] or line["cc_factor_key"], line["rum_factor_key"], line["ef_factor_key"]}
    return {reference for reference in named if "#" in reference}


def by_stage(lines: list[Row]) -> Iterator[tuple[str, Row]]:
    """Climate and water by stage (ADEME, MIT)."""
    for line in lines:
        water = line["criterion"] == "WATER_ADEME"
        yield pack_of(line["source_id"]), {
            "kind": "impact",
            "subject": f"carbon_stage#{line['device']}/{line['variant']}",
            "criterion": "water_withdrawal" if water else "climate_change",
            "stage": line["stage"], "value": line["value"], "unit": line["unit"], "method": "ademe",
            "source": line["source_id"], "year": line["year"],
            "flags": flags_of(line["flag"], *(["without_end_of_life"] if water else [])),
        }  # fmt: skip


def servers(lines: list[Row]) -> Iterator[tuple[str, Row]]:
    """Servers, network and storage: embodied climate, minerals and primary energy, yearly energy."""
    codes = {"CC_embodied": "climate_change", "RUM_embodied": "resource_use_minerals_metals",
             "PE_embodied": "primary_energy"}  # fmt: skip
    for line in lines:
        source = line["source_id"]
        if source not in ("ADEME-PUBLICODES-2.1.0", "BOAVIZTAPI-2.5.0-RUN") or "m2" in line["unit"]:
            continue
        tool = source.startswith("BOAVIZTAPI")
        row = {
            "subject": f"servers#{line['item']}", "value": line["value"], "low": line["value_min"],
            "high": line["value_max"], "unit": line["unit"], "method": "api_model" if tool else "ademe",
            "source": source, "year": line["year"],
        }  # fmt: skip
        if line["parameter"] in codes:
            more = ["without_end_of_life"] if "no_eol" in line["boundary"] else ["making_only"]
            yield pack_of(source, line["licence"]), row | {
                "kind": "impact", "criterion": codes[line["parameter"]], "stage": "embodied",
                "flags": flags_of(line["flag"], *more),
            }  # fmt: skip
        elif line["parameter"] == "annual_energy":
            yield pack_of(source, line["licence"]), row | {"kind": "energy", "flags": flags_of(line["flag"])}


def complement(lines: list[Row], used: set[str]) -> Iterator[tuple[str, Row]]:
    """Embodied impacts of the complement table that a recipe uses, and the medians beside them."""
    scope = {"manufacturing_no_eol": "without_end_of_life", "manufacturing": "making_only",
             "manufacturing_and_eol": "without_transport"}  # fmt: skip
    for line in lines:
        subject = f"complement#{line['device']}/{line['variant']}"
        if line["parameter"] != "embodied_impact" or not (subject in used or line["variant"] == "pcf_median"):
            continue
        marks = [scope[line["stage"]]] if line["stage"] in scope else []
        marks += [word for word in ("inferred", "recalled") if line["verification"] == word]
        marks += ["median_of_sheets"] if "median" in line["flag"] and line["variant"] == "pcf_median" else []
        marks += ["ratio_of_sheets"] if line["variant"] == "harmonised_ademe" else []
        marks += ["area_ratio"] if "area_scaling" in line["flag"] else []
        marks += ["functional_blocks"] if "functional_blocks" in line["variant"] else []
        marks += ["by_mass"] if "by_mass" in line["flag"] else []
        marks += ["bottom_up"] if "bottom_up" in line["flag"] else []
        marks += ["mean_of_two"] if "geometric_mean" in line["variant"] else []
        yield pack_of(line["source_id"], line["licence"]), {
            "kind": "impact", "subject": subject, "criterion": line["criterion"], "stage": "embodied",
            "value": line["value"], "low": line["value_min"], "high": line["value_max"], "unit": line["unit"],
            "method": method_of(line["device"], line["variant"]), "source": line["source_id"],
            "year": line["year"], "flags": flags_of(line["flag"], *marks),
        }  # fmt: skip


def multicriteria(lines: list[Row]) -> Iterator[tuple[str, Row]]:
    """The multi-criteria extract; the parts of climate change are left out, they are inside it."""
    for line in lines:
        if line["criterion"] not in PARTS_OF_CLIMATE:
            yield "base-empreinte", {
                "kind": "impact", "subject": f"multicriteria#{line['device']}/{line['variant']}",
                "criterion": line["criterion"], "stage": "embodied", "value": line["value"],
                "low": line["value_min"], "high": line["value_max"], "unit": line["unit"], "method": "ademe",
                "source": line["source_id"], "year": line["year"], "flags": flags_of(line["flag"]),
            }  # fmt: skip


def energies(categories: list[Row], usage: list[Row]) -> Iterator[tuple[str, Row]]:
    """Yearly energy of each item: our office profile for laptops, desktops and monitors, else the categories table."""
    watts = {(u["device"], u["variant"]): float(u["value"]) for u in usage
             if u["parameter"] == "active_power" and u["source_id"] == "ADEME-PUBLICODES-2.1.0"}  # fmt: skip
    for line in categories:
        item = f"{line['category_key']}/{line['size_class']}"
        row = {"kind": "energy", "subject": item, "unit": "kWh/year", "year": "2026"}
        if line["category_key"] in OFFICE and item not in SHEETS_ABOVE_OFFICE:
            power = watts[OFFICE[line["category_key"]]]
            low, central, high = (f"{power * OFFICE_DAYS * hours / 1000:g}" for hours in OFFICE_HOURS)
            yield "terreau-items", row | {
                "value": central, "low": low, "high": high, "method": "office_hours",
                "source": "TERREAU-OFFICE;ADEME-PUBLICODES-2.1.0",
                "note_fr": f"{power:g} W × 220 jours × 8 h (6 à 10 h), profil de bureau".replace(".", ","),
                "note_en": f"{power:g} W × 220 days × 8 h (6 to 10 h), office profile",
            }  # fmt: skip
        elif line["kwh_central"]:
            text = line["kwh_hours_assumption"]
            pack, source = energy_source(text)
            yield pack, row | {
                "value": line["kwh_central"], "low": line["kwh_low"], "high": line["kwh_high"],
                "method": "category", "source": source, "note_fr": assumption_fr(text),
                "note_en": text.replace(" x ", " × "),
            }  # fmt: skip


def energy_source(text: str) -> tuple[str, str]:
    """The pack and the source of an energy, from the words of its assumption."""
    for word, pack, source in (
        ("TEC", "manufacturer-sheets", "BOAVIZTA-ENVFOOT"),
        ("sheet", "manufacturer-sheets", "BOAVIZTA-ENVFOOT"),
        ("BoaviztAPI", "boaviztapi-runs", "BOAVIZTAPI-2.5.0-RUN"),
        ("idle drives", "terreau-items", "IBM-TS3400"),
        ("95 W", "terreau-items", "IBM-TS4500"),
        ("428 W", "terreau-items", "CHIEN-2023"),
        ("one model read", "published-facts", "NETBOX-DTL"),
        ("EcoDiag", "published-facts", "ECODIAG-2022"),
        ("ADEME", "terreau-items", "ADEME-PUBLICODES-2.1.0"),
        ("recalled", "terreau-items", "FLEET-RECALLED"),
    ):
        if word in text:
            return pack, source
    return "terreau-items", "FLEET-INFERRED"


def lifespans(categories: list[Row]) -> Iterator[tuple[str, Row]]:
    """The interval of years each item is kept."""
    for line in categories:
        yield "terreau-items", {
            "kind": "lifespan", "subject": f"{line['category_key']}/{line['size_class']}",
            "value": line["lifespan_central"], "low": line["lifespan_low"], "high": line["lifespan_high"],
            "unit": "year", "method": "category", "source": "TERREAU-ITEMS", "year": "2026",
            "note_fr": "Intervalle de la catégorie, faute de sorties observées et de politique",
            "note_en": "Interval of the category, for want of observed exits and of a policy",
        }  # fmt: skip


def ranges(categories: list[Row]) -> Iterator[tuple[str, Row]]:
    """The spread of each item's climate, from the sheets, the tool or our reading."""
    for line in categories:
        if not line["cc_central"]:
            continue
        first = next((s for s in ("BOAVIZTA-ENVFOOT", "BOAVIZTAPI-2.5.0-RUN", "BOAVIZTAPI-2.5.0-IOT-RUN")
                      if s in line["source_ids"].split(";")), "TERREAU-ITEMS")  # fmt: skip
        pack = PACK_OF_SOURCE.get(first, "terreau-items")
        yield pack, {
            "kind": "range", "subject": f"{line['category_key']}/{line['size_class']}", "criterion": "climate_change",
            "value": line["cc_central"], "low": line["cc_low"], "high": line["cc_high"], "unit": "kg CO2 eq/unit",
            "method": line["cc_method_family"], "source": first, "year": "2026",
        }  # fmt: skip


def power_usage_effectiveness() -> Iterator[tuple[str, Row]]:
    """The PUE of a machine room nobody measured: ours."""
    yield "terreau-items", {
        "kind": "pue", "subject": "datacentre", "value": "1.56", "low": "1.2", "high": "2.0", "unit": "1",
        "method": "judgement", "source": "TERREAU-PUE;UPTIME-2024", "year": "2024",
        "note_fr": "Moyenne mondiale déclarée 1,56 ; intervalle de 1,2 à 2,0 entre sites, choisi par nous",
        "note_en": "Declared world mean 1.56; spread of 1.2 to 2.0 between sites, chosen by us",
    }  # fmt: skip


def items(categories: list[Row], family_of: dict[str, str]) -> Iterator[Row]:
    """The items and their recipes; "scaled" minerals follow the other criteria, so nothing is written."""

    def reference(text: str) -> str:
        return text if "#" in text else ""

    for line in categories:
        yield {
            "category": line["category_key"], "size_class": line["size_class"], "default": line["default_class"],
            "label_fr": line["label_fr"], "label_en": line["label_en"], "family": family_of[line["category_key"]],
            "pue_applies": line["pue_applies"], "climate": reference(line["cc_factor_key"]),
            "climate_harmonised": reference(line["cc_harmonised_key"]), "minerals": reference(line["rum_factor_key"]),
            "others": reference(line["ef_factor_key"]), "others_scaling": line["ef_scaling"],
            "water": reference(line["water_factor_key"]), "proxy": line["proxy"], "confidence": line["confidence"],
        }  # fmt: skip
