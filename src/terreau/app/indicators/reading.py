"""A file of values read in the confined child process: no Django, no database, plain values in and out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from terreau.indicators.catalogue import indicators
from terreau.indicators.importing import read_values
from terreau.indicators.loading import from_document
from terreau.indicators.remarks import Remark
from terreau.indicators.values import Value
from terreau.kernel.errors import TerreauError
from terreau.tables.findings import Finding

MOST_LINES = 20_000


def read(*, path: str, name: str, language: str, at: str, recorded_at: str, signed_by: str, known: Sequence[Mapping[str, Any]],
         organisation: str, own: Sequence[Mapping[str, Any]]) -> dict[str, Any]:  # fmt: skip
    """What a file of values says, line by line, with the words of both languages.

    known: the values already kept, as ``Value.as_json``; own: documents of the indicators of the ``organisation``
    returns {"counts", "sheets", "findings": [words], "lines": [{sheet, line, outcome, value, remarks: [words]}]},
    where words are {"code", "column", "fr": [what, why, remedy], "en": [...]}
    """
    pack = [from_document(document, name, organisation=organisation) for document in own]
    found = read_values(
        Path(path), name=name, indicators=indicators([pack]), at=date.fromisoformat(at),
        recorded_at=datetime.fromisoformat(recorded_at), signed_by=signed_by, known=[Value.from_json(one) for one in known],
        language=language,
    )  # fmt: skip
    if found.counts.lines > MOST_LINES:
        raise TerreauError("tables.too_many_lines", name=name, lines=found.counts.lines, limit=MOST_LINES)
    told = found.as_json(language)
    return {
        "counts": told["counts"], "sheets": told["sheets"], "findings": [_words(one) for one in found.findings],
        "lines": [
            {"sheet": one.sheet, "line": one.line, "outcome": one.outcome, "value": one.value.as_json() if one.value else None,
             "remarks": [_words(each) for each in one.remarks]}
            for one in found.lines
        ],
    }  # fmt: skip


def _words(one: Finding | Remark) -> dict[str, Any]:
    said = {}
    for language in ("fr", "en"):
        words = one.words(language)
        said[language] = [words.what, words.why, words.remedy]
    return {"code": one.code, "line": one.line, "column": one.column, **said}
