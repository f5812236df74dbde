"""Dates as people write them; day and month are told apart column by column (dates).

A column is decided as a whole: `25/03/2019` anywhere says that `04/03/2019` is 4 March. Forms that
cannot be mistaken (ISO, "mars 2019", a year alone, a spreadsheet's serial number) may stand beside.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from terreau.inventory import dateforms as forms
from terreau.inventory.dateforms import Written

EARLIEST, LATEST = 1980, 2050  # years an inventory can speak of; beyond, a typing error

_OTHER = {"dmy": "mdy", "mdy": "dmy"}
_OUTVOTED = 0.1  # above this share of contrary dates, the column does not decide


@dataclass(frozen=True, slots=True)
class DateRead:
    """One cell: its day, or None; ``code`` says what is doubtful. No day and no code: a sentinel, read as empty.

    A year alone stands on 1 July, a month alone on the 15th.
    """

    day: date | None
    precision: str = "unknown"  # day, month, year, unknown
    code: str | None = None
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DateColumn:
    """One column: ``order`` is dmy, mdy, ymd, none (nothing to order) or undecided; ``applied`` was used to read."""

    order: str
    by_value: dict[str, DateRead]
    applied: str = "dmy"

    @property
    def doubtful(self) -> dict[str, DateRead]:
        """Cells that could not be read, or were read as a proposal."""
        return {value: read for value, read in self.by_value.items() if read.code}


def read(values: Iterable[str], *, language: str = "fr", order: str | None = None) -> DateColumn:
    """Read the distinct values of a column.

    language: proposes the order of an undecided column (en: mdy, otherwise dmy); each such cell says so.
    order: "dmy" or "mdy" when a person, or another column of the file, has decided.
    """
    written = {value: forms.parse(value) for value in values}
    found = order or order_of(written.values())
    applied = found if found in _OTHER else "mdy" if found == "undecided" and language == "en" else "dmy"
    by_value = {value: _settle(value, said, applied, found == "undecided") for value, said in written.items()}
    return DateColumn(found, by_value, applied)


def read_all(columns: Mapping[str, Iterable[str]], *, language: str = "fr") -> dict[str, DateColumn]:
    """Read every date column of one sheet: those that cannot decide follow the ones that did, when these agree."""
    kept = {name: list(values) for name, values in columns.items()}
    alone = {name: read(values, language=language) for name, values in kept.items()}
    decided = {column.order for column in alone.values() if column.order in _OTHER}
    if len(decided) != 1:
        return alone
    (order,) = decided
    return {
        name: read(kept[name], language=language, order=order) if column.order == "undecided" else column
        for name, column in alone.items()
    }


def order_of(written: Iterable[Written]) -> str:
    """The order that the unmistakable dates of a column prove: dmy, mdy, ymd, none or undecided."""
    pairs = [said.pair for said in written if said.pair]
    if not pairs:
        return "ymd" if any(said.kind == "ymd" for said in written) else "none"
    votes = {"dmy": sum(a > 12 >= b for a, b in pairs), "mdy": sum(b > 12 >= a for a, b in pairs)}
    winner = max(votes, key=lambda order: votes[order])
    if votes[winner] and votes[_OTHER[winner]] <= _OUTVOTED * votes[winner]:
        return winner
    return "undecided" if any(a != b and max(a, b) <= 12 for a, b in pairs) else "dmy"


def _settle(value: str, said: Written, order: str, undecided: bool) -> DateRead:
    if said.kind == "empty":
        return DateRead(None)
    if said.kind == "unreadable":
        return DateRead(None, code="inventory.date_unreadable", facts={"text": value})
    if said.pair:
        return _paired(value, said, order, undecided)
    day = _day(said.year, said.month or 7, said.day or (15 if said.month else 1))
    if day is None:
        return _impossible(value, said)
    code = "inventory.date_approximate" if said.approximate else None
    return DateRead(day, said.precision, code, {"text": value, "read": day.isoformat()} if code else {})


def _paired(value: str, said: Written, order: str, undecided: bool) -> DateRead:
    assert said.pair
    a, b = said.pair
    day = _day(said.year, b, a) if order == "dmy" else _day(said.year, a, b)
    other = _day(said.year, a, b) if order == "dmy" else _day(said.year, b, a)
    if day and undecided and other and day != other:
        return DateRead(day, "day", "inventory.date_order_undecided", {"text": value, "read": day.isoformat()})
    if day:
        return DateRead(day, "day")
    if other:
        return DateRead(other, "day", "inventory.date_other_order", {"text": value, "read": other.isoformat()})
    return _impossible(value, said)


def _impossible(value: str, said: Written) -> DateRead:
    possible = EARLIEST <= said.year <= LATEST
    code = "inventory.date_impossible" if possible else "inventory.date_out_of_range"
    return DateRead(None, code=code, facts={"text": value, "earliest": EARLIEST, "latest": LATEST})


def _day(year: int, month: int, day: int) -> date | None:
    if not EARLIEST <= year <= LATEST:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
