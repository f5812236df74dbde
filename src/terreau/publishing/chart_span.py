"""Intervals one under the other on one axis, one small drawing per row of a table (intervalles alignés).

The figures stand beside in words: the drawing is decoration, and says so to a screen reader.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from terreau.kernel.interval import Interval
from terreau.publishing import chart_drawing as pencil

WIDTH, HEIGHT, EDGE = 150.0, 20.0, 5.0


@dataclass(frozen=True, slots=True)
class Axis:
    """From where to where the rows of one table are drawn; zero is always on it."""

    low: float
    high: float

    def x(self, value: float) -> float:
        """Where a value stands."""
        return EDGE + (WIDTH - 2 * EDGE) * (value - self.low) / (self.high - self.low)


def axis(values: Iterable[Interval]) -> Axis:
    """The axis that holds all of ``values``."""
    told = list(values)
    low, high = min((0.0, *(one.low for one in told))), max((0.0, *(one.high for one in told)))
    return Axis(low, high if high > low else low + 1.0)


def span(value: Interval, on: Axis) -> str:
    """One row: a line at zero, the interval, a dot on its central value; in clay when the centre is under zero."""
    colour = pencil.CLAY if value.central < 0 else "#2c6a43"
    middle, zero = HEIGHT / 2, pencil.length(on.x(0.0))
    low, central, high = (pencil.length(on.x(one)) for one in (value.low, value.central, value.high))
    drawn = pencil.stroke(f"M{zero} 0V{HEIGHT:.0f}", "#8b7b69", 1)
    drawn += pencil.stroke(f"M{low} {middle:.0f}H{high}", colour, 3, ' stroke-linecap="round" opacity=".55"')
    drawn += f'<circle cx="{central}" cy="{middle:.0f}" r="4" fill="{colour}"/>'
    return f'<svg width="{WIDTH:.0f}" height="{HEIGHT:.0f}" viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" aria-hidden="true">{drawn}</svg>'
