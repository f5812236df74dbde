"""The age pyramid of a fleet: one or two groups of devices back to back, the undated drawn apart."""

from dataclasses import dataclass

from terreau.publishing import chart_drawing as pencil
from terreau.publishing import numbers
from terreau.publishing.chart_records import AgeBand

_STYLES = ("soil", "straw")
_STEP = 27.0
_THICK = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Side:
    """One half: bars grow from ``origin`` towards ``direction`` (-1 left, 1 right)."""

    name: str
    style: str
    origin: float
    direction: int
    room: float
    largest: float

    def end(self, count: float) -> float:
        return self.origin + self.direction * self.room * count / self.largest


def draw(
    *, prefix: str, width: float, language: str, sides: tuple[str, ...], bands: tuple[AgeBand, ...]
) -> tuple[float, str]:
    """Height and inside of the drawing: the oldest on top, the youngest at the bottom, the undated below them."""
    known = [band for band in bands if band.known]
    ordered = [*reversed(known), *(band for band in bands if not band.known)]
    halves = _halves(width, language, sides, bands)
    middle = _middle(halves, width)
    inside = [pencil.patterns(prefix, [half.style for half in halves] + ["mist"])]
    inside += [_heading(half, width) for half in halves]
    for index, band in enumerate(ordered):
        y = 28 + index * _STEP + (0 if band.known else 10)
        inside.append(_band(prefix, halves, middle, band, y, language))
    floor = 28 + len(ordered) * _STEP + (10 if len(known) < len(ordered) else 0)
    inside += [
        pencil.stroke(f"M{pencil.length(half.origin)} 24V{pencil.length(floor)}", pencil.INK, 1) for half in halves
    ]
    return floor + 6, "".join(inside)


def _halves(width: float, language: str, sides: tuple[str, ...], bands: tuple[AgeBand, ...]) -> tuple[_Side, ...]:
    """Both halves share one scale, so that lengths compare."""
    names = max(pencil.text_width(band.label, 13) for band in bands) + 16
    counts = [count for band in bands for count in band.counts]
    largest = float(max([1, *counts]))
    figures = max(pencil.text_width(numbers.count(count, language), 13) for count in counts) + 8
    if len(sides) == 1:
        return (
            _Side(
                name=sides[0],
                style=_STYLES[0],
                origin=names,
                direction=1,
                room=width - names - figures,
                largest=largest,
            ),
        )
    room = (width - names) / 2 - figures
    left, right = (width - names) / 2, (width + names) / 2
    return (
        _Side(name=sides[0], style=_STYLES[0], origin=left, direction=-1, room=room, largest=largest),
        _Side(name=sides[1], style=_STYLES[1], origin=right, direction=1, room=room, largest=largest),
    )


def _middle(halves: tuple[_Side, ...], width: float) -> float | None:
    return width / 2 if len(halves) == 2 else None


def _heading(half: _Side, width: float) -> str:
    if half.direction < 0 and 1.1 * pencil.text_width(half.name, 13) > half.origin:  # bold, and wider than its bars
        return pencil.label(0, 14, half.name, size=13, anchor="start", extra=' font-weight="600"')
    anchor = "end" if half.direction < 0 else "start"
    return pencil.label(
        half.origin + 2 * half.direction, 14, half.name, size=13, anchor=anchor, extra=' font-weight="600"'
    )


def _band(prefix: str, halves: tuple[_Side, ...], middle: float | None, band: AgeBand, y: float, language: str) -> str:
    base = y + _THICK / 2 + 4.5
    if middle is None:
        pieces = [pencil.label(halves[0].origin - 10, base, band.label, size=13, anchor="end")]
    else:
        pieces = [pencil.label(middle, base, band.label, size=13, anchor="middle")]
    for half, count in zip(halves, band.counts, strict=True):
        end = half.end(count)
        if count:
            paint = pencil.paint(prefix, half.style if band.known else "mist")
            edge = "" if band.known else ' stroke="#8b7b69" stroke-width="1"'
            pieces.append(pencil.block(min(half.origin, end), y, abs(end - half.origin), _THICK, paint, edge))
        anchor = "end" if half.direction < 0 else "start"
        pieces.append(
            pencil.label(
                end + 6 * half.direction, base, numbers.count(count, language), size=13, anchor=anchor, fill=pencil.SOFT
            )
        )
    return "".join(pieces)
