"""The fleet in one look: counts by category, ages, observed lifespans, what is counted apart.

Reads the relation ``fleet`` (one row per line) and returns frozen records; no Django, no file format here.
Quantities are devices [count]; ages and lifespans are years of 365.25 days.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from terreau.app.inventory.lives import Life, retained
from terreau.inventory.decisions import Decisions
from terreau.inventory.fleet import fleet
from terreau.kernel.underway import step
from terreau.tables.engine import engine

if TYPE_CHECKING:
    from terreau.factors.catalogue import FactorSet
    from terreau.footprint.parameters import Parameters
    from terreau.footprint.rules import Rules
    from terreau.inventory.reconciliation.sources import NamedSource

YEAR = 365.25
OLDEST = 10  # the last bar of the pyramid gathers this age and above


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryCount:
    """One category of the fleet. ``category`` is '' for devices nobody could recognise.

    observed: mean age at exit [year] of ``exits`` devices [count] that left with both dates, as the rule set reads it;
    life: what the footprint uses, shortest and longest of its sizes [year]; life_origin: observed, policy, policy_capped, category.
    """

    category: str
    counted: float
    stock: float
    age_known: float
    mean_age: float | None
    exits: float
    observed: float | None
    life: tuple[float, float] | None = None
    life_origin: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Portrait:
    """What the fleet is made of at a date.

    arrived: devices that entered in the twelve months, those said to have come new or not, those that did not [count]
    """

    at: date
    categories: tuple[CategoryCount, ...] = ()
    apart: dict[str, float] = field(default_factory=dict)
    pyramid: tuple[tuple[int, dict[str, float]], ...] = ()
    undated: float = 0
    no_status: float = 0
    lines: int = 0
    unsettled_lines: int = 0
    arrived: tuple[float, float, float] = (0, 0, 0)

    @property
    def counted(self) -> float:
        """Devices counted in the footprint [count]."""
        return sum(one.counted for one in self.categories)

    @property
    def age_known_share(self) -> float | None:
        """Share of the counted devices whose date of entry is known [0 to 1]; None for an empty fleet."""
        return sum(one.age_known for one in self.categories) / self.counted if self.counted else None

    @property
    def unsettled(self) -> float:
        """Devices counted without a category [count]."""
        return sum(one.counted for one in self.categories if not one.category)

    @property
    def mean_age(self) -> float | None:
        """Mean age of the counted devices whose date of entry is known [year]."""
        dated = [one for one in self.categories if one.mean_age is not None]
        known = sum(one.age_known for one in dated)
        return sum(one.age_known * (one.mean_age or 0) for one in dated) / known if known else None

    def as_json(self) -> dict[str, Any]:
        """Plain values; ``Portrait.from_json`` reads them back."""
        return {**asdict(self), "at": self.at.isoformat()}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Portrait:
        """The portrait kept as JSON."""
        pyramid = tuple((age, counts) for age, counts in data["pyramid"])
        categories = tuple(
            CategoryCount(**{**one, "life": tuple(one["life"]) if one["life"] else None}) for one in data["categories"]
        )
        return cls(**{**data, "at": date.fromisoformat(data["at"]), "categories": categories, "pyramid": pyramid,
                      "arrived": tuple(data["arrived"])})  # fmt: skip


BY_CATEGORY = """
    SELECT coalesce(category, ''),
           sum(quantity) FILTER (fate = 'counted'),
           sum(quantity) FILTER (fate = 'stock'),
           sum(quantity) FILTER (fate = 'counted' AND entered_on <= {at}),
           sum(quantity * datediff('day', entered_on, {at})) FILTER (fate = 'counted' AND entered_on <= {at}),
           sum(quantity) FILTER (left_on IS NOT NULL AND entered_on < left_on AND left_on <= {at}),
           sum(quantity * datediff('day', entered_on, left_on)) FILTER (left_on IS NOT NULL AND entered_on < left_on AND left_on <= {at})
    FROM {fleet} WHERE fate NOT IN ('virtual', 'merged', 'personal')
    GROUP BY 1 ORDER BY 2 DESC NULLS LAST, 1
"""
BY_AGE = """
    SELECT least(floor(datediff('day', entered_on, {at}) / 365.25)::INTEGER, 10), coalesce(category, ''), sum(quantity)
    FROM {fleet} WHERE fate = 'counted' AND entered_on <= {at} GROUP BY 1, 2 ORDER BY 1, 2
"""
APART = """
    SELECT fate, sum(quantity) FROM {fleet} WHERE fate <> 'counted' GROUP BY 1 ORDER BY 1
"""
ARRIVED = """
    SELECT coalesce(sum(quantity), 0), coalesce(sum(quantity) FILTER (came_as IS NOT NULL), 0),
           coalesce(sum(quantity) FILTER (came_as = 'second_hand'), 0)
    FROM {fleet} WHERE fate IN ('counted', 'stock') AND entered_on BETWEEN {start} AND {at}
"""
UNKNOWN = """
    SELECT coalesce(sum(quantity) FILTER (entered_on IS NULL OR entered_on > {at}), 0),
           coalesce(sum(quantity) FILTER (NOT status_given), 0), count(*) FILTER (class_level <> 'bundle'), count(*) FILTER (category IS NULL)
    FROM {fleet} WHERE fate = 'counted'
"""


def portrait(
    snapshots: Sequence[NamedSource], *, decisions: Decisions, rules: Rules, factors: FactorSet, parameters: Parameters
) -> Portrait:
    """The portrait of the fleet made of ``snapshots`` on the day of ``parameters``; empty when there is no snapshot.

    rules, factors, parameters: those of the footprint, which decide the lifespans it uses.
    """
    at = parameters.at
    if not snapshots:
        return Portrait(at=at)
    period = rules.period(at)
    with engine() as con:
        name = fleet(con, list(snapshots), period=period, decisions=decisions)
        step("count")
        lives = retained(con, name, period=period, rules=rules, factors=factors, parameters=parameters)
        days = {"at": f"DATE '{at.isoformat()}'", "start": f"DATE '{period.start.isoformat()}'"}
        asked = (con.execute(sql.format(fleet=name, **days)).fetchall()
                 for sql in (BY_CATEGORY, BY_AGE, APART, UNKNOWN, ARRIVED))  # fmt: skip
        counted, ages, fates, totals, came = asked
        categories = tuple(_category(row, lives.get(row[0])) for row in counted)
        apart = {fate: float(quantity) for fate, quantity in fates}
        undated, no_status, lines, unsettled = totals[0]
    return Portrait(at=at, categories=tuple(one for one in categories if one.counted or one.stock or one.exits),
                    apart=apart, pyramid=_pyramid(ages), undated=float(undated), no_status=float(no_status),
                    lines=int(lines), unsettled_lines=int(unsettled), arrived=_three(came[0]))  # fmt: skip


def _category(row: tuple[Any, ...], life: Life | None) -> CategoryCount:
    category, counted, stock, dated, days, exits, days_kept = row
    return CategoryCount(
        category=category, counted=float(counted or 0), stock=float(stock or 0), age_known=float(dated or 0),
        mean_age=float(days) / float(dated) / YEAR if dated else None, exits=float(exits or 0),
        observed=float(days_kept) / float(exits) / YEAR if exits else None,
        life=(life.shortest, life.longest) if life else None, life_origin=life.origin if life else "",
    )  # fmt: skip


def _pyramid(rows: Sequence[tuple[int, str, Any]]) -> tuple[tuple[int, dict[str, float]], ...]:
    ages: dict[int, dict[str, float]] = {age: {} for age in range(OLDEST + 1)} if rows else {}
    for age, category, quantity in rows:
        ages[max(age, 0)][category] = float(quantity)
    return tuple(ages.items())


def _three(row: Sequence[Any]) -> tuple[float, float, float]:
    arrived, told, second_hand = map(float, row)
    return arrived, told, second_hand
