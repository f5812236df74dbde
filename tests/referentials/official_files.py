"""The official files, where a developer keeps them beside the repository; absent elsewhere."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "referentials"
NAMES = {
    "rgesn-2024": "rgesn/rgesn-2024.json",
    "rgesn-2022": "rgesn/rgesn-v1-2022.json",
    "rgaa-4.1": "rgaa/rgaa-4.1.2-criteres.json",
    "rgaa-methods": "rgaa/rgaa-4.1.2-methodologies.json",
    "rgaa-glossary": "rgaa/rgaa-4.1.2-glossaire.json",
    "wsg": "wsg/wsg-guidelines.json",
    "wsg-unabridged": "wsg/wsg-guidelines-unabridged.json",
}


def official(name: str) -> Path:
    """The path of an official file; the test is skipped where it is absent."""
    path = FOLDER / NAMES[name]
    if not path.exists():
        pytest.skip("the official files are not here")
    return path


def plain_words(text: str) -> list[str]:
    """The words of a text, without accents, case, marks, addresses nor Markdown."""
    text = re.sub(r"\]\([^)]*\)|https?://\S+|<[^>]+>", " ", text)
    bare = unicodedata.normalize("NFD", text.casefold().replace("œ", "oe"))
    return re.findall(r"[a-z0-9]+", "".join(c for c in bare if not unicodedata.combining(c)))


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    """Every run of ``length`` consecutive words of a text."""
    words = plain_words(text)
    return {tuple(words[start : start + length]) for start in range(len(words) - length + 1)}


def texts_of(value: object):
    """Every text of a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_of(inner)
