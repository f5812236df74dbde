"""No file? Eight numbers, an age and a country make an inventory (formulaire rapide).

The answers are written in the template and read back like any file, so that they leave the same snapshot.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from terreau.inventory.arrival import Arrival, NamedFile, take_in
from terreau.inventory.template_file import template
from terreau.kernel.errors import TerreauError

if TYPE_CHECKING:
    from terreau.tables.engine import Engine

FORM_NAME = {"fr": "formulaire.csv", "en": "form.csv"}
MOST_DEVICES = 1_000_000
OLDEST = 30.0
LARGEST = 10_000_000
_YEAR = 365.25


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickLine:
    """One question: how many of these? ``type_word`` is what the vocabulary understands."""

    key: str
    category: str
    type_word: str
    fr: str
    en: str


QUICK_LINES = (
    QuickLine(key="laptops", category="laptop", type_word="ordinateur portable", fr="Ordinateurs portables",
              en="Laptops"),
    QuickLine(key="desktops", category="desktop", type_word="ordinateur fixe",
              fr="Ordinateurs fixes (sans l'écran)", en="Desktop computers (without the screen)"),
    QuickLine(key="screens", category="monitor", type_word="écran", fr="Écrans", en="Screens"),
    QuickLine(key="phones", category="smartphone", type_word="smartphone", fr="Smartphones", en="Smartphones"),
    QuickLine(key="tablets", category="tablet", type_word="tablette", fr="Tablettes", en="Tablets"),
    QuickLine(key="printers", category="laser_printer", type_word="imprimante laser", fr="Imprimantes",
              en="Printers"),
    QuickLine(key="servers", category="rack_server", type_word="serveur", fr="Serveurs", en="Servers"),
    QuickLine(key="network", category="network_switch", type_word="switch",
              fr="Équipements de réseau (commutateurs)", en="Network devices (switches)"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickForm:
    """The answers.

    counts: key of a question -> devices [count] ; mean_age: [year], None when nobody knows
    country: as written or alpha-3 ; headcount: people [count], kept by the organisation, not by the snapshot
    """

    counts: Mapping[str, int]
    mean_age: float | None = None
    country: str = ""
    headcount: int | None = None

    def __post_init__(self) -> None:
        for key, count in self.counts.items():
            if not 0 <= count <= MOST_DEVICES:
                raise TerreauError("inventory.form_number", field=key, value=count)
        if self.mean_age is not None and not (math.isfinite(self.mean_age) and 0 <= self.mean_age <= OLDEST):
            raise TerreauError("inventory.form_number", field="mean_age", value=self.mean_age)
        if self.headcount is not None and not 1 <= self.headcount <= LARGEST:
            raise TerreauError("inventory.form_number", field="headcount", value=self.headcount)
        if not any(self.counts.get(line.key, 0) for line in QUICK_LINES):
            raise TerreauError("inventory.form_empty")

    def rows(self, at: date) -> tuple[dict[str, object], ...]:
        """The lines of the template. A mean age becomes a month of entry: it says no more than that."""
        month = (at - timedelta(days=round(self.mean_age * _YEAR))) if self.mean_age is not None else None
        return tuple(
            {
                "type_word": line.type_word,
                "quantity": self.counts[line.key],
                "status": "in_use",
                "in_service_on": f"{month.year}-{month.month:02}" if month else None,
                "country": self.country or None,
            }
            for line in QUICK_LINES
            if self.counts.get(line.key, 0)
        )


def take_form(con: Engine, form: QuickForm, *, at: date, language: str = "fr") -> Arrival:
    """The answers as an arrival: check it, show it, keep it like a file."""
    with tempfile.TemporaryDirectory(prefix="terreau-") as folder:
        path = Path(folder) / "form.csv"
        path.write_bytes(template("csv", language, form.rows(at)))
        return take_in(con, [NamedFile(path=path, name=FORM_NAME["en" if language == "en" else "fr"])], at=at)
