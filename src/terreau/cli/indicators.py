"""``terreau indicators``: which indicators are at hand, what one asks, how it is computed and what it compares with."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from terreau.cli.writing import many, say, table

if TYPE_CHECKING:
    from terreau.indicators.benchmarks import Comparison, Reference
    from terreau.indicators.definition import Indicator


def grammar(commands: Any, command: Callable[..., argparse.ArgumentParser]) -> None:
    """The words of these commands; ``command`` makes one whose function is imported when it runs."""
    group = commands.add_parser("indicators", help="indicateurs / indicators").add_subparsers(
        metavar="ACTION", required=True
    )
    listing = command(group, "list", "indicators:listing", "indicateurs du catalogue / indicators of the catalogue")
    listing.add_argument("--json", action="store_true", help="sortie JSON / JSON output")
    show = command(group, "show", "indicators:show", "définition d'un indicateur / definition of an indicator")
    show.add_argument("key", metavar="KEY", help="PARC02, EMP01…")
    show.add_argument("--json", action="store_true", help="sortie JSON / JSON output")


def listing(options: argparse.Namespace) -> int:
    """Every indicator: key, set, theme, name, unit, audience, nature."""
    from terreau.indicators.catalogue import indicators
    from terreau.indicators.words import AUDIENCES, NATURES, SETS, THEMES

    found = indicators()
    if options.json:
        print(json.dumps({"indicators": [_as_json(one) for one in found]}, ensure_ascii=False, indent=2))
        return 0
    lang = options.lang
    heads = say(lang, "Clé|Jeu|Thème|Indicateur|Unité|Pour|Nature", "Key|Set|Theme|Indicator|Unit|For|Nature").split(
        "|"
    )
    rows = [
        [one.key, SETS[one.set].in_(lang), THEMES[one.theme].in_(lang), one.name.in_(lang), _unit(one, lang),
         AUDIENCES[one.audience].in_(lang), NATURES[one.nature].in_(lang)]
        for one in found
    ]  # fmt: skip
    print(table(heads, rows))
    print("\n" + many(lang, len(found), "indicateur|indicateurs", "indicator|indicators"))
    return 0


def show(options: argparse.Namespace) -> int:
    """One indicator: its question, its terms, its rhythm, its target and what that is worth, what it stands beside."""
    from terreau.indicators.benchmarks import compare
    from terreau.indicators.catalogue import indicator

    one = indicator(options.key)
    beside = compare(one)
    if options.json:
        told = _as_json(one) | {"benchmarks": _comparison(beside)}
        print(json.dumps(told, ensure_ascii=False, indent=2))
        return 0
    lang = options.lang
    print(f"{one.key} · {one.name.in_(lang)}\n  {one.question.in_(lang)}\n")
    width = max(len(head) for head, _ in _lines(one, lang))
    for head, text in _lines(one, lang):
        print(f"  {head.ljust(width)}  {text}")
    for caution in one.cautions:
        print(f"  ! {caution.words.in_(lang)}")
    print("\n" + say(lang, "À côté de quoi le lire", "What to read it beside"))
    for reference in beside.references:
        print(f"  - {_reference(reference, lang)}")
    if beside.words:
        print(f"  {beside.words.in_(lang)}")
    return 0


def _lines(one: Indicator, lang: str) -> Iterator[tuple[str, str]]:
    """Each field that says something, with its heading."""
    from terreau.indicators.words import (
        AUDIENCES,
        DIRECTIONS,
        FREQUENCIES,
        NATURES,
        SOURCES,
        target_words,
        user_words,
    )

    yield say(lang, "On compte", "Counted"), one.numerator.in_(lang)
    if one.denominator:
        yield say(lang, "rapporté à", "related to"), one.denominator.in_(lang)
    yield say(lang, "Formule", "Formula"), f"{one.formula} ({_unit(one, lang)})"
    yield say(lang, "Périmètre", "Scope"), one.scope.in_(lang)
    kinds = (DIRECTIONS[one.direction], NATURES[one.nature], AUDIENCES[one.audience], FREQUENCIES[one.frequency])
    yield (
        say(lang, "Sens, nature, public, rythme", "Direction, nature, audience, rhythm"),
        " · ".join(words.in_(lang) for words in kinds),
    )
    meter = f" ({one.meter.key})" if one.meter else ""
    yield say(lang, "Source", "Source"), f"{one.where.in_(lang)}, {SOURCES[one.source].in_(lang)}{meter}"
    if one.pair:
        yield say(lang, "Son double", "Its twin"), one.pair
    if one.typical_target:
        yield say(lang, "Cible typique", "Typical target"), target_words(one.typical_target, lang)
    if one.in_use_by:
        yield say(lang, "Suivi par", "In use by"), ", ".join(user_words(key, lang) for key in one.in_use_by)


def _unit(one: Indicator, lang: str) -> str:
    from terreau.indicators.units import unit_name

    return unit_name(one.unit, lang)


def _reference(one: Reference, lang: str) -> str:
    """ "29 to 32, Barometer, mean EcoIndex of a panel (2022, 2023, 2024; 90 sites…)"."""
    from terreau.indicators.remarks import said
    from terreau.indicators.units import symbol

    figures = say(lang, " à ", " to ").join(dict.fromkeys(said(value, lang) for value in (one.low, one.high)))
    told = "; ".join(f"{figure.year}: {figure.sample.in_(lang)}, {figure.geography}" for figure in one.figures)
    told = told if lang == "en" else told.replace(": ", " : ").replace(";", " ;")
    return (
        f"{figures} {symbol(one.unit, lang)}".rstrip()
        + f", {one.method.name.in_(lang)}, {one.method.scope.in_(lang)} ({told})"
    )


def _as_json(one: Indicator) -> dict[str, Any]:
    """The definition as its file has it, with its private key, its form and where it comes from."""
    from terreau.indicators.loading import to_document
    from terreau.indicators.words import STANDINGS

    told = to_document(one) | {"key": one.key, "form": one.form, "origin": one.origin}
    if one.typical_target:
        worth = STANDINGS[one.typical_target.standing]
        told["typical_target"] |= {"worth": {"fr": worth.fr, "en": worth.en}}
    return told


def _comparison(beside: Comparison) -> dict[str, Any]:
    return {
        "references": [_reference_json(one) for one in beside.references],
        "context": [_reference_json(one) for one in beside.context],
        "words": {"fr": beside.words.fr, "en": beside.words.en} if beside.words else None,
    }


def _reference_json(one: Reference) -> dict[str, Any]:
    method = one.method
    return {
        "method": method.key, "perimeter": method.perimeter, "name": {"fr": method.name.fr, "en": method.name.en},
        "scope": {"fr": method.scope.fr, "en": method.scope.en}, "unit": one.unit, "low": one.low, "high": one.high,
        "why_not": {"fr": one.why.fr, "en": one.why.en} if one.why else None,
        "figures": [{"value": figure.value, "year": figure.year, "geography": figure.geography,
                     "sample": {"fr": figure.sample.fr, "en": figure.sample.en}, "verification": figure.verification,
                     "source": {"key": figure.papers.key, "publisher": figure.papers.publisher, "title": figure.papers.title,
                                "year": figure.papers.year, "licence": figure.papers.licence, "seen": figure.papers.seen}}
                    for figure in one.figures],
    }  # fmt: skip
