"""Cells written in a received CSV or TSV file: the same encoding, separator, quotes and line ends; only they change."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from terreau.referentials.grids.anatomy import area_of
from terreau.referentials.grids.book import MOST_COLUMNS, address, decoded, separator_of
from terreau.referentials.grids.refusing import refusal
from terreau.tables.export import neutral

Value = str | Fraction
_FIGURE = re.compile(r"[-+]?\d+(?:[.,]\d+)?")
_PLAINER = str.maketrans({"\u202f": "\u00a0", "\u2011": "-", "\u2212": "-", "’": "'", "–": "-", "—": "-", "“": '"', "”": '"', "…": "...", "œ": "oe", "Œ": "OE"})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One field where it stands: ``text[start:end]`` with its quotes, and what it says."""

    start: int
    end: int
    told: str
    quoted: bool


def text_rewritten(data: bytes, values: Mapping[str, Value], name: str) -> tuple[bytes, tuple[str, ...]]:
    """The file with values (by cell name) in it, and the cells where a sign the encoding lacks became another.

    TerreauError referentials.grid_not_filled when its fields cannot be told apart without doubt.
    """
    text, encoding, mark = decoded(data)
    sign = separator_of(text)
    rows = fields(text, sign)
    try:
        same = mark + text.encode(encoding) == data
    except UnicodeEncodeError:
        same = False
    csv.field_size_limit(1_000_000)
    read = list(csv.reader(io.StringIO(text, newline=""), delimiter=sign))
    if not same or [[piece.told for piece in row] for row in rows] != [row or [""] for row in read]:
        raise refusal(name, "layout")
    made, end, poorer = [], 0, []
    writer = _Writer(rows, sign)
    for ref in sorted(values, key=lambda one: area_of(one)[:2]):
        row, column = area_of(ref)[:2]
        if row >= len(rows) or column >= 2 * MOST_COLUMNS:
            raise refusal(name, "layout", ref)
        value, lost = _fitting(values[ref], encoding)
        poorer += [ref] if lost else []
        pieces = rows[row]
        if column < len(pieces):
            piece = pieces[column]
            if piece.told.lstrip().startswith("="):
                raise refusal(name, "formula", address(row, column))
            made += [text[end : piece.start], writer.field(value, piece)]
            end = piece.end
        else:
            last = max(pieces[-1].end, end)
            written = writer.added.get(row, len(pieces))
            made += [text[end:last], sign * (column - written + 1), writer.field(value, None)]
            writer.added[row], end = column + 1, last
    return mark + "".join([*made, text[end:]]).encode(encoding), tuple(poorer)


def fields(text: str, sign: str) -> list[list[Piece]]:
    """Every field of every line, as the ``csv`` module cuts them (a blank line has one empty field)."""
    rows: list[list[Piece]] = []
    row: list[Piece] = []
    at = 0
    while at < len(text):
        piece, at = _piece(text, at, sign)
        row.append(piece)
        if at >= len(text):
            break
        if text[at] == sign:
            at += 1
            if at == len(text):
                row.append(Piece(start=at, end=at, told="", quoted=False))
        else:
            at += 2 if text.startswith("\r\n", at) else 1
            rows.append(row)
            row = []
    return [*rows, row] if row else rows


def _piece(text: str, at: int, sign: str) -> tuple[Piece, int]:
    start, told = at, []
    quoted = text.startswith('"', at)
    if quoted:
        at += 1
        while at < len(text):
            close = text.find('"', at)
            close = len(text) if close < 0 else close
            told.append(text[at:close])
            at = close + 1
            if not text.startswith('"', at):
                break
            told.append('"')
            at += 1
        at = min(at, len(text))
    rest = at
    while at < len(text) and text[at] not in (sign, "\n", "\r"):
        at += 1
    told.append(text[rest:at])
    return Piece(start=start, end=at, told="".join(told), quoted=quoted), at


class _Writer:
    """How this file writes its fields: with quotes around all of them, around texts, or only where needed."""

    def __init__(self, rows: list[list[Piece]], sign: str) -> None:
        self.sign, self.added = sign, dict[int, int]()
        told = [piece for row in rows for piece in row if piece.told]
        figures = [piece for piece in told if _FIGURE.fullmatch(piece.told)]
        texts = [piece for piece in told if not _FIGURE.fullmatch(piece.told)]
        self.quotes_texts = bool(texts) and all(piece.quoted for piece in texts)
        self.quotes_figures = self.quotes_texts and all(piece.quoted for piece in figures)
        # "1.1" may number a criterion: only a comma tells how figures are written here.
        self.comma = sign == ";" or any("," in piece.told for piece in figures)

    def field(self, value: Value, held: Piece | None) -> str:
        """A value as this file writes one; ``held``: the field it takes the place of."""
        if isinstance(value, Fraction):
            told = str(value.numerator) if value.denominator == 1 else repr(float(value))
            told, always = told.replace(".", ",") if self.comma else told, self.quotes_figures
        else:
            told, always = value, self.quotes_texts
        if (
            always
            or (held and held.quoted)
            or any(one in told for one in (self.sign, '"', "\n", "\r"))
            or told != told.strip()
        ):
            return '"' + told.replace('"', '""') + '"'
        return told


def _fitting(value: Value, encoding: str) -> tuple[Value, bool]:
    """The value in signs the encoding has; True when one of them had to become "?"."""
    if not isinstance(value, str):
        return value, False
    try:
        value.encode(encoding)
    except UnicodeEncodeError:
        made = "".join(_nearest(sign, encoding) for sign in value)
        return neutral(made), made.count("?") > value.count("?")
    return value, False


def _nearest(sign: str, encoding: str) -> str:
    for told in (
        sign,
        sign.translate(_PLAINER),
        unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode(),
    ):
        try:
            told.encode(encoding)
        except UnicodeEncodeError:
            continue
        if told:
            return told
    return "?"
