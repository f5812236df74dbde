"""From the vocabulary's words and inches to the public categories and size classes (classes de taille).

`vocabulary/category-keys.csv` decides, its first line that fits wins: `size` is a range of inches
("24.5-28.5", upper end excluded) or a form factor, `clue` is looked for in "maker model ¦ type word ¦
line". `known` says whether the class was read (yes), is read only when a model said so (model), or
stands as the default of its category (no).
"""

import re
from dataclasses import dataclass
from functools import cache

from terreau.inventory.needles import Guarded
from terreau.inventory.vocabulary import rows
from terreau.kernel.text import normal

_CENTIMETRES_PER_INCH = 2.54
_NUMBER = re.compile(r"(\d{1,3}(?:[.,]\d{1,2})?) ?(cm\b)?")
_MARKED = re.compile(r"(?<![\d.,])(\d{1,3}(?:[.,]\d)?) ?(?:\"|''|pouces?\b|po\b|inch(?:es)?\b|-inch\b|in\b)")
_RANGE = re.compile(r"^(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)$")
_PLAUSIBLE = (4.0, 120.0)  # inches: a phone to a wall


@dataclass(frozen=True, slots=True)
class SizeClass:
    """A public category, its size class, and whether the class was read or assumed."""

    category: str
    size_class: str
    known: bool


@dataclass(frozen=True, slots=True)
class _Row:
    low: float
    high: float
    form: str
    clue: Guarded | None
    category: str
    size_class: str
    known: str

    def fits(self, form: str, inches: float | None, clues: str) -> bool:
        if self.high and not (inches and self.low <= inches < self.high):
            return False
        if self.form and self.form != form:
            return False
        return self.clue is None or bool(self.clue.search(clues))


def place(word: str, *, form: str = "", inches: float | None = None, clues: str = "", by_model: bool = False) -> SizeClass | None:  # fmt: skip
    """The public class of a vocabulary word, None when the public list has none for it.

    form: form factor or nominal size of the product line ("tower", "rack 1U", "14").
    clues: normal form of "maker model ¦ type word ¦ line". by_model: a product line was recognised.
    """
    for row in _table().get(word, ()):
        if row.fits(normal(form), inches, clues):
            return SizeClass(row.category, row.size_class, row.known == "yes" or (row.known == "model" and by_model))
    return None


def labelled(text: str) -> SizeClass | None:
    """The public class that our own label names ("Commutateur d'accès 24 ports"), ``text`` in normal form."""
    return _labels().get(text)


def inches(text: str | None) -> float | None:
    """A diagonal written in a column of sizes, in inches: "24.00", "23,8 pouces", "61 cm"; None for 0 or nonsense."""
    found = _NUMBER.search(normal(text or ""))
    if not found:
        return None
    value = float(found[1].replace(",", "."))
    return _plausible(value / _CENTIMETRES_PER_INCH if found[2] else value)


def inches_in(text: str) -> float | None:
    """A diagonal marked as such inside a name, already in normal form: 'activpanel 75"'."""
    found = _MARKED.search(text)
    return _plausible(float(found[1].replace(",", "."))) if found else None


def public_keys() -> frozenset[tuple[str, str]]:
    """Every (category_key, size_class) that reading an inventory can produce."""
    return frozenset((row.category, row.size_class) for lines in _table().values() for row in lines)


def _plausible(value: float) -> float | None:
    return value if _PLAUSIBLE[0] <= value <= _PLAUSIBLE[1] else None


@cache
def _labels() -> dict[str, SizeClass]:
    everyday = {normal(row["word"]) for row in rows("type-words") if row["kind"] == "exact"}
    return {
        label: SizeClass(row["category_key"], row["size_class"], True)
        for row in rows("category-labels")
        if (label := normal(row["label"])) not in everyday
    }


@cache
def _table() -> dict[str, tuple[_Row, ...]]:
    table: dict[str, list[_Row]] = {}
    for row in rows("category-keys"):
        span = _RANGE.match(row["size"])
        low, high = (float(span[1]), float(span[2])) if span else (0.0, 0.0)
        clue = Guarded(row["clue"]) if row["clue"] else None
        form = "" if span else normal(row["size"])
        line = _Row(low, high, form, clue, row["category_key"], row["size_class"], row["known"])
        table.setdefault(row["word"], []).append(line)
    return {word: tuple(lines) for word, lines in table.items()}
