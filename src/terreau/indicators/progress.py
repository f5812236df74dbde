"""Where a value stands between baseline and target (avancement): a change of method is never counted as progress."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from terreau.indicators.definition import Indicator
from terreau.indicators.followed import Baseline, Target
from terreau.indicators.remarks import Remark, remark
from terreau.indicators.series import Point, Series
from terreau.indicators.units import UNITS
from terreau.indicators.values import Value
from terreau.kernel import pace
from terreau.kernel.pace import DUST

STATUSES = (
    "reached", "reached_late", "on_track", "late", "unclear", "missed", "unmeasured", "not_started", "broken", "impossible",
)  # fmt: skip
"""unclear: the bounds allow both on track and late; unmeasured: due, and no value since; broken: the method changed."""
_SENTENCES = {
    "reached": "progress_reached", "reached_late": "progress_reached_late", "on_track": "progress_on_track",
    "late": "progress_late", "unclear": "progress_unclear", "missed": "progress_missed",
    "unmeasured": "progress_unmeasured", "not_started": "progress_not_started",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where one indicator stands on ``at``.

    start: the value it starts from, as it stands today (corrected, or told again with the method of ``current``)
    done, low, high: share of the way from start to target, 1 when there, negative when it went the other way; None when
    nothing allows one; expected: the share a straight line asks on the day of ``current``
    remarks: the sentence of the status first, then the points of attention
    """

    indicator: str
    status: str
    at: date
    current: Value | None = None
    start: float | None = None
    done: float | None = None
    low: float | None = None
    high: float | None = None
    expected: float | None = None
    remarks: tuple[Remark, ...] = ()

    @property
    def told(self) -> Remark:
        """The status in a sentence."""
        return self.remarks[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Start:
    """The value to start from, None when none compares; what to say of it."""

    value: float | None
    remarks: tuple[Remark, ...] = ()


def aim_faults(indicator: Indicator, baseline: Baseline | None, target: Target | None) -> tuple[Remark, ...]:
    """What makes a target impossible to follow, each with its remedy: no baseline, dates, units, wished direction."""
    return tuple(_faults(indicator, baseline, target))


def expected_at(baseline: Baseline, target: Target, day: date) -> float:
    """The share of the way a straight line from the baseline has done on ``day``: that of commitments too."""
    return pace.expected_share(baseline.on, target.due, day)


def progress(told: Series, indicator: Indicator, baseline: Baseline, target: Target, at: date) -> Progress:
    """The progress of ``told`` on ``at``."""
    faults = aim_faults(indicator, baseline, target)
    point = told.latest(at)
    current = point.used if point else None
    if faults:
        return Progress(indicator=indicator.key, status="impossible", at=at, current=current, remarks=faults)
    if current is None or current.on <= baseline.on:
        status = "unmeasured" if at > target.due else "not_started"
        why = remark(_SENTENCES[status], indicator=indicator.key, since=baseline.on, due=target.due)
        return Progress(indicator=indicator.key, status=status, at=at, current=current, remarks=(why,))
    if current.unit != indicator.unit:
        why = remark("units_differ", indicator=indicator.key, unit=_unit(indicator.unit), other=_unit(current.unit))
        return Progress(indicator=indicator.key, status="impossible", at=at, current=current, remarks=(why,))
    start = _start(told, baseline, current)
    if start.value is None:
        return Progress(indicator=indicator.key, status="broken", at=at, current=current, remarks=start.remarks)
    if start.remarks and (wrong := list(_wrong_way(indicator, start.value, target))):
        return Progress(indicator=indicator.key, status="impossible", at=at, current=current, start=start.value,
                        remarks=(*wrong, *start.remarks))  # fmt: skip
    return _measured(told, indicator, baseline, target, at, current, start)


def _measured(told: Series, indicator: Indicator, baseline: Baseline, target: Target, at: date, current: Value,
              start: _Start) -> Progress:  # fmt: skip
    assert start.value is not None
    held = current.interval
    assert held
    done, *ends = (_share(start.value, target.value, one, indicator) for one in (held.central, held.low, held.high))
    expected = expected_at(baseline, target, current.on)
    status, shown = _status(done, min(ends), max(ends), expected), current
    if at > target.due:
        status, shown = _at_the_end(told, indicator, start.value, target, current, done)
    why = remark(
        _SENTENCES[status], done=pace.percent(done), expected=pace.percent(expected), value=shown.value, on=shown.on,
        target=target.value, due=target.due, unit=_unit(indicator.unit),
    )  # fmt: skip
    beside = tuple(_beside(status, done, min(ends), max(ends), current, target, indicator))
    return Progress(indicator=indicator.key, status=status, at=at, current=current, start=start.value, done=done,
                    low=min(done, *ends), high=max(done, *ends), expected=expected, remarks=(why, *beside, *start.remarks))  # fmt: skip


def _status(done: float, low: float, high: float, expected: float) -> str:
    return "reached" if done >= 1 else pace.pace(done, low, high, expected)


def _beside(status: str, done: float, low: float, high: float, current: Value, target: Target,
            indicator: Indicator) -> Iterator[Remark]:  # fmt: skip
    """What must be read beside the sentence: a target lost since, a range that stands on both sides of it."""
    if status == "reached" and done < 1:
        yield remark("progress_fallen_back", value=current.value, on=current.on, unit=_unit(indicator.unit))
    elif status in ("reached", "reached_late", "missed") and low < 1 - DUST and high >= 1:
        yield remark("target_in_doubt", on=current.on, low=current.low if current.low is not None else current.value,
                     high=current.high if current.high is not None else current.value, target=target.value,
                     unit=_unit(indicator.unit))  # fmt: skip


def _at_the_end(told: Series, indicator: Indicator, start: float, target: Target, current: Value, done: float) -> tuple[str, Value]:  # fmt: skip
    """Once due: what the first value dated of the due day or after says, and the value to show; a value that came there later is late."""
    judged = next((point for point in told.points if target.due <= point.on <= current.on), None)
    if judged is None:
        return "unmeasured", current
    value = judged.told_as(current) or current
    assert value.value is not None
    if _share(start, target.value, value.value, indicator) >= 1:
        return "reached", value
    return ("reached_late" if done >= 1 else "missed"), current


def _share(start: float, target: float, value: float, indicator: Indicator) -> float:
    """Share of the way; a target that equals its start asks to hold: 1 while it holds, 0 when it went the wrong way."""
    if target == start:
        return 0.0 if indicator.better(target, value) is False else 1.0
    return (value - start) / (target - start)


def _start(told: Series, baseline: Baseline, current: Value) -> _Start:
    """The baseline as it stands today: the value of its day in the series wins over the copy kept in the target."""
    point = told.on(baseline.on)
    if point:
        return _from_point(point, baseline, current)
    runs = told.segments
    segment = next(run for run in runs if any(one.used.id == current.id for one in run))
    known = {value.method_mark for value in told.kept} - {""}
    other = baseline.method in known and baseline.method != current.method_mark
    if other or (segment is not runs[0] and baseline.on < segment[0].on):
        return _Start(value=None, remarks=(_broken(baseline, current, baseline.method),))
    unsaid = baseline.method != current.method_mark
    return _Start(value=baseline.value, remarks=(remark("baseline_method_unsaid", on=baseline.on),) if unsaid else ())


def _from_point(point: Point, baseline: Baseline, current: Value) -> _Start:
    like = point.told_as(current)
    if like is None or like.value is None:
        return _Start(value=None, remarks=(_broken(baseline, current, point.used.method_mark),))
    if math.isclose(like.value, baseline.value, rel_tol=1e-9, abs_tol=1e-12):
        return _Start(value=like.value)
    code = "baseline_corrected" if like.id == point.original.id else "baseline_recomputed"
    return _Start(value=like.value, remarks=(remark(code, on=baseline.on, old=baseline.value, new=like.value),))


def _broken(baseline: Baseline, current: Value, old: str) -> Remark:
    return remark("progress_broken", since=baseline.on, on=current.on, old=old or "–", new=current.method_mark or "–")


def _faults(indicator: Indicator, baseline: Baseline | None, target: Target | None) -> Iterator[Remark]:
    if target is None:
        return
    for one in (target.unit, baseline.unit if baseline else ""):
        if one and one != indicator.unit:
            yield remark("units_differ", indicator=indicator.key, unit=_unit(indicator.unit), other=_unit(one))
    if baseline is None:
        yield remark("target_without_baseline", indicator=indicator.key)
        return
    if target.due <= baseline.on:
        yield remark("baseline_after_target", indicator=indicator.key, since=baseline.on, due=target.due)
    yield from _wrong_way(indicator, baseline.value, target)


def _wrong_way(indicator: Indicator, start: float, target: Target) -> Iterator[Remark]:
    if indicator.better(start, target.value) is False:
        code = "target_should_rise" if indicator.direction == "up" else "target_should_fall"
        yield remark(code, indicator=indicator.key, start=start, target=target.value)


def _unit(key: str) -> object:
    """The unit as it is written beside a figure, or in full when it has no symbol."""
    unit = UNITS.get(key)
    return (unit.symbol or unit.name) if unit else key
