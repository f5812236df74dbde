"""The same readings with plain arguments and answers, for files that strangers made: ``tables.confined`` runs them apart.

What comes back is what the lines say: values (``Value.from_json``) or people already without their names
(``canonical.record``), the remarks in the words of one language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from terreau.indicators.attendance_file import PeopleRead, read_attendances, read_staff
from terreau.indicators.definition import ORGANISATION, Indicator
from terreau.indicators.importing import read_values
from terreau.indicators.loading import from_document, to_document
from terreau.indicators.training import Course
from terreau.indicators.values import Value
from terreau.kernel import canonical
from terreau.referentials.edition import Words

Plain = dict[str, Any]


def documents(indicators: Sequence[Indicator]) -> list[Plain]:
    """Indicators as plain values, for ``values``."""
    return [{"organisation": one.key.removesuffix(f"/{one.short}").removeprefix(ORGANISATION) if one.origin == "organisation" else "",
             "document": to_document(one)} for one in indicators]  # fmt: skip


def values(*, path: str, name: str, indicators: Sequence[Plain], at: str, recorded_at: str, signed_by: str = "",
           known: Sequence[Plain] = (), language: str = "fr") -> Plain:  # fmt: skip
    """``importing.read_values`` as ``ValuesRead.as_json``; indicators: as ``documents`` gives them."""
    defined = [from_document(one["document"], name, organisation=one["organisation"]) for one in indicators]
    read = read_values(
        Path(path), name=name, indicators=defined, at=date.fromisoformat(at), recorded_at=datetime.fromisoformat(recorded_at),
        signed_by=signed_by, known=[Value.from_json(one) for one in known], language=language,
    )  # fmt: skip
    return read.as_json(language)


def attendances(*, path: str, name: str, key: str, courses: Sequence[Plain], professions: Mapping[str, Mapping[str, str]],
                at: str, language: str = "fr") -> Plain:  # fmt: skip
    """``attendance_file.read_attendances`` as plain values. key: in hexadecimal; courses: as ``canonical.plain`` gives them."""
    told = [Course(**{**one, "professions": tuple(one.get("professions", ()))}) for one in courses]
    read = read_attendances(Path(path), name=name, key=bytes.fromhex(key), courses=told, professions=_words(professions),
                            at=date.fromisoformat(at), language=language)  # fmt: skip
    return _people(read, language)


def staff(
    *, path: str, name: str, key: str, professions: Mapping[str, Mapping[str, str]], at: str, language: str = "fr"
) -> Plain:
    """``attendance_file.read_staff`` as plain values."""
    read = read_staff(Path(path), name=name, key=bytes.fromhex(key), professions=_words(professions), at=date.fromisoformat(at),
                      language=language)  # fmt: skip
    return _people(read, language)


def _words(professions: Mapping[str, Mapping[str, str]]) -> dict[str, Words]:
    return {key: Words(fr=words["fr"], en=words["en"]) for key, words in professions.items()}


def _people(read: PeopleRead, language: str) -> Plain:
    return {
        "name": read.name, "counts": canonical.plain(read.counts), "findings": [one.as_json(language) for one in read.findings],
        "lines": [{"sheet": one.sheet, "line": one.line, "outcome": one.outcome,
                   "record": None if one.record is None else canonical.plain(one.record),
                   "remarks": [said.as_json(language) for said in one.remarks]} for one in read.lines],
    }  # fmt: skip
