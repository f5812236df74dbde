"""``terreau footprint`` and ``terreau explain``: what a fleet weighs, and why."""

from __future__ import annotations

import argparse
import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from terreau.cli.writing import many, progress, ready_to_write, say, table, warn, warn_of_twins, whole
from terreau.kernel.errors import TerreauError

if TYPE_CHECKING:
    from terreau.footprint.result import Footprint

FIRST = ("climate_change", "resource_use_minerals_metals", "resource_use_fossils")
HEAVIEST = 12
OUT = ("footprint.json", "totals.csv", "impacts.csv", "missing.csv", "assumptions.csv")
AXES = {
    "category": ("catégorie", "category"), "stage": ("étape", "stage"), "entity": ("entité", "entity"), "site": ("site", "site"),
    "zone": ("pays", "country"), "size_class": ("taille", "size"), "item": ("équipement", "item"), "match": ("correspondance", "match"),
}  # fmt: skip
MATCHES = {
    "measured": ("mesuré", "measured"), "exact": ("modèle exact", "exact model"), "alias": ("modèle, autre graphie", "model, other spelling"),
    "size": ("catégorie et taille", "category and size"), "category": ("catégorie seule", "category only"),
    "fallback": ("valeur de repli", "fallback"), "missing": ("manquant", "missing"),
}  # fmt: skip
STAGES = {
    "manufacturing": ("fabrication", "manufacturing"),
    "distribution": ("transport", "transport"),
    "use": ("utilisation", "use"),
    "end_of_life": ("fin de vie", "end of life"),
    "embodied": ("hors utilisation", "all but use"),
}


def weigh(options: argparse.Namespace) -> int:
    """The footprint of the files; 1 when a line was doubtful or rejected."""
    from terreau.footprint.axes import checked
    from terreau.footprint.result import as_text

    by = checked(options.by.split(","))
    targets = [options.out / name for name in OUT] if options.out is not None else []
    ready_to_write(*targets, *([options.detail] if options.detail is not None else []))
    result = _run(options, detail=options.detail)
    told: dict[str, Any] = result.as_json(by, options.lang)
    if options.out is not None:
        _write_out(options.out, as_text(told), told)
    if options.json:
        print(as_text(told), end="")
    else:
        _print(result, told, by, options.lang)
    return _doubts(result)


def explain(options: argparse.Namespace) -> int:
    """The papers of one figure."""
    from terreau.footprint import explain as explained
    from terreau.footprint.explanation import place_of

    place_of(options.criterion)  # refused before any work
    where, result = _where(options.where), _run(options)
    told: dict[str, Any] = explained(result, options.criterion, where).as_json(options.lang)
    if options.json:
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        _print_papers(told, options.lang)
    return _doubts(result)


def _doubts(result: Footprint) -> int:
    """1 when a line was doubtful or rejected (a snapshot does not remember the rejected ones)."""
    return 1 if result.lines["doubtful"] or result.lines["rejected"] else 0


def run_choices(options: argparse.Namespace) -> dict[str, Any]:
    """What the options of a run say, in the engine's words."""
    from terreau.factors.zones import zone_of

    zone = "FRA" if options.zone is None else zone_of(options.zone)
    if zone is None:
        raise TerreauError("cli.zone_unknown", zone=options.zone)
    return {"factors": options.factors, "zone": zone, "people": options.people, "at": options.at, "pue": options.pue,
            "lifespans": _lifespans(options), "lifespan_mode": options.lifespan_mode,
            "floor_years": options.floor_years}  # fmt: skip


def _run(options: argparse.Namespace, detail: Path | None = None) -> Footprint:
    from terreau.footprint import footprint

    chosen, show = run_choices(options), progress(options.lang)
    warn_of_twins(options.files, options.lang)
    try:
        result = footprint(options.files, rules=options.rules, detail=detail, progress=show, **chosen)
    finally:
        if show:
            show("")
    if not any(result.lines[name] for name in ("accepted", "doubtful", "rejected")):
        raise TerreauError("cli.nothing_to_weigh", files=", ".join(path.name for path in options.files))
    return result


def _lifespans(options: argparse.Namespace) -> dict[str, float]:
    """The lifespan policy, by category; a category that does not exist is refused, never ignored."""
    from terreau.factors.catalogue import factor_set

    known = {item.partition("/")[0] for item in factor_set().items()} if options.lifespan else set()
    for category, _ in options.lifespan:
        if category not in known:
            raise TerreauError("cli.category_unknown", category=category, known=", ".join(sorted(known)))
    return dict(options.lifespan)


def _where(asked: list[str]) -> dict[str, str]:
    from terreau.footprint.axes import AXES as KNOWN

    found: dict[str, str] = {}
    for text in asked:
        axis, sign, value = text.partition("=")
        if not sign or axis.strip() not in KNOWN or axis.strip() in found:
            raise TerreauError("cli.where_unreadable", text=text, axes=", ".join(KNOWN))
        found[axis.strip()] = value.strip()
    return found


def _write_out(folder: Path, written: str, told: dict[str, Any]) -> None:
    with whole(*(folder / name for name in OUT), encoding="utf-8") as (first, *tables):
        first.write(written)
        for name, opened in zip(OUT[1:], tables, strict=True):
            opened.write("\ufeff" + _csv(told[name.removesuffix(".csv")]))


def _csv(rows: list[dict[str, Any]]) -> str:
    """Rows as CSV; what is not a plain value (shares per criterion) is written as JSON."""
    from terreau.tables.export import write_csv

    heads = list(dict.fromkeys(name for row in rows for name in row))
    target = io.StringIO()
    plain = [
        [json.dumps(v, ensure_ascii=False) if isinstance(v, dict | list) else v for v in map(row.get, heads)]
        for row in rows
    ]
    write_csv(plain, heads, target) if heads else csv.writer(target)
    return target.getvalue()


def accounted(lines: dict[str, Any], lang: str) -> str:
    """How many devices count, and the fate of the lines read (a snapshot does not remember the rejected ones)."""
    from terreau.publishing.numbers import count

    counted = lines["quantity"]["counted"]
    noun = many(lang, round(counted), "équipement compté|équipements comptés", "device counted|devices counted")
    devices = f"{count(counted, lang)} {noun.partition(' ')[2]}"
    words = {
        "accepted": ("acceptée|acceptées", "accepted|accepted"),
        "doubtful": ("douteuse|douteuses", "doubtful|doubtful"),
        "rejected": ("rejetée|rejetées", "rejected|rejected"),
    }
    shown = ", ".join(many(lang, lines[name], *both) for name, both in words.items() if lines[name] is not None)
    return say(lang, f"  {devices} ; lignes : {shown}", f"  {devices}; lines: {shown}")


def _print(result: Footprint, told: dict[str, Any], by: tuple[str, ...], lang: str) -> None:
    from terreau.publishing.numbers import day

    lines, at = told["lines"], day(date.fromisoformat(told["at"]), lang)
    print(say(lang, f"Empreinte de douze mois, au {at}", f"Footprint of twelve months, ending {at}"))
    print(accounted(lines, lang))
    if not told["totals"]:
        print("\n" + _nothing(lines["quantity"]["counted"], lang))
        _print_foot(told, lang)
        return
    heads = say(
        lang,
        "Critère|Total|Intervalle à 95 %|Couverture|Part d'une limite, par personne",
        "Criterion|Total|95% interval|Coverage|Share of a boundary, per person",
    )
    ordered = sorted(
        told["totals"], key=lambda one: FIRST.index(one["criterion"]) if one["criterion"] in FIRST else len(FIRST)
    )
    print(table(heads.split("|"), [_total_row(one, lang) for one in ordered], numbers=(1, 2, 3, 4)))
    _print_heaviest(result, told, by, lang)
    _print_foot(told, lang)


def _nothing(counted: float, lang: str) -> str:
    """Why there is no figure: an empty table would read as a footprint of zero."""
    if counted:
        return say(lang, "Aucun chiffre : aucun équipement compté n'a de catégorie connue. Ce n'est pas un zéro.",
                   "No figure: no device counted has a known category. This is not a zero.")  # fmt: skip
    return say(lang, "Aucun chiffre : aucun équipement n'est compté (stock, sortis, virtuels, personnels, doublons).",
               "No figure: no device is counted (stock, retired, virtual, personal, listed twice).")  # fmt: skip


def _total_row(one: dict[str, Any], lang: str) -> list[str]:
    from terreau.factors.criteria import criterion
    from terreau.kernel.interval import Interval
    from terreau.publishing.numbers import between, percent, quantity

    at_least = say(lang, "au moins ", "at least ") if one["coverage"] < 1 else ""
    share = one["boundary_share"]
    if share == "no boundary":
        share_told = say(lang, "sans limite", "no boundary")
    elif share is None or not one["coverage"]:
        share_told = "–"
    elif at_least and 0 < share < 0.001:  # "≥ < 0,1 %" would say nothing
        share_told = say(lang, "> 0 %", "> 0%")
    else:
        share_told = ("≥ " if at_least else "") + percent(share, lang)
    return [
        criterion(one["criterion"]).label(lang),
        at_least + quantity(one["central"], one["unit"], lang),
        between(Interval(one["low"], one["central"], one["high"]), one["unit"], lang),
        percent(one["coverage"], lang),
        share_told,
    ]


def _print_heaviest(result: Footprint, told: dict[str, Any], by: tuple[str, ...], lang: str) -> None:
    """The heaviest groups for climate, the first reading of all."""
    from terreau.publishing.numbers import count, quantity

    climate = sorted((one for one in told["impacts"] if one["criterion"] == FIRST[0]), key=lambda one: -one["central"])
    if not climate or not by:
        return
    print("\n" + say(lang, "Climat : ce qui pèse le plus", "Climate: what weighs most"))
    rows = [
        [
            *(_word(result, axis, one[axis], lang) for axis in by),
            count(one["quantity"], lang),
            quantity(one["central"], one["unit"], lang),
        ]
        for one in climate[:HEAVIEST]
    ]
    if told["coverage"][FIRST[0]]["mixed_families"]:
        print(say(lang, "  (classement indicatif : ces valeurs viennent de méthodes différentes, voir « terreau explain »)",
                  "  (indicative ranking: these values come from different methods, see “terreau explain”)"))  # fmt: skip
    heads = [say(lang, *AXES[axis]) for axis in by]
    print(
        table(
            [*heads, say(lang, "quantité", "quantity"), say(lang, "valeur", "value")],
            rows,
            numbers=(len(by), len(by) + 1),
        )
    )


def _word(result: Footprint, axis: str, value: str, lang: str) -> str:
    if axis == "stage":
        return say(lang, *STAGES[value])
    if axis == "match":
        return say(lang, *MATCHES.get(value, (value, value)))
    return result.matched.factor_set.label(value, lang) if axis in ("category", "item") else value


def _print_foot(told: dict[str, Any], lang: str) -> None:
    unknown = sum(m["quantity"] for m in told["missing"] if m["criterion"] == FIRST[0])
    if unknown:
        print(
            "\n"
            + say(
                lang,
                f"Équipements non pesés pour le climat : {unknown} (voir missing).",
                f"Devices not weighed for climate: {unknown} (see missing).",
            )
        )
    print(
        "\n"
        + say(
            lang,
            "Hypothèses (part du résultat climat, et comment les remplacer)",
            "Assumptions (share of the climate result, and how to replace them)",
        )
    )
    for one in told["assumptions"]:
        share = one["share"].get(FIRST[0])
        part = "" if share is None else f" [{share:.0%}]"
        print(f"  · {one['text']}{part}  {one['option']}")
    warn(say(lang, f"calcul {told['run'][:12]} · règles {told['rules']} · facteurs {told['factor_set']}",
             f"run {told['run'][:12]} · rules {told['rules']} · factors {told['factor_set']}"))  # fmt: skip


def _print_papers(told: dict[str, Any], lang: str) -> None:
    from terreau.kernel.interval import Interval
    from terreau.publishing.numbers import between, percent, quantity

    where = ", ".join(f"{axis} = {value}" for axis, value in told["where"].items()) or say(
        lang, "tout le parc", "the whole fleet"
    )
    at_least = say(lang, "au moins ", "at least ") if told["at_least"] else ""
    value = Interval(told["low"], told["central"], told["high"])
    print(
        f"{told['label']} ({where})\n  {at_least}{quantity(told['central'], told['unit'], lang)}  [{between(value, told['unit'], lang)}]"
    )
    print(f"  {say(lang, 'part du total :', 'share of the total:')} {percent(told['share_of_total'], lang)}\n")
    print(say(lang, "Le calcul, en mots", "The computation, in words"))
    for formula in told["formulas"]:
        print(f"  · {say(lang, *STAGES[formula['stage']])} = {formula['words']}")
    print("\n" + say(lang, "Ce qui pèse le plus", "What weighs most"))
    rows = [
        [
            i["label"],
            say(lang, *STAGES[i["stage"]]),
            i["match"],
            i["figures"],
            quantity(i["central"], told["unit"], lang),
            percent(i["share"], lang),
        ]
        for i in told["inputs"]
    ]
    heads = say(
        lang, "Équipement|Étape|Correspondance|Calcul|Valeur|Part", "Device|Stage|Match|Computation|Value|Share"
    ).split("|")
    print(table(heads, rows, numbers=(4, 5)))
    print("\nSources")
    for source in told["sources"]:
        print(f"  · {source['publisher']}, {source['title']}, {source['version']} ({source['licence']}), "
              f"{say(lang, 'vérifié le', 'checked on')} {source['checked_on']}")  # fmt: skip
    print("\n" + say(lang, "Hypothèses", "Assumptions"))
    for one in told["assumptions"]:
        print(f"  · {one['text']}  {one['option']}")
