"""The words a grid shows for its verdicts without imposing them, and the language it is written in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from terreau.kernel.text import normal
from terreau.referentials.grids.book import Book
from terreau.referentials.grids.mapping import Mapping
from terreau.referentials.grids.vocabulary import NA, UNDECIDED, UNTESTED, USUAL, VERDICT, shares_of

_LONGEST, _MOST = 30, 12
_CUT = re.compile(r"\s*[/|,;:()\[\]\n]\s*|\s+ou\s+|\s+or\s+")
_ENGLISH = re.compile(
    r"\b(the|and|of|is|are|requirement|question|answer|comments?|assessment|evidence|score|theme|criteri(on|a)|yes|status|points?)\b"
)
_FRENCH = re.compile(
    r"\b(le|la|les|et|des|une?|est|du|exigence|reponse|commentaires?|preuves?|note|critere|oui|non|statut|points?)\b"
)


def shown_words(book: Book, mapping: Mapping) -> tuple[dict[str, str], str]:
    """(verdict key -> word, word for "not applicable") that the grid shows as examples; empty when it shows none."""
    words: dict[str, str] = {}
    away = ""
    texts = tuple(dict.fromkeys(_shown(book, mapping)))[:200]
    told = shares_of(tuple(text for text in texts if not any(sign.isdigit() for sign in text)))
    for word, share in told.items():
        if share == NA:
            away = away or word
        elif share not in (UNTESTED, UNDECIDED) and share in USUAL:
            words.setdefault(USUAL[share], word)
    return (words, away) if words else ({}, "")


def in_english(book: Book, mapping: Mapping) -> bool:
    """True when headings and questions speak English more than French."""
    english = french = 0
    for made in mapping.sheets:
        sheet = book.sheet(made.sheet)
        place = made.columns["question"]
        questions = [sheet.cell(row, place) for row in range(made.first, min(len(sheet.rows), made.first + 60))]
        plain = normal(" ".join([*made.headings, *questions]))
        english += len(_ENGLISH.findall(plain))
        french += len(_FRENCH.findall(plain))
    return english > french


def _shown(book: Book, mapping: Mapping) -> Iterator[str]:
    """The verdicts already written, and the words a heading lists ("Conforme ? (oui / non)")."""
    for made in mapping.sheets:
        if VERDICT not in made.columns:
            continue
        sheet, place = book.sheet(made.sheet), made.columns[VERDICT]
        heading = made.headings[place] if place < len(made.headings) else ""
        listed = [part for part in _CUT.split(heading) if part]
        yield from (part for part in listed if len(listed) > 1 and 0 < len(part) <= _LONGEST)
        written = dict.fromkeys(
            sheet.cell(row, place) for row in range(made.first, min(len(sheet.rows), made.first + 400))
        )
        held = [text for text in written if 0 < len(text) <= _LONGEST]
        yield from held if len(held) <= _MOST else ()
