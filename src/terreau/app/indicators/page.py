"""What the page of one indicator shows: last value, its ratio or why there is none, the way to the target, the curve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from terreau.app.indicators import showing
from terreau.app.indicators.board import Line, values_of
from terreau.app.indicators.naming import address, definitions_of
from terreau.app.language import language
from terreau.indicators import words
from terreau.indicators.definition import Indicator
from terreau.indicators.followed import Baseline, Target
from terreau.indicators.progress import expected_at
from terreau.indicators.relative import Relative, ratio, relative
from terreau.indicators.remarks import remark
from terreau.indicators.series import Point, Series, groups, series
from terreau.indicators.trend import Trend, trend
from terreau.indicators.values import Value
from terreau.kernel.interval import Interval
from terreau.publishing import chart as charts
from terreau.publishing import numbers

MOST_POINTS = 24
"""Points of the curve: beyond it, the last ones; the CSV has them all."""


def shown(organisation: Any, line: Line, group: str) -> dict[str, Any]:
    """Everything the template needs, in the language of the page."""
    one, lang = line.one, language()
    kept = values_of(organisation, [one.key]).get(one.key, [])
    parts = groups(one.key, kept)
    told = series(one.key, kept, group) if group and group in parts else line.series
    whole = told is line.series
    point = told.latest(line.on)
    value = point.used if point else None
    stands = line.stands if whole else None
    return {
        "line": line, "series": told, "group": told.group, "value": value, "point": point, "parts": _parts(parts, kept, line, organisation),
        "number": showing.figure(value.value if value else None, value.unit if value else one.unit),
        "mark": showing.unit_mark(value.unit if value else one.unit), "when": showing.when(value) if value else "",
        "interval": showing.between(value.interval, value.unit) if value else "",
        "value_url": address("value", organisation, one.key, value.id) if value else "",
        "relative": _relative(organisation, one, value, line.on) if value else None,
        "told": showing.told(stands.told, one) if stands else None, "stands": stands, "chip": showing.standing(stands),
        "more": [showing.told(each, one) for each in (stands.remarks[1:] if stands else ())],
        "breaks": [showing.told(each, one) for each in told.breaks], "odd": [showing.told(each, one) for each in told.remarks],
        "trend": _trend(trend(told, line.on), one), "chart": curve(one, told, line.followed.baseline if whole else None, line.followed.target if whole else None),
        "stale": line.fresh if whole and line.fresh.stale and value else None, "facts": showing.facts(one),
        "cautions": [each.words.in_(lang) for each in one.cautions],
        "typical": words.target_words(one.typical_target, lang) if one.typical_target else "",
        "audience": words.AUDIENCES[line.followed.shown_to].in_(lang), "pair": _pair(organisation, one),
        "aims": [{"aim": each, "text": showing.target_words(each.target, each.unit), "from": _from(each, one)} for each in reversed(line.aims)],
        "count": len([each for each in kept if each.group == told.group]), "measured": one.source == "meter" and one.meter is not None,
    }  # fmt: skip


def curve(one: Indicator, told: Series, baseline: Baseline | None, target: Target | None) -> charts.Chart | None:
    """The values in time, one line for each method, and the way to the target; None with nothing to draw."""
    points = told.points[-MOST_POINTS:]
    if not points:
        return None
    runs = [[point for point in run if point in points] for run in told.segments]
    runs = [run for run in runs if run]
    marks, days = _marks(points, target)
    lines = [
        charts.Series(_label(one, runs, rank), tuple(_at(run, day) for day in days)) for rank, run in enumerate(runs)
    ]
    if target and baseline and target.unit in ("", points[-1].used.unit):
        lines.append(charts.Series(_said("way"), tuple(_way(baseline, target, day) for day in days)))
    unit = showing.unit_mark(one.unit) or _said("ratio" if one.unit == "1" else "number")
    drawn = charts.line(
        key="courbe",
        title=one.name.in_(language()),
        axis=_said("day"),
        unit=unit,
        marks=marks,
        series=lines,
        days=days,
        language=language(),
    )
    return replace(drawn, unit=unit) if drawn.unit == numbers.unit_text(unit, language()) else drawn


def _marks(points: Sequence[Point], target: Target | None) -> tuple[list[str], list[date]]:
    yearly = all(point.used.precision == "year" and _ends_a_year(point.on) for point in points) and (
        target is None or _ends_a_year(target.due)
    )
    if yearly:
        last = max(points[-1].on, target.due) if target else points[-1].on
        years = range(points[0].on.year, last.year + 1)
        if len(years) <= MOST_POINTS:
            return [str(year) for year in years], [date(year, 12, 31) for year in years]
    marks = [showing.when(point.used) for point in points]
    days = [point.on for point in points]
    if target and target.due > days[-1]:
        marks.append(showing.day(target.due))
        days.append(target.due)
    return marks, days


def _ends_a_year(day: date) -> bool:
    return (day.month, day.day) == (12, 31)


def _at(run: Sequence[Point], day: date) -> Interval | None:
    return next((point.used.interval for point in run if point.on == day), None)


def _way(baseline: Baseline, target: Target, day: date) -> Interval | None:
    if not baseline.on <= day <= target.due:
        return None
    return Interval.exact(baseline.value + (target.value - baseline.value) * expected_at(baseline, target, day))


def _label(one: Indicator, runs: Sequence[Sequence[Point]], rank: int) -> str:
    if len(runs) == 1:
        return _said("values")
    marks = [run[-1].used.method_mark for run in runs]
    alone = sum(mark.partition("@")[0] == marks[rank].partition("@")[0] for mark in marks) == 1
    method = showing.method(marks[rank].partition("@")[0] if alone else marks[rank])
    return method[:1].upper() + method[1:] if method else f"{_said('method')} {rank + 1}"


def _relative(organisation: Any, one: Indicator, value: Value, on: date) -> dict[str, Any] | None:
    """The ratio beside the value: its twin's, that of its own denominator, or why there is none; None when nothing is missing."""
    if one.form == "own":
        return None
    if one.form == "relative":
        made = relative(value)
        if made.value is not None:
            terms = [showing.figure(term, "count") for term in (value.numerator, value.denominator)]
            return {
                "terms": terms,
                "numerator": one.numerator.in_(language()),
                "denominator": one.denominator.in_(language()),
            }
        if value.value is not None and None in (value.numerator, value.denominator):
            told = remark("terms_missing", name=one.name, on=value.on)  # there is a relative value: given as it is
            return {"absent": showing.told(told)}
        return {"absent": showing.told(made.reason)} if made.reason else None
    return _per(organisation, one, value)


def _per(organisation: Any, one: Indicator, value: Value) -> dict[str, Any]:
    twin = _twin(organisation, one)
    if twin:
        kept = values_of(organisation, [twin.key]).get(twin.key, [])
        same = series(twin.key, kept, value.group).on(value.on)
        if same and same.used.value is not None:
            held = same.used
            return {"text": showing.written(held.value, held.unit), "interval": showing.between(held.interval, held.unit),
                    "name": twin.name.in_(language()), "url": address("indicator", organisation, twin.key)}  # fmt: skip
    under = None if value.denominator is None else Interval.exact(value.denominator)
    made: Relative = ratio(value.interval, under)
    if made.value is None and made.reason:
        return {"absent": showing.told(made.reason), "name": twin.name.in_(language()) if twin else "",
                "url": address("indicator", organisation, twin.key) if twin else ""}  # fmt: skip
    held_by = (
        Interval(made.low, made.value, made.high)
        if made.low is not None and made.high is not None and made.value is not None
        else None
    )
    return {"text": showing.written(made.value, one.unit), "interval": showing.between(held_by, one.unit),
            "per": showing.figure(value.denominator, "count")}  # fmt: skip


def _twin(organisation: Any, one: Indicator) -> Indicator | None:
    if not one.pair:
        return None
    home, slash, _short = one.key.rpartition("/")
    key = one.pair if "/" in one.pair else f"{home}{slash}{one.pair}"
    return definitions_of(organisation, [key])[key]


def _pair(organisation: Any, one: Indicator) -> tuple[str, str] | None:
    twin = _twin(organisation, one)
    return (twin.name.in_(language()), address("indicator", organisation, twin.key)) if twin else None


def _parts(parts: Sequence[str], kept: Sequence[Value], line: Line, organisation: Any) -> list[dict[str, Any]]:
    if len(parts) < 2 and not any(parts):
        return []
    rows = []
    for group in parts[:30]:
        point = series(line.one.key, kept, group).latest(line.on)
        if point:
            rows.append(
                {
                    "group": group,
                    "text": showing.written(point.used.value, point.used.unit),
                    "when": showing.when(point.used),
                }
            )
    return rows


def _trend(found: Trend, one: Indicator) -> str:
    if found.change is None or found.direction in ("unknown", "steady"):
        return _said("steady") if found.direction == "steady" else ""
    amount = showing.joined(showing.figure(abs(found.change), one.unit), "point" if one.unit == "%" else one.unit)
    told = {"change": amount, "start": showing.day(found.start), "end": showing.day(found.end)}
    return _said(found.direction) % told


def _from(aim: Any, one: Indicator) -> str:
    start = aim.baseline
    return f"{showing.written(start.value, aim.unit)} ({numbers.day(start.on, language())})" if start else ""


def _said(key: str) -> str:
    return _WORDS[key][language() == "en"]


_WORDS = {
    "day": ("Date", "Date"), "number": ("nombre", "number"), "ratio": ("rapport", "ratio"), "values": ("Valeurs", "Values"), "way": ("Vers la cible", "Towards the target"),
    "method": ("Méthode", "Method"), "steady": ("Rien n’a bougé.", "Nothing moved."),
    "rising": ("En hausse de %(change)s du %(start)s au %(end)s.", "Up by %(change)s from %(start)s to %(end)s."),
    "falling": ("En baisse de %(change)s du %(start)s au %(end)s.", "Down by %(change)s from %(start)s to %(end)s."),
    "unclear": ("L’écart du %(start)s au %(end)s (%(change)s) tient dans les fourchettes : rien ne permet de conclure.",
                "The difference from %(start)s to %(end)s (%(change)s) is within the ranges: nothing can be concluded."),
}  # fmt: skip
