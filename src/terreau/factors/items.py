"""Items: what one owns, and where each of its factors is found (équipements types).

An item is a category and a size class: ``laptop/standard``. Its recipe names, for each group of criteria, the
published figure to take. References are ``table#device/variant``, or ``table#item``, as in the packs.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cached_property
from io import StringIO
from pathlib import Path

SCALINGS = ("none", "ratio_cc", "")


@dataclass(frozen=True, kw_only=True)
class Item:
    """One item and its recipe.

    climate: the figure of its sheet; climate_harmonised: the same brought to the scale of the French base, used
    when present so that a ranking keeps one family; minerals beats others for resource_use_minerals_metals;
    others_scaling: ``ratio_cc`` multiplies by the climate retained over the climate of the proxy.
    """

    category: str
    size_class: str
    default: bool
    fr: str
    en: str
    family: str
    pue_applies: str
    climate: str
    climate_harmonised: str
    minerals: str
    others: str
    others_scaling: str
    water: str
    proxy: str
    confidence: str

    @cached_property
    def key(self) -> str:
        """``category/size_class``."""
        return f"{self.category}/{self.size_class}"


def read_items(path: Path) -> tuple[Item, ...]:
    """The items of ``items.csv``; none when the pack has no such file."""
    if not path.is_file():
        return ()
    table = csv.DictReader(StringIO(path.read_text(encoding="utf-8-sig")))
    return tuple(
        Item(
            category=cells["category"], size_class=cells["size_class"], default=cells["default"] == "yes",
            fr=cells["label_fr"], en=cells["label_en"], family=cells["family"], pue_applies=cells["pue_applies"],
            climate=cells["climate"], climate_harmonised=cells["climate_harmonised"], minerals=cells["minerals"],
            others=cells["others"], others_scaling=cells["others_scaling"], water=cells["water"],
            proxy=cells["proxy"], confidence=cells["confidence"],
        )
        for cells in table
    )  # fmt: skip
