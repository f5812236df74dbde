"""The categories of devices a lever may act on, with their names; the same keys as the factors use (catégories)."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import lru_cache

from terreau.kernel.bilingual import Words
from terreau.levers.sources import DATA


@lru_cache(maxsize=1)
def categories() -> Mapping[str, Words]:
    """Category key -> its names, in the order of the file."""
    with (DATA / "categories.csv").open(encoding="utf-8", newline="") as file:
        return {row["category"]: Words(fr=row["fr"], en=row["en"]) for row in csv.DictReader(file)}
