"""A received grid once read: the document of its edition, the cells to fill, the fate of every line."""

from __future__ import annotations

from collections.abc import Mapping as Held
from dataclasses import asdict, dataclass, field
from typing import Any

from terreau.referentials.edition import Words

CRITERION, THEME_LINE, RUBRIC_LINE, HEADING, BLANK, ASIDE = "criterion", "theme", "rubric", "heading", "blank", "aside"
LAYOUT = "terreau-grid-1"
FATES = {
    CRITERION: Words(fr="critère", en="criterion"),
    THEME_LINE: Words(fr="thème", en="theme"),
    RUBRIC_LINE: Words(fr="rubrique", en="rubric"),
    HEADING: Words(fr="titre de colonnes", en="column heading"),
    BLANK: Words(fr="vide", en="blank"),
    ASIDE: Words(fr="mise de côté", en="set aside"),
}

WHY_ASIDE = {
    "total": Words(fr="un total, un score", en="a total, a score"),
    "no_question": Words(fr="rien dans la colonne des questions", en="nothing in the column of questions"),
    "note": Words(
        fr="un texte sans numéro ni points, sous un critère", en="a text without number or points, under a criterion"
    ),
    "remark": Words(fr="une note pour qui remplit", en="a note for who fills it in"),
    "before": Words(fr="au-dessus des titres de colonnes", en="above the column headings"),
    "hidden": Words(fr="feuille masquée", en="hidden sheet"),
    "too_long": Words(fr="feuille trop longue pour une grille", en="sheet too long for a grid"),
    "too_wide": Words(fr="feuille trop large pour une grille", en="sheet too wide for a grid"),
    "empty": Words(fr="feuille vide", en="empty sheet"),
    "not_mapped": Words(fr="feuille laissée de côté", en="sheet left aside"),
}
WHY_LEFT = {
    "no_word": Words(
        fr="la cellule n’admet aucun mot pour cette réponse", en="the cell allows no word for this answer"
    ),
    "differ": Words(
        fr="les réponses diffèrent : un seul mot serait faux, choisissez-le vous-même",
        en="the answers differ: one word would be wrong, choose it yourself",
    ),
    "no_cell": Words(fr="la grille n’a pas de cellule pour cela", en="the grid has no cell for it"),
    "free_only": Words(
        fr="la cellule n’admet que ses mots : le texte n’y entre pas", en="the cell allows its own words only: no text"
    ),
    "signs": Words(
        fr="écrit, mais « ? » y remplace un signe que ce fichier ne sait pas noter",
        en="written, but “?” replaces a sign this file cannot hold",
    ),
}
REMARKS = {
    "duplicate_number": Words(
        fr="Le numéro {number} sert deux fois : le second critère devient {key}.",
        en="The number {number} is used twice: the second criterion becomes {key}.",
    ),
    "zero_restored": Words(
        fr="Le tableur a lu {number} ; d’après la suite, c’est {key}.",
        en="The spreadsheet read {number}; from what stands around, it is {key}.",
    ),
    "number_is_a_day": Words(
        fr="Le tableur a changé ce numéro en date ({number}) : le critère devient {key}.",
        en="The spreadsheet turned this number into a date ({number}): the criterion becomes {key}.",
    ),
    "no_number": Words(fr="Sans numéro : le critère devient {key}.", en="No number: the criterion becomes {key}."),
    "bad_points": Words(fr="« {text} » n’est pas un nombre de points.", en="“{text}” is not a number of points."),
    "formula_cell": Words(
        fr="La cellule {cell} contient une formule : elle ne sera pas remplie, elle se recalculera.",
        en="The cell {cell} holds a formula: it will not be filled, it will work itself out.",
    ),
    "shared_cell": Words(
        fr="La cellule {cell} sert à plusieurs critères : leurs textes s’y suivront.",
        en="The cell {cell} serves several criteria: their texts will follow one another there.",
    ),
    "unknown_level": Words(fr="Niveau inconnu : « {text} ».", en="Unknown level: “{text}”."),
    "cut_short": Words(fr="Texte coupé à {most} signes.", en="Text cut at {most} characters."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The fate of one line: ``line`` as the spreadsheet numbers it; 0 is a whole sheet. ``key``: the criterion made."""

    sheet: str
    line: int
    fate: str
    text: str = ""
    key: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something a person should know about a line, still read."""

    sheet: str
    line: int
    code: str
    facts: dict[str, str] = field(default_factory=dict, hash=False)

    def told(self, language: str) -> str:
        """The remark in words."""
        return REMARKS[self.code].in_(language).format_map(self.facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell to fill, as people name it, and the words it allows (none: free)."""

    sheet: str
    ref: str
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Grid:
    """``document`` is what ``library.edition_from`` reads; ``cells``: short criterion key -> role -> cell.

    words: verdict key -> word of the grid; not_applicable: the word for it, '' when there is none
    """

    workbook: str
    sha256: str
    kind: str
    document: dict[str, Any]
    cells: dict[str, dict[str, Cell]]
    words: dict[str, str]
    not_applicable: str = ""
    lines: tuple[Line, ...] = ()
    remarks: tuple[Remark, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """What filling needs, as JSON values: neither the document nor the fate of lines."""
        return {
            "layout": LAYOUT, "workbook": self.workbook, "sha256": self.sha256, "kind": self.kind, "words": self.words,
            "not_applicable": self.not_applicable,
            "cells": {key: {role: asdict(cell) for role, cell in held.items()} for key, held in self.cells.items()},
        }  # fmt: skip


def grid_from_json(value: Held[str, Any]) -> Grid:
    """What ``Grid.as_json`` gave, without its document and lines."""
    cells = {
        key: {
            role: Cell(sheet=one["sheet"], ref=one["ref"], allowed=tuple(one["allowed"])) for role, one in held.items()
        }
        for key, held in value["cells"].items()
    }
    return Grid(workbook=value["workbook"], sha256=value["sha256"], kind=value["kind"], document={}, cells=cells,
                words=dict(value["words"]), not_applicable=value["not_applicable"])  # fmt: skip
