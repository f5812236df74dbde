"""The file of values (fichier des valeurs): its columns, the headings they go by, and the file to fill in."""

from __future__ import annotations

from collections.abc import Iterable

from terreau.indicators.definition import Indicator
from terreau.indicators.headings import Headings, Known, to_fill
from terreau.tables.schema import Column

IN_FORCE = {"fr": "en vigueur", "en": "in force"}
REPLACED = {"corrected": ("corrigée", "corrected"), "recomputed": ("recalculée", "recomputed")}
"""What the column "state" of our own export says of a value: only those in force are read back."""


def _text(name: str, fr: str, en: str, help: tuple[str, str], example: str = "", *, required: bool = False) -> Column:
    return Column(name=name, kind="text", fr=fr, en=en, help_fr=help[0], help_en=help[1], example=example, required=required)  # fmt: skip


def _number(name: str, fr: str, en: str, help: tuple[str, str], example: str = "") -> Column:
    return Column(name=name, kind="number", fr=fr, en=en, help_fr=help[0], help_en=help[1], example=example)


VALUES = Headings((
    Known(_text("indicator", "Indicateur", "Indicator", ("La clé de l’indicateur, ou son nom.", "The key of the indicator, or its name."),
                "PARC02", required=True),
          ("clé", "code", "clé de l'indicateur", "code indicateur", "id", "indicateurs", "key", "indicator key", "KPI")),
    Known(_text("name", "Nom", "Name", ("Pour la lecture seulement.", "For reading only.")),
          ("libellé", "intitulé", "nom de l'indicateur", "label", "indicator name")),
    Known(_text("group", "Groupe", "Group", ("La part mesurée (un métier, une catégorie) ; vide pour le tout.",
                                            "The part measured (a profession, a category); empty for the whole."), "it"),
          ("métier", "catégorie", "profession", "category", "part")),
    Known(Column(name="date", kind="date", fr="Date", en="Date", required=True, example="2025-12-31",
                 help_fr="Le jour, le mois, le trimestre (T1 2025) ou l’année dont la valeur parle.",
                 help_en="The day, month, quarter (Q1 2025) or year the value speaks of."),
          ("année", "annee", "an", "période", "year", "period", "au", "mois", "trimestre", "month", "quarter", "jour", "day",
           "exercice", "date de la valeur", "date de mesure", "measured on")),
    Known(_number("value", "Valeur", "Value", ("Dans l’unité de l’indicateur ; vide si les deux termes sont donnés.",
                                               "In the unit of the indicator; empty when both terms are given."), "4,8"),
          ("résultat", "mesure", "valeur mesurée", "taux", "result", "measure", "measurement", "rate")),
    Known(_text("unit", "Unité", "Unit", ("Vérifiée : une autre unité n’est jamais convertie.", "Checked: another unit is never converted.")),
          ("unité de mesure", "unit of measure")),
    Known(_number("numerator", "Numérateur", "Numerator", ("Ce qui est compté au-dessus.", "What is counted above."), "38"),
          ("num", "dividende")),
    Known(_number("denominator", "Dénominateur", "Denominator", ("Ce par quoi on divise.", "What it is divided by."), "40"),
          ("dénom", "denom", "base", "effectif", "total concerné")),
    Known(_number("low", "Minimum", "Low", ("La valeur la plus basse possible.", "The lowest value possible.")),
          ("min", "bas", "borne basse", "lower", "lower bound")),
    Known(_number("high", "Maximum", "High", ("La valeur la plus haute possible.", "The highest value possible.")),
          ("max", "haut", "borne haute", "upper", "upper bound")),
    Known(_text("method", "Méthode", "Method", ("Comment la valeur a été obtenue ; en changer se voit sur la courbe.",
                                               "How the value was obtained; a change shows on the curve.")),
          ("mode de calcul", "calculation")),
    Known(_text("method_version", "Version de la méthode", "Method version", ("Si la méthode en a une.", "When the method has one.")),
          ("version",)),
    Known(_text("explained", "Commentaire", "Comment", ("Ce qui explique la valeur.", "What explains the value.")),
          ("commentaires", "observation", "observations", "explication", "remarque", "remarques", "note", "notes", "comments", "explanation", "remark")),
    Known(_text("state", "État", "State", ("Écrit par l’export de Terreau.", "Written by Terreau’s export."))),
), ignored=(
    "Valeur relative", "Début de période", "Fin de période", "Précision", "Signé par", "Enregistré le", "Origine", "Identifiant",
    "Corrige", "Recalcule", "Preuves", "Relative value", "Period start", "Period end", "Precision", "Signed by", "Recorded on",
    "Origin", "Identifier", "Corrects", "Recomputes", "Evidence",
))  # fmt: skip
WHOLE = frozenset(("", "total", "ensemble", "tous", "toutes", "tout", "all", "whole"))
"""What a group column says of the whole."""
NEEDED = ("indicator", "date")
NUMBERS = ("value", "numerator", "denominator", "low", "high")
TO_FILL = tuple(one.column for one in VALUES.known if one.column.name != "state")


def template(format: str, language: str = "fr", indicators: Iterable[Indicator] = ()) -> bytes:
    """The file to fill in, "csv" or "xlsx": headings alone, or one line begun for each of ``indicators``."""
    rows = [{"indicator": one.key, "name": one.name.in_(language), "unit": one.unit} for one in indicators]
    return to_fill(TO_FILL, format, title="Values" if language == "en" else "Valeurs", language=language, rows=rows)
