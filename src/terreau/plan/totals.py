"""What a plan adds up to (totaux): money and days by year, and what it covers. Linked actions are listed, never counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from terreau.plan.commitments import Commitment, Linked

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanYear:
    """One calendar year: money [EUR] and person-days planned."""

    year: int
    budget: Decimal
    person_days: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTotals:
    """The plan on a day. years add up to ``budget`` and ``person_days`` to the cent.

    drafts: money and days of what is not adopted, apart; released: what stopped commitments no longer spend
    without_budget, without_days: keys of adopted commitments nobody estimated: the totals are "at least"
    linked: actions of other teams, with the key of the commitment they help
    """

    years: tuple[PlanYear, ...]
    budget: Decimal
    person_days: Decimal
    drafts: tuple[Decimal, Decimal]
    released: tuple[Decimal, Decimal]
    without_budget: tuple[str, ...]
    without_days: tuple[str, ...]
    linked: tuple[tuple[str, Linked], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """One theme or criterion and the commitments, adopted and not stopped, that serve it; none: a hole in the plan."""

    key: str
    commitments: tuple[str, ...]


def spread(amount: Decimal, start: date, end: date) -> dict[int, Decimal]:
    """``amount`` shared between calendar years by their days from ``start`` to ``end``, both counted.

    Rounded to the hundredth so that the years add up to ``amount`` exactly: what rounding leaves goes to the years that lost
    most, the earlier one first.
    """
    if end < start:
        return {}
    days = {year: _days(year, start, end) for year in range(start.year, end.year + 1)}
    whole = sum(days.values())
    exact = {year: amount * count / whole for year, count in days.items()}
    found = {year: value.quantize(CENT, rounding=ROUND_FLOOR) for year, value in exact.items()}
    last = amount - sum(found.values(), Decimal(0))
    for year in sorted(days, key=lambda one: (found[one] - exact[one], one)):
        if last <= 0:
            break
        added = min(CENT, last)
        found[year] += added
        last -= added
    return found


def shown(parts: Sequence[Decimal], step: Decimal) -> tuple[Decimal, ...]:
    """``parts`` rounded to ``step`` so that they add up to their sum rounded alike: largest remainders, the earlier one first."""
    found = [part.quantize(step, rounding=ROUND_FLOOR) for part in parts]
    left = sum(parts, Decimal(0)).quantize(step, rounding=ROUND_HALF_UP) - sum(found, Decimal(0))
    for place in sorted(range(len(found)), key=lambda one: (found[one] - parts[one], one))[: int(left / step)]:
        found[place] += step
    return tuple(found)


def _days(year: int, start: date, end: date) -> int:
    return (min(end, date(year, 12, 31)) - max(start, date(year, 1, 1))).days + 1


def totals(commitments: Iterable[Commitment], on: date) -> PlanTotals:
    """The plan on a day: adopted commitments by year until their due day, a stopped one until the day it was stopped."""
    every = tuple(commitments)
    adopted = [one for one in every if one.adopted(on)]
    drafts = [one for one in every if not one.adopted(on)]
    money, days = _by_year(adopted, on, "budget"), _by_year(adopted, on, "person_days")
    planned = (_sum(adopted, "budget"), _sum(adopted, "person_days"))
    kept = (sum(money.values(), Decimal(0)), sum(days.values(), Decimal(0)))
    return PlanTotals(
        years=tuple(
            PlanYear(year=year, budget=money.get(year, Decimal(0)), person_days=days.get(year, Decimal(0)))
            for year in sorted({*money, *days})
        ),
        budget=kept[0],
        person_days=kept[1],
        drafts=(_sum(drafts, "budget"), _sum(drafts, "person_days")),
        released=(planned[0] - kept[0], planned[1] - kept[1]),
        without_budget=tuple(one.key for one in adopted if _amount(one, "budget") is None),
        without_days=tuple(one.key for one in adopted if _amount(one, "person_days") is None),
        linked=tuple((one.key, action) for one in every for action in one.linked),
    )


def _amount(one: Commitment, name: str) -> Decimal | None:
    """Its money or its days; None when nobody estimated them, or when what is written is no amount (``checking`` names it)."""
    amount: Decimal | None = getattr(one, name)
    return amount if amount is not None and amount.is_finite() and amount >= 0 else None


def _sum(commitments: Iterable[Commitment], name: str) -> Decimal:
    return sum((_amount(one, name) or Decimal(0) for one in commitments), Decimal(0))


def _by_year(commitments: Iterable[Commitment], on: date, name: str) -> dict[int, Decimal]:
    found: dict[int, Decimal] = {}
    for one in commitments:
        amount = _amount(one, name)
        if amount is None:
            continue
        end, stopped = max(one.start, one.due_on(on)), one.stopped_on(on)
        if stopped is not None and stopped < end:
            amount = _until(amount, one.start, end, stopped)
            end = max(one.start, stopped)
        for year, part in spread(amount, one.start, end).items():
            found[year] = found.get(year, Decimal(0)) + part
    return found


def _until(amount: Decimal, start: date, end: date, stopped: date) -> Decimal:
    """The share of ``amount`` whose days are past when it is stopped."""
    spent = max((stopped - start + timedelta(days=1)).days, 0)
    return (amount * spent / ((end - start).days + 1)).quantize(CENT)


def coverage(
    commitments: Iterable[Commitment], themes: Sequence[str], criteria: Sequence[str], on: date
) -> tuple[tuple[Covered, ...], tuple[Covered, ...]]:
    """Each theme and each criterion asked, in the order asked, with what serves it on a day."""
    serving = [one for one in commitments if one.adopted(on) and one.stopped_on(on) is None]
    return (
        tuple(Covered(key=key, commitments=tuple(one.key for one in serving if one.theme == key)) for key in themes),
        tuple(
            Covered(key=key, commitments=tuple(one.key for one in serving if key in one.criteria)) for key in criteria
        ),
    )
