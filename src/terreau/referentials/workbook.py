"""An edition as a workbook to read or pass on: one line a criterion, one language, and a sheet of papers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from terreau.referentials.edition import Criterion, Edition, Words
from terreau.tables.export import neutral

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")
MOST_LETTERS = 32_000
_WIDTHS = {"question": 60, "why": 50, "evidence": 45}
_READING = ("notions", "positive", "vigilance", "recommendations", "questions")
_HEADS = {
    "theme": Words(fr="Thème", en="Theme"),
    "rubric": Words(fr="Rubrique", en="Rubric"),
    "number": Words(fr="Numéro", en="Number"),
    "question": Words(fr="Question", en="Question"),
    "why": Words(fr="Pourquoi", en="Why"),
    "documents": Words(fr="Documents attendus", en="Documents expected"),
    "means": Words(fr="Moyens attendus", en="Means expected"),
    "results": Words(fr="Résultats attendus", en="Results expected"),
    "verdict": Words(fr="Attendu", en="Expected"),
    "evidence": Words(fr="Une bonne preuve", en="Good evidence"),
    "professions": Words(fr="Métiers", en="Professions"),
    "priority": Words(fr="Priorité", en="Priority"),
    "difficulty": Words(fr="Difficulté", en="Difficulty"),
    "weight": Words(fr="Poids", en="Weight"),
    "points": Words(fr="Points", en="Points"),
    "level": Words(fr="Niveau", en="Level"),
    "not_applicable": Words(fr="Ne s’applique pas si", en="Does not apply when"),
    "notions": Words(fr="Notions", en="Notions"),
    "positive": Words(fr="Points positifs", en="Positive points"),
    "vigilance": Words(fr="Points de vigilance", en="Points of vigilance"),
    "recommendations": Words(fr="Recommandations", en="Recommendations"),
    "questions": Words(fr="Questions à se poser", en="Questions to ask"),
    "refs": Words(fr="Renvois", en="References"),
    "link": Words(fr="Lien", en="Link"),
}
_STEPS = {
    "high": Words(fr="haute", en="high"),
    "medium": Words(fr="moyenne", en="medium"),
    "low": Words(fr="basse", en="low"),
}


def write_workbook(edition: Edition, target: Path, language: str = "fr") -> None:
    """Write ``edition`` to the XLSX file ``target``; no cell may start a formula, empty columns are left out."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    rows = [_row(edition, criterion, language) for criterion in edition.criteria]
    columns = [name for name in _HEADS if any(row.get(name) for row in rows)]
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Critères" if language != "en" else "Criteria"
    sheet.append([_HEADS[name].in_(language) for name in columns])
    for row in rows:
        sheet.append([_cell(row.get(name, "")) for name in columns])
    for number, name in enumerate(columns, 1):
        column = sheet.cell(row=1, column=number)
        column.font = Font(bold=True)
        sheet.column_dimensions[column.column_letter].width = _WIDTHS.get(name) or _width(rows, name)
    for line in sheet.iter_rows(min_row=2):
        for cell in line:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    papers = book.create_sheet("Papiers" if language != "en" else "Papers")
    for name, told in _papers(edition, language):
        papers.append([name, _cell(told)])
    papers.column_dimensions["A"].width, papers.column_dimensions["B"].width = 24, 90
    book.save(target)


def _width(rows: list[dict[str, str]], name: str) -> int:
    """Wide for sentences, narrow for words."""
    return 40 if any(len(row.get(name, "")) > 30 for row in rows) else 14


def _row(edition: Edition, criterion: Criterion, language: str) -> dict[str, str]:
    made = {
        "theme": edition.theme(criterion.theme).title.in_(language),
        "rubric": edition.rubric(criterion.rubric).title.in_(language),
        "number": criterion.number,
        "question": criterion.question.in_(language),
        "why": criterion.why.in_(language),
        "evidence": criterion.good_evidence.in_(language),
        "professions": ", ".join(edition.professions[name].in_(language) for name in criterion.professions),
        "priority": _step(criterion.priority, language),
        "difficulty": _step(criterion.difficulty, language),
        "weight": "" if criterion.weight is None else str(criterion.weight),
        "points": "" if criterion.points is None else str(criterion.points),
        "level": criterion.level,
        "not_applicable": criterion.not_applicable_because.in_(language),
        "refs": ", ".join(criterion.refs),
        "link": criterion.link,
    }
    made |= {facet.key: facet.expects.in_(language) for facet in criterion.facets}
    if criterion.reading:
        made |= {
            name: "\n".join(words.in_(language) for words in getattr(criterion.reading, name)) for name in _READING
        }
    return made


def _step(key: str, language: str) -> str:
    return _STEPS[key].in_(language) if key in _STEPS else key


def _papers(edition: Edition, language: str) -> Iterator[tuple[str, str]]:
    def say(french: str, english: str) -> str:
        return english if language == "en" else french

    yield say("Référentiel", "Referential"), edition.title.in_(language)
    yield say("Clé et version", "Key and version"), f"{edition.key} · {edition.version}"
    yield say("Autorité", "Authority"), edition.authority.in_(language)
    yield say("Lien officiel", "Official link"), edition.link
    yield say("Licence des mots", "Licence of the words"), edition.licence
    if edition.reformulation:
        yield (
            say("Attention", "Beware"),
            say(
                "Nos questions reformulent les critères officiels ; seul le texte officiel fait foi.",
                "Our questions restate the official criteria; only the official text is authoritative.",
            ),
        )
    if source := edition.source:
        yield "Source", f"{source.publisher.in_(language)}, {source.title.in_(language)}, {source.version}"
        yield say("Licence de la source", "Licence of the source"), source.licence
    yield say("Empreinte", "Digest"), edition.digest


def _cell(text: str) -> str:
    return neutral(_CONTROL.sub("", text)[:MOST_LETTERS])
