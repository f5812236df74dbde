"""What is said of any lever, computed or not: what it is, its effort, its price elsewhere, its papers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from terreau.app.language import language
from terreau.app.plan import knowing
from terreau.app.plan import levers_showing as showing
from terreau.app.plan import levers_words as words
from terreau.publishing import numbers

if TYPE_CHECKING:
    from terreau.levers import Lever


def card(one: Lever, organisation: Any) -> dict[str, Any]:
    """The lever in the language of the page; ``published``: a figure of somebody else, never the organisation's own."""
    told = language()
    gain = one.published_gain
    return {
        "key": one.key,
        "title": one.title.in_(told),
        "explanation": one.explanation.in_(told),
        "url": showing.lever_url(organisation.slug, one.key),
        "domain_name": words.domains()[one.domain],
        "effort": words.efforts()[one.effort],
        "unit": one.unit.in_(told),
        "cost": one.cost.in_(told),
        "rebound": words.rebounds()[one.rebound],
        "rebound_words": one.rebound_words.in_(told),
        "caution": one.caution.in_(told),
        "tradeoffs": [each.in_(told) for each in one.tradeoffs],
        "own": one.origin == "organisation",
        "published": f"{numbers.number(gain.value, told, 3)}{numbers.NBSP}{gain.unit.in_(told)}" if gain else "",
        "basis": gain.basis.in_(told) if gain else "",
        "sources": [(each, words.verifications()[each.verification]) for each in one.sources],
        "indicators": indicators(one.indicators, organisation),
        "commit": showing.commit_url(organisation.slug, one.key, None),
    }


def indicators(keys: tuple[str, ...], organisation: Any) -> list[tuple[str, str, str]]:
    """Key, name and page of the indicators that show whether the lever works; one that nobody knows is left out."""
    names = knowing.definitions(organisation)
    return [
        (key, names[key].name.in_(language()), knowing.indicator_url(organisation, key)) for key in keys if key in names
    ]
