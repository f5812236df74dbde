"""The blocks a document is made of (blocs): the same ones become a PDF, a DOCX or an ODT.

Texts are plain: a person's words are never read as markup. They are cleaned here, once, of what no format can hold.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Any

from terreau.kernel import canonical

NARROW, WIDE = "\u202f", "\u00a0"
_BEFORE = re.compile(r" ([;!?%»])")
_HIDDEN = frozenset({"Cc", "Cs", "Co", "Cn"})
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A title. fresh: it starts a page."""

    text: str
    level: int = 1
    fresh: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Paragraphs (line breaks separate them). style: '' | lead | note | small."""

    text: str
    style: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullets:
    """A list of sentences."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Names and values, two by two."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: every row has as many cells as heads; widths: relative, one a column."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar: floor and ceiling in thousandths of the whole (None: nothing was asked), and in words."""

    label: str
    floor: int | None
    ceiling: int | None
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """Bars with their figures beside, as a table: heads are those of the label, of the bar, then of the words."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[Bar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """What one facet is worth: its name, the verdict in words, the share in thousandths (None: not answered)."""

    label: str
    words: str
    share: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """The head of a criterion sheet: number, question, and one chip a facet."""

    number: str
    question: str
    chips: tuple[Chip, ...]


Block = Heading | Text | Bullets | Facts | Table | Bars | Criterion


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole document.

    on: its date (never today's); cover: lines of the first page; notice: said on every page ('' for nothing), stamp: one word of it
    across each page; contents: title of the table of contents, '' for none
    """

    title: str
    subtitle: str
    author: str
    language: str
    on: date
    cover: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]
    notice: str = ""
    stamp: str = ""
    contents: str = ""

    def as_json(self) -> dict[str, Any]:
        """Plain values for a template: each block says its kind; every text is cleaned and typeset."""
        told: dict[str, Any] = canonical.plain(self)
        told["blocks"] = [
            {"kind": type(block).__name__.lower(), **one}
            for block, one in zip(self.blocks, told["blocks"], strict=True)
        ]
        cleaned: dict[str, Any] = _texts(told, self.language)
        return cleaned


def plain(text: str) -> str:
    """``text`` without what no document holds: controls, lone halves, private signs, marks that turn the line round."""
    made = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    if made.isprintable():  # nothing of what follows is
        return made
    return "".join(
        sign for sign in made if sign == "\n" or (unicodedata.category(sign) not in _HIDDEN and sign not in _TURNING)
    )


def typeset(text: str, language: str) -> str:
    """French spaces that never break a line, where a person already put a space; nothing is added."""
    if language != "fr":
        return text
    made = _BEFORE.sub(rf"{NARROW}\1", text).replace(" :", WIDE + ":")
    return made.replace("« ", "«" + NARROW)


def _texts(value: Any, language: str) -> Any:
    if isinstance(value, str):
        return typeset(plain(value), language)
    if isinstance(value, dict):
        return {key: _texts(one, language) for key, one in value.items()}
    return [_texts(one, language) for one in value] if isinstance(value, list) else value
