"""What waits for a person (à classer): models without category, lots whose number is only proposed, the heaviest first."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from terreau.inventory.classes import classes, same_class
from terreau.inventory.decisions import NONE
from terreau.inventory.fates import SettledLines
from terreau.inventory.keys import junk_serials, keyed

if TYPE_CHECKING:
    from terreau.tables.engine import Engine


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsettledModel:
    """Lines that say the same thing, which the vocabulary does not know.

    lines [count], quantity: devices [count]; maker, model and type_word as first written, '' when empty
    """

    maker: str
    model: str
    type_word: str
    lines: int
    quantity: Decimal


def unsettled(con: Engine, settled: SettledLines, *, most: int | None = None) -> tuple[UnsettledModel, ...]:
    """The counted lines without category, grouped by what they say, by falling quantity, at most ``most`` of them."""
    rows = con.execute(f"""
        SELECT coalesce(manufacturer, ''), coalesce(model, ''), coalesce(type_word, ''), count(*), sum(quantity) AS q
        FROM {settled.relation} WHERE category IS NULL AND fate = 'counted'
        GROUP BY ALL ORDER BY q DESC, 1, 2, 3 {"" if most is None else f"LIMIT {int(most)}"}
    """).fetchall()
    return tuple(
        UnsettledModel(maker=maker, model=model, type_word=word, lines=lines, quantity=quantity)
        for maker, model, word, lines, quantity in rows
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsettledLot:
    """A line read as several devices ("classe mobile 12 postes"), until a person says how many.

    line_key: what ``Decisions.with_quantity`` expects ; quantity: devices proposed [count]
    """

    line_key: str
    file: str
    line: int
    type_word: str
    model: str
    quantity: Decimal


def lots(con: Engine, lines: str, *, most: int | None = None) -> tuple[UnsettledLot, ...]:
    """The lots of ``lines`` (``gather`` or ``Arrival.kept``) that something identifies, by falling quantity."""
    kinds = classes(con, lines, NONE)
    rows = con.execute(f"""
        SELECT l.line_key, CASE WHEN l.sheet = '' THEN l.file ELSE l.file || ' › ' || l.sheet END, l.line,
               coalesce(l.type_word, ''), coalesce(l.model, ''), l.quantity
        FROM {keyed(lines, junk_serials(con, lines))} l JOIN {kinds} k ON {same_class("l", "k")}
        WHERE k.hint_count IS NOT NULL AND l.line_key IS NOT NULL
        ORDER BY l.quantity DESC, 2, 3 {"" if most is None else f"LIMIT {int(most)}"}
    """).fetchall()
    return tuple(
        UnsettledLot(line_key=key, file=file, line=line, type_word=word, model=model, quantity=quantity)
        for key, file, line, word, model, quantity in rows
    )
