"""What a chart is drawn from: parts, bars, series and age bands, frozen."""

from dataclasses import dataclass, replace

from terreau.kernel.interval import Interval
from terreau.publishing import numbers


@dataclass(frozen=True, slots=True)
class Part:
    """A stacked part (a life-cycle stage): its words and one of the styles of ``chart_drawing.STYLES``."""

    label: str
    style: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar: a value per part (``None`` is missing), the interval of the total, partial or not (« au moins »).

    quantity: devices behind it [count]; href: where its row leads; elsewhere: places of the parts that the source
    counts inside another part: they are not missing; whole: the values are counts, every digit of which is written.
    """

    label: str
    values: tuple[float | None, ...]
    interval: Interval | None = None
    at_least: bool = False
    quantity: float | None = None
    href: str = ""
    elsewhere: tuple[int, ...] = ()
    whole: bool = False

    def written(self, value: float | None, language: str) -> str:
        """A value of this bar as people read it."""
        if value is None or not self.whole:
            return numbers.number(value, language)
        return numbers.count(value, language)

    @property
    def total(self) -> float | None:
        """The sum of the known parts; ``None`` when none is known."""
        known = [value for value in self.values if value is not None]
        return sum(known) if known else None

    def scaled(self, divisor: float) -> "Bar":
        """The same bar in a unit ``divisor`` times larger."""
        values = tuple(None if value is None else value / divisor for value in self.values)
        return replace(self, values=values, interval=self.interval.times(1 / divisor) if self.interval else None)


@dataclass(frozen=True, slots=True)
class Series:
    """One line of a chart: a name and a value per mark (``None`` is missing); ``sure``: chosen, not measured, it has no interval."""

    label: str
    values: tuple[Interval | None, ...]
    sure: bool = False

    def scaled(self, divisor: float) -> "Series":
        """The same series in a unit ``divisor`` times larger."""
        return replace(self, values=tuple(value.times(1 / divisor) if value else None for value in self.values))


@dataclass(frozen=True, slots=True)
class AgeBand:
    """Devices of one age: a count per side; ``known`` is false for the devices without a date."""

    label: str
    counts: tuple[int, ...]
    known: bool = True
