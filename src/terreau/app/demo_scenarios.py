"""Three scenarios of the fictitious metropolis: one kept on last year's inventory, so that this year's can be held against it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from terreau.app.accounts.models import Organisation
from terreau.app.demo_diagnosis import uuid_of
from terreau.app.footprint import door as footprint
from terreau.app.plan import trajectory_acting as acting
from terreau.app.plan.models import Scenario

LAST_YEAR = date(2025, 9, 30)
YEARS = 5
CLIMATE = "climate_change"
TOLD: tuple[tuple[str, date | None, Mapping[str, float], Sequence[tuple[str, int]]], ...] = (
    ("Le plan voté en 2025", LAST_YEAR, {}, (("LV01=6", 2026), ("LV04=10", 2026))),
    ("Tout faire durer", None, {}, (("LV01=7", 2027), ("LV03=4", 2027), ("LV04=10", 2027), ("LV11=+1", 2028))),
    ("Durer, et grandir un peu", None, {"*": 2.0}, (("LV01=7", 2027), ("LV03=4", 2027), ("LV04=10", 2027))),
)
"""Name, inventory (None: the last), growth in % a year, levers with the calendar year they start."""


def seed(owner: Any, organisation: Organisation) -> None:
    """The scenarios, unless they are there."""
    if Scenario.objects.filter(organisation=organisation).exists():
        return
    for rank, (name, on, growth, levers) in enumerate(TOLD):
        ready = footprint.weighable(organisation, on=on)
        if ready is not None:
            row = acting.keep(organisation, owner, name, years=YEARS, growth=growth, backlog=None,
                              levers=[{"text": text, "year": year} for text, year in levers],
                              told=_told(ready, growth, levers), key=uuid_of(organisation, f"scenario/{rank}"))  # fmt: skip
            made = datetime(ready.at.year, 11, 12 - rank, 9, tzinfo=UTC)
            Scenario.objects.filter(pk=row.pk).update(made_on=made)


def look_ahead(organisations: Iterable[Organisation]) -> None:
    """The trajectory of each plan as home tells it (0.6 s of processor for both): the first page of all says where the plan leads."""
    from terreau.app.plan.trajectory_headline import asked  # late: it reads levers

    for organisation in organisations:
        asked(organisation, CLIMATE)


def _told(ready: footprint.Weighable, growth: Mapping[str, float], levers: Sequence[tuple[str, int]]) -> dict[str, Any]:
    """What the engine says of one of them."""
    from terreau.app.plan.trajectory_computing import told
    from terreau.app.plan.weighed import weighed

    moves = [[text, text, year - ready.at.year] for text, year in levers]
    plan = {"name": "example", "moves": moves, "growth": dict(growth), "backlog": None}
    return told(weighed(ready), {"criterion": CLIMATE, "years": YEARS, "target": None, "doubt": False, "plans": [plan]})
