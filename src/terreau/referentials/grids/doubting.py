"""Why a proposed reading should be looked at before it counts (doutes): none, and it may be accepted unseen."""

from __future__ import annotations

from terreau.referentials.edition import Words
from terreau.referentials.grids.grid import ASIDE, CRITERION, Grid
from terreau.referentials.grids.mapping import Mapping

_REMARKS = ("duplicate_number", "number_is_a_day", "bad_points", "unknown_level", "cut_short")
_ASIDE = ("no_question", "note")


def doubts(mapping: Mapping, grid: Grid) -> tuple[Words, ...]:
    """What a person should settle: words without a meaning, columns guessed, nothing to fill, lines that say odd things."""
    made: list[Words] = []
    undecided = ", ".join(word for word, share in mapping.words.items() if not share)
    if undecided:
        made.append(Words(fr=f"des mots de la grille n’ont pas de sens connu : {undecided}",
                          en=f"some words of the grid have no known meaning: {undecided}"))  # fmt: skip
    guessed = ", ".join(sheet.sheet for sheet in mapping.sheets if not sheet.headings)
    if guessed:
        made.append(Words(fr=f"les colonnes n’ont pas de titre reconnu : {guessed}",
                          en=f"columns have no heading we know: {guessed}"))  # fmt: skip
    if not any(grid.cells.values()):
        made.append(Words(fr="aucune cellule à remplir n’est reconnue", en="no cell to fill is recognised"))
    told = [one for one in grid.remarks if one.code in _REMARKS]
    made += [Words(fr=f"{one.sheet}, ligne {one.line} : {one.told('fr')}", en=f"{one.sheet}, line {one.line}: {one.told('en')}")
             for one in told[:6]]  # fmt: skip
    aside = sum(line.fate == ASIDE and line.reason in _ASIDE for line in grid.lines)
    asked = sum(line.fate == CRITERION for line in grid.lines)
    if 4 * aside > asked:
        made.append(Words(fr=f"{aside} lignes mises de côté pour {asked} critères",
                          en=f"{aside} lines set aside for {asked} criteria"))  # fmt: skip
    return tuple(made)
