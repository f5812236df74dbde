"""``grille.xlsx``: the grid as it was answered, one row a criterion, with what the auditor said beside when there is one."""

from __future__ import annotations

import io
from typing import Any

from terreau.publishing.blocks import plain
from terreau.publishing.dossier.held import Held
from terreau.publishing.dossier.records import DossierPackage
from terreau.publishing.dossier.words import FACETS, STATES, day, say, word
from terreau.publishing.settled import settled
from terreau.referentials.edition import FACETS as FACETS_OF
from terreau.referentials.edition import Criterion

MOST_LETTERS = 32_000
WIDE, MIDDLE, NARROW = 60, 34, 14


def grid(package: DossierPackage, held: Held) -> bytes:
    """The workbook; a cell that begins like a formula is text."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill

    heads = _heads(package)
    book = Workbook()
    sheet: Any = book.active
    sheet.title = say(package.language, "Grille", "Grid")
    for number, (name, width) in enumerate(heads, 1):
        cell = _put(sheet, 1, number, name)
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor="2C6A43")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[cell.column_letter].width = width
    wrapped = Alignment(wrap_text=True, vertical="top")
    for line, criterion in enumerate(package.asked.criteria, 2):
        for number, value in enumerate(_row(package, held, criterion), 1):
            _put(sheet, line, number, value).alignment = wrapped
    sheet.freeze_panes, sheet.auto_filter.ref = "D2", sheet.dimensions
    made = io.BytesIO()
    book.save(made)
    return settled(made.getvalue(), package.frozen_on)


def _put(sheet: Any, line: int, column: int, value: str) -> Any:
    cell = sheet.cell(row=line, column=column)
    cell.value = plain(value)[:MOST_LETTERS] or None
    if cell.value:
        cell.data_type = "s"  # never a formula, whatever it begins with
    return cell


def _heads(package: DossierPackage) -> list[tuple[str, int]]:
    lang = package.language
    heads = [(say(lang, "Thème", "Theme"), MIDDLE), (say(lang, "Rubrique", "Rubric"), MIDDLE), (say(lang, "Numéro", "Number"), NARROW),
             (say(lang, "Question", "Question"), WIDE), (say(lang, "S’applique", "Applies"), NARROW),
             (say(lang, "Raison, si non", "Reason, if not"), MIDDLE)]  # fmt: skip
    for facet in FACETS_OF[package.edition.mode]:
        name = word(FACETS, facet, lang)
        heads += [(name, NARROW), (name + say(lang, " : réponse", ": answer"), WIDE)]
        if package.verdicts:
            heads += [
                (name + say(lang, " : auditeur", ": auditor"), NARROW),
                (name + say(lang, " : sa raison", ": its reason"), MIDDLE),
            ]
    return [*heads, (say(lang, "Réponse", "Answer"), WIDE), (say(lang, "Preuves", "Evidence"), WIDE), (say(lang, "Responsable", "Owner"), MIDDLE),
            (say(lang, "État", "State"), NARROW), (say(lang, "Relue le", "Reviewed on"), NARROW)]  # fmt: skip


def _row(package: DossierPackage, held: Held, criterion: Criterion) -> list[str]:
    lang, answer = package.language, package.record.answer(criterion.key)
    row = [package.edition.theme(criterion.theme).title.in_(lang), package.edition.rubric(criterion.rubric).title.in_(lang),
           criterion.number, criterion.question.in_(lang),
           say(lang, "non", "no") if answer.applicable is False else say(lang, "oui", "yes"), answer.reason]  # fmt: skip
    for facet in FACETS_OF[package.edition.mode]:
        row += _facet(package, criterion, facet)
    return [*row, answer.text, _evidence(package, held, criterion), answer.owner, word(STATES, answer.state, lang),
            day(answer.reviewed_on, lang) if answer.reviewed_on else ""]  # fmt: skip


def _facet(package: DossierPackage, criterion: Criterion, facet: str) -> list[str]:
    told = package.record.answer(criterion.key).facet(facet)
    row = [
        verdict_word(package, told.verdict if told else None),
        "\n".join(filter(None, (told.text, told.value, told.absence))) if told else "",
    ]
    if package.verdicts:
        said = package.verdict_of(criterion.key, facet)
        row += [verdict_word(package, said.verdict), said.reason] if said else ["", ""]
    return row


def verdict_word(package: DossierPackage, verdict: str | None) -> str:
    """A verdict in the words of the edition's scale; '' when nobody answered."""
    known = package.step(verdict)
    return known.label.in_(package.language) if known else verdict or ""


def _evidence(package: DossierPackage, held: Held, criterion: Criterion) -> str:
    lines = []
    for link in package.told.answer(criterion.key).links:
        one = package.told.evidence.get(link.evidence)
        if one is not None:
            where = f" [{link.locator}]" if link.locator else ""
            lines.append(
                f"{word(FACETS, link.facet, package.language)} – {one.title}{where} – {held.where(one, package.language)}"
            )
    return "\n".join(lines)
