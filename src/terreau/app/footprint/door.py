"""What the other rooms may ask this one: the headline figures of the last footprint."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from terreau.app.footprint import honesty, reading, results, words
from terreau.factors.criteria import criterion
from terreau.kernel.errors import TerreauError
from terreau.publishing.figure import Figure
from terreau.publishing.table import Row, Table, columns


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
