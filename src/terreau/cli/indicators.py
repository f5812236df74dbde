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
    values = command(group, "values", "indicators:values", "valeurs d'une organisation / values of an organisation")
    check = command(
        group, "check", "indicators:check", "ce que son tableau a de faux ou de fragile / what is wrong or weak"
    )
    for one in (values, check):
        one.add_argument(
            "--organisation", required=True, metavar="SLUG", help="nom dans l'adresse : /o/SLUG/ / name in the address"
        )
        one.add_argument("--json", action="store_true", help="sortie JSON / JSON output")


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


def values(options: argparse.Namespace) -> int:
    """What an organisation follows, and every value it ever kept: the last one of each here, all of them in JSON."""
    organisation = _organisation(options.organisation)
    from terreau.app.indicators import door

    board = door.board_of(organisation)
    if options.json:
        print(
            json.dumps(
                {"organisation": options.organisation, "indicators": [one.as_json() for one in board]},
                ensure_ascii=False,
                indent=2,
            )
        )
        return 0
    lang = options.lang
    heads = say(
        lang, "Clé|Indicateur|Place|Dernière valeur|Le|Cible", "Key|Indicator|Place|Last value|On|Target"
    ).split("|")
    rows = [[one.indicator.short, one.indicator.name.in_(lang), *_kept(one, lang)] for one in board]
    if rows:
        print(table(heads, rows))
    count = sum(len(one.values) for one in board)
    print(("\n" if rows else "") + many(lang, len(board), "indicateur|indicateurs", "indicator|indicators") + ", "
          + many(lang, count, "valeur gardée|valeurs gardées", "value kept|values kept"))  # fmt: skip
    return 0


def check(options: argparse.Namespace) -> int:
    """The X-ray of a board, the gravest first; 1 when something makes it say something false, 0 otherwise."""
    organisation = _organisation(options.organisation)
    from terreau.app.indicators import door
    from terreau.indicators.words import SEVERITIES

    found, lang = door.checks(organisation), options.lang
    counts = {key: sum(one.severity == key for one in found) for key in SEVERITIES}
    if options.json:
        told = {"organisation": options.organisation, "counts": counts, "checks": [one.as_json(lang) for one in found]}
        print(json.dumps(told, ensure_ascii=False, indent=2))
        return 1 if counts["error"] else 0
    for one in found:
        words = one.words(lang)
        print(f"{SEVERITIES[one.severity].in_(lang)} · {words.what}\n  {words.why}\n  → {words.remedy}")
    sums = ", ".join((many(lang, counts["error"], "erreur|erreurs", "error|errors"), many(lang, counts["warning"], "alerte|alertes", "warning|warnings"),
                      many(lang, counts["advice"], "conseil|conseils", "piece of advice|pieces of advice")))  # fmt: skip
    print(("\n" if found else "") + sums)
    return 1 if counts["error"] else 0


def _organisation(slug: str) -> Any:
    """The organisation of this address; TerreauError app.no_such_organisation names those there are."""
    from terreau.cli.keeping import start

    start()
    from terreau.app.keeping.leaving import named

    return named(slug)


def _kept(one: Any, lang: str) -> list[str]:
    """Place, last value, its day, target, as a terminal shows them."""
    from terreau.indicators.remarks import said
    from terreau.indicators.units import symbol
    from terreau.indicators.words import ROLES

    def written(value: float, unit: str) -> str:
        return f"{said(float(value), lang)} {symbol(unit, lang)}".rstrip()

    last = one.last
    target = one.followed.target if one.followed else None
    return [
        ROLES[one.followed.role].in_(lang) if one.followed else "–",
        written(last.value, last.unit) if last and last.value is not None else "–",
        said(last.on, lang) if last else "–",
        f"{written(target.value, target.unit or one.indicator.unit)}, {said(target.due, lang)}" if target else "–",
    ]


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
