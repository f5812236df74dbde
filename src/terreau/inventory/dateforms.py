"""The forms a date can take in a cell, before anyone decides between day and month (formes de dates)."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from terreau.inventory.vocabulary import rows
from terreau.kernel.text import normal

_TIME = re.compile(r"(?<=\d)[t ]+(at? )?\d{1,2}[:h]\d{2}.*$")
_ZONED = re.compile(r"(?<=\d)[t ]\d{6}z?$")
_YMD = re.compile(r"^(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})$")
_PAIR = re.compile(r"^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})$")
_YEAR = re.compile(r"^(?:annee |an )?(\d{4})$")
_MONTH_YEAR = re.compile(r"^(\d{1,2})[-/. ](\d{4})$|^(\d{4})[-/](\d{1,2})$")
_SERIAL = re.compile(r"^(\d{5})(?:[.,]\d+)?$")
_COMPACT = re.compile(r"^(\d{8})$")
_WORDS = re.compile(r"^(?:(\d{1,2})(?:er|st|nd|rd|th)?[-/. ]+(?:de |of )?)?([a-z]+\d?)\.?[-/. ,]+(\d{4}|'?\d{2})$")
_ENGLISH = re.compile(r"^([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$")
_WEEKDAY = re.compile(r"^(lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lun|mer|jeu|ven|sam|dim|"
                      r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|wed|thu|fri|sat|sun)\.?,? ")  # fmt: skip
_ONE_YEAR = re.compile(r"(?<!\d)(19[89]\d|20[0-4]\d)(?!\d)")
_BLANK_WORDS = frozenset(
    {"", "0000-00-00", "00/00/0000", "00-00-0000", "0001-01-01", "9999-12-31", "31/12/9999", "01/01/0001"}
)
_VAGUE = frozenset({"fin", "debut", "printemps", "ete", "automne", "t1", "t2", "t3", "t4", "q1", "q2", "q3", "q4"})
_SHEET_EPOCH = date(1899, 12, 30)
_SERIALS = range(29221, 55154)  # 1 January 1980 to 31 December 2050


@dataclass(frozen=True, slots=True)
class Written:
    """A cell taken apart. ``pair``: two numbers whose order (day, month) the column will decide.

    kind: ymd, pair, month, year, words, serial, empty or unreadable.
    """

    kind: str
    year: int = 0
    month: int = 0
    day: int = 0
    pair: tuple[int, int] | None = None
    precision: str = "day"
    approximate: bool = False


def parse(text: str) -> Written:
    """Take one cell apart."""
    bare = normal(text.strip().strip("'\""))
    bare = _ZONED.sub("", _TIME.sub("", bare)).strip()
    if bare in _BLANK_WORDS:
        return Written("empty")
    bare = _WEEKDAY.sub("", bare)
    for form in _FORMS:
        if found := form(bare):
            return found
    return _around(bare)


def _year_first(bare: str) -> Written | None:
    found = _YMD.match(bare)
    return Written("ymd", int(found[1]), int(found[2]), int(found[3])) if found else None


def _numbers(bare: str) -> Written | None:
    found = _PAIR.match(bare)
    if not found:
        return None
    a, b, year = found.groups()
    return Written("pair", _century(year), pair=(int(a), int(b)))


def _year(bare: str) -> Written | None:
    found = _YEAR.match(bare)
    return Written("year", int(found[1]), precision="year") if found else None


def _month(bare: str) -> Written | None:
    found = _MONTH_YEAR.match(bare)
    if not found:
        return None
    year, month = int(found[2] or found[3]), int(found[1] or found[4])
    return Written("month", year, month, precision="month") if 1 <= month <= 12 else Written("month", year, 13, 1)


def _serial(bare: str) -> Written | None:
    found = _SERIAL.match(bare)
    if not found or int(found[1]) not in _SERIALS:
        return None
    day = _SHEET_EPOCH + timedelta(days=int(found[1]))
    return Written("serial", day.year, day.month, day.day)


def _compact(bare: str) -> Written | None:
    if not _COMPACT.match(bare):
        return None
    if bare[:2] in ("19", "20"):
        return Written("ymd", int(bare[:4]), int(bare[4:6]), int(bare[6:]))
    return Written("pair", int(bare[4:]), pair=(int(bare[:2]), int(bare[2:4])))


def _in_words(bare: str) -> Written | None:
    found = _WORDS.match(bare)
    if found:
        day, word, year = found[1], found[2], found[3].lstrip("'")
    else:
        found = _ENGLISH.match(bare)
        if not found:
            return None
        word, day, year = found[1], found[2], found[3]
    month = _months().get(word)
    if not month:
        return None
    precision = "day" if day else "year" if word in _VAGUE else "month"
    return Written("words", _century(year), month, int(day) if day else 0, precision=precision)


def _around(bare: str) -> Written:
    """ "vers 2015", "2015 ?": one year among words is a proposal, anything else is not a date."""
    years = set(_ONE_YEAR.findall(bare))
    others = _ONE_YEAR.sub("", bare)
    if len(years) == 1 and not any(c.isdigit() for c in others):
        return Written("year", int(years.pop()), precision="year", approximate=True)
    return Written("unreadable")


def _century(year: str) -> int:
    if len(year) == 4:
        return int(year)
    return int(year) + (1900 if int(year) >= 80 else 2000)


@cache
def _months() -> dict[str, int]:
    return {normal(row["word"]).rstrip("."): int(row["month"]) for row in rows("months-fr")}


_FORMS: tuple[Callable[[str], Written | None], ...] = (
    _year_first, _numbers, _serial, _year, _month, _compact, _in_words,
)  # fmt: skip
