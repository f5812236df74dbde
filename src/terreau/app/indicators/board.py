"""The board: each indicator followed with its values in time, its target and where it stands (tableau de bord)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils.safestring import SafeString, mark_safe

from terreau.app.indicators import showing
from terreau.app.indicators.models import VALUED, Aim, Following, KeptValue, valued
from terreau.app.indicators.naming import address, definitions_of
from terreau.app.language import language
from terreau.indicators.definition import Indicator
from terreau.indicators.followed import Followed, Target
from terreau.indicators.progress import Progress, progress
from terreau.indicators.series import Point, Series, groups, series
from terreau.indicators.trend import Freshness, freshness
from terreau.indicators.values import Value
from terreau.publishing.chart_spark import Aimed, Dot, spark

MOST_DOTS = 40
"""Points of a small curve: beyond it, the last one of each quarter, then of each year."""


@dataclass(frozen=True)
class Line:
    """One indicator of the board, with everything a page shows of it."""

    row: Following
    followed: Followed
    series: Series
    on: date
    aims: tuple[Aim, ...] = ()

    @property
    def one(self) -> Indicator:
        """Its definition."""
        return self.followed.indicator

    @property
    def name(self) -> str:
        """Its name, in the language of the page."""
        return str(self.one.name.in_(language()))

    @property
    def flagship(self) -> bool:
        """True for one of those shown first."""
        return self.followed.role == "flagship"

    @cached_property
    def point(self) -> Point | None:
        """The last point, None before a first value."""
        return self.series.latest(self.on)

    @property
    def value(self) -> Value | None:
        """The last value, as it compares with what came before."""
        return self.point.used if self.point else None

    @property
    def unit(self) -> str:
        """The unit of the value, which a changed definition may no longer have."""
        return self.value.unit if self.value else self.one.unit

    @property
    def number(self) -> str:
        """The figure alone, without its unit."""
        return showing.figure(self.value.value if self.value else None, self.unit)

    @property
    def mark(self) -> str:
        """Its unit, as written beside the figure."""
        return showing.unit_mark(self.unit)

    @property
    def text(self) -> str:
        """The last value with its unit."""
        return showing.written(self.value.value if self.value else None, self.unit)

    @property
    def interval(self) -> str:
        """Its bounds, in words."""
        return showing.between(self.value.interval if self.value else None, self.unit)

    @property
    def when(self) -> str:
        """The day or period it speaks of."""
        return showing.when(self.value) if self.value else ""

    @property
    def target(self) -> str:
        """The target, in words."""
        return showing.target_words(self.followed.target, self.one.unit)

    @property
    def baseline(self) -> str:
        """Where it starts from, in words."""
        found = self.followed.baseline
        return showing.target_words(Target(value=found.value, due=found.on), self.one.unit) if found else ""

    @cached_property
    def stands(self) -> Progress | None:
        """Where it stands; None without a target."""
        aim = self.followed
        if aim.target is None or aim.baseline is None:
            return None
        return progress(self.series, self.one, aim.baseline, aim.target, self.on)

    @property
    def standing(self) -> tuple[str, str]:
        """Chip and words of where it stands."""
        return showing.standing(self.stands)

    @cached_property
    def fresh(self) -> Freshness:
        """How old the last value is."""
        return freshness(self.series, self.one.frequency, self.on)

    @property
    def url(self) -> str:
        """Its page."""
        return address("indicator", self.row.organisation, self.one.key)

    @property
    def spark(self) -> SafeString:
        """Its small curve, for a line of a table."""
        return self._drawn(150, 40)

    @property
    def curve(self) -> SafeString:
        """The same, larger, for a card."""
        return self._drawn(300, 84)

    def _drawn(self, width: float, height: float) -> SafeString:
        points = thinned(tuple(point for point in self.series.points if point.on <= self.on))
        target = self.followed.target
        title = showing.titled(self.one, points, target)
        runs = [None, *points]
        dots = [
            Dot(point.on, held, before is not None and not before.used.comparable(point.used))
            for before, point in zip(runs, points, strict=False) if (held := point.used.interval)
        ]  # fmt: skip
        aimed = Aimed(target.value, target.due) if target and target.unit in ("", self.unit) else None
        drawn = spark(dots, title, key=f"s{self.row.pk}", target=aimed, width=width, height=height)
        return mark_safe(drawn)  # noqa: S308  drawn by publishing, every text escaped there


def thinned(points: tuple[Point, ...]) -> tuple[Point, ...]:
    """As many points as a small curve can show: the last one of each quarter, then of each year, of each run that compares."""
    for months in (3, 12):
        if len(points) <= MOST_DOTS:
            break
        held = {(point.used.method_mark, point.on.year, (point.on.month - 1) // months): point for point in points}
        points = tuple(sorted(held.values(), key=lambda point: point.on))
    return points


def followings(organisation: Any) -> list[Following]:
    """What is followed, flagship first."""
    rows = list(Following.objects.filter(organisation=organisation))
    for row in rows:
        row.organisation = organisation
    return sorted(rows, key=lambda row: (row.role != "flagship", row.indicator))


def lines(
    organisation: Any, rows: Sequence[Following], on: date, known: Mapping[str, Indicator] | None = None
) -> list[Line]:
    """These rows with their definitions (``known`` when read already), targets and values: as many queries however many rows."""
    keys = [row.indicator for row in rows]
    known = definitions_of(organisation, keys) if known is None else known
    aims: dict[int, list[Aim]] = {}
    for aim in Aim.objects.filter(following__in=[row.pk for row in rows]):
        aims.setdefault(aim.following_id, []).append(aim)
    kept = values_of(organisation, keys)
    return [
        Line(row=row, followed=as_followed(row, known[row.indicator], aims.get(row.pk, ())), on=on,
             series=main_series(row.indicator, kept.get(row.indicator, ()), on), aims=tuple(aims.get(row.pk, ())))
        for row in rows
    ]  # fmt: skip


def line_of(organisation: Any, key: str, on: date) -> Line | None:
    """The line of one indicator, None when it is not followed."""
    rows = list(Following.objects.filter(organisation=organisation, indicator=key))
    for row in rows:
        row.organisation = organisation
    return next(iter(lines(organisation, rows, on)), None)


def as_followed(row: Following, one: Indicator, aims: Sequence[Aim] = ()) -> Followed:
    """A row as the room of indicators reads it; the last aim is the one in force."""
    last = aims[-1] if aims else None
    return Followed(
        indicator=one, role=row.role, audience=row.audience, owner=row.owner, review_body=row.review_body, since=row.since,
        baseline=last.baseline if last else None, target=last.target if last else None,
    )  # fmt: skip


def followed(organisation: Any) -> tuple[Followed, ...]:
    """The whole board as the room of indicators reads it, without values."""
    rows = followings(organisation)
    known = definitions_of(organisation, [row.indicator for row in rows])
    aims: dict[int, list[Aim]] = {}
    for aim in Aim.objects.filter(following__organisation=organisation):
        aims.setdefault(aim.following_id, []).append(aim)
    return tuple(as_followed(row, known[row.indicator], aims.get(row.pk, ())) for row in rows)


def values_of(organisation: Any, keys: Iterable[str] | None = None, *, proofs: bool = False) -> dict[str, list[Value]]:
    """Every value kept, by indicator; ``keys``: of these only; ``proofs``: with the keys of their evidence."""
    found = KeptValue.objects.filter(organisation=organisation).order_by().values_list(*VALUED, named=True)
    if keys is not None:
        found = found.filter(indicator__in=list(keys))
    tied = _proofs(organisation) if proofs else {}
    told: dict[str, list[Value]] = {}
    for row in found:
        told.setdefault(row.indicator, []).append(valued(row, tied.get(row.pk, ())))
    return told


def main_series(key: str, values: Sequence[Value], on: date) -> Series:
    """The series of the whole when it has values, else that of the group measured last."""
    told = [series(key, values, group) for group in groups(key, values)] or [series(key, ())]
    whole = [one for one in told if not one.group and one.latest(on)]
    return (whole or sorted(told, key=lambda one: point.on if (point := one.latest(on)) else date.min))[-1]


def _proofs(organisation: Any) -> dict[UUID, tuple[str, ...]]:
    from terreau.app.evidence import door as evidence
    from terreau.app.indicators.naming import VALUE

    return {UUID(subject.partition(":")[2]): keys for subject, keys in evidence.tied(organisation, VALUE).items()}
