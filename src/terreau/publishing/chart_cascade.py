"""A difference told step by step (cascade): each bar begins where the one before ended, the last one is the whole difference.

The axis is that of the difference: zero is the starting value. What rises and what falls differ by texture and by their sign.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from terreau.publishing import chart_drawing as pencil
from terreau.publishing import numbers

RISE, FALL, WHOLE = "clay", "leaf", "soil"
_SAID = {"fr": {"rise": "Alourdit", "fall": "Allège", "whole": "Écart entier"},
         "en": {"rise": "Heavier", "fall": "Lighter", "whole": "Whole difference"}}  # fmt: skip
_SIZE, _LEGEND = 14.0, 13.0


@dataclass(frozen=True, slots=True)
class Step:
    """One cause and what it adds, as printed; a step of zero is not drawn."""

    label: str
    value: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    left: float
    right: float
    low: float
    high: float
    step: float
    thick: float
    above: bool

    def x(self, value: float) -> float:
        return self.left + (self.right - self.left) * (value - self.low) / (self.high - self.low)

    def top(self, index: int) -> float:
        return 8 + index * self.step + (20 if self.above else 0)


def draw(*, prefix: str, width: float, language: str, steps: tuple[Step, ...], whole: Step) -> tuple[float, str]:
    """Height and inside of the drawing; on a narrow drawing each label stands above its bar."""
    shown = [*(one for one in steps if one.value), whole]
    frame = _frame(width, shown)
    floor = 8 + len(shown) * frame.step
    inside = [pencil.patterns(prefix, [RISE, FALL, WHOLE]), _axis(frame, floor, language)]
    reached = 0.0
    for index, one in enumerate(shown):
        start = 0.0 if one is whole else reached
        inside.append(_row(frame, prefix, index, one, start, WHOLE if one is whole else None))
        if index + 1 < len(shown):
            reached = start + one.value
            inside.append(_joint(frame, index, reached))
    inside.append(_legend(frame, prefix, shown, whole, floor + 28, language))
    return floor + 54, "".join(inside)


def _frame(width: float, shown: Sequence[Step]) -> _Frame:
    above = width <= pencil.NARROW
    reached, places = 0.0, [0.0]
    for one in shown[:-1]:
        reached += one.value
        places.append(reached)
    places.append(shown[-1].value)
    low, high = min(places), max(places)
    room = max(high - low, 1e-12)
    longest = max(pencil.text_width(one.label, _SIZE) for one in shown)
    text = max(pencil.text_width(one.text, _SIZE) for one in shown) + 12
    left = 2.0 if above else min(longest + 14, width * 0.4)
    # Values are written outside their bar, on the side it goes to: room is kept on both.
    return _Frame(left=left + (text if low < 0 else 0), right=width - (text if high > 0 else 6), low=low, high=low + room,
                  step=52 if above else 38, thick=20, above=above)  # fmt: skip


def _axis(frame: _Frame, floor: float, language: str) -> str:
    zero = frame.x(0.0)
    line = pencil.stroke(f"M{pencil.length(zero)} 2V{pencil.length(floor)}", pencil.SOFT, 1.2)
    return line + pencil.label(
        zero, floor + 14, numbers.number(0, language), size=12, anchor="middle", fill=pencil.SOFT
    )


def _row(frame: _Frame, prefix: str, index: int, one: Step, start: float, style: str | None) -> str:
    y = frame.top(index)
    first, last = sorted((frame.x(start), frame.x(start + one.value)))
    look = style or (RISE if one.value > 0 else FALL)
    drawn = _name(frame, one, y)
    drawn += pencil.block(first, y, last - first, frame.thick, pencil.paint(prefix, look))
    at, anchor = (last + 6, "") if one.value >= 0 else (first - 6, "end")
    weight = ' font-weight="600"' if style else ""
    return drawn + pencil.label(at, y + frame.thick / 2 + 5, one.text, size=_SIZE, anchor=anchor, extra=weight)


def _name(frame: _Frame, one: Step, y: float) -> str:
    if frame.above:
        return pencil.label(2, y - 6, one.label, size=_SIZE)
    rows = pencil.wrapped(one.label, _SIZE, 680 * 0.4 - 14)
    first = y + frame.thick / 2 + 5 - 8 * (len(rows) - 1)
    return "".join(pencil.label(0, first + 16 * index, row, size=_SIZE) for index, row in enumerate(rows))


def _joint(frame: _Frame, index: int, value: float) -> str:
    """A thin line from the end of a bar to the beginning of the next."""
    x, top = pencil.length(frame.x(value)), frame.top(index) + frame.thick
    return pencil.stroke(
        f"M{x} {pencil.length(top)}V{pencil.length(frame.top(index + 1))}", pencil.SOFT, 1, ' stroke-dasharray="2 2"'
    )


def _legend(frame: _Frame, prefix: str, shown: Sequence[Step], whole: Step, y: float, language: str) -> str:
    said, x, drawn = _SAID[language], 0.0 if not frame.above else 2.0, ""
    signs = [one.value for one in shown if one is not whole]
    items = [(said["rise"], RISE)] * any(v > 0 for v in signs) + [(said["fall"], FALL)] * any(v < 0 for v in signs)
    for words, style in [*items, (said["whole"], WHOLE)]:
        drawn += pencil.block(x, y, 14, 14, pencil.paint(prefix, style))
        drawn += pencil.label(x + 20, y + 12, words, size=_LEGEND, fill=pencil.SOFT)
        x += 38 + pencil.text_width(words, _LEGEND)
    return drawn
