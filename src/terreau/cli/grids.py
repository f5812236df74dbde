"""``terreau referential fill`` and the import of a received grid: what became of each line, what was written or left."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from terreau.cli.writing import many, ready_to_write, say, table, warn
from terreau.kernel.errors import TerreauError

if TYPE_CHECKING:
    from terreau.diagnosis.answers_file import AnswersFile
    from terreau.referentials.grids.filling import Filled
    from terreau.referentials.grids.grid import Grid
    from terreau.referentials.grids.mapping import Mapping

SHOWN = 12


def fill(options: argparse.Namespace) -> int:
    """A received grid filled with a file of answers, nothing kept.

    Codes: 0 filled; 1 filled, with something left or doubtful; 2 when the grid, the answers or the mapping cannot be used.
    """
    from terreau.diagnosis.answers_file import read_answers
    from terreau.diagnosis.grid_answers import grid_answers
    from terreau.referentials.grids.doubting import doubts
    from terreau.referentials.grids.filling import fill as filled
    from terreau.referentials.grids.reading import edition_of

    lang = options.lang
    mapping, grid = _read(options.grid, options.mapping)
    edition = edition_of(grid)
    try:
        told = read_answers(options.answers, edition)
    except TerreauError as refused:
        raise _about_the_grid(refused) from refused
    targets = [options.out, *([options.save_mapping] if options.save_mapping else [])]
    ready_to_write(*targets)
    made = filled(options.grid, grid, grid_answers(edition, told.record), options.out)
    if options.save_mapping:
        options.save_mapping.write_text(
            json.dumps(mapping.as_json(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
    print(fates_told(grid, lang))
    print()
    count = many(lang, made.cells, "cellule remplie|cellules remplies", "cell filled|cells filled")
    print(say(lang, f"{options.out} : {count}", f"{options.out}: {count}"))
    unsure = () if options.mapping else doubts(mapping, grid)
    for words in unsure:
        warn(say(lang, "À vérifier : ", "To check: ") + words.in_(lang))
    _told_left(made, grid, lang)
    _told_emptied(made, lang)
    _told_findings(told, lang)
    return 1 if unsure or made.left or told.findings else 0


def take_in(options: argparse.Namespace) -> int:
    """A received grid read as proposed: what became of each line; kept when an organisation is given and nothing is unsure."""
    from terreau.referentials.grids.doubting import doubts
    from terreau.referentials.grids.reading import fates

    lang = options.lang
    mapping, grid = _read(options.file, None)
    unsure = doubts(mapping, grid)
    kept = _keep(options.organisation, options.file, lang) if options.organisation else None
    if options.json:
        told = {
            "kind": "grid", "title": mapping.title, "version": mapping.version, "kept": kept, "fates": fates(grid),
            "doubts": [{"fr": one.fr, "en": one.en} for one in unsure], "mapping": mapping.as_json(),
            "lines": [{"sheet": one.sheet, "line": one.line, "fate": one.fate, "key": one.key, "reason": one.reason, "text": one.text}
                      for one in grid.lines],
        }  # fmt: skip
        print(json.dumps(told, ensure_ascii=False, indent=2))
        return 1 if unsure else 0
    print(f"{mapping.title} · {mapping.version}")
    print(fates_told(grid, lang))
    for words in unsure:
        warn(say(lang, "À vérifier : ", "To check: ") + words.in_(lang))
    if kept:
        print(say(lang, f"Gardé : {kept}", f"Kept: {kept}"))
    else:
        warn(say(lang, "Rien n'est gardé : ajoutez --organisation SLUG pour l'importer.",
                 "Nothing is kept: add --organisation SLUG to import it."))  # fmt: skip
    return 1 if unsure else 0


def fates_told(grid: Grid, language: str) -> str:
    """Every line that is not blank, what it became, and what should be known of it."""
    from terreau.referentials.grids.grid import BLANK, FATES, WHY_ASIDE

    heads = say(language, "Feuille|Ligne|Devenue|Critère|Texte", "Sheet|Line|Became|Criterion|Text").split("|")
    remarks: dict[tuple[str, int], list[str]] = {}
    for remark in grid.remarks:
        remarks.setdefault((remark.sheet, remark.line), []).append(remark.told(language))
    rows = []
    for one in grid.lines:
        if one.fate == BLANK:
            continue
        fate = FATES[one.fate].in_(language)
        why = f" ({WHY_ASIDE[one.reason].in_(language)})" if one.reason else ""
        said = " ".join([one.text[:80], *(f"[{words}]" for words in remarks.get((one.sheet, one.line), ()))])
        rows.append([one.sheet, str(one.line or "–"), fate + why, one.key, said])
    return table(heads, rows, numbers=(1,))


def _read(path: Path, mapping: Path | None) -> tuple[Mapping, Grid]:
    from terreau.referentials.grids.book import open_book
    from terreau.referentials.grids.mapping import mapping_from_json
    from terreau.referentials.grids.proposing import propose
    from terreau.referentials.grids.reading import read

    book = open_book(path)
    if mapping is None:
        made = propose(book)
    else:
        try:
            value: Any = json.loads(mapping.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError) as error:
            raise TerreauError("referentials.grid_mapping", reason=f"{mapping.name}: {type(error).__name__}") from error
        made = mapping_from_json(value if isinstance(value, dict) else {})
    return made, read(book, made)


def _about_the_grid(refused: TerreauError) -> TerreauError:
    """The same refusal with what can be done about a grid: its name comes from the workbook, nobody chose it."""
    if refused.code != "diagnosis.answers_other_edition":
        return refused
    return TerreauError("referentials.grid_other_answers", **refused.facts)


def _told_left(made: Filled, grid: Grid, language: str) -> None:
    from terreau.referentials.grids.grid import WHY_LEFT

    if not made.left:
        return
    warn(many(language, len(made.left), "point à reprendre à la main :|points à reprendre à la main :",
              "point to finish by hand:|points to finish by hand:"))  # fmt: skip
    for one in made.left:
        cell = grid.cells.get(one.criterion, {}).get(one.role)
        what = ", ".join(part for part in (one.criterion, one.what.in_(language)) if part)
        place = f" ({cell.sheet} {cell.ref})" if cell else ""
        why = WHY_LEFT[one.reason].in_(language)
        warn(say(language, f"  {what}{place} : {why}", f"  {what}{place}: {why}"))


def _told_emptied(made: Filled, language: str) -> None:
    if made.emptied:
        cells = ", ".join(made.emptied[:SHOWN]) + (", …" if len(made.emptied) > SHOWN else "")
        warn(say(language, f"Formules sans valeur tant qu'un tableur ne les a pas recalculées : {cells}",
                 f"Formulas without a value until a spreadsheet program works them out again: {cells}"))  # fmt: skip


def _told_findings(told: AnswersFile, language: str) -> None:
    for finding in told.findings:
        words = finding.as_json(language)
        warn(f"{words['line']}: {words['what']} {words['remedy']}")


def _keep(slug: str, path: Path, language: str) -> str:
    """Accept the proposed reading in one organisation; TerreauError app.grid_unsure, with the screen, when it is doubtful."""
    from terreau.cli.keeping import start

    start()
    from terreau.app.keeping.leaving import named
    from terreau.app.referentials import door

    return str(door.keep_grid(named(slug), path, language))
