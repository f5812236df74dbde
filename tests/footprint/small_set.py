"""A factor set of six items and two zones, round figures, for tests that are worked out by hand."""

from dataclasses import dataclass
from typing import NamedTuple

from terreau.factors.references import NOTHING
from terreau.kernel.interval import Interval


class Factor(NamedTuple):
    """One factor, with the fields of a real one."""

    key: str
    item_or_zone: str
    criterion: str
    stage: str
    unit: str
    value: Interval
    own_range: bool
    family: str
    method: str
    source_key: str = "hand"
    pack: str = "small"
    composite: bool = False
    masked: bool = False
    note: str = ""
    sources: tuple[str, ...] = ("hand",)


class Match(NamedTuple):
    """Item and level."""

    item: str | None
    level: str


class Assumed(NamedTuple):
    """A lifespan, a consumption, a PUE."""

    value: Interval
    unit: str
    source_key: str = "hand"
    note_fr: str = ""
    note_en: str = ""
    sources: tuple[str, ...] = ("hand",)
    masked: bool = False


class Boundary(NamedTuple):
    """Share of one person."""

    per_person: float
    unit: str
    source_key: str = "hand"


@dataclass(frozen=True)
class Item:
    """What the small set knows of one kind of device."""

    life: tuple[float, float, float]
    kwh: tuple[float, float, float] | None
    pue: str
    climate: dict[str, tuple[float, float, float] | float]
    metals: float | None = None


ITEMS = {
    "laptop/standard": Item((4, 5, 8), (20, 30, 48), "no", {"manufacturing": (140, 180, 300), "distribution": 10.0, "end_of_life": 10.0}, 0.01),
    "monitor/up_to_24in": Item((5, 6, 10), (40, 70, 90), "no", {"embodied": (60, 84, 300)}, 0.012),
    "monitor/27in": Item((5, 6, 10), (40, 80, 100), "no", {"embodied": (70, 96, 320)}, None),
    "smartphone/standard": Item((2, 2.5, 5), (2, 5, 10), "no", {"embodied": 80.0}, 0.004),
    "rack_server/standard_2_sockets": Item((4, 5, 8), (1000, 1500, 4000), "yes", {"embodied": (600, 1200, 3600)}, 0.05),
    "network_switch/access_48_ports": Item((5, 7, 10), (300, 400, 800), "by_location", {"embodied": (94, 189, 367)}, None),
    "keyboard/standard": Item((3, 5, 10), None, "no", {"embodied": 12.0}, None),
    "model:t14": Item((4, 5, 8), (20, 30, 48), "no", {"manufacturing": (200, 220, 240)}, None),
}  # fmt: skip
DEFAULT_SIZE = {"laptop": "standard", "monitor": "up_to_24in", "smartphone": "standard", "rack_server": "standard_2_sockets",
                "network_switch": "access_48_ports", "keyboard": "standard"}  # fmt: skip
CLIMATE = {"FRA": (0.04, 0.05, 0.0625), "DEU": 0.4}
METALS = {"FRA": 5e-8}


class SmallSet:
    """The part of a factor set that the engine asks for."""

    key, digest = "small", "0" * 64
    references = NOTHING

    def __init__(self, items: dict[str, Item] | None = None, climate: dict | None = None, digest: str = "0" * 64):
        self._items, self._climate, self.digest = items or ITEMS, climate or CLIMATE, digest

    def items(self):
        return tuple(self._items)

    def exact_models(self):
        return frozenset({"t14"})

    def models_among(self, keys):
        return {key: "exact" for key in keys if key == "t14"}

    def match(self, category, size_class, size_known, model_key):
        if category == "laptop" and model_key == "t14":
            return Match("model:t14", "exact")
        if category not in DEFAULT_SIZE:
            return Match(None, "missing")
        exact = f"{category}/{size_class}"
        if size_known and exact in self._items:
            return Match(exact, "size")
        return Match(f"{category}/{DEFAULT_SIZE[category]}", "category")

    def stage_factors(self, item, criterion):
        one = self._items[item]
        if criterion == "climate_change":
            return tuple(self._factor(item, criterion, stage, value) for stage, value in one.climate.items())
        if criterion == "resource_use_minerals_metals" and one.metals is not None:
            return (self._factor(item, criterion, "embodied", one.metals),)
        return ()

    def _factor(self, item, criterion, stage, value):
        interval, own = (Interval(*value), True) if isinstance(value, tuple) else (Interval.exact(value), False)
        return Factor(f"{item}:{criterion}", item, criterion, stage, "", interval, own, item.split("/")[0], "ademe")

    def lifespan(self, item):
        return Assumed(Interval(*self._items[item].life), "year")

    def kwh(self, item):
        kwh = self._items[item].kwh
        return None if kwh is None else Assumed(Interval(*kwh), "kWh/year")

    def pue_applies(self, item):
        return self._items[item].pue

    def pue(self):
        return Assumed(Interval(1.2, 1.56, 2.0), "")

    def mix(self, zone, criterion):
        table = {"climate_change": self._climate, "resource_use_minerals_metals": METALS}.get(criterion, {})
        if zone not in table:
            return None
        factor = self._factor(zone, criterion, "use", table[zone])
        return factor._replace(family="mix")

    def boundary(self, criterion):
        return Boundary(985.0, "kg CO2 eq") if criterion == "climate_change" else None

    def source(self, key):
        from datetime import date

        from terreau.kernel.source import Source

        return Source(key=key, publisher="Main", title="Chiffres ronds", version="1", licence="CC0-1.0", link="",
                      checked_on=date(2026, 1, 1), best_before=date(2028, 1, 1))  # fmt: skip

    def zone_label(self, zone, language="fr"):
        return {"FRA": ("France", "France"), "DEU": ("Allemagne", "Germany")}[zone][language == "en"]

    def label(self, key, language="fr"):
        return key

    def zone_of(self, text):
        return {"FRA": "FRA", "France": "FRA", "DEU": "DEU"}.get(text)

    def family(self, item, criterion):
        return "ademe"
