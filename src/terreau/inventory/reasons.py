"""The reason file (fichier des raisons): every line doubtful, rejected or merged, with what to do about it.

Only columns in use are quoted: what was dropped because it speaks of people never comes back here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from terreau.inventory.arrival import Arrival
from terreau.kernel.errors import words_of

if TYPE_CHECKING:
    from terreau.tables.engine import Engine

HEADINGS = {
    "fr": ("Fichier", "Feuille", "Ligne", "Sort", "Colonne", "Case", "Constat", "Pourquoi", "Que faire",
           "Numéro d'inventaire", "Nom", "Type", "Modèle"),
    "en": ("File", "Sheet", "Line", "Outcome", "Column", "Cell", "What", "Why", "Remedy",
           "Asset tag", "Name", "Type", "Model"),
}  # fmt: skip
OUTCOMES = {
    "rejected": ("écartée", "rejected"),
    "merged": ("doublon", "merged"),
    "doubtful": ("douteuse", "doubtful"),
}
_AT_ONCE = 10_000


def reason_rows(con: Engine, arrival: Arrival, language: str = "fr") -> Iterator[tuple[str, ...]]:
    """One row per remark on a doubtful, rejected or merged line, in the order of the lines (headings: ``HEADINGS``).

    Call it after ``check.report``, which is what finds the merged lines, and ask ``con`` nothing else meanwhile.
    """
    english = language == "en"
    con.execute(f"""
        SELECT l.file, l.sheet, l.line,
               CASE WHEN l.rejected IS NOT NULL THEN 'rejected'
                    WHEN starts_with(r.code, 'inventory.duplicate_') THEN 'merged' ELSE 'doubtful' END,
               coalesce(r.column_name, ''), coalesce(r.cell, ''), r.code, r.facts,
               coalesce(l.source_id, ''), coalesce(l.name, ''), coalesce(l.type_word, ''), coalesce(l.model, '')
        FROM {arrival.remarks} r JOIN {arrival.lines} l ON l.input = r.input AND l.line = r.line
        WHERE l.rejected IS NOT NULL OR l.doubtful OR starts_with(r.code, 'inventory.duplicate_')
        ORDER BY l.input, l.line, r.code, r.column_name, r.cell
    """)
    while rows := con.fetchmany(_AT_ONCE):
        for file, sheet, line, outcome, column, cell, code, facts, *said in rows:
            known = {"line": line, "column": column, "value": cell, **json.loads(facts or "{}")}
            words = words_of(code, known, language)
            yield (file, sheet, str(line), OUTCOMES[outcome][english], column, cell,
                   words.what, words.why, words.remedy, *said)  # fmt: skip
