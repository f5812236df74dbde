"""Values over time: one to five lines, each with its dash, its marker and its band of interval."""

from dataclasses import dataclass
from datetime import date

from terreau.kernel.interval import Interval
from terreau.publishing import chart_drawing as pencil
from terreau.publishing import numbers
from terreau.publishing.chart_records import Series

_LINES = (
    ("#1d4a2e", "", "round"),
    ("#a6452a", ' stroke-dasharray="7 4"', "square"),
    ("#2a5b84", ' stroke-dasharray="2 4"', "diamond"),
    ("#7d5800", ' stroke-dasharray="9 3 2 3"', "round"),
    ("#4b3626", ' stroke-dasharray="1 3"', "square"),
)
_BOLD = ' font-weight="600"'
_TOP = 18.0
_TALL = 210.0
_APART = 16.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    left: float
    right: float
    floor: float
    largest: float
    places: tuple[float, ...]

    def x(self, index: int) -> float:
        return self.left + (self.right - self.left) * self.places[index]

    def y(self, value: float) -> float:
        return self.floor - (self.floor - _TOP) * value / self.largest


def draw(
    *,
    prefix: str,
    width: float,
    language: str,
    marks: tuple[str, ...],
    series: tuple[Series, ...],
    days: tuple[date, ...] = (),
) -> tuple[float, str]:
    """Height and inside of the drawing; the axis starts from zero, a missing value breaks the line."""
    reach = max([0.0, *(value.high for one in series for value in one.values if value)])
    steps = pencil.ticks(reach)
    left = max(pencil.text_width(numbers.number(step, language), 12) for step in steps) + 10
    edge = pencil.text_width(marks[-1], 12) / 2 if marks else 0
    if len(series) > 2:
        edge = max(edge, _room_for_ends(series, language))
    frame = _Frame(
        left=left + 14,
        right=width - max(edge, 24),
        floor=_TOP + _TALL,
        largest=steps[-1],
        places=_places(len(marks), days),
    )
    inside = [_axis(frame, steps, left, width, language), _marks(frame, marks)]
    inside += [_band(frame, one, index) for index, one in enumerate(series)]
    inside += [_trace(frame, one, index) for index, one in enumerate(series)]
    inside.append(_ends(frame, series, language) if len(series) > 2 else _few_ends(frame, series, language))
    height = frame.floor + 30
    if len(series) > 1:
        inside.append(_legend(frame, series, height))
        height += 22 * len(series)
    return height, "".join(inside)


def _places(count: int, days: tuple[date, ...]) -> tuple[float, ...]:
    """Where each mark stands, from 0 to 1: by its day when they are given, evenly otherwise."""
    if count == 1:
        return (0.5,)
    if not days:
        return tuple(index / (count - 1) for index in range(count))
    return tuple((day - days[0]) / (days[-1] - days[0]) for day in days)


def _axis(frame: _Frame, steps: tuple[float, ...], left: float, width: float, language: str) -> str:
    lines = (
        pencil.stroke(f"M{pencil.length(left)} {pencil.length(frame.y(step))}H{pencil.length(width)}") for step in steps
    )
    names = (
        pencil.label(
            left - 6, frame.y(step) + 4, numbers.number(step, language), size=12, anchor="end", fill=pencil.SOFT
        )
        for step in steps
    )
    return "".join([*lines, *names])


def _marks(frame: _Frame, marks: tuple[str, ...]) -> str:
    """As many names as fit without touching; the last is always written, the first too on an axis by date when both fit."""
    if not marks:
        return ""
    return "".join(
        pencil.label(frame.x(index), frame.floor + 18, marks[index], size=12, anchor="middle", fill=pencil.SOFT)
        for index in _shown(frame, marks)
    )


def _shown(frame: _Frame, marks: tuple[str, ...]) -> list[int]:
    widths = [pencil.text_width(mark, 12) for mark in marks]

    def fits(left: int, right: int) -> bool:
        return frame.x(right) - frame.x(left) >= (widths[left] + widths[right]) / 2 + 12

    last = len(marks) - 1
    evenly = len({round(after - before, 6) for before, after in zip(frame.places, frame.places[1:], strict=False)}) < 2
    if evenly:
        # One in two, in three…: a regular axis keeps a regular rhythm, counted from its last mark.
        room = (frame.right - frame.left) / max(last, 1)
        every = max(1, -(-int(max(widths) + 12) // max(int(room), 1)))
        return [index for index in range(last + 1) if (last - index) % every == 0]
    shown = [0]
    for index in range(1, last):
        if fits(shown[-1], index) and fits(index, last):
            shown.append(index)
    return [*shown, last] if fits(0, last) else [last]


def _runs(values: tuple[Interval | None, ...]) -> list[list[tuple[int, Interval]]]:
    """Stretches of known values, so that a hole stays a hole."""
    runs: list[list[tuple[int, Interval]]] = [[]]
    for index, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((index, value))
    return [run for run in runs if run]


def _point(frame: _Frame, index: int, value: float) -> str:
    return f"{pencil.length(frame.x(index))} {pencil.length(frame.y(value))}"


def _band(frame: _Frame, one: Series, order: int) -> str:
    colour = _LINES[order % len(_LINES)][0]
    drawn = ""
    for run in _runs(one.values):
        if len(run) > 1:
            there = [_point(frame, index, value.high) for index, value in run]
            back = [_point(frame, index, value.low) for index, value in reversed(run)]
            drawn += f'<path d="M{"L".join(there + back)}Z" fill="{colour}" fill-opacity=".14"/>'
        elif not run[0][1].is_exact:
            index, value = run[0]
            x, low, high = (pencil.length(n) for n in (frame.x(index), frame.y(value.low), frame.y(value.high)))
            drawn += pencil.stroke(f"M{x} {low}V{high}", colour, 2)
    return drawn


def _trace(frame: _Frame, one: Series, order: int) -> str:
    colour, dash, shape = _LINES[order % len(_LINES)]
    drawn = ""
    for run in _runs(one.values):
        drawn += pencil.stroke("M" + "L".join(_point(frame, i, v.central) for i, v in run), colour, 2.5, dash)
    for index, value in _known(one):
        drawn += _marker(shape, frame.x(index), frame.y(value.central), colour)
    return drawn


def _known(one: Series) -> list[tuple[int, Interval]]:
    return [(index, value) for index, value in enumerate(one.values) if value]


def _few_ends(frame: _Frame, series: tuple[Series, ...], language: str) -> str:
    """The first and the last value of one or two lines: the higher above itself, the lower below; the same one is written once."""
    found: dict[int, list[float]] = {}
    for one in series:
        known = _known(one)
        for index, value in {known[0], known[-1]} if known else ():
            found.setdefault(index, []).append(value.central)
    drawn = ""
    taken: list[tuple[float, float, float]] = []
    for index, values in sorted(found.items()):
        told: dict[str, float] = {numbers.number(value, language): value for value in sorted(values, reverse=True)}
        for place, (words, height) in enumerate(told.items()):
            x, half = frame.x(index), pencil.text_width(words, 14) / 2
            for drop in (-11, 24) if place == 0 else (24, -11):
                y = frame.y(height) + drop
                # Two days close to each other: the other side of the point, else the table alone says it.
                if all(abs(x - at) >= half + wide + 4 or abs(y - high) >= _APART for at, high, wide in taken):
                    drawn += pencil.label(x, y, words, anchor="middle", extra=_BOLD)
                    taken.append((x, y, half))
                    break
    return drawn


def _ends(frame: _Frame, series: tuple[Series, ...], language: str) -> str:
    """The last value of each of several lines, on its right, pushed apart so that close lines stay readable."""
    last = [
        (known[-1][0], known[-1][1].central, _LINES[order % len(_LINES)][0])
        for order, one in enumerate(series)
        if (known := _known(one))
    ]
    drawn, lowest = "", -_APART
    for index, value, colour in sorted(last, key=lambda one: -one[1]):
        lowest = max(frame.y(value) + 5, lowest + _APART)
        drawn += pencil.label(frame.x(index) + 10, lowest, numbers.number(value, language), fill=colour, extra=_BOLD)
    return drawn


def _room_for_ends(series: tuple[Series, ...], language: str) -> float:
    known = [value.central for one in series for _index, value in _known(one)[-1:]]
    return max((pencil.text_width(numbers.number(value, language), 14) for value in known), default=0.0) + 14


def _marker(shape: str, x: float, y: float, colour: str) -> str:
    if shape == "round":
        return f'<circle cx="{pencil.length(x)}" cy="{pencil.length(y)}" r="4.5" fill="{colour}" stroke="#fff" stroke-width="1.5"/>'
    turn = f' transform="rotate(45 {pencil.length(x)} {pencil.length(y)})"' if shape == "diamond" else ""
    return pencil.block(x - 4, y - 4, 8, 8, colour, turn)


def _legend(frame: _Frame, series: tuple[Series, ...], top: float) -> str:
    drawn = ""
    for order, one in enumerate(series):
        colour, dash, shape = _LINES[order % len(_LINES)]
        y = top + 22 * order + 6
        drawn += pencil.stroke(f"M{pencil.length(frame.left)} {pencil.length(y)}h34", colour, 2.5, dash)
        drawn += _marker(shape, frame.left + 17, y, colour)
        drawn += pencil.label(frame.left + 42, y + 5, one.label, size=13, fill=pencil.SOFT)
    return drawn
