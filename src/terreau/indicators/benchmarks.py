"""Published figures to stand beside (repères): sample, year and method told, intervals within one method, never a ranking."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from terreau.indicators.definition import Indicator
from terreau.indicators.units import unit_name
from terreau.referentials.edition import Words

FOLDER = Path(__file__).parent / "data" / "benchmarks"
NO_FIGURE = Words(fr="Aucun chiffre comparable.", en="No comparable figure.")
UNPUBLISHED = Words(
    fr="Nous n’en avons lu aucun qui mesure la même chose : comparez-vous à vous-même, d’une année à l’autre.",
    en="We read none that measures the same thing: compare with yourself, from one year to the next.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """Where a figure was read; ``seen``: "read" in the source, "secondary" in a text that quotes it."""

    key: str
    publisher: str
    title: str
    year: int
    seen: str
    licence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """How a family of figures was obtained, and on which perimeter; ``why``: what forbids comparing, empty when nothing does."""

    key: str
    perimeter: str
    name: Words
    scope: Words
    why: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One published figure: its value in ``unit``, year, sample in words, papers; verification: "read" or "computed"."""

    indicator: str
    group: str
    method: Method
    value: float
    unit: str
    year: int
    sample: Words
    geography: str
    papers: Papers
    verification: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What one method says: from ``low`` to ``high`` over its editions, equal when there is one edition.

    why: what forbids comparing with it, empty when nothing does
    """

    method: Method
    unit: str
    low: float
    high: float
    figures: tuple[Figure, ...]
    why: Words

    @property
    def years(self) -> tuple[int, ...]:
        """The years of its editions, in order."""
        return tuple(sorted({one.year for one in self.figures}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What an indicator may stand beside.

    references: one by method, in the order of the file; context: published figures that do not compare, with the reason
    words: the sentence to show when ``references`` is empty
    """

    references: tuple[Reference, ...]
    context: tuple[Reference, ...]
    words: Words


def compare(indicator: Indicator, unit: str = "", *, group: str = "", perimeter: str = "") -> Comparison:
    """What ``indicator`` may be compared with, for values told in ``unit`` ('' is that of the definition).

    group: the part looked at (a criterion), '' for the whole
    perimeter: a key of ``methods.csv`` when the organisation knows its own; figures of another one are context only
    """
    told = unit or indicator.unit
    held = [one for one in figures() if one.indicator == indicator.key and one.group == group]
    made = [_reference(together, told, perimeter) for together in _by_method(held)]
    references = tuple(one for one in made if not one.why)
    context = tuple(one for one in made if one.why)
    return Comparison(references=references, context=context, words=_words(references, context))


@cache
def figures() -> tuple[Figure, ...]:
    """Every published figure, in the order of the file."""
    known = methods()
    return tuple(
        Figure(indicator=row["indicator"], group=row["group"], method=known[row["method"]], value=float(row["value"]),
               unit=row["unit"], year=int(row["year"]), sample=Words(fr=row["sample_fr"], en=row["sample_en"]),
               geography=row["geography"], papers=papers()[row["source"]], verification=row["verification"])
        for row in _rows("figures.csv")
    )  # fmt: skip


@cache
def methods() -> dict[str, Method]:
    """Every method by key."""
    return {row["key"]: Method(key=row["key"], perimeter=row["perimeter"], name=_words_of(row, "name"),
                               scope=_words_of(row, "scope"), why=_words_of(row, "why"))
            for row in _rows("methods.csv")}  # fmt: skip


@cache
def papers() -> dict[str, Papers]:
    """The papers of every source, of figures and of typical targets, by key."""
    return {row["key"]: Papers(key=row["key"], publisher=row["publisher"], title=row["title"], year=int(row["year"]),
                               seen=row["seen"], licence=row["licence"])
            for row in _rows("sources.csv")}  # fmt: skip


def _reference(together: list[Figure], unit: str, perimeter: str) -> Reference:
    method = together[0].method
    values = [one.value for one in together]
    why = method.why
    if together[0].unit != unit:
        why = _said("l’unité diffère ({0}, et non {1})", "the unit differs ({0}, not {1})", together[0].unit, unit)
    elif not why and perimeter and perimeter != method.perimeter:
        why = Words(fr="le périmètre diffère du vôtre", en="the perimeter differs from yours")
    return Reference(
        method=method, unit=together[0].unit, low=min(values), high=max(values), figures=tuple(together), why=why
    )


def _said(fr: str, en: str, *units: str) -> Words:
    return Words(
        fr=fr.format(*(unit_name(one) for one in units)), en=en.format(*(unit_name(one, "en") for one in units))
    )


def _by_method(held: Iterable[Figure]) -> list[list[Figure]]:
    """Figures of one method and one unit together: only these make an interval."""
    found: dict[tuple[str, str], list[Figure]] = {}
    for one in held:
        found.setdefault((one.method.key, one.unit), []).append(one)
    return list(found.values())


def _words(references: tuple[Reference, ...], context: tuple[Reference, ...]) -> Words:
    if references:
        return Words(fr="", en="")
    if not context:
        return Words(fr=f"{NO_FIGURE.fr} {UNPUBLISHED.fr}", en=f"{NO_FIGURE.en} {UNPUBLISHED.en}")
    return Words(**{lang: f"{NO_FIGURE.in_(lang)} {_reasons(context, lang)}" for lang in ("fr", "en")})


def _reasons(context: tuple[Reference, ...], language: str) -> str:
    """Each reason once, with the sources it sets aside: "The unit differs: WeNR 2021, Web Almanac."."""
    named: dict[str, list[str]] = {}
    for one in context:
        named.setdefault(one.why.in_(language), []).append(one.method.name.in_(language))
    colon = ":" if language == "en" else "\u00a0:"
    return " ".join(f"{why[0].upper()}{why[1:]}{colon} {', '.join(names)}." for why, names in named.items())


def _words_of(row: dict[str, str], name: str) -> Words:
    return Words(fr=row[f"{name}_fr"], en=row[f"{name}_en"])


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
