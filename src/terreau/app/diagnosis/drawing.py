"""Bars of a score: what is held, what is still open. Decoration: the numbers are written beside."""

from __future__ import annotations

from fractions import Fraction

from django.utils.safestring import SafeString, mark_safe


def bar(floor: Fraction | None, ceiling: Fraction | None, *, width: int = 96, height: int = 10) -> SafeString:
    """From 0 to the floor, full; from the floor to the ceiling, pale; an empty track when nothing was asked."""
    low, high = (round(width * float(min(max(one or 0, 0), 1)), 1) for one in (floor, ceiling))
    drawn = (
        f'<svg class="share" width="{width}" height="{height}" viewBox="0 0 {width} {height}" aria-hidden="true">'
        f'<rect width="{width}" height="{height}" rx="3" fill="#ebe3d3"/>'
        f'<rect width="{high}" height="{height}" rx="3" fill="#b9d3bd"/>'
        f'<rect width="{low}" height="{height}" rx="3" fill="#2c6a43"/></svg>'
    )
    return mark_safe(drawn)  # noqa: S308  numbers only, nothing from a person
