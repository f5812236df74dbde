"""The pencil box of our charts: shapes, patterns, text widths and axes, as SVG strings.

Only presentation attributes are written, never ``style``: our pages forbid inline style. Every
text is escaped here. Lengths are SVG user units; at full width one unit is about one pixel.
"""

import math
from collections.abc import Sequence
from html import escape

INK = "#2b211a"
SOFT = "#63564a"
GRID = "#ddd3c2"
CLAY = "#a6452a"
WIDE = 680.0
NARROW = 340.0

# One tone and one texture each, so that no reading depends on colour alone.
STYLES: dict[str, tuple[str, str]] = {
    "soil": ("#4b3626", ""),
    "straw": ("#c79a3b", '<path d="M-1 5L5 -1M2 8L8 2" stroke="#7d5800" stroke-width="1.6"/>'),
    "leaf": ("#2c6a43", '<circle cx="3" cy="3" r="1.1" fill="#fff"/>'),
    "clay": ("#a6452a", '<path d="M1.5 0V6" stroke="#fff" stroke-width="1.2"/>'),
    "sky": ("#2a5b84", '<path d="M0 1.5H6" stroke="#fff" stroke-width="1.2"/>'),
    "bark": ("#8b7b69", '<path d="M0 0L6 6M6 0L0 6" stroke="#2b211a" stroke-width=".9"/>'),
    "mist": ("#fff", '<path d="M0 6L6 0" stroke="#8b7b69" stroke-width="1"/>'),
}


def text_width(text: str, size: float) -> float:
    """A cautious estimate of the width of ``text`` in a system sans serif at ``size``."""
    return sum(_glyph(letter) for letter in text) * size


def _glyph(letter: str) -> float:
    if letter in "iljtfrI.,;:'’!|()[]  \u202f\u00a0":
        return 0.36
    if letter in "mwMW%@œ" or letter.isupper():
        return 0.8
    return 0.6


def wrapped(text: str, size: float, width: float, lines: int = 2) -> tuple[str, ...]:
    """``text`` cut at spaces to fit ``width`` on at most ``lines`` lines, ended by an ellipsis when it cannot."""
    rows: list[str] = []
    current = ""
    for word in text.split():
        tried = f"{current} {word}".strip()
        if current and text_width(tried, size) > width:
            rows.append(current)
            current = word
        else:
            current = tried
    rows.append(current)
    if len(rows) > lines:
        rows = [*rows[: lines - 1], " ".join(rows[lines - 1 :])]
    return tuple(_clipped(row, size, width) for row in rows)


def _clipped(text: str, size: float, width: float) -> str:
    if text_width(text, size) <= width:
        return text
    while text and text_width(text + "…", size) > width:
        text = text[:-1]
    return text.rstrip() + "…"


def length(value: float) -> str:
    """A coordinate with one decimal at most."""
    return f"{value:.1f}".removesuffix(".0")


def label(
    x: float, y: float, content: str, *, size: float = 14, anchor: str = "", fill: str = INK, extra: str = ""
) -> str:
    """One line of text."""
    place = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text x="{length(x)}" y="{length(y)}" font-size="{length(size)}" fill="{fill}"{place}{extra}>{escape(content)}</text>'


def block(x: float, y: float, width: float, height: float, fill: str, extra: str = "") -> str:
    """One filled rectangle, never thinner than half a unit so that a small share stays visible."""
    return f'<rect x="{length(x)}" y="{length(y)}" width="{length(max(width, 0.5))}" height="{length(height)}" fill="{fill}"{extra}/>'


def stroke(path: str, colour: str = GRID, width: float = 1, extra: str = "") -> str:
    """One drawn path, not filled."""
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{length(width)}"{extra}/>'


def patterns(prefix: str, styles: Sequence[str]) -> str:
    """The textures of ``styles``, with identifiers of this chart only."""
    made = "".join(
        f'<pattern id="{prefix}-{style}" width="6" height="6" patternUnits="userSpaceOnUse">'
        f'<rect width="6" height="6" fill="{STYLES[style][0]}"/>{STYLES[style][1]}</pattern>'
        for style in dict.fromkeys(styles)
        if STYLES[style][1]
    )
    return f"<defs>{made}</defs>" if made else ""


def paint(prefix: str, style: str) -> str:
    """What to write in ``fill`` for a style."""
    return f"url(#{prefix}-{style})" if STYLES[style][1] else STYLES[style][0]


def ticks(largest: float, wanted: int = 4) -> tuple[float, ...]:
    """Round graduations from zero to at least ``largest``: steps of 1, 2 or 5."""
    if largest <= 0:
        return (0.0, 1.0)
    raw = largest / wanted
    power = 10 ** math.floor(math.log10(raw))
    step = next(power * nice for nice in (1, 2, 5, 10) if power * nice >= raw * 0.999)
    steps = math.ceil(largest / step - 1e-9)
    return tuple(step * index for index in range(steps + 1))


def whisker(low: float, high: float, y: float, half: float = 5) -> str:
    """An interval drawn as a bar with two feet, ringed in white so that it reads on any texture."""
    path = (
        f"M{length(low)} {length(y)}H{length(high)}M{length(low)} {length(y - half)}v{length(2 * half)}"
        f"M{length(high)} {length(y - half)}v{length(2 * half)}"
    )
    return stroke(path, "#fff", 4.5) + stroke(path, CLAY, 2)


def picture(key: str, width: float, height: float, title: str, description: str, inside: str, css: str) -> str:
    """The whole drawing, read aloud as one image by its title and description."""
    return (
        f'<svg class="{css}" width="{length(width)}" height="{length(height)}" viewBox="0 0 {length(width)} {length(height)}" '
        f'role="img" aria-labelledby="{key}-t {key}-d" font-family="sans-serif">'
        f'<title id="{key}-t">{escape(title)}</title><desc id="{key}-d">{escape(description)}</desc>{inside}</svg>'
    )
