"""Two rule sets side by side: from the engine's comparison to what the page prints (règles comparées)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from terreau.app.footprint import exports, reading, words
from terreau.app.footprint.results import Asked
from terreau.app.results import kept_json
from terreau.factors.criteria import Criterion
from terreau.factors.criteria import criterion as criterion_of
from terreau.kernel.interval import Interval
from terreau.publishing import numbers
from terreau.publishing.figure import Figure, figure
from terreau.publishing.table import Row, Table, columns

COMPARE, ERRORS = "footprint.rules", "footprint.rules_errors"
SHOWN = 5
"""Lines in error on the page; the others are in the CSV."""


@dataclass(frozen=True, slots=True)
class Side:
    """One rule set: its key, its label, its total of one criterion."""

    key: str
    label: str
    total: Figure


def steps() -> dict[str, tuple[str, str, str]]:
    """What changes at each step, from terreau-1 to numecoeval-2.2: a name, then the rule of each in a few words."""
    return {
        "presence": (gettext("Présence"), gettext("les jours en service"), gettext("une année entière par ligne")),
        "perimeter": (
            gettext("Périmètre"), gettext("ce qui est en service"), gettext("aussi le stock, les sortis et les personnels"),
        ),
        "rate": (
            gettext("Taux d'utilisation"), gettext("aucun"), gettext("celui de la ligne : COPE 0,8 et BYOD 0,57"),
        ),
        "reference": (
            gettext("Équipement de référence"), gettext("selon la catégorie et la taille"),
            gettext("le modèle exact ou le type, si vous avez déposé ces fichiers"),
        ),
        "lifespan": (
            gettext("Durée de vie"), gettext("celle de la catégorie, ou l'âge s'il la dépasse"),
            gettext("les jours depuis l'achat, divisés par 365"),
        ),
        "pue": (
            "PUE", gettext("pour tout ce qui est en salle machine"),
            gettext("pour les seuls serveurs, à 1,75 si rien d'autre n'est dit"),
        ),
        # the import gives a device the country of its room, for both: only a fleet made by hand parts here
        "country": (gettext("Pays"), gettext("celui de la salle machine d'abord"), gettext("celui de la salle machine d'abord")),
        "errors": (gettext("Erreurs"), gettext("nommées, et dites « au moins »"), gettext("comptées pour zéro")),
    }  # fmt: skip


def causes() -> dict[str, str]:
    """Why a row is in error under numecoeval-2.2."""
    return {
        "no_reference": gettext("Aucun équipement de référence, ou aucun facteur pour l'étape"),
        "no_lifespan": gettext("Retrait au jour de l'achat ou avant : pas de durée de vie"),
        "no_energy": gettext("Consommation électrique inconnue"),
        "no_mix": gettext("Pas d'électricité connue pour le pays"),
    }


def compared(asked: Asked, language: str) -> dict[str, Any]:
    """The public JSON of the comparison, made at the first look, by a worker when a page asks."""
    found: dict[str, Any] = kept_json(
        asked.organisation, f"{asked.digest}-rules-{language}", lambda: asked.compare().as_json(language),
        kind=COMPARE, inputs={"language": language},
    )  # fmt: skip
    return found


def page(told: dict[str, Any], pages: reading.Pages, criterion: Criterion, language: str) -> dict[str, Any]:
    """What the page prints for one criterion."""
    one = next((each for each in told["criteria"] if each["criterion"] == criterion.key), None)
    highs = [total["high"] for each in told["rules"] for total in each["totals"] if total["criterion"] == criterion.key]
    furthest = max(highs, default=None)
    return {
        "tabs": pages.tabs("rules"),
        "choices": pages.choices("rules"),
        "criterion": words.short(criterion.key),
        "sides": [_side(each, criterion, furthest, language) for each in told["rules"]],
        "difference": _difference(one, criterion, language),
        "parts": _parts(one, criterion, language) if one else None,
        "totals": _totals(told, pages, language),
        "errors": _errors(told, language),
        "lines": _lines(told),
        "csv": reverse("empreinte:rules_csv", args=[pages.slug]),
        "errors_csv": reverse("empreinte:rules_errors", args=[pages.slug]),
        "json": reverse("empreinte:rules_json", args=[pages.slug]),
    }


def _side(one: dict[str, Any], criterion: Criterion, furthest: float | None, language: str) -> Side:
    total = _total(one, criterion.key)
    value = Interval(total["low"], total["central"], total["high"]) if total else None
    shown = figure(one["key"], value, criterion.unit, language, at_least=_partial(one, total), upto=furthest)
    return Side(one["key"], one["label"], shown)


def _total(rules: dict[str, Any], criterion: str) -> dict[str, Any] | None:
    return next((each for each in rules["totals"] if each["criterion"] == criterion), None)


def _partial(rules: dict[str, Any], total: dict[str, Any] | None) -> bool:
    """True when our total leaves something aside; NumEcoEval does not say so of its own."""
    return bool(total and total["coverage"] < 1 and rules["key"].startswith("terreau"))


def _difference(one: dict[str, Any] | None, criterion: Criterion, language: str) -> str:
    """« numecoeval-2.2 donne 9,1 t CO₂ éq. de plus (+44 %). »"""
    if one is None:
        return ""
    said = {"gap": numbers.quantity(abs(one["difference"]), criterion.unit, language), "share": _share(one, language)}
    if one["difference"] > 0:
        return gettext("numecoeval-2.2 donne %(gap)s de plus que terreau-1 (%(share)s).") % said
    if one["difference"] < 0:
        return gettext("numecoeval-2.2 donne %(gap)s de moins que terreau-1 (%(share)s).") % said
    return gettext("Les deux jeux de règles donnent le même total.")


def _share(one: dict[str, Any], language: str, value: float | None = None) -> str:
    gap = one["difference"] if value is None else value
    return _signed(gap, numbers.percent(abs(gap) / abs(one["first"]), language)) if one["first"] else "–"


def _signed(value: float, text: str) -> str:
    return f"+{text}" if value > 0 else f"−{text}" if value < 0 else text


def _gap(one: dict[str, Any], criterion: Criterion, language: str) -> str:
    return _signed(one["difference"], numbers.quantity(abs(one["difference"]), criterion.unit, language))


def _parts(one: dict[str, Any], criterion: Criterion, language: str) -> Table:
    """What each step adds, then the whole difference."""
    rows = []
    for key, (name, ours, theirs) in steps().items():
        value = one["parts"][key]
        text = _signed(value, numbers.quantity(abs(value), criterion.unit, language))
        rows.append(Row(name, (ours, theirs, text, _share(one, language, value))))
    rows.append(Row(gettext("Écart, en tout"), ("–", "–", _gap(one, criterion, language), _share(one, language))))
    part, share, sides = gettext("Part de l'écart"), gettext("En % de terreau-1"), ("terreau-1", "numecoeval-2.2")
    return Table(
        caption=gettext("D'où vient l'écart : une règle changée à la fois, dans cet ordre"), axis=gettext("Règle"),
        heads=columns(*sides, part, share, words=sides), rows=tuple(rows), stacked=True,
    )  # fmt: skip


def _totals(told: dict[str, Any], pages: reading.Pages, language: str) -> Table:
    """Every criterion known under both."""
    order = [*words.FIRST, *(each["criterion"] for each in told["criteria"] if each["criterion"] not in words.FIRST)]
    by = {each["criterion"]: each for each in told["criteria"]}
    rows = [
        Row(
            words.short(key),
            (*(_written(each, key, by[key]["unit"], language) for each in told["rules"]), _share(by[key], language)),
            pages.to("rules", key),
        )
        for key in order
        if key in by and criterion_of(key).kind == "impact"
    ]
    heads = columns("terreau-1", "numecoeval-2.2", gettext("Écart"))
    return Table(
        caption=gettext("Tous les critères, par an"), axis=gettext("Critère"), heads=heads, rows=tuple(rows),
    )  # fmt: skip


def _written(rules: dict[str, Any], key: str, unit: str, language: str) -> str:
    """« au moins 3,1 kg Sb éq. (2,0 à 5,2) »."""
    total = _total(rules, key)
    if total is None:
        return "–"
    value = Interval(total["low"], total["central"], total["high"])
    shown = figure(rules["key"], value, unit, language, at_least=_partial(rules, total))
    within = numbers.bounds(numbers.scale((value.central,), unit, language).interval(value), language)
    return shown.text if value.is_exact else f"{shown.text} ({within})"


def _errors(told: dict[str, Any], language: str) -> Table | None:
    """Lines and rows in error, by cause."""
    rows = tuple(
        Row(causes()[one["cause"]], (numbers.count(one["lines"], language), numbers.count(one["rows"], language)))
        for one in told["causes"]
    )
    heads = columns(gettext("Lignes"), gettext("Lignes × étapes"))
    caption = gettext("Comptées pour zéro (climat)")
    return Table(caption=caption, axis="Cause", heads=heads, rows=rows) if rows else None


def _lines(told: dict[str, Any]) -> list[str]:
    """The first lines in error, each in a sentence."""
    stages, why = words.stages(), causes()
    text = gettext("%(file)s, ligne %(line)s (%(asset)s), %(stages)s : %(cause)s")
    return [
        text % {**one, "asset": one["asset"] or "–", "cause": why[one["cause"]],
                "stages": ", ".join(stages[name].label.lower() for name in one["stages"])}
        for one in told["errors"][:SHOWN]
    ]  # fmt: skip


def totals_table(told: dict[str, Any]) -> exports.Rows:
    """Both totals, their difference and its parts, for every criterion."""
    keys = tuple(told["steps"])
    heads = ("criterion", "label", "unit", "terreau-1", "numecoeval-2.2", "difference", *keys)
    rows = [
        [one["criterion"], criterion_of(one["criterion"]).label(words.language()), one["unit"], one["first"], one["second"],
         one["difference"], *(one["parts"][key] for key in keys)]
        for one in told["criteria"]
    ]  # fmt: skip
    return heads, rows


def errors_file(asked: Asked, language: str) -> Path:
    """The CSV of every line in error, its stages and its cause (climate), likewise."""

    def make(path: Path) -> None:
        from terreau.tables.export import write_csv

        with translation.override(language), path.open("w", encoding="utf-8-sig", newline="") as target:
            heads, rows = _errors_table(asked)
            write_csv(rows, heads, target)

    return asked.file(f"erreurs-{language}.csv", make, ERRORS, {"language": language})


def _errors_table(asked: Asked) -> exports.Rows:
    why, stages = causes(), words.stages()
    rows = [
        [one.file, one.line, one.asset, one.category, ", ".join(stages[name].label for name in one.stages), one.cause,
         why[one.cause]]
        for one in asked.compare(listed=None).errors
    ]  # fmt: skip
    return ("file", "line", "asset", "category", "stages", "cause", "words"), rows
