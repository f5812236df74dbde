"""Numbers as a spreadsheet shows them: spaces, currencies, units, comma or point (nombres)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from terreau.kernel.text import normal

_UNITS = re.compile(
    r"(?:€|\$|£|eur(?:os?)?|usd|gbp|chf|ht|ttc|hors taxes?|kwh|wh|w|watts?|/ ?an(?:nee)?|/ ?year|par an|per year|/ ?yr|"
    r"unites?|units?|u\.?|pcs?\.?|pieces?|ex\.?|exemplaires?|pouces?|inch(?:es)?|in|po|\")"
)
_UNITED = re.compile(rf"^(?:{_UNITS.pattern})?\s*([-+(]?[\d.,' ]*\d[\d.,' ]*\)?)\s*(?:{_UNITS.pattern}\s*)*$")
_SCIENTIFIC = re.compile(r"^[-+]?\d+(?:[.,]\d+)?e[-+]?\d{1,3}$")  # a longer exponent is no number of this world
_INSIDE = re.compile(r"(?<![\w.,])-?\d+(?:[.,]\d+)?(?![\w.,]*\d)")
_GROUPED = re.compile(r"^\d{1,3}(?:([.,' ])\d{3})(?:\1\d{3})*$")


@dataclass(frozen=True, slots=True)
class NumberRead:
    """One cell: its value, or None; ``code`` says what is doubtful (a proposed reading has both)."""

    value: Decimal | None
    code: str | None = None
    facts: Mapping[str, object] = field(default_factory=dict)


def read(values: Iterable[str], decimal: str = ",") -> dict[str, NumberRead]:
    """Read the distinct values of a column.

    decimal: the decimal mark of the file, "," or "."; "" for a workbook, whose cells are numbers already.
    """
    return {value: _one(value, decimal) for value in values}


def _one(text: str, decimal: str) -> NumberRead:
    bare = normal(text.strip().lstrip("'"))
    if _SCIENTIFIC.match(bare):
        return NumberRead(Decimal(bare.replace(",", ".")))
    found = _UNITED.match(bare)
    if found:
        return _digits(text, found[1].strip(), decimal)
    inside = _INSIDE.findall(bare)
    if len(inside) == 1:
        value = Decimal(inside[0].replace(",", "."))
        return NumberRead(value, "inventory.number_among_words", {"text": text, "read": str(value)})
    return NumberRead(None, "inventory.number_unreadable", {"text": text})


def _digits(text: str, digits: str, decimal: str) -> NumberRead:
    sign = -1 if digits.startswith(("-", "(")) else 1
    bare = digits.strip("-+() ")
    if "," in bare and "." in bare:
        mark = "," if bare.rfind(",") > bare.rfind(".") else "."
        return _decimal(text, bare, mark, sign)
    grouped = _GROUPED.match(bare)
    if not grouped or grouped[1] in ("' "):
        return _decimal(text, bare, "," if "," in bare else ".", sign)
    if bare.count(grouped[1]) > 1 or (decimal and grouped[1] != decimal):
        return _decimal(text, bare.replace(grouped[1], ""), ".", sign)
    read = _decimal(text, bare, grouped[1], sign)
    if decimal or grouped[1] == ".":  # the mark of the file, or a workbook's own number
        return read
    return NumberRead(read.value, "inventory.number_ambiguous", {"text": text, "read": str(read.value)})


def _decimal(text: str, bare: str, mark: str, sign: int) -> NumberRead:
    whole = re.sub(r"[^\d" + re.escape(mark) + "]", "", bare)
    if whole.count(mark) > 1 or not any(c.isdigit() for c in whole):
        return NumberRead(None, "inventory.number_unreadable", {"text": text})
    return NumberRead(sign * Decimal(whole.replace(mark, ".")))
