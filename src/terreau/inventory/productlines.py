"""Which product line a "maker + model" belongs to: about a thousand patterns, first in file order (gammes)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from terreau.inventory.manufacturers import aliases_of, head_of, normal_name
from terreau.inventory.needles import Guarded
from terreau.inventory.vocabulary import rows
from terreau.kernel.text import normal

VIRTUAL = "virtual_machine"
_BASE_YEAR = re.compile(r"^20\{yy\}(-\d+)?$")


@dataclass(frozen=True)
class ProductLine:
    """One line of product-lines.csv."""

    pattern: Guarded
    maker: str
    word: str
    size: str
    line: str
    first_year: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Recognised:
    """A product line found in a text, with what the text itself adds."""

    product: ProductLine
    inches: float | None
    first_year: int | None


def match_text(maker: str | None, model: str | None, *, screen: bool = False) -> tuple[str, str]:
    """Usual maker name, and the text that patterns are searched in: "hp elitebook 840 g5".

    An empty maker is taken from the first words of the model; the maker's own name is not repeated.
    """
    bare = normal(model or "")
    name = normal_name(maker, screen=screen)
    if not name:
        name, alias = head_of(bare)
        if name and _is_same_name(alias, name):
            bare = bare.removeprefix(alias).strip()
        elif name and bare == alias:
            bare = ""
        return name, f"{normal(name)} {bare}".strip()
    for alias in (normal(maker or ""), *_own_names(name)):
        if alias and (bare == alias or bare.startswith(alias + " ")):
            bare = bare[len(alias) :].strip()
            break
    return name, f"{normal(name)} {bare}".strip()


def recognise(text: str) -> dict[str, Recognised]:
    """The first product line of each confidence (high, medium, low) found in ``text``.

    A hypervisor, whatever its confidence, comes alone: a guest is never hardware.
    """
    found: dict[str, Recognised] = {}
    for product in _candidates(text):
        if product.confidence in found:
            continue
        match = product.pattern.search(text)
        if not match:
            continue
        if product.word == VIRTUAL:
            return {"high": _read(product, match)}
        found[product.confidence] = _read(product, match)
        if product.confidence == "high":
            break
    return found


@cache
def _own_names(name: str) -> tuple[str, ...]:
    """Spellings of the company itself, the longest first."""
    return tuple(
        sorted((alias for alias in aliases_of(name) if _is_same_name(alias, name)), key=lambda a: (-len(a), a))
    )


def _is_same_name(alias: str, name: str) -> bool:
    """True for a spelling of the company, false for a brand of its own (Compaq, Wyse, Meraki) that names the line."""
    bare = normal(name)
    return alias == bare or alias.startswith((bare + " ", bare + ",", bare + "-")) or _codes().get(alias) == name


def _read(product: ProductLine, match: re.Match[str]) -> Recognised:
    groups = {name: text for name, text in match.groupdict().items() if text}
    return Recognised(product, _inches(product.size, groups), _first_year(product.first_year, groups))


def _inches(size: str, groups: dict[str, str]) -> float | None:
    written = next((groups[name] for name in ("inch", "inch2", "inch3") if name in groups), "")
    if size == "{inch}":
        return float(written) if written else None
    try:
        return float(size)
    except ValueError:
        return None


def _first_year(rule: str, groups: dict[str, str]) -> int | None:
    if _BASE_YEAR.match(rule):
        return 2000 + int(groups["yy"]) + int(rule[6:] or 0) if "yy" in groups else None
    return int(rule) if rule.isdigit() else None


def _candidates(text: str) -> Iterator[ProductLine]:
    """Product lines that ``text`` may match, in file order."""
    products, always, needles = _index()
    places = set(always)
    for at in range(len(text) - 1):
        for needle, lines in needles.get(text[at : at + 2], ()):
            if text.startswith(needle, at):
                places.update(lines)
    return (products[place] for place in sorted(places))


_Needles = dict[str, list[tuple[str, list[int]]]]  # first two letters -> needles, each with its product lines


@cache
def _index() -> tuple[tuple[ProductLine, ...], tuple[int, ...], _Needles]:
    products = tuple(
        ProductLine(Guarded(row["pattern"]), row["manufacturer"], row["category"], row["size_class"], row["line"],
                    row["first_year"], row["confidence"])
        for row in rows("product-lines")
    )  # fmt: skip
    always: list[int] = []
    by_needle: dict[str, list[int]] = {}
    for place, product in enumerate(products):
        needles = product.pattern.needles
        if not needles:
            always.append(place)
        for needle in needles[0] if needles else ():
            by_needle.setdefault(needle, []).append(place)
    by_letters: _Needles = {}
    for needle, places in by_needle.items():
        by_letters.setdefault(needle[:2], []).append((needle, places))
    return products, tuple(always), by_letters


@cache
def _codes() -> dict[str, str]:
    return {normal(row["alias"]): row["name"] for row in rows("manufacturers") if row["kind"] == "edid"}
