"""What the other rooms may ask this one: the headline figures of the last footprint."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from terreau.app.footprint import honesty, reading, results, words
from terreau.app.inventory import door as inventory
from terreau.factors.criteria import CRITERIA, criterion
from terreau.kernel.errors import TerreauError
from terreau.kernel.meter import Measured
from terreau.publishing.figure import Figure
from terreau.publishing.table import Row, Table, columns

if TYPE_CHECKING:
    from terreau.footprint import Footprint


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """The last footprint in a few figures, written for a reader.

    figure, per_person, why: climate; table: the three first criteria; coverage: share of devices with a climate
    factor [0 to 1]; stale_sources: papers to reread [count]; refusal: words when it could not be computed.
    """

    run: str = ""
    figure: Figure | None = None
    per_person: str = ""
    why: str = ""
    table: Table | None = None
    criteria_url: str = ""
    coverage: float | None = None
    stale_sources: int = 0
    refusal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighable:
    """An inventory ready to be weighed, for the rooms that change one of its parameters (trajectories, levers).

    digest: names everything that decides the footprint, so that what is made of it may be kept under that name
    weigh: the footprint itself; long, so in a job, never while a page is being made
    at: last day of the twelve months counted; sources: names of the inventories it is made from
    """

    digest: str
    weigh: Callable[[], Footprint]
    at: date
    sources: tuple[str, ...] = ()


def weighable(
    organisation: Any,
    *,
    on: date | None = None,
    only: Collection[str] | None = None,
    settings: Mapping[str, Any] | None = None,
) -> Weighable | None:
    """What the footprint of the organisation is made from today; None when nothing was imported yet.

    on: with the inventories as they were known for that day; only: those of these sources; settings: zone, lifespans, people
    and pue it had (today's unless given). Factors are today's.
    """
    inputs = None if on is None and only is None else inventory.fleet_inputs_on(organisation, on, only)
    asked = results.Asked(_with(organisation, settings) if settings else organisation, inputs)
    if not asked.anything:
        return None
    return Weighable(
        digest=asked.digest, weigh=asked.compute, at=asked.at, sources=tuple(one.name for one in asked.inputs.sources)
    )


def _with(organisation: Any, settings: Mapping[str, Any]) -> Any:
    """The organisation with the settings it had; never saved."""
    then = copy(organisation)
    then.zone, then.lifespans, then.headcount, then.pue = (
        settings[name] for name in ("zone", "lifespans", "people", "pue")
    )
    return then


def latest(organisation: Any) -> Headline | None:
    """The headline figures of the organisation; None when there is nothing to weigh yet."""
    try:
        result = results.of(organisation, words.language())
    except TerreauError as refused:
        return Headline(refusal=str(refused.words(words.language())))
    if result is None:
        return None
    climate = criterion(words.FIRST[0])
    pages = reading.Pages(organisation.slug, climate.key)
    return Headline(
        run=result.contract["run"],
        figure=reading.headline_figure(result, climate, key="climate"),
        per_person=reading.per_person(result, climate),
        why=pages.to("why"),
        table=_three(result, pages),
        criteria_url=pages.to("criteria"),
        coverage=result.coverage(climate.key).get("known"),
        stale_sources=result.stale_sources,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The last footprint as a report tells it.

    run, lead: the calculation and what decided it, in a sentence; per_person: '' when the headcount is unknown
    totals: (criterion, value, bounds at 95 %) in words, one a criterion; coverage: share of devices with a climate factor [0 to 1]
    """

    run: str
    lead: str
    per_person: str
    totals: tuple[tuple[str, str, str], ...]
    coverage: float | None
    stale_sources: int


def told(organisation: Any) -> Told | None:
    """Every criterion of the last footprint in words; None when there is nothing to weigh, or it cannot be."""
    try:
        result = results.of(organisation, words.language())
    except TerreauError:
        return None
    if result is None:
        return None
    figures = [(one, reading.headline_figure(result, one, key=one.key)) for one in CRITERIA if result.total(one.key)]
    climate = criterion(words.FIRST[0])
    return Told(
        run=result.contract["run"], lead=reading.lead(result), per_person=reading.per_person(result, climate),
        totals=tuple((words.short(one.key), shown.text, shown.interval) for one, shown in figures),
        coverage=result.coverage(climate.key).get("known"), stale_sources=result.stale_sources,
    )  # fmt: skip


def measures(organisation: Any) -> tuple[Measured, ...]:
    """Every meter of the last footprint, each with its papers; none when there is nothing to weigh, or it cannot be."""
    from terreau.footprint.meters import measures as measured

    try:
        result = results.of(organisation, words.language())
    except TerreauError:
        return ()
    return measured(result.contract, [one.name for one in result.asked.inputs.sources]) if result else ()


def _three(result: results.Result, pages: reading.Pages) -> Table:
    """Climate, minerals, fossil energy: total and, when the headcount is known, share of a person's yearly budget."""
    people = result.contract["people"]
    heads = [gettext("Total"), gettext("Part du budget")] if people else [gettext("Total")]
    rows = []
    for key in words.FIRST:
        total = result.total(key)
        cells = [reading.headline_figure(result, criterion(key), key=key).text]
        if people:
            share = total["boundary_share"] if total else None
            cells.append(honesty.share(share, result.coverage(key), result.language))
        rows.append(Row(words.short(key), tuple(cells), pages.to("home", key)))
    caption = gettext("Par an, et en part du budget annuel d'une personne") if people else gettext("Par an")
    return Table(caption=caption, axis=gettext("Critère"), heads=columns(*heads), rows=tuple(rows), quiet_caption=True)
