"""Numbers and percentages as a file of values writes them: the mark of a column is proved, or the cell is doubtful."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from terreau.inventory import numbers
from terreau.kernel.text import normal
from terreau.tables.sheet import decimal_mark

_SPLIT = re.compile(r"^'?([-+(]?[.,]?\d[\d.,' ]*\)?(?:e[-+]?\d{1,3})?)\s*([^\d].*)?$")
_LONE = re.compile(r"^[-+(]?[1-9]\d{0,2}[.,]\d{3}\)?$")
_NATIVE = re.compile(r"^-?\d+\.\d+(?:e[-+]?\d{1,3})?$")
"""A number of a workbook: its cell held it as a number, whatever the mark of the texts around."""
_UNKNOWN = frozenset(("", "?", "-", "na", "n/a", "nc", "n.c", "n.c.", "nd", "n.d", "n.d.", "ns", "inconnu", "non mesure", "non connu",
                     "non renseigne", "unknown", "not measured", "not available", "null", "none"))  # fmt: skip
_IN_ERROR = re.compile(r"^(?:#(?:[a-z_]+[!?]|n/[ad]|div/0 ?!|\?)|err ?: ?\d{3})$")
"""What a spreadsheet shows for want of a result, in French as in English."""
PERCENT_WORDS = frozenset({"%", "pour cent", "pourcent", "pourcents", "percent", "per cent", "pct"})
SHARE_MOST = 1.5
"""A bare figure beyond it is not a share: nobody writes 150 % as 1,5 without a sign."""
MOST = 10**15
"""A figure this large measures nothing here, and what is drawn or added up of it overflows."""
SHARES_NEEDED = 3
"""Bare figures between 0 and 1, and none above, from which a column is one of shares: fewer may be small percentages."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The decimal mark of a table: "," or "."; ``proven`` when its cells say so, all alike; workbooks hold numbers."""

    decimal: str
    proven: bool


@dataclass(frozen=True, slots=True)
class Number:
    """One cell: its number, the unit written behind it, and whether thousands and decimals could be confused."""

    value: float | None
    unit: str = ""
    percent: bool = False
    ambiguous: bool = False


def mark_of(cells: Iterable[str], usual: str, *, workbook: bool) -> Mark:
    """The decimal mark the cells prove; ``usual`` when none does, or when they contradict one another."""
    proved = {mark for cell in cells if (mark := decimal_mark(_figure(cell)))}
    if len(proved) == 1:
        return Mark(proved.pop(), True)
    return Mark("." if workbook else usual or ",", False)


def blank(text: str) -> bool:
    """True for an empty cell, and for one that says that nobody knows: "n.c.", "?", "n/a"."""
    return normal(text) in _UNKNOWN


def in_error(text: str) -> bool:
    """True for a cell that shows the error of its formula: "#DIV/0!", "#N/A", "#VALEUR!"."""
    return _IN_ERROR.match(normal(text)) is not None


@lru_cache(maxsize=16_384)  # the cells of a column repeat, and each is looked at for itself and for its column
def number(text: str, mark: Mark, *, workbook: bool = False) -> Number:
    """One cell read: French and English decimals, thousands, a percent sign or a unit behind."""
    found = _SPLIT.match(normal(text))
    if not found:
        return Number(None)
    figure, unit = found[1].strip(), normal(found[2] or "")
    native = workbook and _NATIVE.match(figure) is not None
    read = numbers.read([figure], "." if native else mark.decimal)[figure]
    if read.value is None or abs(read.value) >= MOST:
        return Number(None)
    lone = bool(_LONE.match(figure)) and not mark.proven and not native
    percent = unit in PERCENT_WORDS
    return Number(float(read.value), "%" if percent else unit, percent, lone)


def _figure(cell: str) -> str:
    found = _SPLIT.match(normal(cell))
    return found[1].strip() if found else ""


@dataclass(frozen=True, slots=True)
class Percentage:
    """One figure of an indicator told in %: as written, with a sign or not, and the ratio of its terms when known."""

    written: float
    signed: bool
    ratio: float | None = None

    @property
    def proves(self) -> str:
        """ "percent" (45 for 45 %) or "share" (0,45 for 45 %) when its terms leave no doubt, else ''."""
        if self.ratio is None or self.written == 0:
            return ""
        near = {"percent": _near(self.written, 100 * self.ratio), "share": _near(self.written, self.ratio)}
        return next((name for name, holds in near.items() if holds), "") if sum(near.values()) == 1 else ""


def percent_reading(column: Sequence[Percentage]) -> str:
    """How the bare figures of one column are read: "percent", "share", "mixed", "undecided", '' when there is none."""
    bare = [one for one in column if not one.signed]
    votes = {one.proves or ("percent" if abs(one.written) > SHARE_MOST else "") for one in bare} - {""}
    if len(votes) == 1:
        return votes.pop()
    if votes:
        return "mixed"
    between = sum(0 < one.written < 1 for one in bare)
    if between >= SHARES_NEEDED and all(0 <= one.written <= 1 for one in bare):
        return "share"
    return "undecided" if any(one.written for one in bare) else "percent" if bare else ""


def as_percent(one: Percentage, reading: str) -> tuple[float, bool, str]:
    """The figure in %, whether it is doubtful, and how it was read ("percent" or "share")."""
    if one.signed or one.written == 0:
        return one.written, False, reading if reading == "share" and not one.signed else "percent"
    if proved := one.proves:
        return _hundred(one.written) if proved == "share" else one.written, False, proved
    if reading == "share":
        return _hundred(one.written), False, "share"
    if reading == "percent":
        return one.written, 0 < one.written < 1, "percent"
    small = abs(one.written) <= SHARE_MOST
    return (_hundred(one.written), True, "share") if small else (one.written, False, "percent")


def _hundred(share: float) -> float:
    """A share in %, without the dust that binary fractions leave (0,29 is 29 %)."""
    return round(100 * share, 10)


def _near(one: float, other: float) -> bool:
    """Equal but for rounding: half a unit of the third significant digit."""
    return abs(one - other) <= 0.005 * max(abs(one), abs(other))
