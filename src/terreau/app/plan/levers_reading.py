"""Gains of levers on this organisation's own inventory: computed once by a worker, kept under all that decides them.

A page never weighs an inventory: it reads what is kept, or asks for it to be made (``terreau.app.results``).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from terreau.app.footprint import door as footprint
from terreau.app.plan import packs
from terreau.app.results import kept_json

if TYPE_CHECKING:
    from terreau.levers import Lever
    from terreau.plan.changes import Change
    from terreau.plan.trajectory import Outlook

GAINS, TOGETHER = "plan.gains", "plan.together"
HORIZONS = (3, 5, 10)
MOST_TOGETHER = 12
SHAPE = 1  # counts up when gains say more, so that older ones are made again


def horizon(asked: str | None) -> int:
    """The years of an address: the first horizon when it says none of them."""
    return next((one for one in HORIZONS if str(one) == asked), HORIZONS[0])


def catalogue(organisation: Any) -> tuple[Lever, ...]:
    """Every lever: those of Terreau and of other packages, then the organisation's own."""
    from terreau.levers import levers

    return levers(packs.own_levers(organisation))


def gains(organisation: Any, criterion: str, years: int) -> dict[str, Any] | None:
    """What each computed lever brings, ranked for one criterion, and one more year of each category; None without inventory.

    ``levers`` and ``life`` are rankings as ``plan.gains`` tells them.
    """

    def make(outlook: Outlook) -> dict[str, Any]:
        from terreau.plan.gains import candidates, rank

        ranked = rank(outlook, candidates(outlook, catalogue(organisation)), criterion=criterion)
        return {"levers": ranked.as_json(), "life": rank(outlook, _one_more(outlook), criterion=criterion).as_json()}

    return _kept(organisation, GAINS, {"criterion": criterion, "years": years, "levers": []}, make)


def one(organisation: Any, text: str, years: int) -> dict[str, Any] | None:
    """What one lever brings with the setting somebody typed ("LV01=7"); None without inventory. TerreauError as said by levers or plan."""

    def make(outlook: Outlook) -> dict[str, Any]:
        from terreau.plan.gains import rank

        return rank(outlook, changes_of(organisation, [text])).as_json()

    return _kept(organisation, GAINS, {"criterion": "", "years": years, "levers": [text]}, make)


def together(organisation: Any, texts: Sequence[str], years: int) -> dict[str, Any] | None:
    """What several levers bring jointly, alone and for their part; None without inventory."""

    def make(outlook: Outlook) -> dict[str, Any]:
        from terreau.plan.joint import together as joined

        return joined(outlook, changes_of(organisation, texts)).as_json()

    return _kept(organisation, TOGETHER, {"years": years, "levers": sorted(texts)}, make)


def changes_of(organisation: Any, texts: Sequence[str]) -> tuple[Change, ...]:
    """Levers as a person types them ("LV01=7"), as changes; TerreauError of levers or of the plan."""
    from terreau.levers import parse
    from terreau.plan.changes import change_of

    own = packs.own_levers(organisation)
    return tuple(change_of(parse(text, own)) for text in texts)


def _one_more(outlook: Outlook) -> list[Change]:
    """One more year of each category of the fleet."""
    from terreau.plan.changes import Change

    return [
        Change(key=f"life:{one}", parameter=f"lifespan:{one}", operator="add", value=1.0) for one in outlook.categories
    ]


def _kept(
    organisation: Any, kind: str, inputs: dict[str, Any], make: Callable[[Outlook], Any]
) -> dict[str, Any] | None:
    """The result of these inputs on today's inventory."""
    ready = footprint.weighable(organisation)
    if ready is None:
        return None
    decided = json.dumps([SHAPE, inputs, packs.levers_digest(organisation)], sort_keys=True)
    name = f"{ready.digest}-{kind}-{hashlib.sha256(decided.encode()).hexdigest()[:16]}"

    def made() -> Any:
        from terreau.plan.trajectory import Outlook

        return make(Outlook(footprint=ready.weigh(), years=inputs["years"]))

    found: dict[str, Any] = kept_json(organisation, name, made, kind=kind, inputs=inputs)
    return found
