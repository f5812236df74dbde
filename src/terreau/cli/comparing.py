"""``terreau inventory compare``: what entered and left between two inventories of the same sources."""

from __future__ import annotations

import argparse
import json
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from terreau.cli.writing import kind_label, ready_to_write, say, table, warn, whole

if TYPE_CHECKING:
    from terreau.inventory.movements import Comparison, Movements
    from terreau.kernel.meter import Measured
    from terreau.tables.engine import Engine

FILES = ("mouvements.csv", "bilan.csv", "compteurs.csv")


def compare(options: argparse.Namespace) -> int:
    """Compare, print the balance and the meters, write the lists when asked."""
    from terreau.inventory.movements import compare as moved
    from terreau.tables.engine import engine

    at_after = options.at_after or date.today()
    at_before = options.at_before or _year_before(at_after)
    targets = [options.out / name for name in FILES] if options.out else []
    ready_to_write(*targets)
    with engine() as con:
        comparison = moved(con, options.before, options.after, at_before=at_before, at_after=at_after)
        if targets:
            _write(con, comparison, targets, options.lang)
    _say_left_out(comparison.movements, options.lang)
    if options.json:
        print(json.dumps(_as_json(comparison.movements, options.lang), ensure_ascii=False, indent=2))
    else:
        _print(comparison.movements, options.lang)
    return 0


def _year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)


def _as_json(told: Movements, language: str) -> dict[str, Any]:
    from terreau.inventory.movements import measures

    return {**told.as_json(), "balance_gap": told.balance_gap,
            "meters": [one.as_json(language) for one in measures(told)]}  # fmt: skip


def _say_left_out(told: Movements, lang: str) -> None:
    for one in told.sources:
        if one.sides != "both":
            warn(say(lang, f"« {one.name} » n'est que d'un côté : non comparée, ses équipements ne sont ni achetés ni sortis.",
                     f"“{one.name}” is on one side only: not compared, its devices are neither bought nor gone."))  # fmt: skip
    for entity in told.entities:
        warn(say(lang, f"« {entity.name} » ({entity.quantity:g}) n'existe que d'un côté : changement de périmètre ?",
                 f"“{entity.name}” ({entity.quantity:g}) exists on one side only: change of perimeter?"))  # fmt: skip


def _print(told: Movements, lang: str) -> None:
    from terreau.inventory.movements import measures
    from terreau.inventory.movements.records import ENTRIES, LEAVINGS
    from terreau.inventory.movements.words import kind_words

    first, last = told.period.start - timedelta(days=1), told.period.end
    print(
        say(lang, f"Du {first:%d/%m/%Y} au {last:%d/%m/%Y} : ", f"From {first} to {last}: ") + ", ".join(told.compared)
    )
    signs = {**dict.fromkeys(ENTRIES, "+"), **dict.fromkeys(LEAVINGS, "−"), "before": " ", "after": "="}
    rows = [
        [signs[kind], kind_words(kind, lang), f"{told.total(kind):g}"]
        for kind in ("before", *ENTRIES, *LEAVINGS, "after")
        if told.total(kind) or kind in ("before", "after")
    ]
    print(table(say(lang, " |Parc|Équipements", " |Fleet|Devices").split("|"), rows, numbers=(2,)))
    print()
    heads = say(lang, "Compteur|Catégorie|Valeur|De|À|Sur", "Meter|Category|Value|From|To|Out of").split("|")
    print(table(heads, [_meter_row(one, lang) for one in measures(told)], numbers=(2, 3, 4, 5)))


def _meter_row(one: Measured, lang: str) -> list[str]:
    from terreau.kernel.meter import meter

    known = meter(one.meter)
    factor, unit = {
        "share": (100.0, say(lang, "\N{NO-BREAK SPACE}%", "%")),
        "year": (1.0, say(lang, "\N{NO-BREAK SPACE}ans", " years")),
    }.get(known.unit, (1.0, ""))

    def shown(value: float | None) -> str:
        if value is None:
            return "–"
        text = f"{value * factor:.{0 if known.unit == 'count' else 1}f}{unit}"
        return text.replace(".", ",") if lang == "fr" else text

    bounds = (one.low, one.high) if one.in_doubt else (None, None)
    counted = f"{one.denominator:g}" if one.denominator is not None else ""
    return [
        known.label(lang),
        kind_label(lang, one.group) if one.group else "",
        shown(one.value),
        *map(shown, bounds),
        counted,
    ]


def _write(con: Engine, comparison: Comparison, targets: list[Path], language: str) -> None:
    from terreau.inventory.movements import listing, measures
    from terreau.tables.export import write_csv

    told = comparison.movements
    tables = (
        (listing.move_rows(con, comparison.moves, told), listing.MOVE_COLUMNS),
        (listing.balance_rows(told), listing.BALANCE_COLUMNS),
        (listing.paper_rows(measures(told), language), listing.PAPER_COLUMNS),
    )
    with whole(*targets) as opened:
        for file, (rows, heads) in zip(opened, tables, strict=True):
            write_csv(rows, heads, file)
    for target in targets:
        warn(say(language, f"Écrit : {target}", f"Written: {target}"))
