"""Zones: where electricity is used, ISO 3166 alpha-3, with the names people write (zones, pays)."""

import csv
from functools import cache
from io import StringIO
from pathlib import Path

from terreau.kernel.text import normal


def zone_of(text: str) -> str | None:
    """The alpha-3 code of a country written in French or English, or as a code ("France", "FR", "USA"); None if unknown."""
    return _table()[0].get(normal(text))


def zone_label(zone: str, language: str = "fr") -> str:
    """The name of ``zone`` in ``language``; the code itself when it has no name."""
    return _table()[1].get((zone, language), zone)


@cache
def _table() -> tuple[dict[str, str], dict[tuple[str, str], str]]:
    words: dict[str, str] = {}
    labels: dict[tuple[str, str], str] = {}
    lines = csv.DictReader(StringIO(Path(__file__).with_name("zones.csv").read_text(encoding="utf-8")))
    for line in lines:
        words.setdefault(normal(line["word"]), line["alpha3"])
        if line["kind"] == "name":
            labels.setdefault((line["alpha3"], line["language"]), line["word"])
    return words, labels
