"""What nobody could name (à classer): models without category, the heaviest first, to be settled once by a person."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from terreau.inventory.fates import SettledLines

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
