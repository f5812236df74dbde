"""The YAML reading of the house (``tables.yaml_reading``), refusing in the words of this room."""

from __future__ import annotations

from pathlib import Path

from terreau.tables import yaml_reading as house
from terreau.tables.yaml_reading import MOST_BYTES as MOST_BYTES
from terreau.tables.yaml_reading import Lined as Lined
from terreau.tables.yaml_reading import write_yaml as write_yaml


def read_yaml(path: Path, *, texts: bool = False) -> Lined:
    """The mapping a file holds; TerreauError referentials.yaml_* or too_big in words."""
    return house.read_yaml(path, texts=texts, room="referentials")


def parse_yaml(text: str, where: str, *, ours: bool = False, texts: bool = False) -> Lined:
    """The mapping of ``text``, as ``tables.yaml_reading.parse_yaml``; TerreauError referentials.yaml_* in words."""
    return house.parse_yaml(text, where, ours=ours, texts=texts, room="referentials")
