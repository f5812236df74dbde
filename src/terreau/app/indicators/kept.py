"""What an organisation keeps of each indicator, followed or not: its definition, its targets, every value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from terreau.app.indicators import board
from terreau.app.indicators.naming import definitions_of
from terreau.indicators.definition import Indicator
from terreau.indicators.followed import Followed
from terreau.indicators.values import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One indicator with everything kept of it; ``last``: the value that holds today, None before a first one."""

    indicator: Indicator
    followed: Followed | None
    values: tuple[Value, ...]
    last: Value | None

    def as_json(self) -> dict[str, Any]:
        """Plain values: key, name in both languages, unit, how it is followed, baseline, target, every value in order."""
        one, held = self.indicator, self.followed
        told: dict[str, Any] = {
            "key": one.key,
            "name": {"fr": one.name.fr, "en": one.name.en},
            "unit": one.unit,
            "followed": None,
        }
        if held:
            told["followed"] = {
                "role": held.role, "audience": held.shown_to, "owner": held.owner, "review_body": held.review_body,
                "baseline": _said(held.baseline, "on"), "target": _said(held.target, "due"),
            }  # fmt: skip
        return told | {"last": self.last.id if self.last else None, "values": [each.as_json() for each in self.values]}


def board_of(organisation: Any, on: date) -> tuple[Kept, ...]:
    """Everything kept, what is followed first, then what has values only."""
    held = {each.key: each for each in board.followed(organisation)}
    values = board.values_of(organisation, proofs=True)
    known = definitions_of(organisation, {*held, *values})
    order = sorted(known, key=lambda key: (key not in held, key in held and held[key].role != "flagship", key))
    return tuple(_kept(known[key], held.get(key), values.get(key, []), on) for key in order)


def _kept(one: Indicator, followed: Followed | None, values: list[Value], on: date) -> Kept:
    point = board.main_series(one.key, values, on).latest(on)
    told = tuple(sorted(values, key=lambda each: (each.group, each.on, each.moment)))
    return Kept(indicator=one, followed=followed, values=told, last=point.used if point else None)


def _said(aim: Any, day: str) -> dict[str, Any] | None:
    if aim is None:
        return None
    return {"value": aim.value, day: getattr(aim, day).isoformat(), "unit": aim.unit}
