"""The values of one indicator in time (série): corrections followed, everything kept, breaks of method shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from terreau.indicators.lineages import Lineage, lineages
from terreau.indicators.remarks import Remark, remark
from terreau.indicators.values import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One day of a series.

    original: the last correction of what was measured that day
    recomputed: the same day told again with other methods, the last recorded first
    used: the one of them that compares with what follows
    """

    on: date
    original: Value
    recomputed: tuple[Value, ...] = ()
    used: Value

    @property
    def is_recomputed(self) -> bool:
        """True when the value used is not the one measured then."""
        return self.used.id != self.original.id

    def told_as(self, like: Value) -> Value | None:
        """The value of that day obtained as ``like`` was, None when there is none."""
        return next((one for one in (self.original, *self.recomputed) if one.comparable(like)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The values of one indicator and group.

    points: one a day, in order; kept: every value ever recorded, in the order it came in; remarks: what is wrong with links
    segments: runs of points that compare with one another; between two of them the method changed
    """

    indicator: str
    group: str
    kept: tuple[Value, ...]
    points: tuple[Point, ...]
    segments: tuple[tuple[Point, ...], ...]
    remarks: tuple[Remark, ...]

    @property
    def breaks(self) -> tuple[Remark, ...]:
        """One remark for each change of method that nothing recomputed bridges."""
        return tuple(
            remark("method_break", before=one[-1].on, after=other[0].on, old=_mark(one[-1].used), new=_mark(other[0].used))
            for one, other in pairwise(self.segments)
        )  # fmt: skip

    def latest(self, at: date) -> Point | None:
        """The last point on ``at`` or before."""
        return next((point for point in reversed(self.points) if point.on <= at), None)

    def on(self, day: date) -> Point | None:
        """The point of that very day."""
        return next((point for point in self.points if point.on == day), None)

    def history(self, id: str) -> tuple[Value, ...]:
        """What a value corrected and what corrected it, in the order it came in; () for an identifier not held."""
        found = next((one for one in lineages(self.kept)[0] if any(held.id == id for held in one.held)), None)
        return found.held if found else ()


def series(indicator: str, values: Iterable[Value], group: str = "") -> Series:
    """The series of ``indicator`` and ``group`` among ``values``, whatever their order."""
    return _made(indicator, group, [one for one in values if one.indicator == indicator and one.group == group])


def every_series(values: Iterable[Value]) -> dict[tuple[str, str], Series]:
    """Indicator and group -> its series, for all that ``values`` speak of, in one go."""
    held: dict[tuple[str, str], list[Value]] = {}
    for one in values:
        held.setdefault((one.indicator, one.group), []).append(one)
    return {(indicator, group): _made(indicator, group, held[indicator, group]) for indicator, group in sorted(held)}


def groups(indicator: str, values: Iterable[Value]) -> tuple[str, ...]:
    """The groups an indicator has values for, in order; '' (the whole) first."""
    return tuple(sorted({value.group for value in values if value.indicator == indicator}))


def _made(indicator: str, group: str, values: list[Value]) -> Series:
    kept = tuple(sorted(values, key=lambda value: value.moment))
    found, remarks = lineages(kept)
    days, doubles = _by_day(found)
    told, strays = _recomputations(found, days)
    points = _chosen(days, told)
    return Series(indicator=indicator, group=group, kept=kept, points=points, segments=_runs(points),
                  remarks=(*remarks, *doubles, *strays))  # fmt: skip


def _runs(points: Iterable[Point]) -> tuple[tuple[Point, ...], ...]:
    runs: list[list[Point]] = []
    for point in points:
        if runs and runs[-1][-1].used.comparable(point.used):
            runs[-1].append(point)
        else:
            runs.append([point])
    return tuple(tuple(run) for run in runs)


def _by_day(found: Iterable[Lineage]) -> tuple[dict[date, Lineage], list[Remark]]:
    """What was measured each day; of two values for one day the last that came in, and a remark."""
    days: dict[date, Lineage] = {}
    doubles = []
    for one in sorted(found, key=lambda lineage: lineage.current.moment):
        if one.recomputes is not None or one.current.value is None:
            continue
        if one.current.on in days:
            doubles.append(remark("same_day_twice", indicator=one.current.indicator, on=one.current.on))
        days[one.current.on] = one
    return days, doubles


def _recomputations(
    found: Iterable[Lineage], days: Mapping[date, Lineage]
) -> tuple[dict[date, list[Value]], list[Remark]]:
    """By day, the values told again that may be used, the last recorded first; and a remark for each that may not."""
    told: dict[date, list[Value]] = {}
    strays = []
    for one in sorted(found, key=lambda lineage: lineage.current.moment, reverse=True):
        if one.recomputes is None or one.current.value is None:
            continue
        of = next((target for target in days.values() if target.holds(one.recomputes)), None)
        if code := _stray(one, of):
            strays.append(remark(code, indicator=one.current.indicator, on=one.current.on))
        elif of:
            told.setdefault(of.current.on, []).append(one.current)
    return told, strays


def _stray(one: Lineage, of: Lineage | None) -> str:
    """Why a recomputed value cannot stand for the older one; '' when it can."""
    if of is None:
        return "recomputes_unknown"
    if one.current.on != of.current.on:
        return "recomputed_other_day"
    if one.current.method_mark == of.current.method_mark:
        return "recomputed_same_method"
    outdated = of.current.id != one.recomputes and of.current.moment > one.current.moment
    return "recomputed_before_correction" if outdated else ""


def _chosen(days: Mapping[date, Lineage], told: Mapping[date, list[Value]]) -> tuple[Point, ...]:
    """The points, walked from the newest back: each uses the value that compares with the next one, when it has one."""
    points: list[Point] = []
    after: Value | None = None
    for day in sorted(days, reverse=True):
        original, others = days[day].current, tuple(told.get(day, ()))
        like = next((one for one in (original, *others) if after and one.comparable(after)), None)
        after = like or (others[0] if others else original)
        points.append(Point(on=day, original=original, recomputed=others, used=after))
    return tuple(reversed(points))


def _mark(value: Value) -> str:
    return value.method_mark or "–"
