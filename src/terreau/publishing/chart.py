"""Charts that never go without their table: SVG drawn by us, caption, description, rows (graphiques).

A chart comes in two widths of the same drawing: one for a desk and for paper, one for a phone,
where text must stay readable; the stylesheet shows one of them. Values are given in the unit of
their source and shown in a readable one (t rather than 1 000 kg). A missing value is drawn and
written as missing, never as zero, and every axis starts from zero.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from terreau.kernel.interval import Interval
from terreau.publishing import (
    chart_bars,
    chart_cascade,
    chart_drawing,
    chart_line,
    chart_pyramid,
    chart_shared,
    numbers,
)
from terreau.publishing.chart_cascade import Step
from terreau.publishing.chart_records import AgeBand, Bar, Part, Series
from terreau.publishing.table import Head, Row

__all__ = ["AgeBand", "Bar", "Chart", "Head", "Part", "Row", "Series", "Step", "age_pyramid", "cascade", "gauge",
           "line", "shared_bars", "stacked_bars"]  # fmt: skip

_SAID = {
    "fr": {"total": "Total", "interval": "Intervalle (95 %)", "at_least": "au moins ", "unknown": "Âge inconnu"},
    "en": {"total": "Total", "interval": "Interval (95%)", "at_least": "at least ", "unknown": "Unknown age"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """One chart with everything a page needs to show it honestly."""

    key: str
    title: str
    unit: str
    description: str
    svg: str
    svg_narrow: str
    axis: str
    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    period: str = ""
    notes: tuple[str, ...] = field(default=())


def stacked_bars(
    *,
    key: str,
    title: str,
    axis: str,
    unit: str,
    parts: Sequence[Part],
    bars: Sequence[Bar],
    language: str = "fr",
    period: str = "",
    counted: str = "",
) -> Chart:
    """Horizontal bars stacked by part, each with the interval of its total (barres empilées).

    bars: values of the parts in the order of ``parts``, all in ``unit``; ``None`` is missing
    axis: what one bar is ("Catégorie"), head of the first column of the table
    counted: head of a column with the quantity behind each bar; '' for none
    """
    chosen = numbers.scale(
        [bound for bar in bars for bound in (bar.total, bar.interval.central if bar.interval else None)], unit, language
    )
    scaled = [bar.scaled(chosen.divisor) for bar in bars]
    said = _SAID[language]
    description = _sentence((bar.label, _total_text(bar, language)) for bar in scaled)
    heads = (
        *((Head(counted),) if counted else ()),
        *(Head(part.label) for part in parts),
        Head(said["total"]),
        *((Head(said["interval"]),) if _ranged(bars) else ()),
    )
    return _chart(
        chart_bars.draw,
        key=key,
        title=title,
        axis=axis,
        unit=chosen.unit,
        language=language,
        period=period,
        description=description,
        heads=heads,
        rows=tuple(_bar_row(bar, language, counted=bool(counted), ranged=_ranged(bars)) for bar in scaled),
        drawn={"parts": tuple(parts), "bars": tuple(scaled)},
    )


def line(
    *,
    key: str,
    title: str,
    axis: str,
    unit: str,
    marks: Sequence[str],
    series: Sequence[Series],
    days: Sequence[date] = (),
    language: str = "fr",
    period: str = "",
) -> Chart:
    """Values over time with their interval as a band; a missing value breaks the line (courbe).

    marks: the dates or years along the axis, as printed
    series: one value per mark, in ``unit``; ``None`` is missing
    days: the day of each mark, rising, for points to stand as far apart as their days; evenly without
    """
    chosen = numbers.scale([value.central for one in series for value in one.values if value], unit, language)
    scaled = [one.scaled(chosen.divisor) for one in series]
    heads = tuple(
        head for one in scaled for head in (Head(one.label), Head(_SAID[language]["interval"]))[: 1 if one.sure else 2]
    )
    rows = tuple(
        Row(
            mark,
            tuple(text for one in scaled for text in _value_cells(one.values[i], language)[: 1 if one.sure else 2]),
        )
        for i, mark in enumerate(marks)
    )
    spoken = (
        (f"{one.label}, {mark}" if len(scaled) > 1 else mark, _central_text(one.values[i], language))
        for one in scaled
        for i, mark in enumerate(marks)
    )
    return _chart(
        chart_line.draw,
        key=key,
        title=title,
        axis=axis,
        unit=chosen.unit,
        language=language,
        period=period,
        description=_sentence(spoken),
        heads=heads,
        rows=rows,
        drawn={"marks": tuple(marks), "series": tuple(scaled), "days": tuple(days)},
    )


def cascade(
    *, key: str, title: str, axis: str, head: str, unit: str, steps: Sequence[Step], whole: Step, language: str = "fr",
    period: str = "",
) -> Chart:  # fmt: skip
    """A difference cause by cause: each bar begins where the one before ended (cascade).

    steps: values and their words, already in ``unit`` and rounded so that they add up to ``whole``
    """
    rows = tuple(Row(one.label, (one.text,)) for one in (*steps, whole))
    return _chart(
        chart_cascade.draw, key=key, title=title, axis=axis, unit=unit, language=language, period=period,
        description=_sentence((one.label, one.text) for one in (*steps, whole)), heads=(Head(head),), rows=rows,
        drawn={"steps": tuple(steps), "whole": whole},
    )  # fmt: skip


def age_pyramid(
    *,
    key: str,
    title: str,
    axis: str,
    unit: str,
    sides: Sequence[str],
    bands: Sequence[AgeBand],
    unknown: Sequence[int] = (),
    language: str = "fr",
    period: str = "",
) -> Chart:
    """Counts by age, youngest at the bottom, one or two groups back to back (pyramide des âges).

    sides: the names of one or two groups of devices
    bands: counts per side [count]; unknown: counts of devices without a date, drawn apart
    """
    all_bands = (
        (*bands, AgeBand(_SAID[language]["unknown"], tuple(unknown), known=False)) if any(unknown) else tuple(bands)
    )
    spoken = ((band.label, ", ".join(numbers.count(n, language) for n in band.counts)) for band in all_bands)
    return _chart(
        chart_pyramid.draw,
        key=key,
        title=title,
        axis=axis,
        unit=unit,
        language=language,
        period=period,
        description=_sentence(spoken),
        heads=tuple(Head(side) for side in sides),
        rows=tuple(Row(band.label, tuple(numbers.count(n, language) for n in band.counts)) for band in all_bands),
        drawn={"sides": tuple(sides), "bands": all_bands},
    )


def shared_bars(
    *, key: str, title: str, axis: str, unit: str, parts: Sequence[Part], bars: Sequence[Bar], language: str = "fr"
) -> Chart:
    """What several sources share: counts per source, the shared ones first, without rounding (appareils communs).

    bars: counts of the parts in the order of ``parts`` [count]
    """
    said = _SAID[language]["total"]
    cells = [tuple(numbers.count(value or 0, language) for value in (*bar.values, bar.total)) for bar in bars]
    spoken = (f"{bar.label} " + ", ".join(f"{part.label} {text}" for part, text in zip(parts, row, strict=False))
              for bar, row in zip(bars, cells, strict=True))  # fmt: skip
    return _chart(
        chart_shared.draw,
        key=key,
        title=title,
        axis=axis,
        unit=unit,
        language=language,
        period="",
        description=" ; ".join(spoken) + ".",
        heads=(*(Head(part.label) for part in parts), Head(said)),
        rows=tuple(Row(bar.label, row, bar.href) for bar, row in zip(bars, cells, strict=True)),
        drawn={"parts": tuple(parts), "bars": tuple(bars)},
    )


def gauge(
    *, key: str, interval: Interval, unit: str, title: str, language: str = "fr", upto: float | None = None
) -> str:
    """A small drawing of one interval on an axis from zero, to stand under a big figure; ``upto``: end of the axis."""
    chosen = numbers.scale((interval.central,), unit, language)
    largest = None if upto is None else chosen.of(upto)
    return chart_bars.gauge(key, chosen.interval(interval), title, language, largest)


def _chart(
    draw: Callable[..., tuple[float, str]],
    *,
    key: str,
    title: str,
    axis: str,
    unit: str,
    language: str,
    period: str,
    description: str,
    heads: tuple[Head, ...],
    rows: tuple[Row, ...],
    drawn: dict[str, object],
) -> Chart:
    pictures = []
    for width, css, suffix in ((chart_drawing.WIDE, "wide-only", ""), (chart_drawing.NARROW, "narrow", "-n")):
        name = f"{key}{suffix}"
        height, inside = draw(prefix=name, width=width, language=language, **drawn)
        pictures.append(chart_drawing.picture(name, width, height, f"{title} ({unit})", description, inside, css))
    return Chart(
        key=key, title=title, unit=unit, description=description, svg=pictures[0], svg_narrow=pictures[1],
        axis=axis, heads=heads, rows=rows, period=period,
    )  # fmt: skip


def _ranged(bars: Sequence[Bar]) -> bool:
    """True when a bar has an interval: counts have none, and no column for it."""
    return not bars or not all(bar.whole for bar in bars)


def _bar_row(bar: Bar, language: str, *, counted: bool, ranged: bool) -> Row:
    devices = (numbers.count(bar.quantity, language) if bar.quantity is not None else "–",) if counted else ()
    parts = tuple(
        "–" if value is None and place in bar.elsewhere else bar.written(value, language)
        for place, value in enumerate(bar.values)
    )
    interval = (numbers.bounds(bar.interval, language) if bar.interval else "–",) if ranged else ()
    return Row(bar.label, (*devices, *parts, _total_text(bar, language), *interval), bar.href)


def _total_text(bar: Bar, language: str) -> str:
    prefix = _SAID[language]["at_least"] if bar.at_least and bar.total is not None else ""
    return prefix + bar.written(bar.total, language)


def _central_text(value: Interval | None, language: str) -> str:
    return numbers.number(value.central if value else None, language)


def _value_cells(value: Interval | None, language: str) -> tuple[str, str]:
    return _central_text(value, language), numbers.bounds(value, language) if value and not value.is_exact else "–"


def _sentence(pairs: Iterable[tuple[str, str]]) -> str:
    return ", ".join(f"{label} {text}" for label, text in pairs) + "."
