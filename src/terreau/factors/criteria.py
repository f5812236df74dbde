"""What is measured: the 16 categories of the Environmental Footprint, and flows kept apart (critères, flux).

Keys are ours and public; codes are those of the data files. Impacts and flows are never added to
each other, nor one criterion to another.
"""

from dataclasses import dataclass
from functools import lru_cache

from terreau.kernel.text import normal


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One criterion (critère): ``unit`` is the unit of the figures once loaded; ``kind`` is "impact" or "flow"."""

    key: str
    code: str
    unit: str
    kind: str
    fr: str
    en: str

    def label(self, language: str = "fr") -> str:
        """Its name in ``language`` ("fr" or "en")."""
        return self.en if language == "en" else self.fr

    def printed_unit(self, language: str = "fr") -> str:
        """Its unit as people read it: « kg CO₂ éq. », “kg CO₂ eq”."""
        written = self.unit.replace("CO2", "CO₂").replace("m3", "m³").replace("H+", "H⁺")
        if language == "en":
            return written.replace("disease incidence", "disease cases")
        french = written.replace(" eq", " éq.").replace("world", "monde")
        return french.replace("disease incidence", "cas de maladie")


def _impact(key: str, code: str, unit: str, fr: str, en: str) -> Criterion:
    return Criterion(key=key, code=code, unit=unit, kind="impact", fr=fr, en=en)


def _flow(key: str, code: str, unit: str, fr: str, en: str) -> Criterion:
    return Criterion(key=key, code=code, unit=unit, kind="flow", fr=fr, en=en)


CRITERIA: tuple[Criterion, ...] = (
    _impact("climate_change", "CC", "kg CO2 eq", "Changement climatique", "Climate change"),
    _impact("ozone_depletion", "OD", "kg CFC-11 eq", "Appauvrissement de la couche d’ozone", "Ozone depletion"),
    _impact("human_toxicity_cancer", "HTC", "CTUh", "Toxicité humaine, cancer", "Human toxicity, cancer"),
    _impact("human_toxicity_non_cancer", "HTNC", "CTUh", "Toxicité humaine, hors cancer", "Human toxicity, non-cancer"),
    _impact("particulate_matter", "PM", "disease incidence", "Particules fines", "Particulate matter"),
    _impact("ionising_radiation", "IR", "kBq U235 eq", "Radiations ionisantes", "Ionising radiation"),
    _impact(
        "photochemical_ozone_formation",
        "POF",
        "kg NMVOC eq",
        "Formation d’ozone photochimique",
        "Photochemical ozone formation",
    ),
    _impact("acidification", "AC", "mol H+ eq", "Acidification (sols et eaux)", "Acidification"),
    _impact("eutrophication_terrestrial", "EUT", "mol N eq", "Eutrophisation terrestre", "Eutrophication, terrestrial"),
    _impact(
        "eutrophication_freshwater", "EUF", "kg P eq", "Eutrophisation des eaux douces", "Eutrophication, freshwater"
    ),
    _impact("eutrophication_marine", "EUM", "kg N eq", "Eutrophisation marine", "Eutrophication, marine"),
    _impact("ecotoxicity_freshwater", "ETF", "CTUe", "Écotoxicité de l’eau douce", "Ecotoxicity, freshwater"),
    _impact("land_use", "LU", "Pt", "Occupation des sols", "Land use"),
    _impact("water_use", "WU", "m3 world eq", "Utilisation de l’eau", "Water use"),
    _impact(
        "resource_use_minerals_metals",
        "RUM",
        "kg Sb eq",
        "Épuisement des ressources minérales et métalliques",
        "Resource use, minerals and metals",
    ),
    _impact("resource_use_fossils", "RUF", "MJ", "Épuisement des ressources fossiles", "Resource use, fossils"),
    _flow("primary_energy", "PE", "MJ", "Énergie primaire", "Primary energy"),
    _flow("electricity", "EL", "kWh", "Électricité consommée", "Electricity used"),
    _flow("raw_material", "MIPS", "kg", "Matières premières mobilisées", "Raw material mobilised"),
    _flow("water_withdrawal", "WW", "m3", "Prélèvement d’eau", "Water withdrawal"),
)

PARTS_OF_CLIMATE = frozenset({"ccfos", "ccbio", "ccluc", "climatechangefossil", "climatechangebiogenic"})
"""Sub-accounts of climate change: they are inside it, so adding them would count twice."""

_BY_KEY = {criterion.key: criterion for criterion in CRITERIA}

_OTHER_NAMES = {
    "climate_change": ("GWP", "GWP100", "Réchauffement climatique", "Global warming"),
    "ozone_depletion": ("ODP",),
    "human_toxicity_cancer": ("CTUh-c", "Human toxicity cancer effects"),
    "human_toxicity_non_cancer": ("CTUh-nc", "Human toxicity non-cancer effects"),
    "particulate_matter": ("Particulate matter and respiratory inorganics", "Émissions de particules fines"),
    "ionising_radiation": ("Ionizing radiation", "Rayonnements ionisants"),
    "photochemical_ozone_formation": ("POCP",),
    "acidification": ("AP", "Acidification"),
    "eutrophication_terrestrial": ("Ept", "Terrestrial eutrophication"),
    "eutrophication_freshwater": ("Epf", "Freshwater eutrophication"),
    "eutrophication_marine": ("Epm", "Marine eutrophication"),
    "ecotoxicity_freshwater": ("CTUe", "Freshwater ecotoxicity", "Ecotoxicity"),
    "resource_use_minerals_metals": (
        "ADPe",
        "Resource use",
        "Resource use minerals & metals",
        "Resource use (minerals and metals)",
        "Mineral resource depletion",
    ),
    "resource_use_fossils": ("ADPf", "Resource use fossil", "Resource use (fossils)"),
    "raw_material": ("Raw material",),
    "water_withdrawal": ("WATER_ADEME", "WATER_OFFSITE"),
}


@lru_cache(maxsize=1024)
def _bare(text: str) -> str:
    return "".join(c for c in normal(text) if c.isalnum())


def _names() -> dict[str, Criterion]:
    found: dict[str, Criterion] = {}
    for one in CRITERIA:
        for name in (one.key, one.code, one.fr, one.en, *_OTHER_NAMES.get(one.key, ())):
            found[_bare(name)] = one
    return found


_BY_NAME = _names()


def criterion(key: str) -> Criterion:
    """The criterion of this public key; KeyError when there is none."""
    return _BY_KEY[key]


def named(text: str) -> Criterion | None:
    """The criterion a file means by ``text`` (key, code, French or English name, usual acronym), or None."""
    return _BY_NAME.get(_bare(text))


def is_part_of_climate(text: str) -> bool:
    """True for the fossil, biogenic and land-use shares of climate change, never added to it."""
    return _bare(text) in PARTS_OF_CLIMATE
