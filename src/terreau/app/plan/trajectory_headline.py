"""The trajectory in one glance, for home and for reports: read when it is kept, never begun from there."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from terreau.app.plan import levers_words
from terreau.app.plan import trajectory_asking as asking
from terreau.app.plan import trajectory_reading as reading
from terreau.app.plan import trajectory_showing as curves
from terreau.app.plan.standing_now import standings
from terreau.app.tasks.needing import Needed, NotMadeYet, begun, only_kept
from terreau.kernel.errors import TerreauError
from terreau.kernel.interval import Interval
from terreau.publishing import chart_spark as sparks


def asked(organisation: Any, criterion: str) -> tuple[dict[str, Any] | None, Any]:
    """The plan as it stands today, and what of it is counted; None when there is nothing to weigh yet."""
    ready = reading.begun(organisation)
    if ready is None:
        return None, None
    held = asking.hypotheses(organisation)
    taken = asking.taken(standings(organisation), ready.at, held.years)
    aimed = asking.aimed(asking.target(organisation, criterion), ready.at)
    plan = asking.Asked(name="plan", moves=taken.moves, growth=held.growth, backlog=held.backlog)
    return reading.of(organisation, ready, criterion, held.years, [plan], aimed, doubt=True), taken


def headline(organisation: Any) -> dict[str, Any] | None:
    """What ``door.Trajectory`` is made of; None when it is not kept."""
    climate = levers_words.FIRST[0]
    try:
        with only_kept():
            told, _taken = asked(organisation, climate)
    except (TerreauError, NotMadeYet):
        return None
    if told is None or not told["known"]:
        return None
    plan, row = told["plans"][0], asking.target(organisation, climate)
    gap, _look = curves.gap(told, plan)
    last = curves.lead(told, plan, planned=bool(plan["effects"]))
    standing = plan["target"]["last"]["verdict"] if gap else "unknown"
    return {"target": curves.aim(row), "gap": gap, "standing": standing, "last": last, "curve": _curve(told, plan, last),
            "url": reverse("plan:trajectory", args=[organisation.slug])}  # fmt: skip


def begin(organisation: Any, actor: Any) -> bool:
    """Have a worker make what ``headline`` tells, for the next time; True when one is on its way."""
    from terreau.app.tasks import door as tasks  # late: it reads the jobs, whose kinds read this room

    wanted: list[str] = []

    def make() -> None:
        try:
            asked(organisation, levers_words.FIRST[0])
        except Needed as needs:
            wanted.append(needs.digest)
            raise

    with suppress(TerreauError):
        begun(actor, make)
    # What was refused, or stranded, is not tried again: nobody is told to wait for it.
    return bool(wanted) and tasks.live(organisation).filter(digest__in=wanted).exists()


def _curve(told: dict[str, Any], plan: dict[str, Any], title: str) -> SafeString:
    """The plan as a small curve, the target as its ring."""
    begun = reading.day(told["at"])
    values = plan["every"][told["criterion"]]["amortised"]["plan"]
    dots = [sparks.Dot(_in(begun, year), Interval(*one)) for year, one in enumerate(values)]
    aimed = (plan["target"] or {}).get("curve")
    target = sparks.Aimed(aimed[-1]["allowed"], _in(begun, told["years"])) if aimed else None
    drawn = sparks.spark(dots, title, key="trajectory-spark", target=target)
    return mark_safe(drawn)  # noqa: S308  drawn by publishing, every text escaped there


def _in(begun: date, years: int) -> date:
    return date(begun.year + years, begun.month, min(begun.day, 28))
