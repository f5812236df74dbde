"""Lists one may sort by a link: the orders offered, the one asked (tri)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Order:
    """One order of a list: what asks for it, its words, whether the list has it."""

    key: str
    label: str
    current: bool


def orders(asked: str | None, offered: Mapping[str, str]) -> tuple[str, tuple[Order, ...]]:
    """The key of the order asked (the first one offered when it is not one of them), and all of them.

    offered: words of each order by its key, as in ``?tri=<key>``
    """
    chosen = asked if asked in offered else next(iter(offered))
    return str(chosen), tuple(Order(key, label, key == chosen) for key, label in offered.items())
