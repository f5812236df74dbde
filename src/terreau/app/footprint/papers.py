"""The papers of one figure, as the why-page prints them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from terreau.app.footprint.drawing import PLACES
from terreau.app.footprint.exports import Rows
from terreau.app.footprint.reading import Pages
from terreau.app.footprint.results import Result


def place(asked: Mapping[str, str]) -> dict[str, str]:
    """The place of a figure in an address (``?categorie=laptop``), as axes of the engine."""
    return {axis: asked[word] for axis, word in PLACES.items() if word in asked}


def page(explained: dict[str, Any], result: Result, pages: Pages, where: dict[str, str]) -> dict[str, Any]:
    """Everything the why-page prints."""
    return {}


def as_table(explained: dict[str, Any]) -> Rows:
    """The same papers as one flat table."""
    return (), ()
