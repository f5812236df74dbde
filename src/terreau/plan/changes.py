"""What a lever changes, from when: one parameter of the engine, checked (changement).

Levers reach the trajectory as changes. Several changes of one parameter never add up by accident: the longest
lifespan, the largest share and the lowest PUE asked stand; additions and multiplications are gathered.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from terreau.kernel.errors import LANGUAGES, TerreauError
from terreau.kernel.interval import Interval
from terreau.kernel.term import figure

MOST_YEARS = 30
GROWTH_DOUBT = 2.0
"""Growth is held uncertain by this many points of % a year on each side: our choice, told with the hypotheses."""
LEAST_GROWTH, MOST_GROWTH = -50.0, 100.0
"""Hypotheses of growth that are taken [% a year]."""
EVERYTHING = "*"
KINDS = {
    "lifespan": ("set", "add"), "count": ("multiply",), "second_hand": ("set",), "kwh": ("multiply",),
    "replace": ("set",), "zone": ("set",), "pue": ("set",),
}  # fmt: skip
"""Parameters the engine knows, with the operators each accepts."""
BOUNDS = {
    ("lifespan", "set"): (0.5, 50.0), ("lifespan", "add"): (-20.0, 20.0), ("count", "multiply"): (0.0, 5.0),
    ("second_hand", "set"): (0.0, 1.0), ("kwh", "multiply"): (0.0, 5.0), ("replace", "set"): (0.0, 1.0),
    ("pue", "set"): (1.0, 5.0),
}  # fmt: skip
UNCOMPUTED = {
    "study_mean": ("son gain n’est connu que par une moyenne d’étude", "its gain is only known as the mean of a study"),
    "enabler": (
        "il rend d’autres gains possibles, sans gain propre",
        "it makes other gains possible, without one of its own",
    ),
}
"""Why a lever of each other kind has no gain here, in French and in English."""
MOVING = ("lifespan", "count", "second_hand", "replace")
"""Kinds that change who is bought and when; the others only multiply the electricity."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One parameter changed from the beginning of year ``start`` (1 is the year after the footprint).

    key: its own name in results; parameter: ``lifespan:<category>``, ``count:…``, ``second_hand:…``, ``kwh:…``,
    ``replace:<from>:<to>``, ``zone:<category or *>``, ``pue``; value: years, share, factor, PUE, or alpha-3 of a zone.
    ratio: making of a second-hand device over that of a new one (second_hand only); lever: the lever it comes from.
    """

    key: str
    parameter: str
    operator: str
    value: float | str
    start: int = 1
    ratio: Interval | None = None
    lever: str = ""

    @property
    def kind(self) -> str:
        """``lifespan``, ``count`` …"""
        return self.parameter.partition(":")[0]

    @property
    def category(self) -> str:
        """The category it acts on; for ``replace`` the one left; ``*`` for all."""
        return (self.parameter.split(":") + [EVERYTHING])[1]

    @property
    def other(self) -> str:
        """For ``replace``, the category bought instead; else ""."""
        parts = self.parameter.split(":")
        return parts[2] if len(parts) > 2 else ""

    @property
    def number(self) -> float:
        """Its value as a number."""
        return float(self.value)

    def as_json(self) -> dict[str, object]:
        """The public shape."""
        told: dict[str, object] = {
            "key": self.key, "lever": self.lever or self.key, "parameter": self.parameter, "operator": self.operator,
            "value": self.value, "start": self.start,
        }  # fmt: skip
        if self.ratio:
            told["ratio"] = {"low": self.ratio.low, "central": self.ratio.central, "high": self.ratio.high}
        return told


def change_of(chosen: Any, *, start: int = 1, key: str = "", ratio: Interval | None = None) -> Change:
    """The change that a chosen lever asks for (``levers.parse``: ``.lever`` and ``.value``); refused when not computed."""
    lever = chosen.lever
    if not lever.parameter:
        kind = UNCOMPUTED.get(str(lever.kind), (str(lever.kind),) * 2)
        raise TerreauError(
            "plan.lever_not_computed", key=lever.key, kind=str(lever.kind), kind_fr=kind[0], kind_en=kind[1]
        )
    return Change(
        key=key or lever.key, parameter=lever.parameter, operator=lever.operator, value=chosen.value, start=start,
        ratio=ratio, lever=lever.key,
    )  # fmt: skip


def checked_years(years: int) -> int:
    """The number of years asked, from 1 to 30."""
    if not 1 <= years <= MOST_YEARS:
        raise TerreauError("plan.years_out_of_bounds", years=years, most=MOST_YEARS)
    return years


def checked(changes: Iterable[Change], years: int, categories: Sequence[str]) -> tuple[Change, ...]:
    """The changes in the order of their keys, each usable and none in contradiction with another."""
    found = sorted(changes, key=lambda one: one.key)
    for one in found:
        _check_one(one, years, categories)
    for before, after in zip(found, found[1:], strict=False):
        if before.key == after.key:
            raise TerreauError("plan.lever_twice", key=after.key)
    _check_together(found)
    return tuple(found)


def checked_growth(growth: dict[str, float], categories: Sequence[str]) -> dict[str, float]:
    """Growth of each category, in % a year, from −50 to 100."""
    for category, percent in growth.items():
        if category != EVERYTHING and category not in categories:
            raise TerreauError("plan.category_unknown", category=category, known=", ".join(categories))
        if not (math.isfinite(percent) and LEAST_GROWTH <= percent <= MOST_GROWTH):
            raise TerreauError("plan.growth_out_of_bounds", category=category, **_said(value=percent))
    return dict(sorted(growth.items()))


def out_of_bounds(key: str, value: float | str, kind: str, operator: str) -> TerreauError:
    """The refusal of a value that the parameter cannot take, its numbers written as each language writes them."""
    low, high = BOUNDS[kind, operator]
    return TerreauError("plan.value_out_of_bounds", key=key, **_said(value=value, low=low, high=high))


def _said(**facts: float | str) -> dict[str, object]:
    """Each fact, and its words in each language."""
    words = {
        f"{name}_{language}": one if isinstance(one, str) or not math.isfinite(one) else figure(one, language)
        for name, one in facts.items()
        for language in LANGUAGES
    }
    return {**facts, **words}


def _check_one(one: Change, years: int, categories: Sequence[str]) -> None:
    if one.kind not in KINDS or one.operator not in KINDS[one.kind]:
        raise TerreauError("plan.parameter_unknown", key=one.key, parameter=f"{one.operator} {one.parameter}")
    for category in one.parameter.split(":")[1:]:
        if category != EVERYTHING and category not in categories:
            raise TerreauError("plan.category_unknown", category=category, known=", ".join(categories))
    parts = len(one.parameter.split(":"))
    expected = {"pue": 1, "replace": 3}.get(one.kind, 2)
    if parts != expected or (one.category == EVERYTHING and one.kind not in ("zone", "pue")):
        raise TerreauError("plan.parameter_unknown", key=one.key, parameter=f"{one.operator} {one.parameter}")
    if one.kind == "replace" and one.category == one.other:
        raise TerreauError("plan.parameter_unknown", key=one.key, parameter=f"{one.operator} {one.parameter}")
    if not 1 <= one.start <= years:
        raise TerreauError("plan.start_out_of_bounds", key=one.key, start=one.start, years=years)
    if one.kind != "zone":
        low, high = BOUNDS[one.kind, one.operator]
        if isinstance(one.value, str) or not (math.isfinite(one.value) and low <= one.value <= high):
            raise out_of_bounds(one.key, one.value, one.kind, one.operator)


def _beyond_one(category: str, share: float) -> TerreauError:
    """The refusal of more replacements than renewals: the category by its name, the share as a percentage."""
    from terreau.levers.categories import categories  # late: a trajectory without this refusal reads no lever

    names = categories().get(category)
    told = {f"category_{lang}": names.in_(lang) if names else category for lang in LANGUAGES}
    return TerreauError("plan.shares_beyond_one", category=category, **told, **_said(share=round(100 * share, 1)))


def _check_together(found: Sequence[Change]) -> None:
    """Two countries for one category in one year, or renewals shared out beyond the whole, say nothing usable."""
    zones: dict[tuple[str, int], Change] = {}
    shares: dict[str, dict[str, float]] = {}
    for one in found:
        if one.kind == "zone":
            met = zones.setdefault((one.category, one.start), one)
            if met.value != one.value:
                raise TerreauError("plan.levers_clash", first=met.key, second=one.key)
        if one.kind == "replace":
            mine = shares.setdefault(one.category, {})
            mine[one.other] = max(mine.get(one.other, 0.0), one.number)
            if sum(mine.values()) > 1 + 1e-9:
                raise _beyond_one(one.category, sum(mine.values()))
