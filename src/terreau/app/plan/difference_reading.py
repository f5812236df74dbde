"""Two footprints of the organisation, and why they differ: computed by a worker, kept under what decides both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from terreau.app.footprint import door as footprint
from terreau.app.inventory import door as inventory
from terreau.app.plan.models_scenarios import Scenario
from terreau.app.plan.trajectory_asking import YEAR
from terreau.app.plan.weighed import weighed
from terreau.app.results import kept_json

DIFFERENCE = "plan.difference"
SHAPE = 1
CAUSES = ("volume", "mix", "lifespan", "electricity", "factors", "method")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two sides ready to be weighed; inputs: those of the job; added: sources that only the later side has, left out of both."""

    before: footprint.Weighable
    after: footprint.Weighable
    inputs: dict[str, Any]
    added: tuple[str, ...]


def earlier_days(organisation: Any) -> tuple[date, ...]:
    """The days of the inventories before the last, the last first."""
    return inventory.inventory_days(organisation)[1:]


def usual_day(days: tuple[date, ...], last: date) -> date | None:
    """Of the earlier days, the nearest to a year before."""
    wanted = last - timedelta(days=365)
    return min(days, key=lambda one: abs(one - wanted), default=None)


def pair(organisation: Any, on: date, settings: Mapping[str, Any] | None = None) -> Pair | None:
    """The inventory known for the day ``on`` against today's, the same sources on both sides; None without either."""
    inputs = {"on": on.isoformat(), "settings": dict(settings) if settings else None}
    before = footprint.weighable(organisation, on=on, settings=settings)
    if before is None:
        return None
    after = footprint.weighable(organisation, only=before.sources)
    now = footprint.weighable(organisation)
    if after is None or now is None:
        return None
    added = tuple(sorted(set(now.sources) - set(before.sources)))
    return Pair(before=before, after=after, inputs=inputs, added=added)


def of(organisation: Any, told: Pair) -> dict[str, Any]:
    """``plan.difference`` in plain values: criteria by key, what each side is made of, remarks in both languages."""

    def make() -> dict[str, Any]:
        from terreau.plan.difference import difference

        found = difference(weighed(told.before), weighed(told.after))
        plain = found.as_json()
        remarks = [
            {"criterion": one.facts.get("criterion", ""), "severity": one.severity}
            | {
                name: {"what": words.what, "remedy": words.remedy}
                for name in ("fr", "en")
                for words in [one.words(name)]
            }
            for one in found.remarks
        ]
        criteria = {one.criterion: one.as_json() for one in found.criteria}
        return {
            "before": plain["before"],
            "after": plain["after"],
            "sides": plain["sides"],
            "criteria": criteria,
            "remarks": remarks,
        }

    name = f"{told.after.digest[:40]}-difference{SHAPE}-{told.before.digest[:40]}"
    found: dict[str, Any] = kept_json(organisation, name, make, kind=DIFFERENCE, inputs=told.inputs)
    return found


def again(organisation: Any, inputs: Mapping[str, Any]) -> None:
    """The same from the inputs of a job."""
    told = pair(organisation, date.fromisoformat(inputs["on"]), inputs["settings"])
    if told is not None:
        of(organisation, told)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """What became of one criterion, cause by cause [its unit]; before + the causes of ``moved`` = after, exactly.

    planned: the causes that a scenario promised, and ``moved`` is then what came beside it; None for two years
    """

    before: float
    after: float
    moved: Mapping[str, float]
    actual: Mapping[str, float]
    planned: Mapping[str, float] | None = None


def year_on_year(told: Mapping[str, Any], criterion: str) -> Gap | None:
    """The parts of the difference as they are; None when a side does not know the criterion."""
    one = told["criteria"].get(criterion)
    if one is None:
        return None
    return Gap(before=one["before"], after=one["after"], moved=one["parts"], actual=one["parts"])


def against_plan(told: Mapping[str, Any], row: Scenario, at: date, criterion: str) -> Gap | None:
    """What came, against what a kept scenario promised for that day; None when one of them does not know the criterion.

    Between two years of the scenario its curve is followed in a straight line; after its last year it stays there. What
    recomputing the start with today's factors changes is told under factors.
    """
    one, promised = told["criteria"].get(criterion), row.told.get(criterion)
    if one is None or promised is None:
        return None
    years = max((at - row.at).days / YEAR, 0.0)
    start = promised["plan"][0][1]
    planned = {name: _at(values, years) for name, values in promised["causes"].items()}
    actual = dict(one["parts"])
    actual["factors"] += one["before"] - start
    planned |= dict.fromkeys(set(CAUSES) - set(planned), 0.0)
    moved = {name: actual[name] - planned[name] for name in CAUSES}
    return Gap(before=start + sum(planned.values()), after=one["after"], moved=moved, actual=actual, planned=planned)


def _at(values: list[float], years: float) -> float:
    """A yearly curve read between two years."""
    last = len(values) - 1
    if years >= last:
        return values[last]
    year = int(years)
    return values[year] + (values[year + 1] - values[year]) * (years - year)


def rounded(parts: Mapping[str, float], whole: float, decimals: int) -> dict[str, float]:
    """Parts rounded so that what is printed adds up to ``whole``, itself rounded (largest remainders)."""
    unit = 10.0**-decimals
    floors = {name: int(value // unit) for name, value in parts.items()}
    lacking = round(whole / unit) - sum(floors.values())
    order = sorted(parts, key=lambda name: floors[name] - parts[name] / unit)
    for name in order[: max(lacking, 0)]:
        floors[name] += 1
    for name in order[::-1][: max(-lacking, 0)]:
        floors[name] -= 1
    return {name: round(floor * unit, 10) for name, floor in floors.items()}
