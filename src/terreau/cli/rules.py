"""``terreau rules``: one fleet under two rule sets, and where they part."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from terreau.cli.footprint import FIRST, STAGES, run_choices
from terreau.cli.writing import many, ready_to_write, say, table, warn, whole

if TYPE_CHECKING:
    from terreau.footprint.comparing import RulesCompared

STEPS = {
    "presence": ("une année entière pour chaque ligne", "a whole year for each line"),
    "perimeter": ("stock, sortis et personnels comptés", "stock, retired and personal counted"),
    "rate": ("taux d'utilisation", "rates of use"),
    "reference": ("équipement de référence", "reference item"),
    "lifespan": ("durée de vie", "lifespan"),
    "pue": ("PUE", "PUE"),
    "country": ("pays de la salle machine", "country of the machine room"),
    "errors": ("erreurs comptées pour zéro", "errors counted as zero"),
}
CAUSES = {
    "no_reference": ("aucun équipement de référence, ou aucun facteur pour l'étape", "no reference item, or no factor for the stage"),
    "no_lifespan": ("retrait au jour de l'achat ou avant : pas de durée de vie", "withdrawn on or before its purchase: no lifespan"),
    "no_energy": ("consommation électrique inconnue", "electricity use unknown"),
    "no_mix": ("pas d'électricité connue pour le pays", "no electricity known for the country"),
}  # fmt: skip


def compare(options: argparse.Namespace) -> int:
    """Both totals, the parts of the difference, the rows in error; 1 when a line was doubtful or rejected."""
    from terreau.footprint import compare_rules

    if options.errors is not None:
        ready_to_write(options.errors)
    listed = 1_000 if options.errors is None else None
    found = compare_rules(options.files, listed=listed, **run_choices(options))
    if options.errors is not None:
        _write_errors(found, options.errors, options.lang)
    if options.json:
        print(json.dumps(found.as_json(options.lang), ensure_ascii=False, indent=1))
    else:
        _print(found, options.lang)
    return 1 if found.first.lines["doubtful"] or found.first.lines["rejected"] else 0


def _print(found: RulesCompared, lang: str) -> None:
    from terreau.factors.criteria import criterion
    from terreau.publishing.numbers import quantity

    rows = []
    keys = sorted((key for key in found.parts if found.difference(key) is not None), key=_place)
    for key in keys:
        first, second = found.first.total(key), found.second.total(key)
        if first is not None and second is not None:
            shown = (quantity(one.value.central, one.unit, lang) for one in (first, second))
            rows.append([criterion(key).label(lang), *shown, _signed(found.difference(key) or 0.0, first.unit, lang)])
    heads = [say(lang, "Critère", "Criterion"), found.first.rules, found.second.rules, say(lang, "Écart", "Difference")]
    print(table(heads, rows, numbers=(1, 2, 3)))
    for key in [key for key in keys if key in FIRST]:
        unit = criterion(key).unit
        print("\n" + say(lang, f"{criterion(key).label(lang)} : d'où vient l'écart, une règle changée à la fois, dans cet ordre",
                         f"{criterion(key).label(lang)}: where the difference comes from, one rule changed at a time, in this order"))  # fmt: skip
        told = [
            [say(lang, *STEPS[step]), _signed(value, unit, lang)] for step, value in found.parts[key].items() if value
        ]
        print(
            table(
                [say(lang, "Règle", "Rule"), say(lang, "Part de l'écart", "Part of the difference")], told, numbers=(1,)
            )
        )
    share = f"{found.rows_in_error} / {found.rows}"
    print("\n" + say(lang, f"Lignes × étapes en erreur, comptées pour zéro (climat) : {share}",
                     f"Lines × stages in error, counted as zero (climate): {share}"))  # fmt: skip
    for cause, (lines, _) in found.causes.items():
        print(
            f"  · {say(lang, *CAUSES[cause])}{say(lang, ' :', ':')} {many(lang, lines, 'ligne|lignes', 'line|lines')}"
        )
    warn(say(lang, "les totaux numecoeval-2.2 ne disent pas « au moins » : --errors FILE.csv liste ce qu'ils comptent pour zéro",
             "numecoeval-2.2 totals do not say “at least”: --errors FILE.csv lists what they count as zero"))  # fmt: skip


def _place(key: str) -> int:
    return FIRST.index(key) if key in FIRST else len(FIRST)


def _signed(value: float, unit: str, lang: str) -> str:
    from terreau.publishing.numbers import quantity

    sign = "+" if value > 0 else "−" if value < 0 else ""
    return f"{sign}{quantity(abs(value), unit, lang)}"


def _write_errors(found: RulesCompared, target: Path, lang: str) -> None:
    from terreau.tables.export import write_csv

    rows = [
        [one.file, one.line, one.asset, one.category, ", ".join(say(lang, *STAGES[stage]) for stage in one.stages),
         one.cause, say(lang, *CAUSES[one.cause])]
        for one in found.errors
    ]  # fmt: skip
    with whole(target) as (opened,):
        write_csv(rows, ["file", "line", "asset", "category", "stages", "cause", "words"], opened)
