"""Horizontal stacked bars with the interval of their total, and the gauge of a single figure."""

from collections.abc import Sequence
from dataclasses import dataclass

from terreau.kernel.interval import Interval
from terreau.publishing import chart_drawing as pencil
from terreau.publishing import numbers
from terreau.publishing.chart_records import Bar, Part

_WORDS = {
    "fr": {"interval": "Intervalle à 95 %", "at_least": "≥ "},
    "en": {"interval": "95% interval", "at_least": "≥ "},
}
_SIZE = 14.0
_LEGEND = 13.0
_MARGIN = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """Where things stand: margins follow the longest label and the longest value."""

    prefix: str
    language: str
    left: float
    right: float
    largest: float
    step: float
    thick: float
    above: bool

    def x(self, value: float) -> float:
        return self.left + (self.right - self.left) * value / self.largest

    def top(self, index: int) -> float:
        return 8 + index * self.step + (20 if self.above else 0)


def draw(
    *, prefix: str, width: float, language: str, parts: tuple[Part, ...], bars: tuple[Bar, ...]
) -> tuple[float, str]:
    """Height and inside of the drawing; on a narrow drawing each label stands above its bar."""
    frame = _frame(prefix, width, language, bars)
    floor = 8 + len(bars) * frame.step
    legend_height, legend = _legend(frame, parts, bars, floor + 26, width)
    inside = [pencil.patterns(prefix, [*(part.style for part in parts), "mist"]), _axis(frame, floor)]
    inside += [_row(frame, index, bar, parts) for index, bar in enumerate(bars)]
    return floor + 30 + legend_height, "".join(inside) + legend


def _frame(prefix: str, width: float, language: str, bars: Sequence[Bar]) -> _Frame:
    above = width <= pencil.NARROW
    longest = max((pencil.text_width(bar.label, _SIZE) for bar in bars), default=0)
    left = _MARGIN if above else min(longest + 14, width * 0.3)
    values = max((pencil.text_width(_value(bar, language), _SIZE) for bar in bars), default=0)
    reach = max([0.0, *(bar.interval.high if bar.interval else bar.total or 0 for bar in bars)])
    return _Frame(
        prefix=prefix, language=language, left=left, right=width - min(values, width * 0.3) - 14, above=above,
        largest=pencil.ticks(reach)[-1], step=52 if above else 40, thick=20 if above else 22,
    )  # fmt: skip


def _axis(frame: _Frame, floor: float) -> str:
    marks = pencil.ticks(frame.largest, 3 if frame.above else 4)
    drawn = [
        pencil.stroke(f"M{pencil.length(frame.x(mark))} 4V{pencil.length(floor)}")
        for mark in marks
        if mark <= frame.largest
    ]
    named = [
        pencil.label(
            frame.x(mark),
            floor + 16,
            numbers.number(mark, frame.language),
            size=12,
            fill=pencil.SOFT,
            anchor="middle" if mark else "start",
        )
        for mark in marks
        if mark <= frame.largest
    ]
    return "".join(drawn + named)


def _row(frame: _Frame, index: int, bar: Bar, parts: tuple[Part, ...]) -> str:
    y = frame.top(index)
    pieces = [_name(frame, bar, y)]
    middle = y + frame.thick / 2
    if bar.total is None:
        return "".join([*pieces, _missing(frame, middle)])
    start = frame.left
    for part, value in zip(parts, bar.values, strict=True):
        if value and value > 0:
            end = start + (frame.right - frame.left) * value / frame.largest
            pieces.append(pencil.block(start, y, end - start, frame.thick, pencil.paint(frame.prefix, part.style)))
            start = end
    reach = start
    if bar.interval and not bar.interval.is_exact:
        reach = max(start, frame.x(bar.interval.high))
        pieces.append(pencil.whisker(frame.x(bar.interval.low), frame.x(bar.interval.high), middle))
    pieces.append(pencil.label(reach + 8, middle + 5, _value(bar, frame.language), size=_SIZE))
    return "".join(pieces)


def _name(frame: _Frame, bar: Bar, y: float) -> str:
    if frame.above:
        return pencil.label(
            frame.left, y - 6, pencil.wrapped(bar.label, _SIZE, frame.right + 40, lines=1)[0], size=_SIZE
        )
    rows = pencil.wrapped(bar.label, _SIZE, frame.left - 10)
    first = y + frame.thick / 2 + 5 - 8 * (len(rows) - 1)
    return "".join(pencil.label(0, first + 16 * index, row, size=_SIZE) for index, row in enumerate(rows))


def _missing(frame: _Frame, middle: float) -> str:
    path = f"M{pencil.length(frame.left)} {pencil.length(middle - 8)}v16"
    words = pencil.label(
        frame.left + 8,
        middle + 5,
        numbers.MISSING[frame.language],
        size=13,
        fill=pencil.SOFT,
        extra=' font-style="italic"',
    )
    return pencil.stroke(path, pencil.SOFT, 1.5, ' stroke-dasharray="3 3"') + words


def _value(bar: Bar, language: str) -> str:
    sign = _WORDS[language]["at_least"] if bar.at_least else ""
    return sign + bar.written(bar.total, language) if bar.total is not None else ""


def _legend(frame: _Frame, parts: tuple[Part, ...], bars: Sequence[Bar], y: float, width: float) -> tuple[float, str]:
    """Only what is drawn, flowing on as many lines as needed."""
    shown = [part for index, part in enumerate(parts) if any(bar.values[index] for bar in bars)]
    items = [(part.label, part.style) for part in shown]
    if any(bar.interval and not bar.interval.is_exact for bar in bars):
        items.append((_WORDS[frame.language]["interval"], ""))
    x, row, drawn = frame.left, 0, []
    for words, style in items:
        needed = 20 + pencil.text_width(words, _LEGEND) + 18
        if x > frame.left and x + needed - 18 > width:
            x, row = frame.left, row + 1
        top = y + 2 + row * 22
        drawn.append(
            pencil.block(x, top, 14, 14, pencil.paint(frame.prefix, style))
            if style
            else pencil.whisker(x, x + 15, top + 7)
        )
        drawn.append(pencil.label(x + 21, top + 12, words, size=_LEGEND, fill=pencil.SOFT))
        x += needed
    return (row + 1) * 22, "".join(drawn)


def gauge(key: str, interval: Interval, title: str, language: str, upto: float | None = None) -> str:
    """One interval on an axis from zero: pale rail, dark span, dot on the central value."""
    width, left, right = 320.0, 8.0, 312.0
    furthest = max(interval.high, upto or 0.0)
    largest = pencil.ticks(furthest * 1.05)[-1] if furthest > 0 else 1.0
    low, central, high = (
        left + (right - left) * value / largest for value in (interval.low, interval.central, interval.high)
    )
    rail = f"M{left} 12H{right}"
    span = f"M{pencil.length(low)} 12H{pencil.length(high)}"
    drawn = pencil.stroke(rail, pencil.GRID, 6, ' stroke-linecap="round"') + pencil.stroke(
        span, "#2c6a43", 6, ' stroke-linecap="round"'
    )
    drawn += f'<circle cx="{pencil.length(central)}" cy="12" r="7" fill="#1d4a2e" stroke="#fff" stroke-width="2"/>'
    texts = [numbers.number(value, language) for value in (interval.low, interval.high)]
    apart = max(high, low + pencil.text_width(texts[0], 13) / 2 + pencil.text_width(texts[1], 13) / 2 + 10)
    for x, text in ((low, texts[0]), (apart, texts[1])):
        half = pencil.text_width(text, 13) / 2
        drawn += pencil.label(min(max(x, half), width - half), 36, text, size=13, anchor="middle", fill=pencil.SOFT)
    return (
        f'<svg class="gauge" width="{width:.0f}" height="40" viewBox="0 0 {width:.0f} 40" role="img" aria-labelledby="{key}-t" '
        f'font-family="sans-serif"><title id="{key}-t">{pencil.escape(title)}</title>{drawn}</svg>'
    )
