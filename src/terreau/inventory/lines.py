"""One sheet of text becomes typed lines (lignes): each distinct value is read once, then joined back in SQL.

A column that holds dates, numbers or words of a list is read by its reader; the others are kept as written. Columns
about people, and those nobody asked for, are never read.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from terreau.inventory import conditions, countries, dates, numbers, ownership, statuses
from terreau.inventory.choices import Choices, heading_keys
from terreau.inventory.dates import DateColumn
from terreau.inventory.device import COLUMN_OF_FIELD, SNAPSHOT_COLUMNS
from terreau.inventory.keys import fresh
from terreau.inventory.lookup import Columns, distinct, lookup
from terreau.inventory.remarks import remark, remark_unread
from terreau.inventory.understanding import SheetMeaning, clean
from terreau.tables.engine import literal
from terreau.tables.reading import RawSheet

if TYPE_CHECKING:
    from terreau.tables.engine import Engine

DATES = ("bought_on", "in_service_on", "retired_on", "last_seen_on")
NUMBERS = ("quantity", "kwh_per_year", "cost", "pue", "use_rate", "years_before", "years_here", "years_after")
WORDS = ("status", "country", "ownership", "condition_at_purchase")
AS_WRITTEN = ("name", "manufacturer", "model", "type_word", "screen_size", "serial", "imei")
"""Columns that no reader answers for: what a device is and its numbers are asked of them alone, without the others' joins."""
MOST_DEVICES = 1_000_000
"""Above this a quantity on one line is absurd: an IMEI or a price in the wrong column [count]."""

MOST = {
    "kwh_per_year": Decimal(1_000_000), "cost": Decimal(1_000_000_000), "pue": Decimal(10), "use_rate": Decimal(1),
    "years_before": Decimal(100), "years_here": Decimal(100), "years_after": Decimal(100),
}  # fmt: skip
"""Above this a number is out of all proportion for one device [kWh/year, €, none, none, years]."""

LEAST = {"pue": Decimal(1)}
"""Below this a number cannot be: a room draws at least what its machines draw. Elsewhere, zero."""


@dataclass(slots=True)
class _Query:
    """The query under construction: cells by name, joins, and where a doubt comes from."""

    source: str
    cells: dict[str, str] = field(default_factory=dict)
    words: str = ""
    joins: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    orders: dict[int, str] = field(default_factory=dict)
    filled: dict[int, int] = field(default_factory=dict)
    conditions: list[str] = field(default_factory=list)
    quantities: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLines:
    """The typed lines of one sheet: a relation, the order of days and months per column, the cells filled down.

    relation: input INTEGER, the columns of a snapshot, quantity_said VARCHAR (the cell), quantity_column BOOLEAN
    orders: column index -> order of the date ; filled: column index -> cells filled down [count]
    quantities: at least one cell says a quantity ; columns: those of the device that a column of the sheet feeds
    written: SQL of a relation of the same lines with the columns ``AS_WRITTEN`` at least
    """

    relation: str
    written: str
    orders: dict[int, str]
    filled: dict[int, int]
    quantities: bool
    columns: frozenset[str]


def read_lines(con: Engine, sheet: RawSheet, meaning: SheetMeaning, choices: Choices, input_number: int,
               remarks: str) -> ReadLines:  # fmt: skip
    """Read every data line of ``sheet``; what could not be read goes to the table ``remarks``."""
    cleaned = _cleaned(con, sheet, meaning)
    query = _Query(source=cleaned)
    reader = _Reader(con, sheet, meaning, choices, input_number, remarks, query)
    reader.all_dates()
    for column in DATES:
        reader.dates(column)
    for column in SNAPSHOT_COLUMNS:
        if column in NUMBERS:
            reader.numbers(column)
        elif column in WORDS:
            reader.words(column)
        elif column in COLUMN_OF_FIELD.values() and column not in DATES:
            reader.text(column)
    reader.precision()
    reader.unread()
    name = fresh("read")
    laid = "TABLE" if sheet.few else "VIEW"  # few are read once for all: planning that again costs more
    con.execute(f"CREATE TEMP {laid} {name} AS {_select(sheet, query, input_number)}")
    return ReadLines(relation=name, written=name if sheet.few else _written(cleaned, query), orders=query.orders, filled=query.filled,
                     quantities=query.quantities, columns=frozenset(query.cells))  # fmt: skip


def _cleaned(con: Engine, sheet: RawSheet, meaning: SheetMeaning) -> str:
    """The cells in use: a table of few lines (a question over them is planned twenty times), a question over many."""
    if not sheet.few:
        return clean(sheet, meaning)
    name = fresh("clean")
    con.execute(f"CREATE TEMP TABLE {name} AS FROM {clean(sheet, meaning)}")
    return name


def _select(sheet: RawSheet, query: _Query, input_number: int) -> str:
    doubtful = " OR ".join(query.doubts) or "FALSE"
    fixed = {
        "file": literal(sheet.file), "sheet": literal(sheet.sheet), "line": "r.line", "doubtful": f"({doubtful})",
    }  # fmt: skip
    cells = ", ".join(
        f"CAST({fixed.get(name) or query.cells.get(name, 'NULL')} AS {kind}) AS {name}"
        for name, kind in SNAPSHOT_COLUMNS.items()
    )
    said = query.cells.get("quantity_said", "NULL")
    return f"""SELECT {input_number} AS input, {cells}, CAST({said} AS VARCHAR) AS quantity_said
        FROM {query.source} r {" ".join(query.joins)}"""


def _written(cleaned: str, query: _Query) -> str:
    cells = ", ".join(f"CAST({query.cells.get(column, 'NULL')} AS VARCHAR) AS {column}" for column in AS_WRITTEN)
    return f"(SELECT {cells} FROM {cleaned} r {query.words})"


class _Reader:
    """Writes the query of one sheet, column after column."""

    def __init__(self, con: Engine, sheet: RawSheet, how: SheetMeaning, choices: Choices, input_number: int,
                 remarks: str, query: _Query) -> None:  # fmt: skip
        self.con, self.sheet, self.how, self.choices, self.query = con, sheet, how, choices, query
        self.keys = heading_keys(sheet.headers)
        self.input_number, self.remarks = input_number, remarks
        self.read_dates: dict[str, DateColumn] = {}

    def text(self, column: str) -> None:
        """Cells as written: the first that is not empty."""
        cells = [self._filled_down(column, index) for index in self.how.of(column)]
        if column == "type_word":
            cells = self._type_words(cells)
        if cells:
            self.query.cells[column] = _first(cells)

    def all_dates(self) -> None:
        """Read the date columns together: one that cannot tell day from month follows the others."""
        indexes = [index for column in DATES for index in self.how.of(column)]
        values = {str(index): distinct(self.con, self.query.source, _without_time(f"c{index}")) for index in indexes}
        self.read_dates = dates.read_all(values, language=self.how.language)
        for index in indexes:
            promised = self.how.date_order if self.read_dates[str(index)].order == "undecided" else ""
            if chosen := self.choices.date_orders.get(self.keys[index]) or promised:
                self.read_dates[str(index)] = dates.read(values[str(index)], language=self.how.language, order=chosen)
            self.query.orders[index] = self.read_dates[str(index)].order

    def dates(self, column: str) -> None:
        """Days, with their precision kept apart for the date of entry."""
        days, precisions = [], []
        for index in self.how.of(column):
            rows = self.read_dates[str(index)].by_value
            alias = self._join(index, _without_time(f"r.c{index}"), _without_time(f"c{index}"), {
                "value": ("VARCHAR", list(rows)),
                "day": ("DATE", [row.day for row in rows.values()]),
                "precision": ("VARCHAR", [row.precision for row in rows.values()]),
                "code": ("VARCHAR", [row.code for row in rows.values()]),
            }, [row.facts for row in rows.values()])  # fmt: skip
            days.append(f"{alias}.day")
            precisions.append(f"CASE WHEN {alias}.day IS NOT NULL THEN {alias}.precision END")
        if days:
            self.query.cells[column] = _first(days)
            self.query.cells[f"{column}_precision"] = _first(precisions)

    def precision(self) -> None:
        """The precision of the date of entry: in service, else bought."""
        known = [self.query.cells[name] for name in ("in_service_on_precision", "bought_on_precision")
                 if name in self.query.cells]  # fmt: skip
        self.query.cells["date_precision"] = _first([*known, "'unknown'"])

    def numbers(self, column: str) -> None:
        """Numbers; a quantity is judged afterwards, line by line, for it decides whether the line counts."""
        values = []
        for index in self.how.of(column):
            cell = f"c{index}"
            rows = numbers.read(distinct(self.con, self.query.source, cell), self.sheet.decimal)
            self.query.quantities |= column == "quantity" and bool(rows)
            fits = [_fitting(row.value, column) for row in rows.values()]
            codes = [
                _number_code(row.code, row.value, fit, column) for row, fit in zip(rows.values(), fits, strict=True)
            ]
            alias = self._join(index, f"r.{cell}", cell, {
                "value": ("VARCHAR", list(rows)),
                "number": ("DECIMAL(18,6)", fits),
                "code": ("VARCHAR", codes),
            }, [row.facts for row in rows.values()])  # fmt: skip
            values.append(f"{alias}.number")
        if values:
            self.query.cells[column] = _first(values)
        if column == "quantity" and values:
            said = _first([f"r.c{index}" for index in self.how.of(column)])
            self.query.cells["quantity_said"] = said

    def words(self, column: str) -> None:
        """Words of a list: status, country, ownership, condition at purchase."""
        found: list[str] = []
        for index in self.how.of(column):
            cell = f"c{index}"
            values = distinct(self.con, self.query.source, cell)
            words, if_left, codes = self._words(column, index, values)
            also = self._also_told(column, values)
            alias = self._join(index, f"r.{cell}", cell, {
                "value": ("VARCHAR", values), "word": ("VARCHAR", words), "if_left": ("VARCHAR", if_left),
                "code": ("VARCHAR", codes), **also,
            }, [{} for _ in values])  # fmt: skip
            self.query.conditions += [f"{alias}.{one}" for one in also]
            left = self.query.cells.get("retired_on")
            proposed = any(if_left) and left
            found.append(
                f"CASE WHEN {left} IS NOT NULL THEN coalesce({alias}.if_left, {alias}.word) ELSE {alias}.word END"
                if proposed else f"{alias}.word"
            )  # fmt: skip
        if column == "condition_at_purchase":  # its own column first, then what that of ownership also says
            found += self.query.conditions
        if found:
            self.query.cells[column] = _first(found)
        if column == "status" and found:
            self.query.cells["status_text"] = _first([f"r.c{index}" for index in self.how.of(column)])

    def _words(self, column: str, index: int, values: list[str]) -> tuple[list[str | None], ...]:
        """The words read, what they become when the device has a date of exit, and the codes of doubt."""
        if column == "status":
            said = statuses.read(self.how.profile, values)
            return [said[v].status for v in values], [said[v].if_left for v in values], [said[v].code for v in values]
        if column == "country":
            places = countries.read(values)
            return [places[v].alpha3 for v in values], [None] * len(values), [places[v].code for v in values]
        if column == "condition_at_purchase":
            came = conditions.read(values, self.sheet.headers[index])
            return [came[v].condition for v in values], [None] * len(values), [came[v].code for v in values]
        owned = ownership.read(values, self.sheet.headers[index])
        return [owned[v].ownership for v in values], [None] * len(values), [owned[v].code for v in values]

    def _also_told(self, column: str, values: list[str]) -> Columns:
        """The condition at purchase that words of ownership also tell; nothing when none does, as in most sheets."""
        told = [conditions.told(value) for value in values] if column == "ownership" else []
        return {"condition": ("VARCHAR", told)} if any(told) else {}

    def _join(self, index: int, joined: str, cell: str, columns: Columns,
              facts: Sequence[Mapping[str, object]]) -> str:  # fmt: skip
        """Join a reader's answers; a code makes the line doubtful and leaves a remark."""
        table = lookup(self.con, fresh("values"), columns)
        alias = f"v{index}"
        self.query.joins.append(f"LEFT JOIN {table} {alias} ON {alias}.value = {joined}")
        if any(columns["code"][1]):
            self.query.doubts.append(f"coalesce({alias}.code IS NOT NULL, FALSE)")
            remark_unread(self.con, self.remarks, source=self.query.source, input_number=self.input_number,
                          column=self.sheet.headers[index], cell=cell, values=columns["value"][1],
                          codes=columns["code"][1], facts=facts)  # fmt: skip
        return alias

    def unread(self) -> None:
        """Cells in use that the file does not give as written (a formula never calculated): doubt, and a remark."""
        facts = {one.code: one.facts for one in self.sheet.findings}
        lost = [one for one in self.sheet.unread if one.column in self.how.fields]
        if not lost:
            return
        table = lookup(self.con, fresh("unread_cells"), {
            "line": ("BIGINT", [one.line for one in lost]),
            "column_name": ("VARCHAR", [self.sheet.headers[one.column] for one in lost]),
            "code": ("VARCHAR", [one.code for one in lost]),
            "facts": ("VARCHAR", [json.dumps({**facts.get(one.code, {}), "place": one.column + 1}) for one in lost]),
        })  # fmt: skip
        self.query.joins.append(f"LEFT JOIN (SELECT DISTINCT line FROM {table}) lost ON lost.line = r.line")
        self.query.doubts.append("(lost.line IS NOT NULL)")
        remark(self.con, self.remarks, f"""SELECT {self.input_number}, line, column_name, code, '', facts FROM {table}
            WHERE line IN (SELECT line FROM {self.query.source})""")  # fmt: skip

    def _type_words(self, cells: list[str]) -> list[str]:
        """Type words completed by the sheet they stand in, then what the lines without a type are."""
        said = self.how.type_words
        if said and cells:
            table = lookup(self.con, fresh("type_words"),
                           {"value": ("VARCHAR", list(said)), "word": ("VARCHAR", list(said.values()))})  # fmt: skip
            self.query.words = f"LEFT JOIN {table} tw ON tw.value = {cells[0]}"
            self.query.joins.append(self.query.words)
            cells = ["tw.word", *cells]
        return [*cells, literal(self.how.type_word)] if self.how.type_word else cells

    def _filled_down(self, column: str, index: int) -> str:
        """A cell, or the one above it when the sheet writes an entity or a site only when it changes."""
        wanted = self.choices.fill_down.get(self.keys[index])
        if column not in ("entity", "site") or wanted is False or not (wanted or self.how.profile == "any"):
            return f"r.c{index}"
        blanks, grouped = self._runs(index)
        if not blanks or not (wanted or grouped):
            return f"r.c{index}"
        self.query.filled[index] = blanks
        self.query.source = f"""(SELECT * REPLACE (last_value(c{index} IGNORE NULLS) OVER (ORDER BY line) AS c{index})
            FROM {self.query.source})"""
        return f"r.c{index}"

    def _runs(self, index: int) -> tuple[int, bool]:
        """Blank cells under a first written one, and whether each value is written in one block only."""
        written, lines = self.con.execute(f"SELECT count(c{index}), count(*) FROM {self.query.source}").fetchone() or (
            0,
            0,
        )
        if written == lines:  # by far the most usual, and a look at the order of a million lines costs 0.2 s
            return 0, False
        blanks, first_blank, runs, values = self.con.execute(f"""
            SELECT count(*) FILTER (WHERE c IS NULL), coalesce(bool_or(c IS NULL AND place = 1), TRUE),
                   count(*) FILTER (WHERE c IS NOT NULL AND c IS DISTINCT FROM before), count(DISTINCT c)
            FROM (SELECT c{index} AS c, row_number() OVER (ORDER BY line) AS place,
                         lag(c{index} IGNORE NULLS) OVER (ORDER BY line) AS before FROM {self.query.source})
        """).fetchone() or (0, True, 0, 0)
        return blanks, not first_blank and values > 1 and runs == values


def _first(cells: list[str]) -> str:
    return cells[0] if len(cells) == 1 else f"coalesce({', '.join(cells)})"


def _without_time(cell: str) -> str:
    """A date with its time keeps ten characters: a million instants are a few thousand days."""
    timed = f"substr({cell}, 11, 1) IN (' ', 'T') AND substr({cell}, 14, 1) = ':'"  # "9/2/2026 2:05:11 PM" is not
    return f"CASE WHEN length({cell}) >= 16 AND {timed} THEN left({cell}, 10) ELSE {cell} END"


def _fitting(value: Decimal | None, column: str) -> Decimal | None:
    """The value when it can be kept; an absurd quantity stays absurd (one above the limit) so that it is refused."""
    if value is None:
        return None
    if column == "quantity":
        return min(max(value, Decimal(-1)), Decimal(MOST_DEVICES + 1)).quantize(Decimal("0.000001"))
    fits = LEAST.get(column, 0) <= value <= MOST[column]
    return value.quantize(Decimal("0.000001")) if fits else None


def _number_code(code: str | None, value: Decimal | None, fit: Decimal | None, column: str) -> str | None:
    """Why a number makes its line doubtful; an unusable quantity rejects the line instead, and says so later."""
    if column == "quantity":
        return code if value is not None and 0 < value <= MOST_DEVICES else None
    return code or ("inventory.number_out_of_range" if value is not None and fit is None else None)
