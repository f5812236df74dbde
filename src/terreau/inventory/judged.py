"""Which lines count, and with what doubt (lignes acceptées, douteuses, rejetées).

*Rejected*: no usable quantity, or no cell saying what the thing is. *Doubtful*: kept, but a cell that is not empty could
not be read, or a proposed reading was applied. *Accepted*: all the rest. An empty cell in a quantity column is read as
one device, with doubt; a column empty from top to bottom is as if it were absent: one device per line, without doubt.
A lot ("classe mobile 12 postes") multiplies the quantity, unless the quantity already says the same number.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from terreau.inventory.classes import classes, same_class
from terreau.inventory.decisions import NONE
from terreau.inventory.device import SNAPSHOT_COLUMNS
from terreau.inventory.keys import fresh
from terreau.inventory.lines import MOST_DEVICES, ReadLines
from terreau.inventory.remarks import remark
from terreau.tables.engine import literal

if TYPE_CHECKING:
    from terreau.tables.engine import Engine

_UNUSABLE = f"(l.quantity_said IS NOT NULL AND (l.quantity IS NULL OR l.quantity <= 0 OR l.quantity > {MOST_DEVICES}))"
_SILENT = "(l.type_word IS NULL AND l.model IS NULL AND k.category IS NULL AND NOT coalesce(k.is_virtual, FALSE))"
_KEPT = "NOT unusable AND NOT silent"
_DEVICES = "coalesce(l.quantity, 1)"
_QUANTITY = f"""CASE WHEN k.hint_count IS NULL OR {_DEVICES} = k.hint_count THEN {_DEVICES}
    ELSE {_DEVICES} * k.hint_count END"""
_BEFORE_LAUNCH = "(l.in_service_on < k.launched_on OR l.bought_on < k.launched_on)"
_NO_FACT = "'{}'"
_DAMAGED = "(contains({cell}, 'E+') AND regexp_full_match({cell}, '[0-9]([.,][0-9]+)?E[+][0-9]+'))"
"""A number that a spreadsheet shortened ("3,56E+14"): its last digits are lost."""
_OWN_NAME = "CASE WHEN l.ownership = 'personal' THEN NULL ELSE l.name END AS name"
"""The name of a personal device is most often that of its owner ("iPhone de Zoé"): it is not kept."""
_SAID_OF_IT = "coalesce(CASE WHEN l.ownership = 'personal' THEN NULL ELSE l.name END, l.manufacturer, l.serial)"
_LINE_TOLD = ("line", "quantity_said", "quantity", "type_word", "model", "manufacturer", "name", "serial", "imei",
              "ownership", "in_service_on", "bought_on", "retired_on", "date_precision")  # fmt: skip
_CLASS_TOLD = ("manufacturer", "model", "type_word", "screen_size", "category", "is_virtual", "first_year", "launched_on",
               "contradiction", "hint_count", "hint_text")  # fmt: skip
_LEFT_BEFORE = "(l.retired_on < coalesce(l.in_service_on, l.bought_on))"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The judged lines of one sheet, and how to say why.

    relation: a view or table with ``input``, the columns of a snapshot and ``rejected`` (NULL, "quantity" or "silent")
    classes: the table of what its lines say (see ``classes``) ; written: as in ``lines.ReadLines``, rejected lines too
    tell: writes the remarks, line by line; asked only by those who show them
    """

    relation: str
    classes: str
    written: str
    tell: Callable[[], None]


def judge(con: Engine, lines: ReadLines, input_number: int, columns: dict[str, str], remarks: str,
          horizon: date, *, few: bool = False) -> Judged:  # fmt: skip
    """Judge the lines of one sheet from what was read.

    horizon: a device that enters after this day is doubtful
    columns: heading of the column that feeds each column of the device, for the remarks
    few: few lines are judged once for all
    """
    read, expects = lines.relation, lines.quantities
    kinds = classes(con, lines.written, NONE)
    empty_quantity = "l.quantity_said IS NULL" if expects else "FALSE"
    doubts = ("l.doubtful", empty_quantity, "k.hint_count IS NOT NULL", "k.hint_text IS NOT NULL", _BEFORE_LAUNCH,
              _LEFT_BEFORE, _DAMAGED.format(cell="l.serial"), _DAMAGED.format(cell="l.imei"),
              _in_future("in_service_on", horizon), _in_future("bought_on", horizon))  # fmt: skip
    doubtful = " OR ".join(f"coalesce({doubt}, FALSE)" for doubt in doubts)
    name = fresh("judged")
    kept = ", ".join(_OWN_NAME if column == "name" else f"l.{column}"
                     for column in SNAPSHOT_COLUMNS if column not in ("doubtful", "quantity"))  # fmt: skip
    con.execute(f"""
        CREATE TEMP {"TABLE" if few else "VIEW"} {name} AS
        SELECT l.input, {kept}, ({doubtful}) AS doubtful, CAST({_QUANTITY} AS DECIMAL(18,6)) AS quantity,
               CASE WHEN {_UNUSABLE} THEN 'quantity' WHEN {_SILENT} THEN 'silent' END AS rejected
        FROM {read} l LEFT JOIN {kinds} k ON {same_class("l", "k")}
    """)
    teller = _Remarks(con, read, kinds, input_number, columns, remarks)
    return Judged(
        relation=name, classes=kinds, written=lines.written, tell=lambda: teller.all(expects=expects, horizon=horizon)
    )


def _in_future(column: str, horizon: date) -> str:
    """SQL: the date is after ``horizon``; a year or a month alone is later only when it begins later."""
    day, precise = f"DATE '{horizon.isoformat()}'", "l.date_precision"
    if column == "bought_on":  # the precision kept is that of the date of service when there is one
        precise = "CASE WHEN l.in_service_on IS NULL THEN l.date_precision ELSE 'year' END"
    begins = f"""CASE {precise} WHEN 'year' THEN CAST(date_trunc('year', l.{column}) AS DATE)
        WHEN 'month' THEN CAST(date_trunc('month', l.{column}) AS DATE) ELSE l.{column} END"""
    return f"CASE WHEN l.{column} > {day} THEN {begins} > {day} ELSE FALSE END"  # few dates are: the rest costs nothing


class _Remarks:
    """Says, line by line, why a line was rejected or is doubtful; a rejected line says only why it was rejected."""

    def __init__(self, con: Engine, read: str, kinds: str, input_number: int, columns: dict[str, str],
                 remarks: str) -> None:  # fmt: skip
        self.con, self.remarks, self.columns, self.input_number = con, remarks, columns, input_number
        self.source = f"{read} l LEFT JOIN {kinds} k ON {same_class('l', 'k')}"

    def all(self, *, expects: bool, horizon: date) -> None:
        """Every remark of this sheet: one look keeps the lines with a cause, then each cause present is told."""
        lot = (f"json_object('devices', k.hint_count, 'quantity', "
               f"regexp_replace(CAST({_QUANTITY} AS VARCHAR), '[.]0+$', ''))")  # fmt: skip
        rejected = (
            ("quantity_unusable", "quantity", "l.quantity_said", "unusable", _NO_FACT),
            ("nothing_says_what", "type_word", _SAID_OF_IT, "silent AND NOT unusable", _NO_FACT),
        )
        doubts = (
            ("quantity_empty", "quantity", "''", f"{expects} AND l.quantity_said IS NULL", _NO_FACT),
            ("lot_of_devices", "type_word", "l.type_word", "k.hint_count IS NOT NULL", lot),
            ("bundle", "type_word", "l.type_word", "k.hint_text IS NOT NULL", _NO_FACT),
            ("date_before_launch", "bought_on", "CAST(least(l.in_service_on, l.bought_on) AS VARCHAR)",
             _BEFORE_LAUNCH, "json_object('year', k.first_year, 'model', l.model)"),
            ("left_before_arriving", "retired_on", "CAST(l.retired_on AS VARCHAR)", _LEFT_BEFORE, _NO_FACT),
            *(("date_in_future", date_of, f"CAST(l.{date_of} AS VARCHAR)", _in_future(date_of, horizon),
               f"json_object('today', '{horizon.isoformat()}')") for date_of in ("in_service_on", "bought_on")),
            ("number_damaged", "serial", "l.serial", _DAMAGED.format(cell="l.serial"), _NO_FACT),
            ("number_damaged", "imei", "l.imei", _DAMAGED.format(cell="l.imei"), _NO_FACT),
            ("type_contradicts_model", "", "", "k.contradiction IS NOT NULL", _NO_FACT),
        )  # fmt: skip
        if not self._keep_troubled([doubt[3] for doubt in doubts]):
            return
        causes = (*rejected, *((*doubt[:3], f"{doubt[3]} AND {_KEPT}", doubt[4]) for doubt in doubts))
        present = self.con.execute(
            f"SELECT {', '.join(f'bool_or({cause[3]})' for cause in causes)} FROM {self.source}"
        ).fetchone()
        for (code, column, cell, condition, facts), there in zip(causes, present or (), strict=True):
            if there and code == "type_contradicts_model":
                self.contradictions()
            elif there:
                self.say(f"inventory.{code}", column, cell, condition, facts)

    def _keep_troubled(self, doubts: Sequence[str]) -> int:
        """From now on the source is the few lines of which something is to be said: the sheet is looked at once.

        Each also says whether it is ``unusable`` or ``silent``, so that this is worked out once, not for every doubt.
        Returns how many they are [count].
        """
        name = fresh("troubled")
        packed = ", ".join(
            f"struct_pack({', '.join(f'{column} := {side}.{column}' for column in columns)}) AS {side}"
            for side, columns in (("l", _LINE_TOLD), ("k", _CLASS_TOLD))
        )
        kept = self.con.execute(f"""CREATE TEMP TABLE {name} AS
            SELECT {packed}, {_UNUSABLE} AS unusable, {_SILENT} AS silent FROM {self.source}
            WHERE unusable OR silent OR {" OR ".join(f"coalesce({doubt}, FALSE)" for doubt in doubts)}""").fetchone()
        self.source = name
        return int(kept[0]) if kept else 0

    def say(self, code: str, column: str, cell: str, condition: str, facts: str) -> None:
        """One remark per line where ``condition`` holds."""
        remark(self.con, self.remarks, f"""
            SELECT {self.input_number}, l.line, {literal(self.columns.get(column, ""))}, {literal(code)},
                   left({cell}, 80), {facts}
            FROM {self.source} WHERE coalesce({condition}, FALSE)""")  # fmt: skip

    def contradictions(self) -> None:
        """A type word that says something else than the model: once per pair, at its first line. The model wins."""
        remark(
            self.con,
            self.remarks,
            f"""
            SELECT {self.input_number}, min(l.line), {literal(self.columns.get("type_word", ""))},
                   'inventory.type_contradicts_model', left(any_value(k.type_word), 80),
                   json_object('model', any_value(k.model), 'lines', count(*), 'category', any_value(k.category),
                               'other', any_value(k.contradiction))
            FROM {self.source} WHERE k.contradiction IS NOT NULL AND {_KEPT}
            GROUP BY k.manufacturer, k.model, k.type_word, k.screen_size""",
        )
