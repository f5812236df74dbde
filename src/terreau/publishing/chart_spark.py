"""A value in time, small enough to stand in a line of a table (petite courbe): band, target, changes of method."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from terreau.kernel.interval import Interval
from terreau.publishing import chart_drawing as pencil

_LEAF = "#1d4a2e"
_PAD = 5.0


@dataclass(frozen=True, slots=True)
class Dot:
    """One day and its value; ``apart``: obtained another way than the dot before, so nothing joins them."""

    on: date
    value: Interval
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Aimed:
    """A value to reach and its day."""

    value: float
    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    first: int
    last: int
    floor: float
    top: float
    width: float
    height: float

    def x(self, day: date) -> float:
        room = self.width - 2 * _PAD
        if self.last == self.first:
            return _PAD + room / 2
        return _PAD + room * (day.toordinal() - self.first) / (self.last - self.first)

    def y(self, value: float) -> float:
        share = (value - self.floor) / (self.top - self.floor)
        return self.height - _PAD - (self.height - 2 * _PAD) * share

    def at(self, day: date, value: float) -> str:
        return f"{pencil.length(self.x(day))} {pencil.length(self.y(value))}"


def spark(dots: Sequence[Dot], title: str, *, key: str, target: Aimed | None = None, width: float = 150,
          height: float = 40) -> str:  # fmt: skip
    """An SVG of the values in time, from zero; '' when there is none. ``title`` says in words what it shows.

    The band is the interval, the ring on the right the target, a dashed upright a change of method.
    """
    if not dots:
        return ""
    frame = _frame(dots, target, width, height)
    inside = [pencil.stroke(f"M{_PAD} {pencil.length(frame.y(0))}H{pencil.length(width - _PAD)}")]
    runs = _runs(dots)
    inside += [_band(frame, run) for run in runs]
    inside += [_line(frame, run) for run in runs]
    inside += [_break(frame, run[0].on) for run in runs[1:]]
    if target:
        inside.append(_aim(frame, dots[-1], target))
    last = dots[-1]
    place = (pencil.length(frame.x(last.on)), pencil.length(frame.y(last.value.central)))
    inside.append(f'<circle cx="{place[0]}" cy="{place[1]}" r="3" fill="{_LEAF}"/>')
    return (
        f'<svg class="spark" width="{pencil.length(width)}" height="{pencil.length(height)}" viewBox="0 0 {pencil.length(width)} '
        f'{pencil.length(height)}" role="img" aria-labelledby="{key}-t"><title id="{key}-t">{pencil.escape(title)}</title>{"".join(inside)}</svg>'
    )


def _frame(dots: Sequence[Dot], target: Aimed | None, width: float, height: float) -> _Frame:
    days = [one.on.toordinal() for one in dots] + ([target.due.toordinal()] if target else [])
    heights = [bound for one in dots for bound in (one.value.low, one.value.high)] + ([target.value] if target else [])
    floor, top = min(0.0, *heights), max(0.0, *heights)
    return _Frame(first=min(days), last=max(days), floor=floor, top=top if top > floor else floor + 1, width=width, height=height)  # fmt: skip


def _runs(dots: Sequence[Dot]) -> list[list[Dot]]:
    runs: list[list[Dot]] = []
    for one in dots:
        if runs and not one.apart:
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def _band(frame: _Frame, run: Sequence[Dot]) -> str:
    if all(one.value.is_exact for one in run):
        return ""
    if len(run) == 1:
        x, low, high = (
            pencil.length(n) for n in (frame.x(run[0].on), frame.y(run[0].value.low), frame.y(run[0].value.high))
        )
        return pencil.stroke(f"M{x} {low}V{high}", _LEAF, 2, ' stroke-opacity=".4"')
    there = [frame.at(one.on, one.value.high) for one in run]
    back = [frame.at(one.on, one.value.low) for one in reversed(run)]
    return f'<path d="M{"L".join(there + back)}Z" fill="{_LEAF}" fill-opacity=".16"/>'


def _line(frame: _Frame, run: Sequence[Dot]) -> str:
    points = [frame.at(one.on, one.value.central) for one in run]
    if len(points) > 1:
        return pencil.stroke("M" + "L".join(points), _LEAF, 1.8)
    x, y = points[0].split()
    return f'<circle cx="{x}" cy="{y}" r="2" fill="{_LEAF}"/>'


def _break(frame: _Frame, day: date) -> str:
    x = pencil.length(frame.x(day) - 3)
    return pencil.stroke(f"M{x} 2V{pencil.length(frame.height - 2)}", pencil.SOFT, 1, ' stroke-dasharray="2 2"')


def _aim(frame: _Frame, last: Dot, target: Aimed) -> str:
    x, y = pencil.length(frame.x(target.due)), pencil.length(frame.y(target.value))
    ring = f'<circle cx="{x}" cy="{y}" r="3.5" fill="#fff" stroke="{pencil.CLAY}" stroke-width="2"/>'
    if target.due <= last.on:
        return ring
    path = f"M{frame.at(last.on, last.value.central)}L{x} {y}"
    return pencil.stroke(path, pencil.CLAY, 1.2, ' stroke-dasharray="3 3"') + ring
