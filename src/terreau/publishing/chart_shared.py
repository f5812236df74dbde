"""What several sources share (sources et appareils communs): one bar per source, the shared devices first."""

from collections.abc import Sequence

from terreau.publishing import chart_drawing as pencil
from terreau.publishing import numbers
from terreau.publishing.chart_records import Bar, Part

_STEP = 52.0
_THICK = 24.0


def draw(*, prefix: str, width: float, language: str, parts: tuple[Part, ...], bars: tuple[Bar, ...]) -> tuple[float, str]:  # fmt: skip
    """Height and inside of the drawing: the name of each source above its bar, its total at the end, a legend on top."""
    legend, top = _legend(prefix, parts, width)
    largest = max([1.0, *(bar.total or 0 for bar in bars)])
    figures = max(pencil.text_width(numbers.count(bar.total or 0, language), 14) for bar in bars) + 10
    inside = [pencil.patterns(prefix, [part.style for part in parts]), legend]
    for rank, bar in enumerate(bars):
        y = top + rank * _STEP
        inside.append(pencil.label(0, y + 14, pencil.wrapped(bar.label, 14, width, 1)[0]))
        inside.append(_bar(prefix, parts, bar, y + 20, (width - figures) / largest, language))
    return top + len(bars) * _STEP + 2, "".join(inside)


def _legend(prefix: str, parts: Sequence[Part], width: float) -> tuple[str, float]:
    said, x, y = [], 0.0, 4.0
    for part in parts:
        taken = pencil.text_width(part.label, 13) + 40
        if x and x + taken > width:
            x, y = 0.0, y + 22
        said.append(pencil.block(x, y, 14, 14, pencil.paint(prefix, part.style)))
        said.append(pencil.label(x + 20, y + 12, part.label, size=13))
        x += taken
    return "".join(said), y + 30


def _bar(prefix: str, parts: Sequence[Part], bar: Bar, y: float, scale: float, language: str) -> str:
    said, x = [], 0.0
    for part, value in zip(parts, bar.values, strict=True):
        if value:
            said.append(pencil.block(x, y, value * scale, _THICK, pencil.paint(prefix, part.style)))
            x += value * scale
    total = numbers.count(bar.total or 0, language)
    return "".join(said) + pencil.label(x + 8, y + 17, total)
