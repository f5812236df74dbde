"""Files people take away (export): no cell may start a formula in the spreadsheet that opens it."""

import csv
import re
from collections.abc import Iterable, Sequence
from typing import Protocol

_LEADERS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[-+]?\d+(?:[  \u202f]\d{3})*(?:[.,]\d+)?(?:[eE][-+]?\d{1,3})?(?: ?%)?")


class Writes(Protocol):
    """Anything text can be written to."""

    def write(self, text: str, /) -> object:
        """Write ``text``."""


def neutral(cell: str) -> str:
    """``cell`` with an apostrophe in front when a spreadsheet would run it; plain numbers, even negative, stay."""
    if cell.lstrip(" \u00a0\ufeff").startswith(_LEADERS) or cell.startswith(_LEADERS):
        return cell if _NUMBER.fullmatch(cell) else f"'{cell}"
    return cell


def write_csv(rows: Iterable[Sequence[object]], headers: Sequence[str], target: Writes, separator: str = ";") -> None:
    """Write ``headers`` then ``rows`` as CSV to an open text ``target``; None is an empty cell, numbers keep a point.

    The separator is the one French spreadsheets expect; the target decides the encoding and byte order mark.
    """
    write = csv.writer(target, delimiter=separator, lineterminator="\r\n").writerow
    write([neutral(header) for header in headers])
    for row in rows:
        write([neutral(cell) if isinstance(cell, str) else cell for cell in row])
