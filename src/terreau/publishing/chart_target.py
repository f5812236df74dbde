"""A share against its target, drawn from 0 to 100 % (taux et objectif): what is sure, what is open, the line to reach."""

from __future__ import annotations

from terreau.publishing import chart_drawing as pencil
from terreau.publishing import numbers

_LEFT, _RIGHT, _RAIL = 10.0, 430.0, 40.0
_SAID = {
    "fr": {"title": "De {low} à {high} ; dit par les statuts : {told}", "target": ", objectif : {target}", "mark": "objectif {target}"},
    "en": {"title": "From {low} to {high}; told by statuses: {told}", "target": ", target: {target}", "mark": "target {target}"},
}  # fmt: skip


def target_gauge(key: str, *, low: float, told: float, high: float, target: float | None, language: str = "fr") -> str:
    """An SVG of the span low to high [0 to 1], a dot on what is told, a flag on the target; described in its title."""
    said = _SAID[language]
    words = {name: numbers.percent(value, language) for name, value in (("low", low), ("told", told), ("high", high))}
    title = said["title"].format(**words)
    drawn = [pencil.stroke(f"M{_x(0)} {_RAIL}H{_x(1)}", pencil.GRID, 8, ' stroke-linecap="round"')]
    if high > low:
        drawn += _open_span(key, low, high)
    if target is not None:
        reach = numbers.percent(target, language)
        title += said["target"].format(target=reach)
        drawn += _flag(target, said["mark"].format(target=reach))
    drawn.append(f'<circle cx="{_x(told)}" cy="{_RAIL}" r="8" fill="#1d4a2e" stroke="#fff" stroke-width="2"/>')
    foot = _RAIL + 26
    drawn.append(pencil.label(_LEFT, foot, numbers.percent(0, language), size=13, fill=pencil.SOFT))
    drawn.append(pencil.label(_RIGHT, foot, numbers.percent(1, language), size=13, anchor="end", fill=pencil.SOFT))
    return (
        f'<svg width="440" height="72" viewBox="0 0 440 72" role="img" aria-labelledby="{key}-t" font-family="sans-serif">'
        f'<title id="{key}-t">{pencil.escape(title)}</title>{"".join(drawn)}</svg>'
    )


def _x(share: float) -> str:
    return pencil.length(_LEFT + (_RIGHT - _LEFT) * share)


def _open_span(key: str, low: float, high: float) -> list[str]:
    """The span of what the inventory leaves open: hatched, ringed, so that it reads without its colour."""
    first, last = float(_x(low)), float(_x(high))
    ring = f' stroke="{pencil.STYLES["leaf"][0]}" stroke-width="1.5" rx="7"'
    hatch = (
        f'<pattern id="{key}-open" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" '
        'fill="#e3efe4"/><path d="M-1 5L5 -1M2 8L8 2" stroke="#2c6a43" stroke-width="1.2"/></pattern>'
    )
    return [f"<defs>{hatch}</defs>", pencil.block(first, _RAIL - 7, last - first, 14, f"url(#{key}-open)", ring)]


def _flag(target: float, text: str) -> list[str]:
    x = float(_x(target))
    half = pencil.text_width(text, 13) / 2
    middle = min(max(x, _LEFT + half), _RIGHT - half)
    return [pencil.stroke(f"M{pencil.length(x)} 20V{_RAIL + 12}", pencil.CLAY, 2.5),
            pencil.label(middle, 14, text, size=13, anchor="middle", fill=pencil.CLAY)]  # fmt: skip
